import ArgumentParser
import Foundation

/// `bench relevance varied`: queries that differ from the record, in every engine.
struct RelevanceVariedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "varied",
    abstract:
      "Measure who is found by queries that differ from the record, and write RESULTS.md and RESULTS.json.",
    discussion: """
      bench relevance varied --size 40000 --size 400000 --work .build-bench --peers benchmarks/peers
      """)

  @Option(help: "How many candidates of the corpus; may be given several times.")
  var size = [40_000, 400_000]

  @Option(help: "How many queries of each class for people who are present, and as many for absent ones.")
  var perClass = 60

  @Option(help: "Which corpus and which queries.")
  var seed: UInt64 = 1

  @Option(help: "The folder of the names and words.")
  var lists = "benchmarks/relevance"

  @Option(help: "The folder to work in.")
  var work: String

  @Option(help: "The folder for the results.")
  var output = "benchmarks/relevance"

  @Option(help: "The folder of the peers' programs; without it only this build is measured.")
  var peers: String?

  @Option(help: "Only this peer; may be given several times.")
  var only: [String] = []

  @Option(help: "The Python that the peers are run with.")
  var python = ".build-peers/venv/bin/python"

  func validate() throws {
    if let wrong = size.first(where: { !(100...10_000_000).contains($0) }) {
      throw ValidationError("--size: expected 100 to 10000000, found \(wrong)")
    }
    guard (1...1000).contains(perClass) else {
      throw ValidationError("--per-class: expected 1 to 1000, found \(perClass)")
    }
  }

  func run() throws {
    let others = (peers.map { VariedEngine.peers(folder: $0, python: python) } ?? [])
      .filter { only.isEmpty || only.contains($0.engine.key) }
    let suite = VariedSuite(
      engines: [.ours(Programs())] + others, workspace: try Workspace(path: work),
      lists: try VariedLists(folder: lists), perClass: perClass, seed: seed)
    var results = VariedResults(
      date: Date.now.formatted(.iso8601.year().month().day()), perClass: perClass, rows: [])
    for records in size {
      results.rows += try suite.measure(records: records)
      // A large size takes long; the results of smaller ones are kept if it is interrupted.
      try ResultFiles(folder: output).write(results)
    }
  }
}
