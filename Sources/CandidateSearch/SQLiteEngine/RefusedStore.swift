import GRDB

/// The ids of records that a sync refused. The next sync of the connector requests them again.
struct RefusedStore {
  let db: Database

  static let table = """
    -- The ids of records that a connector's sync refused; the next one requests them again.
    CREATE TABLE refused (connector TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (connector, id)) STRICT, WITHOUT ROWID;
    """

  /// A connector's ids, in their order; none in a file without the table.
  func ids(_ connector: String) throws -> [String] {
    guard try db.tableExists("refused") else { return [] }
    return try String.fetchAll(
      db, sql: "SELECT id FROM refused WHERE connector = ? ORDER BY id", arguments: [connector])
  }

  /// How many there are of each connector that has any.
  func counts() throws -> [String: Int] {
    guard try db.tableExists("refused") else { return [:] }
    let rows = try Row.fetchAll(db, sql: "SELECT connector, count(*) FROM refused GROUP BY connector")
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }

  /// Makes a connector's ids these, but for the forgotten.
  func replace(_ ids: some Sequence<String>, connector: String) throws {
    try db.execute(sql: "DELETE FROM refused WHERE connector = ?", arguments: [connector])
    let forgotten = try ForgottenStore(db: db).filter()
    for id in ids where forgotten?.contains(id: id, connector: connector) != true {
      try db.execute(
        sql: "INSERT OR IGNORE INTO refused (connector, id) VALUES (?, ?)", arguments: [connector, id])
    }
  }

  /// Removes an id in any case of its letters, of a connector or of all.
  func remove(id: String, connector: String?) throws {
    try db.execute(
      sql: "DELETE FROM refused WHERE lower(id) = lower(?1) AND (?2 IS NULL OR connector = ?2)",
      arguments: [id, connector])
  }
}

/// The ids of the records of one connector that were refused and not seen since.
package struct RefusedIDs: Sendable {
  /// At most this many are kept for each connector; of records refused beyond that only the count remains.
  package static let maximumCount = 10_000
  /// A longer id is not kept, in bytes.
  package static let maximumLength = 255

  private var ids: Set<ExactID>

  package init(_ ids: [String]) { self.ids = Set(ids.map(ExactID.init)) }

  /// The ids, in their order.
  package var all: [String] { ids.map(\.id).sorted() }

  /// Notes that a record was refused. An id that `ids=` cannot name is not kept.
  package mutating func insert(_ id: String) {
    let isUsable =
      id.utf8.count <= Self.maximumLength && id.utf8.allSatisfy { $0 > 0x20 && $0 != 0x2C && $0 != 0x7F }
    if isUsable, !id.isEmpty, ids.count < Self.maximumCount { ids.insert(ExactID(id)) }
  }

  /// Notes that a record came in, or that the API has it no more.
  package mutating func remove(_ id: String) { ids.remove(ExactID(id)) }
}

extension CandidateIndex {
  /// The ids of a connector's records that were refused and are requested again. Throws `IndexError`.
  package func refusedIDs(connector: String) throws -> RefusedIDs {
    RefusedIDs(try read { try RefusedStore(db: $0).ids(connector) })
  }
}
