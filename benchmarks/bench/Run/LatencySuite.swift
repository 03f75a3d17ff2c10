/// Asks the whole mix of every engine in turn, round after round: what disturbs the machine disturbs all alike. We show
/// no similar candidates, since no peer does; queries that find nothing are asked with them again.
struct LatencySuite {
  let run: BenchmarkRun
  /// Queries that find nothing as they are typed, and the class of their times with similar candidates.
  private static let empty = "nothing found"
  private static let relaxed = "nothing found, with similar candidates"

  func measure() throws -> (classes: [LatencyRow], queries: [QueryRow]) {
    var classes: [LatencyRow] = []
    var queries: [QueryRow] = []
    for size in run.sizes {
      var rounds: [String: [[QueryResult]]] = [:]
      var relaxed: [[QueryResult]] = []
      for round in 0..<run.rounds {
        for engine in run.engines {
          run.say("ask \(size) records, round \(round + 1): \(engine.name)")
          let options = run.effortOptions + ["--percentiles"]
          let results = try run.ask(
            engine, run.mix.queries, size: size, options + (engine.isOurs ? ["--strict"] : []))
          rounds[engine.key, default: []].append(results)
          if engine.isOurs {
            let empty = run.mix.queries.filter { $0.class == Self.empty }
            relaxed.append(try run.ask(engine, empty, size: size, options))
          }
        }
      }
      for engine in run.engines {
        let results = rounds[engine.key] ?? []
        for name in run.mix.classes + [LatencyRow.all] {
          if let row = row(engine, size, name, results) { classes.append(row) }
        }
        if size == run.size { queries += rows(engine, results) }
      }
      let latencies = relaxed.compactMap { ClassLatency($0) }
      if !latencies.isEmpty, latencies.count == relaxed.count {
        classes.append(
          LatencyRow(engine: Engine.oursKey, size: size, class: Self.relaxed, rounds: latencies))
      }
    }
    return (classes, queries)
  }

  private func row(_ engine: Engine, _ size: Int, _ name: String, _ rounds: [[QueryResult]]) -> LatencyRow? {
    let members = run.mix.queries.indices.filter {
      name == LatencyRow.all || run.mix.queries[$0].class == name
    }
    let latencies = rounds.compactMap { round in ClassLatency(members.map { round[$0] }) }
    guard latencies.count == rounds.count, !latencies.isEmpty else { return nil }
    return LatencyRow(engine: engine.key, size: size, class: name, rounds: latencies)
  }

  private func rows(_ engine: Engine, _ rounds: [[QueryResult]]) -> [QueryRow] {
    run.mix.queries.indices.map { i in
      QueryRow(
        engine: engine.key, class: run.mix.queries[i].class, query: run.mix.queries[i].query,
        form: run.mix.queries[i].form(engine), median: Sample(rounds.compactMap { $0[i].median })?.median,
        error: rounds.lazy.compactMap { $0[i].error }.first)
    }
  }
}
