import Foundation
import GRDB

/// Takes every byte of removed candidates out of the files. FTS5 keeps the terms of what was removed until its
/// segments are merged, and SQLite keeps freed pages and the gaps in others as they were; so all segments are merged
/// into one, the file is written anew, and the WAL emptied. Its cost is that of writing the whole file.
struct Erasure {
  let writer: any DatabaseWriter
  let path: String

  /// Marks, in the transaction that removes somebody, that this has to follow.
  static func begin(_ db: Database) throws { try Setting.erasurePending.store(1, db) }

  /// Does what is marked as due, if anything: also for a process that was interrupted.
  func finishIfPending() throws {
    guard try writer.read({ try Setting.erasurePending.fetch($0) }) == 1 else { return }
    while try writer.write({ try Segments(db: $0).merge() }) {}
    try rewrite()
    try writer.write { try Setting.erasurePending.store(0, $0) }
    try emptyWAL()
  }

  private func rewrite() throws {
    try writer.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
    try emptyWAL()
  }

  private func emptyWAL() throws {
    let isBlocked = try writer.writeWithoutTransaction { db in
      try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { $0[0] as Int } ?? 0
    }
    if isBlocked == 1 { throw IndexError.busy(path: path) }
  }

  /// Whether any of these texts stands in the files, in UTF-8 or UTF-16.
  func leftovers(of texts: [String]) throws -> [String] {
    let needles = texts.filter { $0.utf8.count >= Self.shortestNeedle }.flatMap { text in
      [Data(text.utf8), text.data(using: .utf16LittleEndian), text.data(using: .utf16BigEndian)]
        .compactMap(\.self).map { (text, $0) }
    }
    var found: Set<String> = []
    for file in ["", "-wal", "-shm", "-journal"].map({ path + $0 })
    where FileManager.default.fileExists(atPath: file) {
      let data = try Data(contentsOf: URL(fileURLWithPath: file), options: .alwaysMapped)
      for (text, needle) in needles where data.range(of: needle) != nil { found.insert(text) }
    }
    return found.sorted()
  }

  /// Shorter texts stand anywhere by chance.
  private static let shortestNeedle = 6
}
