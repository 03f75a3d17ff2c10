import Foundation
import GRDB

/// Removes every byte of removed candidates from the files. FTS5 keeps removed terms until it merges its segments,
/// the dictionary of compressed records contains texts of the records that it was trained on, and SQLite does not
/// overwrite freed pages and gaps. So all segments are merged into one, a dictionary is trained on the records that are
/// left and these are compressed again, the file is rewritten, and the WAL is emptied. The cost is that of writing the whole file.
struct Erasure {
  let writer: IndexWriter

  /// Marks, in the transaction that removes candidates, that the erasure must follow.
  static func begin(_ db: Database) throws {
    try Maintenance.dropSamples(db)
    try Setting.erasurePending.store(1, db)
  }

  /// Whether an erasure is pending.
  static func isPending(_ db: Database) throws -> Bool { try Setting.erasurePending.fetch(db) == 1 }

  /// Does a pending erasure, also one that an interrupted process left.
  func finishIfPending() throws {
    guard try writer.read(Self.isPending) else { return }
    try Segments.mergeAll(writer)
    try writer.write { _ = try RecordCompression($0).retrain() }
    // The copy that VACUUM makes contains no removed candidate.
    try Maintenance(writer: writer).compact()
    try emptyWAL()
    try writer.write { try Setting.erasurePending.store(0, $0) }
    try emptyWAL()
  }

  private func emptyWAL() throws {
    if try !writer.emptyWAL() { throw IndexError.erasureBlocked(path: writer.path) }
  }
}
