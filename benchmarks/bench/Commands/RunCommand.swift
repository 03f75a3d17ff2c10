import ArgumentParser
import Foundation

/// `bench run`: everything, side by side with the peers, into RESULTS.md.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Measure everything beside the peers and write RESULTS.md, RESULTS.json and growth.svg.",
    discussion: "Run it as `make bench` does. Exit 1 if engines that were to be asked the same were not.")

  @Option(help: "How many candidates.")
  var size = 100_000

  @Option(help: "How many rounds, in each of which the engines take turns.")
  var rounds = 5

  @Option(help: "The folder to work in; it needs some 20 KB a candidate.")
  var work: String

  @Option(help: "The folder for the results.")
  var output: String

  @Option(help: "The queries.")
  var mix = "benchmarks/queries/mix.json"

  @Option(help: "The folder of the peers' programs; without it we are measured alone.")
  var peers: String?

  @Option(help: "Only this peer; may be given several times.")
  var only: [String] = []

  @Option(help: "The Python that the peers are run with.")
  var python: String = ".build-peers/venv/bin/python"

  @OptionGroup var effort: Effort

  func validate() throws {
    guard (100...10_000_000).contains(size) else {
      throw ValidationError("--size: expected 100 to 10000000, found \(size)")
    }
    if let unknown = only.first(where: { name in !Engine.peers.contains { $0.key == name } }) {
      let known = Engine.peers.map(\.key).joined(separator: ", ")
      throw ValidationError("--only: expected one of \(known), found \(unknown)")
    }
    guard (1...100).contains(rounds) else {
      throw ValidationError("--rounds: expected 1 to 100, found \(rounds)")
    }
  }

  func run() throws {
    let programs = Programs()
    let run = BenchmarkRun(
      size: size, rounds: rounds, effort: effort, mix: try QueryMix(path: mix),
      engines: [Engine.ours(programs)] + others, withOurTerms: withOurTerms, programs: programs,
      workspace: try Workspace(path: work))
    let results = try measure(run)
    try ResultFiles(folder: output).write(results)
    let unexplained = results.counts.filter { !$0.isExplained }
    guard unexplained.isEmpty else {
      throw FileFailure(
        "\(mix): the engines do not find the same for " + unexplained.map(\.query).joined(separator: "; "))
    }
  }

  private var others: [Engine] {
    guard let peers else { return [] }
    return Engine.peers.filter { only.isEmpty || only.contains($0.key) }.map { peer($0, in: peers) }
  }

  private var withOurTerms: Engine? {
    guard let peers, only.isEmpty || only.contains("tantivy") else { return nil }
    return peer(Engine.withOurTerms, in: peers)
  }

  private func peer(_ peer: (key: String, name: String), in folder: String) -> Engine {
    Engine(key: peer.key, name: peer.name, command: [python, "\(folder)/\(peer.key)_peer.py"])
  }

  private func measure(_ run: BenchmarkRun) throws -> Results {
    var results = Results(
      machine: Machine(), date: Date.now.formatted(.iso8601.year().month().day()),
      engines: try run.engines.map { try version($0, run) }, records: size, rounds: rounds,
      calls: effort.calls,
      seconds: effort.seconds)
    results.loads = try LoadSuite(run: run).measure()
    results.sizes = try SizeSuite(run: run).measure()
    results.counts = try CountSuite(run: run).measure()
    (results.classes, results.queries) = try LatencySuite(run: run).measure()
    results.relevance = try RelevanceSuite(run: run).measure()
    results.oneShot = try OneShotSuite(run: run).measure()
    results.readers = try ReadersSuite(run: run).measure()
    // These change the indexes.
    (results.resyncs, results.upserts) = try UpdateSuite(run: run).measure()
    results.loaded = try LoadedSuite(run: run).measure()
    return results
  }

  private func version(_ engine: Engine, _ run: BenchmarkRun) throws -> EngineRow {
    struct Version: Decodable { var version: String }
    if engine.isOurs { return EngineRow(key: engine.key, name: engine.name, version: "this repository") }
    let version = try ChildProcess(engine.command + ["version"], output: run.workspace.file("version.json"))
      .result(Version.self)
    return EngineRow(key: engine.key, name: engine.name, version: version.version)
  }
}
