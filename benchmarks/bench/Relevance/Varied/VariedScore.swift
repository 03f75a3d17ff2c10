/// How an engine answered the queries of a class at a size.
struct VariedRow: Codable, Equatable {
  var engine: String
  var records: Int
  /// The class, or `LatencyRow.all`.
  var `class`: String
  /// The queries for people whom the index contains.
  var present: RelevanceScore
  /// The queries for people whom it does not contain.
  var absent: AbsentScore
}

/// How queries for absent people were answered.
struct AbsentScore: Codable, Equatable {
  var queries = 0
  /// The share of queries with a hit, which is a wrong person.
  var wrongPeople = 0.0
  /// The mean number of wrong people among ten.
  var meanHits = 0.0

  enum CodingKeys: String, CodingKey {
    case queries
    case wrongPeople = "wrong_people_rate"
    case meanHits = "mean_hits"
  }

  /// - Parameter answers: the number of hits of each query.
  init(_ answers: [Int]) {
    queries = answers.count
    guard !answers.isEmpty else { return }
    wrongPeople = Double(answers.count { $0 > 0 }) / Double(answers.count)
    meanHits = Double(answers.reduce(0, +)) / Double(answers.count)
  }
}

extension Judge {
  /// The rows of all classes, then of all queries together. Answers are the ids that each query found.
  func rows(_ queries: [VariedQuery], _ answers: [[String]], engine: String, records: Int) -> [VariedRow] {
    let judged = zip(queries, answers).map { query, ids in
      (query: query, hits: ids.prefix(topCount).map { isRight($0, query.intent) })
    }
    func row(_ name: String, _ judged: [(query: VariedQuery, hits: [Bool])]) -> VariedRow {
      VariedRow(
        engine: engine, records: records, class: name,
        present: RelevanceScore(judged.filter(\.query.isPresent).map(\.hits)),
        absent: AbsentScore(judged.filter { !$0.query.isPresent }.map(\.hits.count)))
    }
    let classes = VariedClass.all.map(\.name).map { name in
      row(name, judged.filter { $0.query.class == name })
    }
    return classes.filter { $0.present.queries > 0 } + [row(LatencyRow.all, judged)]
  }
}
