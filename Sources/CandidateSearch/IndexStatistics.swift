import CandidateModel
import Foundation
import GRDB

/// What an index holds.
public struct IndexStatistics: Sendable {
  /// All candidates.
  public let candidates: Int
  /// Those that are restricted.
  public let privateCandidates: Int
  /// Those that may be e-mailed; unknown is not counted.
  public let emailable: Int
  /// Candidates by connector, in the order of their names.
  public let byConnector: [(name: String, candidates: Int)]
  /// The last sync of each connector from the API, in the order of their names.
  public let syncs: [SyncStatus]
  /// Those whose sync is going on.
  public let syncing: Set<String>
  /// The size of the database file and its companions, in bytes.
  public let fileBytes: Int
  /// The size of what is in the file by part, in bytes, the largest first.
  public let parts: [(name: String, bytes: Int)]
  /// The version of the tables.
  public let schemaVersion: Int
  /// The version of the rules by which text is prepared.
  public let documentVersion: Int
  /// The version of SQLite.
  public let sqliteVersion: String
  /// The time of the most recent candidate; nil if none has a time.
  public let newest: Timestamp?
  /// The time of the least recent candidate that has one.
  public let oldest: Timestamp?

  init(_ db: Database, path: String) throws {
    candidates = try Int.fetchOne(db, sql: "SELECT count(*) FROM candidate") ?? 0
    privateCandidates = try Self.count(.flag(.isPrivate, true), db)
    emailable = try Self.count(.flag(.canEmail, true), db)
    byConnector = try Row.fetchAll(
      db,
      sql: """
        SELECT n.name, count(c.docid) FROM connector n LEFT JOIN candidate c ON c.connector = n.number
        GROUP BY n.number ORDER BY n.name
        """
    ).map { (name: $0[0], candidates: $0[1]) }
    let syncs = try SyncStore(db: db).all()
    self.syncs = syncs
    syncing = Set(syncs.map(\.connector).filter { SyncLock.isHeld(path: path, connector: $0) })
    fileBytes = ["", "-wal", "-shm"].reduce(0) { $0 + Self.size(path + $1) }
    parts = try Self.parts(db)
    schemaVersion = try Schema.migrator.completedMigrations(db).count
    documentVersion = try Setting.documentVersion.fetch(db) ?? 0
    sqliteVersion = try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? ""
    newest = try Self.time("min", db)
    oldest = try Self.time("max", db)
  }

  /// SQLite's own count of pages, which reads every page's head: about a second for a million candidates.
  private static func parts(_ db: Database) throws -> [(name: String, bytes: Int)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT CASE
          WHEN name = 'record' THEN 'records'
          WHEN name LIKE 'posting%' THEN 'postings and keys'
          WHEN name = 'candidate' THEN 'candidates'
          WHEN name = 'candidate_identity' THEN 'identities'
          WHEN name = 'candidate_docid' THEN 'docids and times'
          ELSE 'other' END AS part, sum(pgsize) AS bytes
        FROM dbstat WHERE aggregate = TRUE GROUP BY part
        UNION ALL
        SELECT 'free', (SELECT freelist_count FROM pragma_freelist_count) * (SELECT page_size FROM pragma_page_size)
        ORDER BY bytes DESC
        """
    ).map { (name: $0[0], bytes: $0[1]) }
  }

  private static func count(_ key: Key, _ db: Database) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM posting WHERE posting MATCH ?", arguments: [Match.key(key).description])
      ?? 0
  }

  /// The time at one end of the docids, to the second.
  private static func time(_ end: String, _ db: Database) throws -> Timestamp? {
    let docid = try Int64.fetchOne(
      db, sql: "SELECT \(end)(docid) FROM candidate WHERE docid < ?", arguments: [Docid.timeless.lowerBound])
    return docid.flatMap { Docid(value: $0).second }.map { Timestamp(microseconds: $0 * 1_000_000) }
  }

  private static func size(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int).flatMap(\.self) ?? 0
  }
}
