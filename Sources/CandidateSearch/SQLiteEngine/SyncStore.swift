import CandidateModel
import GRDB

/// The rows that tell how far each connector's sync has come.
package struct SyncStore {
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

  /// All connectors' last syncs, by name; none in a file that no sync has written to yet.
  func all() throws -> [SyncStatus] {
    guard try db.tableExists("sync") else { return [] }
    let refused = try RefusedStore(db: db).counts()
    return try Row.fetchAll(db, sql: "SELECT * FROM sync ORDER BY connector").map { row in
      var status = SyncStatus(row)
      status.toRequestAgain = refused[status.connector] ?? 0
      return status
    }
  }

  func status(_ connector: String) throws -> SyncStatus? { try all().first { $0.connector == connector } }

  func store(_ status: SyncStatus) throws {
    try db.execute(
      sql: """
        INSERT OR REPLACE INTO sync (connector, kind, begun_at, ended_at, ending, mark, fresh_at, added, updated,
          unchanged, refused, removed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        status.connector, status.kind, status.begunAt.microseconds, status.endedAt?.microseconds,
        status.ending,
        status.mark?.microseconds, status.freshAt?.microseconds, status.added, status.updated,
        status.unchanged,
        status.refused, status.removed,
      ])
  }
}

/// How a connector's last sync went.
public struct SyncStatus: Sendable, Hashable {
  /// The connector's name.
  public let connector: String
  /// What was asked for: `full`, `incremental` or `since`.
  public var kind: String
  /// When it began.
  public var begunAt: Timestamp
  /// When it ended; nil while it runs, and where it was killed.
  public var endedAt: Timestamp?
  /// How it ended: `complete`, `interrupted`, or why it failed; nil as `endedAt`.
  public var ending: String?
  /// Up to which `modified_at` nothing is missing; nil before the first walk that was read to its end, and for the
  /// public.
  public var mark: Timestamp?
  /// When the last walk began that was read to its end: the index is as new as that.
  public var freshAt: Timestamp?
  /// How many records it added; nil for the public.
  public var added: Int? = 0
  /// How many it replaced; nil for the public.
  public var updated: Int? = 0
  /// How many were there already as they are, or newer; nil for the public.
  public var unchanged: Int? = 0
  /// How many were refused; nil for the public.
  public var refused: Int? = 0
  /// How many candidates it removed; nil for the public.
  public var removed: Int? = 0
  /// How many refused records the next sync requests again by their ids, at most 10,000; nil for the public.
  public internal(set) var toRequestAgain: Int? = 0

  /// A sync that begins.
  package init(connector: String, kind: String, begunAt: Timestamp) {
    (self.connector, self.kind, self.begunAt) = (connector, kind, begunAt)
  }

  /// Without what depends on private candidates.
  var forThePublic: SyncStatus {
    var status = self
    (status.added, status.updated, status.unchanged) = (nil, nil, nil)
    (status.refused, status.removed, status.mark) = (nil, nil, nil)
    status.toRequestAgain = nil
    return status
  }

  init(_ row: Row) {
    func time(_ column: String) -> Timestamp? {
      (row[column] as Int64?).map(Timestamp.init(microseconds:))
    }
    connector = row["connector"]
    kind = row["kind"]
    begunAt = Timestamp(microseconds: row["begun_at"])
    (endedAt, ending) = (time("ended_at"), row["ending"])
    (mark, freshAt) = (time("mark"), time("fresh_at"))
    (added, updated, unchanged) = (row["added"], row["updated"], row["unchanged"])
    (refused, removed) = (row["refused"], row["removed"])
  }
}

extension CandidateIndex {
  /// How the last sync of a connector went, as far as the index's visibility shows it; nil if there was none.
  /// - Throws: `IndexError`.
  public func syncStatus(connector: String) throws -> SyncStatus? {
    let status = try read { try SyncStore(db: $0).status(connector) }
    return visibility == .public ? status?.forThePublic : status
  }

  /// Notes how a sync goes. Throws `IndexError`.
  package func store(_ status: SyncStatus) throws { try write { try SyncStore(db: $0).store(status) } }

  /// Notes, in one transaction, how a sync ended and which of the connector's records are requested again: the mark
  /// moves past none that is not among them. Throws `IndexError`.
  package func store(_ status: SyncStatus?, _ refused: RefusedIDs, connector: String) throws {
    try write { db in
      if let status { try SyncStore(db: db).store(status) }
      try RefusedStore(db: db).replace(refused.all, connector: connector)
    }
  }
}
