import ArgumentParser
import BenchmarkCorpus
import Foundation

/// `bench pairs`: queries of frequent terms, in every engine.
struct PairsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pairs",
    abstract: "Measure all pairs of the most frequent terms, and triples and ORs of them.",
    discussion: """
      Relaxed tiers are off, since the peers have none. Each query is asked twice to warm up and then --calls times; its
      time is the median. Prints Markdown. Indexes that --work already contains are used as they are.

      bench pairs --size 1000000 --work .build-bench --peers benchmarks/peers
      """)

  @Option(help: "How many candidates.")
  var size = 1_000_000

  @Option(help: "How many of the most frequent terms.")
  var terms = 200

  @Option(help: "How many random triples.")
  var triples = 2_000

  @Option(help: "How many random ORs.")
  var ors = 500

  @Option(help: "How often each query is asked.")
  var calls = 3

  @Option(help: "The folder to work in.")
  var work: String

  @Option(help: "The folder of the peers' programs; without it only this build is measured.")
  var peers: String?

  @Option(help: "The Python that the peers are run with.")
  var python = ".build-peers/venv/bin/python"

  /// Records that represent the corpus.
  private static let sampleSize = 20_000

  func run() throws {
    let corpus = Corpus(seed: BenchmarkRun.seed)
    var line: [UInt8] = []
    let sample = try (0..<min(size, Self.sampleSize)).map { number in
      line.removeAll(keepingCapacity: true)
      corpus.append(number, to: &line)
      return try CorpusRecord(json: line)
    }
    let queries = FrequentQueries(
      records: sample, terms: terms, triples: triples, ors: ors, seed: BenchmarkRun.seed)
    let workspace = try Workspace(path: work)
    let engines =
      [Engine.ours(Programs())]
      + (peers.map { [Engine(key: "tantivy", name: "Tantivy", command: [python, "\($0)/tantivy_peer.py"])] }
        ?? [])
    var times: [[[Double]]] = []
    for engine in engines {
      let index = workspace.index(engine, size)
      if !FileManager.default.fileExists(atPath: index) {
        let input = workspace.file("corpus-\(size).ndjson")
        if !FileManager.default.fileExists(atPath: input) {
          _ = try workspace.write("corpus-\(size).ndjson", corpus, 0..<size)
        }
        _ = try engine.load(input, into: index, output: workspace.file("load.json")).result(LoadResult.self)
      }
      times.append(
        try queries.classes.map { name, queries in
          try engine.query(
            workspace.write("\(name).txt", queries: queries), in: index,
            ["--calls", "\(calls)", "--seconds", "1000"] + (engine.isOurs ? ["--strict"] : []),
            output: workspace.file("answer.json")
          ).result([QueryResult].self).map { ($0.median ?? 0) / 1_000 }
        })
    }
    print(
      """
      # Queries of frequent terms

      \(Date.now.formatted(.iso8601.year().month().day())), made by `make pairs`: \(Numbers.grouped(size)) candidates of the
      made-up corpus, warm, in process. All pairs of its \(terms) most frequent words of names and titles, cities, tags and
      flags, in a random order, and random triples and ORs of them. Times in ms, from the text of the query to ten decoded
      candidates; relaxed tiers are off.

      \(table(queries, times))
      """)
  }

  private func table(_ queries: FrequentQueries, _ times: [[[Double]]]) -> String {
    var table = MarkdownTable([
      "class", "queries", "median ms", "p99", "max", "Tantivy: median", "p99", "max", "times Tantivy's speed",
      "slower by > 0.5 ms",
    ])
    var slowest: [(time: Double, query: String)] = []
    var losses: [(ours: Double, theirs: Double, query: String)] = []
    for (i, (name, queries)) in queries.classes.enumerated() {
      let ours = times[0][i]
      slowest += zip(ours, queries).map { ($0, $1) }
      var cells = [name, "\(queries.count)"] + Self.cells(ours)
      if times.count > 1 {
        let theirs = times[1][i]
        let ratio = Sample(zip(ours, theirs).map { $1 / max($0, 0.001) })?.geometricMean
        cells += Self.cells(theirs) + [ratio.map(Numbers.digits) ?? ""]
        let slower = zip(zip(ours, theirs), queries).filter { $0.0.0 - $0.0.1 > 0.5 }
        cells.append("\(slower.count)")
        losses += slower.map { ($0.0.0, $0.0.1, $0.1) }
      }
      table.add(cells)
    }
    let worst = slowest.sorted { $0.time > $1.time }.prefix(10)
    let lost = losses.sorted { $0.ours - $0.theirs > $1.ours - $1.theirs }
      .map { "\($0.query) \(Numbers.digits($0.ours)), \(Numbers.digits($0.theirs))" }
    return table.text + "\nslowest: "
      + worst.map { "\($0.query) \(Numbers.digits($0.time))" }.joined(separator: "; ")
      + (lost.isEmpty
        ? ""
        : "\n\nslower than Tantivy by more than 0.5 ms (ours, Tantivy's): " + lost.joined(separator: "; "))
  }

  private static func cells(_ times: [Double]) -> [String] {
    guard let sample = Sample(times) else { return ["", "", ""] }
    return [sample.median, sample.quantile(0.99), sample.quantile(1)].map(Numbers.digits)
  }
}
