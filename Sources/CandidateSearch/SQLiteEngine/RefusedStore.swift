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

  /// The number of refused ids of each connector that has any.
  func counts() throws -> [String: Int] {
    guard try db.tableExists("refused") else { return [:] }
    let rows = try Row.fetchAll(db, sql: "SELECT connector, count(*) FROM refused GROUP BY connector")
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
  }

  /// Makes these the ids of a connector.
  func replace(_ ids: some Sequence<String>, connector: String) throws {
    try db.execute(sql: "DELETE FROM refused WHERE connector = ?", arguments: [connector])
    for id in ids {
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
