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
  func counts() throws -> [ExactText: Int] {
    guard try db.tableExists("refused") else { return [:] }
    var counts: [ExactText: Int] = [:]
    try RawStatement(db, "SELECT connector, count(*) FROM refused GROUP BY connector").forEach { row in
      if let connector = row.string(0) { counts[ExactText(connector)] = Int(row.integer(orZero: 1)) }
    }
    return counts
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
    // SQLite folds ASCII alone.
    let folded = ExactText(id.lowercased())
    var found: [(connector: String, id: String)] = []
    try RawStatement(
      db, "SELECT connector, id FROM refused WHERE ?1 IS NULL OR connector = ?1", arguments: [connector]
    ).forEach { row in
      guard let connector = row.string(0), let id = row.string(1) else { return }
      if ExactText(id.lowercased()) == folded { found.append((connector, id)) }
    }
    for (connector, id) in found {
      try db.execute(sql: "DELETE FROM refused WHERE connector = ? AND id = ?", arguments: [connector, id])
    }
  }
}
