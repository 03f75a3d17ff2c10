import CandidateSearch
import Foundation
import GRDB

/// The events of webhooks until they are processed, and what else is known of connectors, in a small SQLite file of its
/// own: SQLite makes an event durable, finds duplicates and recovers after a kill, and no call waits for the index.
///
/// A processed event is kept for 7 days, since its hash identifies duplicates: the id of a sync is in it. Without one, the same
/// body is another event some minutes later. At most `maximumEvents` are kept.
final class EventStore: Sendable {
  /// What became of an event.
  enum Insertion: Sendable, Hashable {
    case stored
    /// The same event was stored before.
    case duplicate
  }

  /// The events of a connector that are not processed.
  struct Pending: Sendable, Hashable {
    /// The number of the last of them; nil if there is none.
    var last: Int64?
    /// The ids of the candidates that they name.
    var ids: [String] = []
    /// Whether one of them demands an incremental sync.
    var needsSync = false
  }

  /// How long processed events are kept, in seconds.
  static let retention: Int64 = 7 * 86_400
  /// For how long after an event the same body is a repeated delivery, if it names no sync, in seconds. Bindbee repeats for
  /// a minute.
  static let redelivery: Int64 = 600
  private let maximumEvents: Int
  /// The ids of later events of a connector are not kept: an incremental sync brings those candidates.
  static let maximumEventsWithIDs = 100

  let queue: DatabaseQueue

  /// Opens the file at a path, and creates it if it does not exist, readable by its owner alone; without a path, a store
  /// in memory.
  /// - Throws: `EventStoreError`.
  init(path: String?, maximumEvents: Int = 10_000) throws(EventStoreError) {
    self.maximumEvents = maximumEvents
    if let path { Self.createPrivately(path) }
    do {
      var configuration = Configuration()
      configuration.label = "cand-search.webhooks"
      configuration.busyMode = .timeout(5)
      // With FULL, a commit returns after the event is on the disk. What is deleted is overwritten.
      configuration.prepareDatabase {
        try $0.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
      }
      queue =
        try path.map { try DatabaseQueue(path: $0, configuration: configuration) }
        ?? DatabaseQueue(configuration: configuration)
      try queue.read(Self.checkKind)
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
      try queue.write(Self.createTables)
    } catch {
      let reason = (error as? DatabaseError)?.resultCode.description ?? "\(type(of: error))"
      throw EventStoreError(path: path ?? "memory", reason: reason)
    }
  }

