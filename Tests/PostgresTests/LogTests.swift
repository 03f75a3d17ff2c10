import Foundation
import PostgresEngine
import SearchLog
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

/// The search log in the database of an index: shared by programs, upgraded, and written over connections that are lost.
@Suite(.serialized, .mustEnd) struct LogTests {
  private static let server = Result { try PostgresServer() }

  private let server: PostgresServer
  private let address: String
  private let database: String

  init() throws {
    server = try Self.server.get()
    address = try server.newDatabase()
    database = PostgresServer.database(address)
    let index = try CandidateIndex(url: address, access: .writing)
    try index.add(
      [
        #"{"id":"a-1","first_name":"Nora","last_name":"Quist","title":"Nurse"}"#,
        #"{"id":"a-2","first_name":"Omar","last_name":"Berg","title":"Nurse"}"#,
      ], connector: "c")
  }

  private func entry(_ i: Int, daysAgo: Int64 = 0) -> SearchLogEntry {
    let now = SearchLog.present().microseconds - daysAgo * 86_400_000_000
    var entry = SearchLogEntry(
      .search, key: "k", candidates: [.init(connector: "c", id: "a-\(i)")], time: Timestamp(microseconds: now)
    )
    entry.query = "nurse \(i)"
    return entry
  }

  private func verification() throws -> LogVerification {
    try SearchLog(url: address, access: .reading).verify()
  }

  // MARK: - Programs

  /// Processes that append at the same moment, while another transaction has the ends of the chain.
  @Test func processesAppendOneChain() throws {
    let count = 6
    let holder = try Session(address, "BEGIN; SELECT 1 FROM cand_search.log_chain FOR UPDATE")
    let processes = try (0..<count).map { i in
      let process = try CommandRun.process(
        "cand-search", ["nurse", "--format", "ids", "--log", address, "--purpose", "vacancy \(i)"],
        environment: ["CAND_SEARCH_INDEX": address])
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      return process
    }
    let waiting = """
      SELECT count(*) FROM pg_stat_activity WHERE datname = '\(database)' AND wait_event_type = 'Lock'
      """
    while try server.psql(waiting) != "\(count)", processes.allSatisfy(\.isRunning) { usleep(20_000) }
    try holder.end()
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(try verification().isSound)
    let log = try SearchLog(url: address, access: .reading)
    let entries = try log.entries(SearchLogQuery(limit: 100))
    #expect(Set(entries.map(\.purpose)) == Set((0..<count).map { .text("vacancy \($0)") }))
    #expect(entries.map(\.number) == (1...count).reversed())
    #expect(try log.entries(thatShowed: "a-2").count == count)
  }

  /// Programs that append, remove what is old and forget at once leave a sound chain and lose no entry.
  @Test func programsAppendAndRemoveAtOnce() throws {
    let old = try SearchLog(url: address)
    for i in 0..<5_000 { try old.append(entry(i, daysAgo: 40)) }
    try old.flush()
    let removed = Mutex(0)
    let problems = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 6) { i in
      do {
        let log = try SearchLog(url: address)
        switch i {
        case 0, 1:
          for j in 0..<300 { try log.append(entry(i * 1_000 + j)) }
          try log.flush()
        case 2, 3, 4:
          let period = try #require(Period("30d"))
          let count = try log.removeEntries(olderThan: period)
          removed.withLock { $0 += count }
        default: try log.forget([ForgottenCandidate(id: "a-1001")], texts: ["a-1001"])
        }
      } catch {
        problems.withLock { $0.append("\(error)") }
      }
    }
    #expect(problems.withLock { $0 } == [])
    _ = try old.removeEntries(olderThan: #require(Period("30d")))
    let found = try verification()
    #expect(found.isSound && found.entries == 600 && found.anchor.number == 5_000, "\(found)")
    #expect(removed.withLock { $0 } <= 5_000)
  }

