import BenchmarkCorpus

/// How much slower searches are while another process brings records in.
struct LoadedSuite {
  let run: BenchmarkRun
  private static let mostRecords = 30_000
  private static let options = ["--calls", "20", "--seconds", "0.05"]

  func measure() throws -> [LoadedRow] {
    let count = min(run.size, Self.mostRecords)
    let corpus = try run.workspace.write("more.ndjson", Corpus(seed: BenchmarkRun.otherSeed), 0..<count)
    return try run.engines.compactMap { engine in
      run.say("search while \(count) records are brought in: \(engine.name)")
      guard let quiet = try latency(engine) else { return nil }
      let load = try engine.load(
        corpus, into: run.workspace.index(engine, run.size), .update, output: run.workspace.file("load.json"))
      var loaded: [Double] = []
      var hasLoad = true
      while hasLoad {
        let latency = try latency(engine)
        // What was asked after the load's end says nothing; but one answer is wanted where the load is short.
        hasLoad = !load.isDone
        if let latency, hasLoad || loaded.isEmpty { loaded.append(latency) }
      }
      let result = try load.result(LoadResult.self)
      guard let sample = Sample(loaded) else { return nil }
      return LoadedRow(engine: engine.key, quiet: quiet, loaded: sample.median, records: result.records)
    }
  }

  /// The geometric mean of one query of each class, in microseconds.
  private func latency(_ engine: Engine) throws -> Double? {
    let results = try run.ask(engine, run.mix.sample, size: run.size, Self.options)
    return Sample(results.compactMap(\.median))?.geometricMean
  }
}
