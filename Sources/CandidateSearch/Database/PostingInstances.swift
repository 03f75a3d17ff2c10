import GRDB

/// Every posting of the index, term by term: what FTS5's vocabulary tells of them.
enum PostingInstances {
  /// A table of the connection's own, with `term`, `doc`, `col` and `offset`; in the order of terms, then of docids.
  static let table = "temp.posting_instance"

  /// Makes the table. A connection that may only read has temporary tables too, but GRDB forbids it to make them.
  static func makeTable(_ db: Database) throws {
    let isThere = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE name = 'posting_instance')")
    if isThere == true { return }
    let isForbidden = try Bool.fetchOne(db, sql: "PRAGMA query_only") ?? false
    if isForbidden { try db.execute(sql: "PRAGMA query_only = 0") }
    let result = Result {
      try db.execute(
        sql: "CREATE VIRTUAL TABLE \(table) USING fts5vocab('main', 'posting', 'instance')")
    }
    if isForbidden { try db.execute(sql: "PRAGMA query_only = 1") }
    try result.get()
  }
}
