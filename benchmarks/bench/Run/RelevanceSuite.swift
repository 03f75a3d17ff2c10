import BenchmarkCorpus

/// Asks every engine for people and roles as people type them, and judges what comes first.
struct RelevanceSuite {
  let run: BenchmarkRun
  static let queries = 1000

  /// Who is asked, and how.
  private struct Contestant {
    let engine: Engine
    let name: String
    let options: [String]
  }

  private var contestants: [Contestant] {
    run.engines.flatMap { engine -> [Contestant] in
      switch engine.key {
      case Engine.oursKey: [Contestant(engine: engine, name: engine.name, options: [])]
      case "tantivy":
        [
          Contestant(engine: engine, name: "Tantivy", options: ["--typed"]),
          Contestant(engine: engine, name: "Tantivy, fuzzy", options: ["--typed", "--fuzzy"]),
        ]
      case "fts5": [Contestant(engine: engine, name: "FTS5 bm25", options: ["--typed"])]
      default: []
      }
    }
  }

  func measure() throws -> [RelevanceRow] {
    let corpus = Corpus(seed: BenchmarkRun.seed)
    let set = try RelevanceQuerySet(
      corpus: corpus, records: run.size, count: Self.queries, seed: BenchmarkRun.seed)
    let file = try run.workspace.write("relevance.txt", queries: set.queries.map(\.query))
    var answers: [(name: String, ids: [[String]])] = []
    for contestant in contestants {
      run.say("relevance: \(contestant.name)")
      let results = try run.ask(
        contestant.engine, file: file, count: set.queries.count, size: run.size,
        contestant.options + ["--calls", "0"])
      answers.append((contestant.name, results.map { $0.ids ?? [] }))
    }
    let judge = try Judge(
      corpus: corpus, records: run.size, ids: Set(answers.flatMap { $0.ids.joined() }))
    return answers.flatMap { name, ids in
      judge.scores(set.queries, ids).map {
        RelevanceRow(engine: name, class: $0.key?.rawValue ?? LatencyRow.all, score: $0.value)
      }
    }
  }
}
