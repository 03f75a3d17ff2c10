import Foundation
import GRDB

/// Takes every byte of removed candidates out of the files. FTS5 keeps the terms of what was removed until its
/// segments are merged, and SQLite keeps freed pages and the gaps in others as they were; so all segments are merged
/// into one, the file is written anew, and the WAL emptied. Its cost is that of writing the whole file.
struct Erasure {
  let writer: any DatabaseWriter
  let path: String

  /// Marks, in the transaction that removes candidates, that the erasure must follow.
  static func begin(_ db: Database) throws {
    try Maintenance.dropSamples(db)
    try Setting.erasurePending.store(1, db)
  }

  /// Whether this is due.
  static func isPending(_ db: Database) throws -> Bool { try Setting.erasurePending.fetch(db) == 1 }

  /// Does what is marked as due, if anything: also for a process that was interrupted.
  func finishIfPending() throws {
    guard try writer.read(Self.isPending) else { return }
    while try writer.write({ try Segments(db: $0).merge() }) {}
    try rewrite()
    try writer.write { try Setting.erasurePending.store(0, $0) }
    try emptyWAL()
  }

  private func rewrite() throws {
    // The copy that VACUUM makes contains no removed candidate, and may be too large for memory.
    try writer.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY")
    }
    try emptyWAL()
  }

  private func emptyWAL() throws {
    let isBlocked = try writer.writeWithoutTransaction { db in
      try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { $0[0] as Int } ?? 0
    }
    if isBlocked == 1 { throw IndexError.erasureBlocked(path: path) }
  }
}
