import GRDB

/// What FTS5 tells of the postings, in temporary tables of the connection.
enum PostingTermTable: String {
  /// Every posting, with `term`, `doc`, `col` and `offset`; in the order of terms, then of docids.
  case instance
  /// Every term, with `term`, and with the numbers of its documents and postings.
  case row

  /// The table's name.
  var table: String { "temp.posting_\(rawValue)" }

  /// Makes the table. A connection that may only read has temporary tables too, but GRDB forbids it to make them.
  func makeTable(_ db: Database) throws {
    let isThere = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE name = ?)",
      arguments: ["posting_\(rawValue)"])
    if isThere == true { return }
    let isForbidden = try Bool.fetchOne(db, sql: "PRAGMA query_only") ?? false
    if isForbidden { try db.execute(sql: "PRAGMA query_only = 0") }
    let result = Result {
      try db.execute(sql: "CREATE VIRTUAL TABLE \(table) USING fts5vocab('main', 'posting', '\(rawValue)')")
    }
    if isForbidden { try db.execute(sql: "PRAGMA query_only = 1") }
    try result.get()
  }
}
