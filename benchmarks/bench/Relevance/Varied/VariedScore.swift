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
  /// The shares of queries by the tier of their first hit; nil for engines without tiers.
  var tiers: [String: Double]?

  enum CodingKeys: String, CodingKey {
    case queries
    case wrongPeople = "wrong_people_rate"
    case meanHits = "mean_hits"
    case tiers
  }

  init(_ answers: [VariedAnswer]) {
    queries = answers.count
    guard !answers.isEmpty else { return }
    let share = 1 / Double(answers.count)
    wrongPeople = Double(answers.count { !$0.ids.isEmpty }) * share
    meanHits = Double(answers.reduce(0) { $0 + min(topCount, $1.ids.count) }) * share
    let found = answers.compactMap(\.tier)
    if !found.isEmpty { tiers = Dictionary(grouping: found) { $0 }.mapValues { Double($0.count) * share } }
  }
}

/// What an engine answered to a query.
struct VariedAnswer {
  var ids: [String]
  /// The tier of the first hit; nil for engines without tiers.
  var tier: String?

  init(ids: [String], tier: String? = nil) {
    self.ids = ids
    self.tier = tier
  }
}

extension Judge {
  /// The rows of all classes, then of all queries together.
  func rows(_ queries: [VariedQuery], _ answers: [VariedAnswer], engine: String, records: Int) -> [VariedRow]
  {
    let judged = zip(queries, answers).map { query, answer in
      (query: query, answer: answer, hits: answer.ids.prefix(topCount).map { isRight($0, query.intent) })
    }
    func row(
      _ name: String, _ judged: [(query: VariedQuery, answer: VariedAnswer, hits: [Bool])]
    ) -> VariedRow {
      VariedRow(
        engine: engine, records: records, class: name,
        present: RelevanceScore(judged.filter(\.query.isPresent).map(\.hits)),
        absent: AbsentScore(judged.filter { !$0.query.isPresent }.map(\.answer)))
    }
    let classes = VariedClass.all.map(\.name).map { name in
      row(name, judged.filter { $0.query.class == name })
    }
    return classes.filter { $0.present.queries > 0 } + [row(LatencyRow.all, judged)]
  }
}
