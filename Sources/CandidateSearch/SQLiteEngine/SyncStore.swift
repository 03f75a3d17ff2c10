import CandidateModel
import GRDB

/// The rows of each connector's last sync.
struct SyncStore {
  let db: Database

  static let table = """
    -- How far each connector's sync from the API has come, and how the last one went. Times are microseconds since
    -- 1970, UTC.
    CREATE TABLE sync (
      connector TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      begun_at INTEGER NOT NULL,
      -- NULL while it runs, and where it was killed
      ended_at INTEGER,
      -- NULL as ended_at; complete, interrupted, or why it failed
      ending TEXT,
      -- up to which modified_at nothing is missing
      mark INTEGER,
      -- when the last walk began that was read to its end: the index is as new as that
      fresh_at INTEGER,
      added INTEGER NOT NULL DEFAULT 0,
      updated INTEGER NOT NULL DEFAULT 0,
      unchanged INTEGER NOT NULL DEFAULT 0,
      refused INTEGER NOT NULL DEFAULT 0,
      removed INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    """

  /// The last sync of each connector, by name; none in a file without the table.
  func all() throws -> [SyncStatus] {
    guard try db.tableExists("sync") else { return [] }
    let refused = try RefusedStore(db: db).counts()
    var all: [SyncStatus] = []
    try RawStatement(
      db,
      """
      SELECT connector, kind, begun_at, ended_at, ending, mark, fresh_at, added, updated, unchanged, refused, removed
      FROM sync ORDER BY connector
      """
    ).forEach { row in
      var status = try SyncStatus(row)
      status.toRequestAgain = refused[ExactText(status.connector)] ?? 0
      all.append(status)
    }
    return all
  }

  /// How old the data of each connector is, by name. Read for every search of a server.
  func freshness() throws -> [ConnectorFreshness] {
    guard try db.tableExists("sync") else { return [] }
    var found: [ConnectorFreshness] = []
    try RawStatement(cached: "SELECT connector, fresh_at FROM sync ORDER BY connector", db).forEach { row in
      found.append(
        ConnectorFreshness(
          connector: row.string(0) ?? "", freshAt: row.integer(1).map(Timestamp.init(microseconds:))))
    }
    return found
  }

  func store(_ status: SyncStatus) throws {
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO sync (connector, kind, begun_at, ended_at, ending, mark, fresh_at, added, updated,
          unchanged, refused, removed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        status.connector, status.kind.rawValue, status.begunAt.microseconds, status.endedAt?.microseconds,
        status.outcome?.description, status.mark?.microseconds, status.freshAt?.microseconds, status.added,
        status.updated, status.unchanged, status.refused, status.removed,
      ])
  }
}

extension SyncStatus {
  /// - Throws: `DatabaseError` for a kind that no version of the program writes.
  fileprivate init(_ row: RawRow) throws {
    func time(_ column: Int32) -> Timestamp? { row.integer(column).map(Timestamp.init(microseconds:)) }
    func count(_ column: Int32) -> Int { Int(row.integer(orZero: column)) }
    guard let connector = row.string(0), let kind = row.string(1).flatMap(Kind.init) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the kind of a sync is unknown")
    }
    self.init(
      connector: connector, kind: kind, begunAt: Timestamp(microseconds: row.integer(orZero: 2)))
    endedAt = time(3)
    outcome = row.string(4).map(Outcome.init(description:))
    mark = time(5)
    freshAt = time(6)
    added = count(7)
    updated = count(8)
    unchanged = count(9)
    refused = count(10)
    removed = count(11)
  }
}
