import BenchmarkCorpus

/// Loads each size into each engine: up to a size a few times, the engines taking turns; beyond it once.
struct LoadSuite {
  let run: BenchmarkRun
  private static let repeatedUpTo = 100_000
  private static let mostRounds = 3

  func measure() throws -> [LoadRow] {
    let engines = run.engines + [run.withOurTerms].compactMap(\.self)
    var rows: [LoadRow] = []
    for size in run.sizes {
      let corpus = try run.workspace.write("corpus-\(size).ndjson", Corpus(seed: BenchmarkRun.seed), 0..<size)
      var results: [String: [LoadResult]] = [:]
      for round in 0..<(size <= Self.repeatedUpTo ? min(run.rounds, Self.mostRounds) : 1) {
        for engine in engines {
          run.say("load \(size) records, round \(round + 1): \(engine.name)")
          try run.workspace.clear(engine, size)
          if engine.key == Engine.withOurTerms.key { try writeTerms(for: engine, size) }
          let result = try engine.load(
            corpus, into: run.workspace.index(engine, size), output: run.workspace.file("load.json")
          ).result(LoadResult.self)
          guard result.records == size else {
            throw FileFailure("\(engine.name): loaded \(result.records) of \(size) records")
          }
          results[engine.key, default: []].append(result)
        }
      }
      rows += engines.compactMap {
        LoadRow(engine: $0.key, size: size, results[$0.key] ?? [])
      }
    }
    return rows
  }

  /// Writes our filter terms of each record beside a peer's index. Our own index was loaded before.
  private func writeTerms(for engine: Engine, _ size: Int) throws {
    guard let ours = run.engines.first(where: \.isOurs) else { return }
    let terms = run.workspace.index(engine, size) + ".terms"
    let command = engine.command + ["terms", run.workspace.index(ours, size), terms]
    guard try ChildProcess(command).wait() == 0 else { throw FileFailure("\(engine.name): no terms") }
  }
}
