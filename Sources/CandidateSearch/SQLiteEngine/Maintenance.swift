import GRDB

/// The maintenance after a load. It also finishes the work of an interrupted process.
struct Maintenance {
  let writer: IndexWriter

  /// Finishes a bulk load, this one or one that was interrupted: merges all segments into one, a few pages in each
  /// transaction, updates the planner's statistics, and empties the WAL. Then does a pending erasure.
  func optimize() throws {
    try mergeSegments()
    try Erasure(writer: writer).finishIfPending()
  }

  /// Rewrites the file without its free pages. The copy that VACUUM makes may be too large for memory.
  func compact() throws {
    try writer.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY")
    }
    // Readers of an older state may prevent this; then the next writer does it.
    _ = try writer.emptyWAL()
  }

  private func mergeSegments() throws {
    guard try !writer.read({ try Segments(db: $0).isMerging() }) else { return }
    try Segments.mergeAll(writer)
    try writer.write { db in
      try Segments(db: db).resumeMerging()
      try db.execute(sql: "PRAGMA analysis_limit = 1000; ANALYZE candidate")
      try Self.dropSamples(db)
    }
    _ = try writer.emptyWAL()
  }

  /// Removes the samples of ANALYZE. A SQLite with STAT4 (Debian's has none) copies values of indexed columns, ids and
  /// names, to a table of its own. The planner does not need them, and removing a candidate would not remove them.
  static func dropSamples(_ db: Database) throws {
    if try db.tableExists("sqlite_stat4") { try db.execute(sql: "DELETE FROM sqlite_stat4") }
  }
}
