import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import SearchLog

/// How entries come into the log.
@Suite struct AppendTests {
  /// Counts transactions.
  private final class CommitCounter: TransactionObserver {
    let count = Mutex(0)
    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) { count.withLock { $0 += 1 } }
    func databaseDidRollback(_ db: Database) {}
  }

  @Test func entriesAreCommittedTogether() throws {
    let test = try TestLog()
    let log = try test.open()
    let counter = CommitCounter()
    (log.store as? SQLiteLogStore)?.pool?.add(transactionObserver: counter, extent: .databaseLifetime)
    for i in 1...2_000 { try log.append(TestLog.entry(i)) }
    try log.flush()
    #expect(try log.head().number == 2_000)
    // Each batch has 500 entries unless the interval ended before they came.
    let count = try TestedEngine.isPostgres ? test.transactionCount() : counter.count.withLock { $0 }
    #expect((1...100).contains(count))
    #expect(try log.verify().isSound)
  }

  @Test(.mustEnd) func entriesAreWrittenWithoutAFlush() throws {
    let test = try TestLog()
    let log = try test.open()
    try log.append(TestLog.entry(1))
    // A task that sleeps would wait until other tests let it go on.
    while try log.head().number == 0 { usleep(20_000) }
    try log.append(TestLog.entry(2))
    while try log.head().number == 1 { usleep(20_000) }
    #expect(try log.verify().entries == 2)
  }

  @Test func whatIsPendingIsWrittenWhenTheLogIsReleased() throws {
    let test = try TestLog()
    try test.open().append(TestLog.entry(1))
    #expect(try test.open(.reading).verify().entries == 1)
  }

  @Test(.sqlite) func onlyTheOwnerCanRead() throws {
    let test = try TestLog()
    let log = try test.open()
    try log.append(TestLog.entry(1))
    try log.flush()
    for ending in ["", "-wal", "-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: test.path + ending)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(ending)")
    }
  }

  @Test func aFullQueueThatCannotBeWrittenRefusesEntries() throws {
    let test = try TestLog()
    let log = try test.open()
    try test.refuseEntries(where: "NEW.number > 0")
    for i in 1...SearchLog.maximumPending { try log.append(TestLog.entry(i)) }
    #expect(throws: SearchLogError.self) { try log.append(TestLog.entry(0)) }
    #expect(throws: SearchLogError.self) { try log.flush() }
    #expect(log.failure != nil)
    try test.admitEntries()
    try log.append(TestLog.entry(0))
    try log.flush()
    #expect(log.failure == nil)
    #expect(try log.verify().entries == SearchLog.maximumPending + 1)
  }

  /// SQLite would go on with the unlinked file, whose entries are lost with the process.
  @Test(.sqlite, arguments: [false, true]) func entriesOfAFileThatIsGoneAreNotAccepted(
    _ isReplaced: Bool
  ) throws {
    let test = try TestLog(entries: 2)
    let log = try test.open()
    let moved = test.folder.file("moved.db")
    try FileManager.default.moveItem(atPath: test.path, toPath: moved)
    if isReplaced { try Data("other".utf8).write(to: URL(fileURLWithPath: test.path)) }
    let error = #expect(throws: SearchLogError.self) { try log.append(TestLog.entry(3)) }
    #expect(error == SearchLogError.notWritable(path: test.path, reason: "its file was removed or replaced"))
    #expect(throws: SearchLogError.self) { try log.checkIsWritable() }
    #expect(throws: SearchLogError.self) { try log.head() }
    #expect(throws: SearchLogError.self) { try log.forget([ForgottenCandidate(id: "c-1")]) }
    if isReplaced { try FileManager.default.removeItem(atPath: test.path) }
    try FileManager.default.moveItem(atPath: moved, toPath: test.path)
    try log.append(TestLog.entry(3))
    try log.flush()
    #expect(try log.verify().entries == 3)
  }

  @Test func aBatchThatFailsLeavesNothing() throws {
    let test = try TestLog(entries: 2)
    let log = try test.open()
    // The third of five entries fails, as if the process were killed there.
    try test.refuseEntries(where: "NEW.number = 5")
    for i in 3...7 { try log.append(TestLog.entry(i)) }
    #expect(throws: SearchLogError.self) { try log.flush() }
    #expect(try log.verify().entries == 2)
    #expect(try log.verify().isSound)
    try test.admitEntries()
    try log.flush()
    #expect(try log.verify().entries == 7)
  }

  @Test(.sqlite) func aFullDiskIsATypedError() throws {
    let test = try TestLog(entries: 1)
    let log = try test.open()
    try (log.store as? SQLiteLogStore)?.pool?.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages)")
    }
    for i in 2...200 { try log.append(TestLog.entry(i)) }
    #expect(throws: SearchLogError.diskFull(path: test.path)) { try log.flush() }
    #expect(try log.verify().entries == 1)
  }

  /// Files that cannot be used, and what is said of them.
  struct BadFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let prepare: @Sendable (TestLog) throws -> Void
    let appending: @Sendable (String) -> SearchLogError?
    let reading: @Sendable (String) -> SearchLogError
  }

  static let badFiles: [BadFile] = [
    BadFile(testDescription: "missing") { _ in
    } appending: { _ in
      nil
    } reading: {
      .missing(path: $0)
    },
    BadFile(testDescription: "empty") {
      try $0.folder.write("", to: "log.db")
    } appending: { _ in
      nil
    } reading: {
      .notALog(path: $0)
    },
    BadFile(testDescription: "no database") {
      try $0.folder.write(String(repeating: "not a database ", count: 100), to: "log.db")
    } appending: {
      .notALog(path: $0)
    } reading: {
      .notALog(path: $0)
    },
    BadFile(testDescription: "another database") {
      try DatabaseQueue(path: $0.path).write { try $0.execute(sql: "CREATE TABLE t (a)") }
    } appending: {
      .notALog(path: $0)
    } reading: {
      .notALog(path: $0)
    },
    BadFile(testDescription: "a newer version") {
      _ = try $0.open()
      try DatabaseQueue(path: $0.path).write { try $0.execute(sql: "PRAGMA user_version = 99") }
    } appending: {
      .newerVersion(path: $0)
    } reading: {
      .newerVersion(path: $0)
    },
  ]

  @Test(.sqlite, arguments: badFiles) func filesThatCannotBeUsed(_ file: BadFile) throws {
    let test = try TestLog()
    try file.prepare(test)
    #expect(throws: file.reading(test.path)) { try test.open(.reading) }
    if let error = file.appending(test.path) {
      #expect(throws: error) { try test.open() }
    } else {
      #expect(try test.open().verify().isSound)
    }
  }

  @Test(.sqlite) func foldersAreNoLogs() throws {
    let test = try TestLog()
    #expect(throws: SearchLogError.self) { try SearchLog(path: test.folder.path) }
    #expect(throws: SearchLogError.self) { try SearchLog(path: test.folder.path, access: .reading) }
    #expect(throws: SearchLogError.self) { try SearchLog(path: test.folder.file("none/log.db")) }
  }

  @Test func aLogForReadingAppendsNothing() throws {
    let log = try TestLog(entries: 1).open(.reading)
    #expect(throws: SearchLogError.self) { try log.append(TestLog.entry(2)) }
    #expect(throws: SearchLogError.self) { try log.forget([]) }
  }

  @Test func manyLogsOfOneStoreAppendOneChain() async throws {
    let test = try TestLog()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let log = try test.open()
          for i in 0..<250 {
            try log.append(TestLog.entry(writer * 1_000 + i))
            if i % 50 == 0 { try log.flush() }
          }
          try log.flush()
        }
      }
      try await group.waitForAll()
    }
    let verification = try test.open(.reading).verify()
    #expect(verification.isSound && verification.entries == 1_000)
  }

  /// Hostile texts.
  static let hostile = [
    "", " ", "a\0b", "\0", "'; DROP TABLE entry; --", "\"", "%_*?", "\u{202E}gnp.exe\u{202C}", "e\u{301}",
    "é",
    "\u{1F469}\u{200D}\u{1F4BB}", String(repeating: "x", count: 10_000),
    String(repeating: "\u{F8FF}", count: 5_000),
    "line\nline\r\n\tline", "\u{FFFD}\u{FFFE}", String(repeating: "(", count: 3_000),
  ]

  @Test(arguments: hostile) func hostileTextsReadAsTheyWereWritten(_ text: String) throws {
    let log = try TestLog().open()
    var entry = SearchLogEntry(.export, key: text, candidates: [.init(connector: text, id: text)])
    (entry.query, entry.canonicalQuery, entry.purpose) = (text, text, text)
    (entry.scope, entry.program, entry.request) = (text, text, text)
    try log.append(entry)
    try log.flush()
    #expect(try log.verify().isSound)
    let read = try #require(log.entries().first)
    func isSame(_ other: String?) -> Bool { other.map { Array($0.utf8) } == Array(text.utf8) }
    for other in [read.key, read.scope, read.program, read.request, read.candidates[0].connector] {
      #expect(isSame(other))
    }
    #expect(isSame(read.candidates[0].id))
    for case .text(let other)? in [read.query, read.canonicalQuery, read.purpose] { #expect(isSame(other)) }
    #expect(try log.entries(thatShowed: text, connector: text).count == 1)
    #expect(
      try log.entries(
        {
          var query = SearchLogQuery(); query.key = text; return query
        }()
      ).count == 1)
    try log.forget([ForgottenCandidate(id: text)], texts: [text])
    #expect(try log.verify().isSound)
  }
}
