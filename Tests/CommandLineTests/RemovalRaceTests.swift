import Foundation
import GRDB
import TestSupport
import Testing

/// `reindex PATH` in one process while another one writes. A third connection takes the write lock between two
/// transactions of the first process, which thereby waits; then the other process does all of its work.
@Suite(.serialized) struct RemovalRaceTests {
  /// Removals take two transactions of 5,000 and one of the rest.
  private static let count = 10_600

  /// When the other process writes.
  enum Moment: String, CaseIterable, Sendable {
    case beforeTheExport, beforeTheFirstRemoval, betweenRemovals, afterTheEnd

    /// What holds in the index from then on; nil where no lock is needed.
    var condition: String? {
      switch self {
      case .beforeTheFirstRemoval: "EXISTS (SELECT 1 FROM candidate WHERE id = 'only')"
      case .betweenRemovals: "(SELECT count(*) FROM candidate) < \(RemovalRaceTests.count)"
      case .beforeTheExport, .afterTheEnd: nil
      }
    }
  }

  private let folder: TemporaryFolder
  private var path: String { folder.file("c.db") }
  private var environment: [String: String] { ["CAND_SEARCH_INDEX": path] }

  private static func record(_ id: String, _ name: String, month: Int, _ i: Int) -> String {
    let time = "2024-0\(month)-01T00:\(10 + i / 60 % 50):\(10 + i % 50)Z"
    return #"{"id":"\#(id)","first_name":"\#(name)","last_interaction_at":"\#(time)"}"#
  }

  init() throws {
    folder = try TemporaryFolder()
    let old = (0..<Self.count).map { Self.record("r\($0)", "Fn\($0)", month: 3, $0) }
    // The last 200 move, and newcomers come in the seconds that they have left.
    let moved = ((Self.count - 200)..<Self.count).flatMap {
      [Self.record("r\($0)", "Fn\($0)", month: 4, $0), Self.record("x\($0)", "New\($0)", month: 3, $0)]
    }
    try folder.write(old.joined(separator: "\n"), to: "old.ndjson")
    try folder.write(moved.joined(separator: "\n"), to: "moved.ndjson")
    try folder.write(Self.record("only", "Only", month: 5, 0), to: "only.ndjson")
    let load = try run("index", folder.file("old.ndjson"))
    try #require(load.exit == 0)
    try FileManager.default.copyItem(atPath: path, toPath: folder.file("base.db"))
  }

  private func run(_ arguments: String...) throws -> CommandRun {
    try CommandRun("cand-search", arguments, environment: environment)
  }

  private func isOpen(_ path: String, in process: Process) -> Bool {
    let folder = "/proc/\(process.processIdentifier)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { name in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")) == path
    }
  }

  private func other() throws {
    let run = try run("index", folder.file("moved.ndjson"))
    #expect(run.exit == 0, "\(run.error)")
  }

  /// The lock is sometimes free for microseconds only: at most this many runs are tried.
  private static let attempts = 10

  @Test(.slow, arguments: Moment.allCases) func whatAnotherProcessHasWrittenStays(_ moment: Moment) throws {
    for attempt in 1...Self.attempts {
      for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
      try FileManager.default.copyItem(atPath: folder.file("base.db"), toPath: path)
      if try writeBeside(moment) { break }
      try #require(attempt < Self.attempts, "the process never waited at this moment")
    }
    try verify(moment)
  }

  /// Runs both processes; false if the first one did not wait for the lock at the moment.
  private func writeBeside(_ moment: Moment) throws -> Bool {
    let (export, errors) = (Pipe(), Pipe())
    let reindex = try CommandRun.process(
      "cand-search", ["reindex", "-", "--allow-removals", "100%"], environment: environment)
    (reindex.standardInput, reindex.standardError) = (export, errors)
    let gate = try WriteGate(path)
    try reindex.run()
    defer {
      kill(reindex.processIdentifier, SIGCONT)
      reindex.terminate()
    }
    if moment == .beforeTheExport {
      while !isOpen(path + "-wal", in: reindex) { usleep(1_000) }
      Thread.sleep(forTimeInterval: 1)
      try other()
    }
    try export.fileHandleForWriting.write(
      contentsOf: Data(contentsOf: URL(fileURLWithPath: folder.file("only.ndjson"))))
    try export.fileHandleForWriting.close()
    if let condition = moment.condition {
      try gate.close(when: condition)
      // Until the process waits for the lock.
      Thread.sleep(forTimeInterval: 1)
      guard reindex.isRunning else { return false }
      kill(reindex.processIdentifier, SIGSTOP)
      gate.open()
      try other()
      kill(reindex.processIdentifier, SIGCONT)
    }
    reindex.waitUntilExit()
    let error = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(reindex.terminationStatus == 0, "\(error)")
    if moment == .afterTheEnd { try other() }
    return true
  }

  private func verify(_ moment: Moment) throws {
    let check = try run("check", "--full")
    #expect(check.exit == 0, "\(check.error)")
    let ids = Set(try run("--format", "ids", "--limit", "100000", "").lines)
    let newcomers = ((Self.count - 200)..<Self.count).map { "x\($0)" }
    let changed = ((Self.count - 200)..<Self.count).map { "r\($0)" }
    // What was changed before the missing candidates were listed is missing all the same.
    #expect(ids == Set(["only"] + newcomers + (moment == .beforeTheExport ? [] : changed)))
    for (word, id) in [("Fn\(Self.count - 1)", changed[199]), ("New\(Self.count - 1)", newcomers[199])] {
      let found = try run("--format", "ids", "--no-variants", "--no-prefix", "--no-correct", word)
      #expect(found.lines == (ids.contains(id) ? [id] : []))
    }
  }
}

/// Holds the write lock of an index, from a moment between two transactions of another process on.
private final class WriteGate {
  private let queue: DatabaseQueue

  init(_ path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .immediateError
    configuration.allowsUnsafeTransactions = true
    queue = try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Takes the lock as soon as a condition holds, for at most a minute.
  func close(when condition: String) throws {
    let end = Date(timeIntervalSinceNow: 60)
    while Date() < end {
      let isClosed = try queue.writeWithoutTransaction { db in
        do {
          try db.execute(sql: "BEGIN IMMEDIATE")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
          return false
        }
        if try Bool.fetchOne(db, sql: "SELECT \(condition)") == true { return true }
        try db.execute(sql: "ROLLBACK")
        return false
      }
      if isClosed { return }
      usleep(50)
    }
    throw CocoaError(.fileLocking)
  }

  func open() {
    try? queue.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
  }
}
