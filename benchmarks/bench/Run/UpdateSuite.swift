import BenchmarkCorpus

/// A resync (every `modified_at` moved, one in five hundred records changed), and single records one by one.
struct UpdateSuite {
  let run: BenchmarkRun
  private static let singles = 50

  func measure() throws -> (resyncs: [LoadRow], upserts: [UpsertRow]) {
    // The peers write all records anew, which takes as long as a load: the smallest size says enough of them.
    var resyncs = try resync(size: run.sizes[0], run.engines)
    if run.size > run.sizes[0] { resyncs += try resync(size: run.size, run.engines.filter(\.isOurs)) }
    return (resyncs, try upserts())
  }

  private func resync(size: Int, _ engines: [Engine]) throws -> [LoadRow] {
    let revision = CorpusRevision(modifiedShiftDays: 1, changed: size / 500, of: size)
    let corpus = try run.workspace.write(
      "resync-\(size).ndjson", Corpus(seed: BenchmarkRun.seed, revision: revision), 0..<size)
    return try engines.compactMap { engine in
      run.say("resync of \(size) records: \(engine.name)")
      let result = try engine.load(
        corpus, into: run.workspace.index(engine, size), .update, output: run.workspace.file("load.json")
      ).result(LoadResult.self)
      return LoadRow(engine: engine.key, size: size, [result])
    }
  }

  private func upserts() throws -> [UpsertRow] {
    let count = min(Self.singles, run.size)
    let revision = CorpusRevision(modifiedShiftDays: 2, changed: count, of: count)
    let corpus = try run.workspace.write(
      "single.ndjson", Corpus(seed: BenchmarkRun.seed, revision: revision), 0..<count)
    return try run.engines.map { engine in
      run.say("\(count) single upserts: \(engine.name)")
      let result = try engine.load(
        corpus, into: run.workspace.index(engine, run.size), .oneByOne,
        output: run.workspace.file("load.json")
      ).result(UpsertResult.self)
      return UpsertRow(engine: engine.key, result: result)
    }
  }
}
