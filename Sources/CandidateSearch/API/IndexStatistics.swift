import CandidateModel
import Foundation
import GRDB
import TextAnalysis

/// What an index contains. For the public it tells of candidates that are not private alone, and of nothing that depends
/// on private ones.
public struct IndexStatistics: Sendable {
  /// All candidates.
  public let candidates: Int
  /// Those that are private; nil for the public.
  public let privateCandidates: Int?
  /// Those that may be e-mailed; unknown is not counted.
  public let emailable: Int
  /// Candidates by connector, in the order of the connectors' names; for the public without connectors of none.
  public let byConnector: [(name: String, candidates: Int)]
  /// The last sync of each connector from the API, in the order of their names.
  public let syncs: [SyncStatus]
  /// Those whose sync is going on.
  public let syncing: Set<String>
  /// The size of the database file and its companions, in bytes; nil for the public.
  public let fileBytes: Int?
  /// The size of what is in the file by part, in bytes, the largest first; empty for the public.
  public let parts: [(name: String, bytes: Int)]
  /// The version of the tables.
  public let schemaVersion: Int
  /// The version of the rules by which text is prepared.
  public let documentVersion: Int
  /// The version of Unicode with which the text was prepared; nil where the index does not tell.
  public let unicodeVersion: UnicodeVersion?
  /// The version of SQLite.
  public let sqliteVersion: String
  /// The time of the most recent candidate; nil if none has a time.
  public let newest: Timestamp?
  /// The time of the least recent candidate that has one.
  public let oldest: Timestamp?

  init(_ db: Database, path: String, _ visibility: Visibility) throws {
    let isPublic = visibility == .public
    let visible = VisibleRows(isPublic: isPublic)
    candidates = try visible.fetch("SELECT count(*) FROM candidate c WHERE VISIBLE", db) ?? 0
    privateCandidates = isPublic ? nil : try Searcher.count(.term(.flag(.isPrivate, true)), db)
    emailable = try Searcher.count(
      .all([.term(.flag(.canEmail, true)), TermStatistics(db: db, isPublic: isPublic).visible]), db)
    byConnector = try visible.byConnector(db).filter { !isPublic || $0.candidates > 0 }
    let syncs = try SyncStore(db: db).all()
    self.syncs = isPublic ? syncs.map(\.forThePublic) : syncs
    syncing = Set(syncs.map(\.connector).filter { SyncLock.isHeld(path: path, connector: $0) })
    fileBytes = isPublic ? nil : ["", "-wal", "-shm"].reduce(0) { $0 + Self.size(path + $1) }
    parts = isPublic ? [] : try Self.parts(db)
    schemaVersion = try Schema.migrator.completedMigrations(db).count
    documentVersion = try Setting.documentVersion.fetch(db) ?? 0
    unicodeVersion = try Setting.unicodeVersion.fetch(db).map(UnicodeVersion.init)
    sqliteVersion = try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? ""
    newest = try visible.time("ASC", db)
    oldest = try visible.time("DESC", db)
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

  private static func size(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int).flatMap(\.self) ?? 0
  }
}

/// The rows of the candidates that a caller may see.
private struct VisibleRows {
  let isPublic: Bool

  /// What replaces `VISIBLE` in a statement.
  private var condition: String {
    isPublic ? "c.docid NOT IN (SELECT rowid FROM posting WHERE posting MATCH :private)" : "TRUE"
  }
  private var arguments: StatementArguments {
    isPublic ? ["private": IndexQuery.term(.flag(.isPrivate, true)).description] : [:]
  }

  func fetch<Value: DatabaseValueConvertible>(_ sql: String, _ db: Database) throws -> Value? {
    try Value.fetchOne(db, sql: sql.replacing("VISIBLE", with: condition), arguments: arguments)
  }

  func byConnector(_ db: Database) throws -> [(name: String, candidates: Int)] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT n.name, count(c.docid) FROM connector n LEFT JOIN candidate c ON c.connector = n.number AND \(condition)
        GROUP BY n.number ORDER BY n.name
        """, arguments: arguments
    ).map { (name: $0[0], candidates: $0[1]) }
  }

  /// The time at one end of the docids, to the second.
  func time(_ order: String, _ db: Database) throws -> Timestamp? {
    let docid: Int64? = try fetch(
      """
      SELECT c.docid FROM candidate c WHERE c.docid < \(Docid.timeless.lowerBound) AND VISIBLE
      ORDER BY c.docid \(order) LIMIT 1
      """, db)
    return docid.flatMap { Docid(value: $0).second }.map { Timestamp(microseconds: $0 * 1_000_000) }
  }
}
