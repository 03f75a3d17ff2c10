import BenchmarkCorpus

/// Says which hits are right, by the records of the corpus.
struct Judge {
  private let records: [String: CorpusRecord]

  /// Reads the records with these ids; the corpus is made once, none of it kept but these.
  init(corpus: Corpus, records count: Int, ids: Set<String>) throws {
    var records: [String: CorpusRecord] = [:]
    var line: [UInt8] = []
    for number in 0..<count where records.count < ids.count {
      line.removeAll(keepingCapacity: true)
      corpus.append(number, to: &line)
      // {"id":"…"
      let id = String(decoding: line[7..<43], as: UTF8.self)
      if ids.contains(id) { records[id] = try CorpusRecord(json: line) }
    }
    self.records = records
  }

  init(records: [CorpusRecord]) {
    self.records = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The scores of each class, and of all queries together under nil. Answers are the ids that each query found.
  func scores(_ queries: [RelevanceQuery], _ answers: [[String]]) -> [RelevanceClass?: RelevanceScore] {
    let judged = zip(queries, answers).map { query, ids in
      (query.class, ids.map { id in records[id].map(query.intent.isMet) ?? false })
    }
    var scores: [RelevanceClass?: RelevanceScore] = [nil: RelevanceScore(judged.map(\.1))]
    for kind in RelevanceClass.allCases {
      let answers = judged.filter { $0.0 == kind }.map(\.1)
      if !answers.isEmpty { scores[kind] = RelevanceScore(answers) }
    }
    return scores
  }
}
