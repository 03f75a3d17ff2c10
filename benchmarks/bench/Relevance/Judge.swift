import BenchmarkCorpus

/// Says which hits are right, by the records of the corpus.
struct Judge {
  private let records: [String: CorpusRecord]

  /// Reads the records with these ids; the corpus is made once, none of it kept but these.
  ///
  /// - Parameter added: records that the index contains beside the corpus.
  init(corpus: Corpus, records count: Int, ids: Set<String>, added: [CorpusRecord] = []) throws {
    var records = Dictionary(added.map { ($0.id, $0) }) { first, _ in first }
    let ids = ids.subtracting(records.keys)
    var missing = ids.count
    var line: [UInt8] = []
    for number in 0..<count where missing > 0 {
      line.removeAll(keepingCapacity: true)
      corpus.append(number, to: &line)
      // {"id":"…"
      let id = String(decoding: line[7..<43], as: UTF8.self)
      guard ids.contains(id) else { continue }
      records[id] = try CorpusRecord(json: line)
      missing -= 1
    }
    self.records = records
  }

  init(records: [CorpusRecord]) {
    self.records = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
  }

  /// Whether the record with this id meets the rule of a query.
  func isRight(_ id: String, _ intent: Intent) -> Bool { records[id].map(intent.isMet) ?? false }

  /// The scores of each class, and of all queries together under nil. Answers are the ids that each query found.
  func scores(_ queries: [RelevanceQuery], _ answers: [[String]]) -> [RelevanceClass?: RelevanceScore] {
    let judged = zip(queries, answers).map { query, ids in
      (query.class, ids.map { isRight($0, query.intent) })
    }
    var scores: [RelevanceClass?: RelevanceScore] = [nil: RelevanceScore(judged.map(\.1))]
    for kind in RelevanceClass.allCases {
      let answers = judged.filter { $0.0 == kind }.map(\.1)
      if !answers.isEmpty { scores[kind] = RelevanceScore(answers) }
    }
    return scores
  }
}
