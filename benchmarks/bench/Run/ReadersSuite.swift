/// How many queries a second one process answers with several threads.
struct ReadersSuite {
  let run: BenchmarkRun
  private static let threads = [1, 2, 4]

  func measure() throws -> [ReadersRow] {
    guard let ours = run.engines.first(where: \.isOurs) else { return [] }
    let queries = try run.workspace.write(
      "queries-readers.txt", queries: run.mix.queries.map { $0.form(ours) })
    var rates: [Int: [Double]] = [:]
    for round in 0..<run.rounds {
      run.say("parallel readers, round \(round + 1)")
      for threads in Self.threads {
        let result = try ChildProcess(
          ours.command + [
            "readers", "--index", run.workspace.index(ours, run.size), "--queries", queries,
            "--threads", "\(threads)", "--seconds", "\(min(2, run.effort.seconds * 4))",
          ], output: run.workspace.file("readers.json")
        ).result(ReadersResult.self)
        rates[threads, default: []].append(Double(result.queries) / result.seconds)
      }
    }
    return Self.threads.compactMap { threads in
      Sample(rates[threads] ?? []).map { ReadersRow(threads: threads, rate: $0.median, spread: $0.spread) }
    }
  }
}

/// What `bench readers` prints.
struct ReadersResult: Codable {
  var threads: Int
  var queries: Int
  var seconds: Double
}
