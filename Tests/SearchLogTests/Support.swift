import CandidateSearch
import Foundation
import GRDB
import PostgresEngine
import Synchronization
import TestSupport

@testable import SearchLog

/// A log in a folder of its own, or with CAND_SEARCH_TEST_ENGINE=postgresql in a database of its own.
struct TestLog {
  let folder: TemporaryFolder
  private let database: TestDatabase?
  /// The path of the file, or the address of the database.
  var path: String { database?.address ?? folder.file("log.db") }

  init() throws {
    folder = try TemporaryFolder()
    database = TestedEngine.isPostgres ? try TestDatabase() : nil
  }

  /// A log with entries that have all of their fields, already in the file.
  init(entries: Int) throws {
    try self.init()
    let log = try open()
    for i in 1...max(1, entries) where i <= entries { try log.append(Self.entry(i)) }
    try log.flush()
  }

  func open(_ access: SearchLog.Access = .appending) throws -> SearchLog {
    let log = try SearchLog(location: path, access: access)
    keep(for: log)
    return log
  }

  private struct Use: @unchecked Sendable {
    let folder: TemporaryFolder
    let database: TestDatabase?
    weak var log: SearchLog?
  }
  private static let uses = Mutex<[Use]>([])

  /// Keeps the folder and the database while a log is used.
  private func keep(for log: SearchLog) {
    let ended = Self.uses.withLock { uses in
      let ended = uses.filter { $0.log == nil }
      uses.removeAll { $0.log == nil }
      uses.append(Use(folder: folder, database: database, log: log))
      return ended
    }
    // The databases are removed without the lock.
    _ = ended
  }

  /// An entry that differs from all others in each field; it showed the candidates `c-i` and `c-(i + 1)`.
  static func entry(_ i: Int) -> SearchLogEntry {
    var entry = SearchLogEntry(
      .search, key: "key-\(i)",
      candidates: [
        .init(connector: "greenhouse", id: "c-\(i)"), .init(connector: "lever", id: "c-\(i + 1)"),
      ],
      time: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(i) * 86_400_000_000))
    entry.purpose = "vacancy \(i)"
    entry.query = "engineer number\(i)"
    entry.canonicalQuery = "(engineer AND number\(i))"
    entry.scope = "tag:T\(i)"
    entry.count = 100 + i
    entry.generation = 10 + i
    entry.program = "test \(i)"
    entry.request = "request-\(i)"
    return entry
  }

  /// Changes the log as a forger does: without the triggers.
  func tamper(_ sql: String) throws {
    if let database {
      return try database.run("SET session_replication_role = replica; " + Self.ofPostgres(sql))
    }
    let queue = try DatabaseQueue(path: path)
    try queue.write { db in
      for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
        try db.execute(sql: "DROP TRIGGER \(trigger)")
      }
      try db.execute(sql: sql)
    }
    try queue.close()
  }

  /// Runs statements in the language of SQLite on the log, with its triggers.
  func execute(_ sql: String) throws {
    if let database { return try database.run(Self.ofPostgres(sql)) }
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    try DatabaseQueue(path: path, configuration: configuration).write { try $0.execute(sql: sql) }
  }

  /// Lets the insertion of some entries fail, as if the process were killed there. `condition` is one of the new row.
  func refuseEntries(where condition: String) throws {
    if let database {
      return try database.run(
        """
        CREATE FUNCTION cand_search.killed() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'killed'; END$$;
        CREATE TRIGGER killed BEFORE INSERT ON cand_search.log_entry FOR EACH ROW WHEN (\(condition))
        EXECUTE FUNCTION cand_search.killed()
        """)
    }
    try execute(
      "CREATE TRIGGER killed BEFORE INSERT ON entry WHEN \(condition) BEGIN SELECT RAISE(ABORT, 'killed'); END"
    )
  }

  /// Ends what `refuseEntries` began.
  func admitEntries() throws {
    try execute("DROP TRIGGER killed" + (database == nil ? "" : " ON entry"))
  }

  /// The columns of a table, in their order.
  func columns(of table: String) throws -> [String] {
    if let database {
      return try database.rows(
        """
        SELECT attname FROM pg_attribute WHERE attrelid = 'cand_search.log_\(table)'::regclass AND attnum > 0 ORDER BY attnum
        """)
    }
    return try DatabaseQueue(path: path).read { try $0.columns(in: table).map(\.name) }
  }

  /// The number of transactions that have added the entries that are there. Of a database.
  func transactionCount() throws -> Int {
    try Int(database?.rows("SELECT count(DISTINCT xmin::text) FROM cand_search.log_entry").first ?? "") ?? 0
  }

  /// Statements of the tests in the language of PostgreSQL, with the names of its tables.
  private static func ofPostgres(_ sql: String) -> String {
    sql.replacing(/\b(UPDATE|FROM|INTO|TABLE|ON) (entry|shown|chain)\b/) { "\($0.1) cand_search.log_\($0.2)" }
      .replacing(/\bx'([0-9a-f]*)'/) { "'\\x\($0.1)'::bytea" }
      .replacing(/zeroblob\(([0-9]+)\)/) { "decode(repeat('00', \($0.1)), 'hex')" }
      .replacing("INSERT OR REPLACE", with: "INSERT")
  }

  /// The bytes of the file and its companions.
  func bytes() throws -> Data {
    try ["", "-wal", "-shm", "-journal"].map { path + $0 }.filter {
      FileManager.default.fileExists(atPath: $0)
    }
    .reduce(into: Data()) { $0 += try Data(contentsOf: URL(fileURLWithPath: $1)) }
  }
}

/// A database with the tables of an index, which is removed after its logs have ended.
final class TestDatabase: Sendable {
  let address: String

  /// The name of a database with the tables, which are created once.
  private static let template = Result {
    let address = try PostgresServer.shared.get().newDatabase()
    _ = try CandidateIndex(url: address, access: .writing)
    return name(of: address)
  }

  init() throws { address = try PostgresServer.shared.get().newDatabase(like: Self.template.get()) }

  deinit { try? PostgresServer.shared.get().drop(address) }

  private static func name(of address: String) -> String { String(address.split(separator: "/").last ?? "") }

  func run(_ sql: String) throws { _ = try rows(sql) }

  /// The lines that psql prints.
  func rows(_ sql: String) throws -> [String] {
    try PostgresServer.shared.get().psql(sql, database: Self.name(of: address)).split(separator: "\n")
      .map(String.init)
  }
}

extension Data {
  /// Whether a text occurs.
  func contains(text: String) -> Bool { range(of: Data(text.utf8)) != nil }
}
