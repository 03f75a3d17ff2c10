import GRDB

/// Leaves the file in a good state after a load, and finishes what an interrupted process could not.
struct Maintenance {
  let writer: any DatabaseWriter
  let path: String

  /// Where a bulk load put merging off, now or one that broke off before: merges all segments into one, a few pages
  /// in each transaction; renews the planner's statistics; empties the WAL.
  func settle() throws {
    try mergeSegments()
    try Erasure(writer: writer, path: path).finishIfPending()
  }

  private func mergeSegments() throws {
    guard try !writer.read({ try Segments(db: $0).isMerging() }) else { return }
    while try writer.write({ try Segments(db: $0).merge() }) {}
    try writer.write { db in
      try Segments(db: db).resumeMerging()
      try db.execute(sql: "PRAGMA analysis_limit = 1000; ANALYZE candidate")
      try Self.dropSamples(db)
    }
    try writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
  }

  /// A SQLite that is built with STAT4 (Debian's is not) copies values of indexed columns, ids and names, to a table of
  /// its own when it analyzes. The planner needs none of them here, and removing a candidate would not remove them.
  static func dropSamples(_ db: Database) throws {
    if try db.tableExists("sqlite_stat4") { try db.execute(sql: "DELETE FROM sqlite_stat4") }
  }
}