  @Test func theCommandLineReadsTheLogOfTheDatabase() throws {
    #expect(try candSearch(address, ["log"]).exit == 1)
    #expect(try candSearch(address, ["nurse", "--format", "ids"]).exit == 0)
    // Nothing is recorded that was not asked for.
    #expect(try candSearch(address, ["log"]).exit == 1)
    #expect(
      try candSearch(address, ["nurse", "--format", "ids"], environment: ["CAND_SEARCH_LOG": address]).exit
        == 0)
    #expect(try candSearch(address, ["show", "a-1", "--log", address]).exit == 0)
    #expect(try candSearch(address, ["log"]).lines.count == 2)
    #expect(try candSearch(address, ["log", "seen", "a-1"]).lines.count == 2)
    #expect(try candSearch("/none", ["log", "--log", address]).lines.count == 2)
    #expect(try candSearch(address, ["log", "verify"]).error == "sound: 2 entries\n")
    #expect(try candSearch(address, ["log", "head"]).output.hasPrefix("2:"))
    #expect(try candSearch(address, ["log", "--log", "none"]).exit == 2)
    let doctor = try candSearch(address, ["doctor"]).output
    #expect(doctor.contains(/ok +search log +postgresql:/), "\(doctor)")
    // A head that was kept elsewhere shows what is missing.
    let head = try candSearch(address, ["log", "head"]).output.trimmingCharacters(in: .newlines)
    try server.psql(
      """
      SET session_replication_role = replica; DELETE FROM cand_search.log_entry WHERE number = 2;
      DELETE FROM cand_search.log_shown WHERE entry = 2;
      UPDATE cand_search.log_chain SET head = 1, head_digest = (SELECT digest FROM cand_search.log_entry)
      """, database: database)
    #expect(try candSearch(address, ["log", "verify", "--kept", head]).exit == 3)
  }

  @Test func pgDumpCarriesTheLog() throws {
    #expect(try candSearch(address, ["nurse", "--log", address]).exit == 0)
    let head = try SearchLog(url: address, access: .reading).head()
    let folder = try TemporaryFolder()
    let copy = try server.newDatabase()
    for arguments in [
      ["pg_dump", "--format=custom", "--schema=cand_search", "--file=\(folder.file("dump"))", address],
      ["pg_restore", "--dbname=\(copy)", folder.file("dump")],
    ] {
      let run = try CommandRun(program: "/usr/bin/env", arguments, folder: folder.path)
      #expect(run.exit == 0, "\(run.error)")
    }
    let restored = try SearchLog(url: copy)
    #expect(try restored.head() == head)
    try restored.append(entry(1))
    try restored.flush()
    #expect(try restored.verify(kept: head).entries == 2)
    #expect(try candSearch(copy, ["log"]).lines.count == 2)
  }

  // MARK: - Versions

  @Test func anOlderDatabaseIsUpgraded() throws {
    func makeOlder() throws {
      try server.psql(
        """
        DROP TABLE cand_search.log_entry, cand_search.log_shown, cand_search.log_chain;
        DROP FUNCTION cand_search.log_refuse, cand_search.log_check_added, cand_search.log_check_removed;
        DROP TABLE cand_search.cluster_server, cand_search.cluster_partition, cand_search.unapplied;
        DROP SEQUENCE cand_search.unapplied_change;
        DELETE FROM cand_search.migration WHERE number >= 2
        """, database: database)
    }
    try makeOlder()
    #expect(throws: IndexError.olderVersion(path: address)) { try CandidateIndex(url: address) }
    #expect(throws: SearchLogError.olderVersion(path: address)) {
      try SearchLog(url: address, access: .reading)
    }
    #expect(try CandidateIndex(url: address, access: .writing).count("") == 2)
    #expect(try verification().isSound)
    try makeOlder()
    let log = try SearchLog(url: address)
    try log.append(entry(1))
    try log.flush()
    #expect(try CandidateIndex(url: address).count("") == 2)
    #expect(try verification().entries == 1)
  }

  @Test func databasesThatCannotBeUsed() throws {
    let empty = try server.newDatabase()
    for access in [SearchLog.Access.appending, .reading] {
      #expect(throws: IndexError.missing(path: empty)) { try SearchLog(url: empty, access: access) }
    }
    #expect(
      try server.psql(
        "SELECT to_regnamespace('cand_search') IS NULL", database: PostgresServer.database(empty)) == "t")
    let unknown = server.address(database: "unknown")
    #expect(throws: SearchLogError.self) { try SearchLog(url: unknown) }
    try server.psql("INSERT INTO cand_search.migration VALUES (99)", database: database)
    for access in [SearchLog.Access.appending, .reading] {
      #expect(throws: SearchLogError.newerVersion(path: address)) {
        try SearchLog(url: address, access: access)
      }
    }
    let nowhere = "postgresql://postgres@127.0.0.1:1/x"
    let error = #expect(throws: SearchLogError.self) { try SearchLog(url: nowhere) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("the server of the search log cannot be reached"))
    #expect(throws: SearchLogError.self) { try SearchLog(url: "postgresql://u:sesame@127.0.0.1:1/x") }
  }

  // MARK: - Lost connections

  private static let entries = 40

  /// A connection that is cut while a batch is written: the batch is written once, also if it was committed and only the
  /// answer to that was lost.
  @Test func aBatchIsWrittenOnceOverALostConnection() throws {
    let relay = try Relay(to: server.port)
    defer { relay.stop() }
    let relayed = address.replacing(":\(server.port)/", with: ":\(relay.port)/")
    func append(to log: SearchLog, _ action: (() -> Void)? = nil) throws {
      action?()
      for i in 0..<Self.entries { try log.append(entry(i)) }
      try log.flush()
    }
    let calm = try SearchLog(url: relayed)
    let begin = relay.byteCount
    try append(to: calm)
    let length = relay.byteCount - begin
    var expected = Self.entries
    var committed = 0
    // The answer to the end of the transaction has some ten bytes.
    for moment in [length / 20, length / 3, length * 9 / 10, length - 5] {
      let log = try SearchLog(url: relayed)
      #expect(throws: SearchLogError.self, "\(moment)") {
        try append(to: log) { relay.run(afterBytes: moment) { relay.cut() } }
      }
      guard case .unreachable? = log.failure else {
        Issue.record("\(moment): \(log.failure.map { "\($0)" } ?? "no failure")")
        continue
      }
      expected += Self.entries
      if try SearchLog(url: address, access: .reading).head().number == expected { committed += 1 }
      // More has come meanwhile.
      try log.append(entry(-1))
      expected += 1
      try log.flush()
      #expect(log.failure == nil)
      let found = try verification()
      #expect(found.isSound && found.entries == expected, "\(moment): \(found.entries), not \(expected)")
    }
    #expect(committed == 1)
  }

  @Test func aLogSurvivesTheServer() throws {
    let log = try SearchLog(url: address)
    let reading = try SearchLog(url: address, access: .reading)
    try log.append(entry(1))
    try log.flush()
    #expect(try reading.entries().count == 1)
    server.kill()
    try log.append(entry(2))
    #expect(throws: SearchLogError.self) { try log.flush() }
    #expect(throws: SearchLogError.self) { try reading.entries() }
    try server.restartAfterKill()
    // The entry that could not be written is written by itself.
    while try reading.head().number < 2 { usleep(20_000) }
    #expect(try verification().entries == 2)
    // A connection that the server has closed between two calls is no error.
    try server.terminateConnections(address)
    try log.append(entry(3))
    try log.flush()
    #expect(try reading.entries().count == 3)
  }

  // MARK: - Statistics and roles

  /// The catalog repeats values of columns with statistics.
  @Test func noStatisticsTellOfPeople() throws {
    let log = try SearchLog(url: address)
    for i in 0..<100 { try log.append(entry(i % 3)) }
    try log.flush()
    try server.psql("ANALYZE", database: database)
    let columns = try server.psql(
      "SELECT tablename || '.' || attname FROM pg_stats WHERE tablename LIKE 'log%' ORDER BY 1",
      database: database)
    #expect(
      columns.split(separator: "\n").map(String.init) == [
        "log_chain.anchor", "log_chain.anchor_digest", "log_chain.head", "log_chain.head_digest",
        "log_chain.id",
        "log_chain.key", "log_entry.canonical_digest", "log_entry.count", "log_entry.digest",
        "log_entry.generation",
        "log_entry.kind", "log_entry.number", "log_entry.program", "log_entry.purpose_digest",
        "log_entry.query_digest",
        "log_entry.time", "log_shown.connector", "log_shown.entry", "log_shown.place",
      ])
  }
}