  /// SQLite creates its companions with the permissions of the file.
  private static func createPrivately(_ path: String) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
  }

  // MARK: - Events

  /// Stores an event of a connector; when this returns it is on the disk. The error state of the connector follows it.
  /// - Throws: `Problem` if too many events are not processed yet, and the errors of SQLite.
  func insert(_ event: WebhookEvent, connector: String, at time: Timestamp) async throws -> Insertion {
    try await queue.write { [maximumEvents] db in
      try Self.removeOld(db, now: time)
      if try Self.isDuplicate(db, event, at: time) { return .duplicate }
      try Self.makeRoom(db, maximumEvents)
      // An event of a failure is processed with this.
      let isPending = event.needsSync || !event.ids.isEmpty
      let keepsIDs = try Self.pendingCount(db, connector) < Self.maximumEventsWithIDs
      try db.execute(
        sql: """
          INSERT INTO event (hash, name, connector, sync_id, ids, needs_sync, received_at, processed_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          Data(event.hash), event.kind.rawValue, connector, event.syncID,
          keepsIDs ? event.ids.joined(separator: " ") : "", event.needsSync || !keepsIDs, time.microseconds,
          isPending ? nil : time.microseconds,
        ])
      switch event.kind {
      case .failed: try Self.set(db, "failed_at", to: time, connector)
      case .synced: try Self.set(db, "failed_at", to: nil, connector)
      case .modified: break
      }
      return .stored
    }
  }

  /// The events of a connector that are not processed.
  func pending(connector: String) async throws -> Pending {
    try await queue.read { db in
      var pending = Pending()
      var ids: Set<String> = []
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT number, ids, needs_sync FROM event
          WHERE processed_at IS NULL AND connector = ? ORDER BY number
          """, arguments: [connector])
      while let row = try rows.next() {
        pending.last = row["number"]
        pending.needsSync = pending.needsSync || row["needs_sync"]
        ids.formUnion((row["ids"] as String).split(separator: " ").map(String.init))
      }
      if ids.count > WebhookEvent.maximumIDs {
        pending.needsSync = true
      } else {
        pending.ids = ids.sorted()
      }
      return pending
    }
  }

  /// Marks the events of a connector as processed, up to a number. Their ids are erased.
  func finish(connector: String, upTo number: Int64, at time: Timestamp) async throws {
    try await queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          UPDATE event SET processed_at = ?, ids = '' WHERE processed_at IS NULL AND connector = ? AND number <= ?
          """, arguments: [time.microseconds, connector, number])
      try Self.emptyWAL(db)
    }
  }

  /// Erases ids from the events of a connector, or of all, that are not processed, in any case of their letters. Linear in the
  /// number of these events.
  func forget(_ ids: Set<String>, connector: String? = nil) throws {
    let folded = Set(ids.map { $0.lowercased() })
    try queue.writeWithoutTransaction { db in
      try db.inTransaction {
        let rows = try Row.fetchAll(
          db, sql: "SELECT number, ids FROM event WHERE ids <> '' AND (?1 IS NULL OR connector = ?1)",
          arguments: [connector])
        for row in rows {
          let all = (row["ids"] as String).split(separator: " ")
          let kept = all.filter { !folded.contains($0.lowercased()) }
          if kept.count == all.count { continue }
          try db.execute(
            sql: "UPDATE event SET ids = ? WHERE number = ?",
            arguments: [kept.joined(separator: " "), row["number"] as Int64])
        }
        return .commit
      }
      guard try Self.emptyWAL(db) else {
        throw DatabaseError(resultCode: .SQLITE_BUSY, message: "another process reads the events")
      }
    }
  }

  /// Removes what was overwritten from the WAL, too. Returns false if another process that reads the file prevents it; then a
  /// later call does.
  @discardableResult private static func emptyWAL(_ db: Database) throws -> Bool {
    try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { $0[0] as Int } == 0
  }

  /// Removes the events that were processed more than 7 days ago.
  func removeOld(at time: Timestamp) async throws {
    try await queue.write { try Self.removeOld($0, now: time) }
  }

  /// Marks the events of connectors that are not configured any more as processed.
  /// - Throws: The errors of SQLite.
  func finishOthers(than connectors: [String], at time: Timestamp) throws {
    try queue.writeWithoutTransaction { db in
      let known = try String.fetchAll(
        db, sql: "SELECT DISTINCT connector FROM event WHERE processed_at IS NULL")
      for connector in known where !connectors.contains(connector) {
        try db.execute(
          sql: "UPDATE event SET processed_at = ?, ids = '' WHERE processed_at IS NULL AND connector = ?",
          arguments: [time.microseconds, connector])
      }
      try Self.emptyWAL(db)
    }
  }

  /// The number of events, processed or not.
  func count() throws -> Int {
    try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM event") ?? 0 }
  }

  // MARK: - Connectors

  /// When Bindbee's last sync of each connector failed; without connectors whose last sync did not.
  /// - Throws: The errors of SQLite.
  func failures() throws -> [String: Timestamp] {
    try queue.read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT name, failed_at FROM connector WHERE failed_at IS NOT NULL")
      // Strings that differ in their Unicode form are equal.
      return Dictionary(
        rows.map { ($0["name"], Timestamp(microseconds: $0["failed_at"])) }, uniquingKeysWith: max)
    }
  }

  /// When the last complete full sync of a connector began.
  func fullSync(connector: String) async throws -> Timestamp? {
    try await queue.read { db in
      try Int64.fetchOne(db, sql: "SELECT full_at FROM connector WHERE name = ?", arguments: [connector])
        .map(Timestamp.init(microseconds:))
    }
  }

  func setFullSync(connector: String, at time: Timestamp) async throws {
    try await queue.write { try Self.set($0, "full_at", to: time, connector) }
  }

  // MARK: - SQL

  private static let applicationID: Int32 = 0x6373_7765
  private static let version = 1

  private static func checkKind(_ db: Database) throws {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
    let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
    guard isEmpty || application == applicationID else {
      throw DatabaseError(resultCode: .SQLITE_NOTADB)
    }
    guard try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 <= version else {
      throw DatabaseError(resultCode: .SQLITE_SCHEMA)
    }
  }

  private static func createTables(_ db: Database) throws {
    try db.execute(
      sql: """
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        CREATE TABLE IF NOT EXISTS event (
          -- in the order of arrival
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          -- of the body, which contains the event's name and the sync's id: one hash identifies duplicates
          hash BLOB NOT NULL UNIQUE,
          name TEXT NOT NULL,
          connector TEXT NOT NULL,
          sync_id TEXT,
          -- of the candidates that it names, with spaces between; empty when it is processed
          ids TEXT NOT NULL,
          needs_sync INTEGER NOT NULL,
          -- in microseconds since 1970, as the other times
          received_at INTEGER NOT NULL,
          processed_at INTEGER
        ) STRICT;
        CREATE INDEX IF NOT EXISTS event_processed ON event (processed_at, connector);
        CREATE TABLE IF NOT EXISTS connector (
          name TEXT PRIMARY KEY,
          -- when Bindbee's own sync failed; NULL after one that did not
          failed_at INTEGER,
          -- when the last complete full sync began
          full_at INTEGER
        ) STRICT, WITHOUT ROWID;
        """)
  }

  /// Whether an event was stored before. Removes the one with the same body that it repeats at a later time.
  private static func isDuplicate(_ db: Database, _ event: WebhookEvent, at time: Timestamp) throws -> Bool {
    let hash = Data(event.hash)
    if event.syncID == nil {
      try db.execute(
        sql: "DELETE FROM event WHERE hash = ? AND received_at < ?",
        arguments: [hash, time.microseconds - redelivery * 1_000_000])
    }
    return try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM event WHERE hash = ?)", arguments: [hash])
      ?? false
  }

  private static func removeOld(_ db: Database, now: Timestamp) throws {
    try db.execute(
      sql: "DELETE FROM event WHERE processed_at < ?",
      arguments: [now.microseconds - retention * 1_000_000])
  }

  /// Removes the processed events that came first, until there is room for one more.
  private static func makeRoom(_ db: Database, _ maximum: Int) throws {
    let surplus = try (Int.fetchOne(db, sql: "SELECT count(*) FROM event") ?? 0) - maximum + 1
    guard surplus > 0 else { return }
    try db.execute(
      sql: """
        DELETE FROM event WHERE number IN
          (SELECT number FROM event WHERE processed_at IS NOT NULL ORDER BY number LIMIT ?)
        """, arguments: [surplus])
    guard db.changesCount == surplus else {
      throw Problem(.overloaded, "\(maximum) events wait already", headers: [.retryAfter: "10"])
    }
  }

  private static func pendingCount(_ db: Database, _ connector: String) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM event WHERE processed_at IS NULL AND connector = ?",
      arguments: [connector]) ?? 0
  }

  private static func set(_ db: Database, _ column: String, to time: Timestamp?, _ connector: String) throws {
    try db.execute(
      sql: """
        INSERT INTO connector (name, \(column)) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET \(column) = excluded.\(column)
        """, arguments: [connector, time?.microseconds])
  }
}

/// A file of events that cannot be used.
public struct EventStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path of the file.
  public let path: String
  /// What SQLite says.
  public let reason: String

  /// The problem.
  public var description: String { "\(path): the file of webhook events cannot be used: \(reason)" }
}
