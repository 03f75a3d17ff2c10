/// Whether all engines were asked the same: each query must find as many candidates in each.
struct CountSuite {
  let run: BenchmarkRun

  func measure() throws -> [CountRow] {
    var counts: [[String: Int]] = Array(repeating: [:], count: run.mix.queries.count)
    for engine in run.engines {
      run.say("count: \(engine.name)")
      let results = try run.ask(engine, run.mix.queries, size: run.size, ["--counts", "--calls", "0"])
      for (i, result) in results.enumerated() { counts[i][engine.key] = result.matches }
    }
    return run.mix.queries.indices.map { i in
      CountRow(entry: run.mix.queries[i], counts: counts[i], engines: run.engines.map(\.key))
    }
  }
}
