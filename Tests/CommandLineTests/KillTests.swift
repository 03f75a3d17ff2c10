import BenchmarkCorpus
import Foundation
import TestSupport
import Testing

/// `kill -9` at any moment: what was committed is there, the index is sound, and the same command again ends where an
/// undisturbed one ends.
@Suite(.serialized) struct KillTests {
  private static let records = 600
  private static let batch = 50
  /// So many moments are tried, and more where too few of them come before the end.
  private static let rounds = 10
  private static let mostRounds = 40
  private static let fewestKilled = 4

  /// A command, what it begins with, and what it is fed.
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let arguments: [String]
    let startsWith: Start
    enum Start { case nothing, original }
  }

  static let cases: [Case] = [
    Case(
      description: "load", arguments: ["index", "--batch-records", "\(batch)", "FOLDER/original.ndjson"],
      startsWith: .nothing),
    Case(
      description: "upserts", arguments: ["index", "--batch-records", "\(batch)", "FOLDER/changed.ndjson"],
      startsWith: .original),
    Case(
      description: "removal",
      arguments: ["reindex", "--allow-removals", "100", "--batch-records", "\(batch)", "FOLDER/half.ndjson"],
      startsWith: .original),
    Case(description: "reindex", arguments: ["reindex"], startsWith: .original),
    Case(
      description: "forget", arguments: ["forget"] + (0..<5).map { "ID\($0)" }, startsWith: .original),
  ]

  private let folder: TemporaryFolder
  private let ids: [String]

  init() throws {
    folder = try TemporaryFolder()
    let corpus = Corpus(seed: 7)
    let original = (0..<Self.records).map { String(decoding: corpus.record($0), as: UTF8.self) }
    let changed = original.enumerated().map { i, record in
      i % 3 == 0 ? record.replacing(#""title":""#, with: #""title":"Acting "#) : record
    }
    try folder.write(original.joined(separator: "\n"), to: "original.ndjson")
    try folder.write(changed.joined(separator: "\n"), to: "changed.ndjson")
    try folder.write(original.prefix(Self.records / 2).joined(separator: "\n"), to: "half.ndjson")
    ids = original.prefix(400).compactMap { record in
      record.firstMatch(of: /"id":"([^"]+)"/).map { String($0.output.1) }
    }
    _ = try run(["index", "FOLDER/original.ndjson"], on: "original.db")
  }

  private func environment(_ database: String) -> [String: String] {
    ["CAND_SEARCH_INDEX": folder.file(database)]
  }

  private func filled(_ arguments: [String]) -> [String] {
    arguments.map { argument in
      if argument.hasPrefix("ID"), let i = Int(argument.dropFirst(2)) { return ids[i * 31] }
      return argument.replacing("FOLDER", with: folder.path)
    }
  }

  private func run(_ arguments: [String], on database: String) throws -> CommandRun {
    try CommandRun("cand-search", filled(arguments), environment: environment(database))
  }

  /// Every record of an index, in an order of its own.
  private func export(_ database: String) throws -> [String] {
    try run(["--format", "ndjson", "--limit", "100000"], on: database).lines.sorted()
  }

  private func prepare(_ database: String, _ start: Case.Start) throws {
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: folder.file(database + ending))
    }
    if start == .original {
      try FileManager.default.copyItem(atPath: folder.file("original.db"), toPath: folder.file(database))
    }
  }

  @Test(.slow, arguments: cases) func whateverIsKilledCanBeRunAgain(_ item: Case) throws {
    try prepare("calm.db", item.startsWith)
    let begun = Date()
    #expect(try run(item.arguments, on: "calm.db").exit == 0)
    var duration = Date().timeIntervalSince(begun)
    let expected = try export("calm.db")

    var random = SplitMix64(state: 3)
    var killed = 0
    for round in 0..<Self.mostRounds where round < Self.rounds || killed < Self.fewestKilled {
      try prepare("killed.db", item.startsWith)
      let process = try CommandRun.process(
        "cand-search", filled(item.arguments), environment: environment("killed.db"))
      (process.standardError, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
      try process.run()
      Thread.sleep(forTimeInterval: Double(random.next() % 1000) / 1000 * duration)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal {
        killed += 1
      } else {
        // The calm run was slower: what else ran then does not now.
        duration *= 0.7
      }
      try expectWhatWasCommitted(item, round)
      let again = try run(item.arguments, on: "killed.db")
      // A second `forget` finds nobody left to forget, and says so.
      #expect(again.exit == 0, "\(item) \(round): \(again.error)")
      #expect(try export("killed.db") == expected, "\(item) \(round)")
      #expect(try run(["check", "--full"], on: "killed.db").exit == 0, "\(item) \(round)")
    }
    #expect(killed >= Self.fewestKilled, "most were killed before they were done")
  }

  private func expectWhatWasCommitted(_ item: Case, _ round: Int) throws {
    // Killed before the file was made, or before its tables were.
    let check = try run(["check"], on: "killed.db")
    if check.exit == 4 {
      #expect(item.startsWith == .nothing, "\(item) \(round): \(check.error)")
      return
    }
    #expect(check.exit == 0, "\(item) \(round): \(check.error)")
    let count = Int(try run(["--count"], on: "killed.db").lines.first ?? "") ?? -1
    switch item.description {
    case "load": #expect(count % Self.batch == 0, "\(item) \(round): \(count)")
    case "upserts":
      #expect(count == Self.records)
      let acting = Int(try run(["--count", "title:acting"], on: "killed.db").lines.first ?? "") ?? -1
      let perBatch = try actingPerBatch()
      #expect(perBatch.contains(acting), "\(item) \(round): \(acting) of \(perBatch)")
    case "removal": #expect(count == Self.records || count == Self.records / 2, "\(item) \(round): \(count)")
    case "forget": #expect(count == Self.records || count == Self.records - 5, "\(item) \(round): \(count)")
    default: #expect(count == Self.records, "\(item) \(round): \(count)")
    }
  }

  /// How many have the changed title after each batch.
  private func actingPerBatch() throws -> [Int] {
    let lines = try String(contentsOfFile: folder.file("changed.ndjson"), encoding: .utf8).split(
      separator: "\n")
    return stride(from: 0, through: Self.records, by: Self.batch).map { end in
      lines.prefix(end).count { $0.contains(#""title":"Acting "#) }
    }
  }
}
