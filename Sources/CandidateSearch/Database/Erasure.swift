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
    // The copy that VACUUM makes holds nobody who was removed, and may be too large for memory.
    try writer.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY")
    }
    try emptyWAL()
  }

  private func emptyWAL() throws {
    let isBlocked = try writer.writeWithoutTransaction { db in
      try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { $0[0] as Int } ?? 0
    }
    if isBlocked == 1 { throw IndexError.busy(path: path) }
  }

  /// Which of these texts stand in the files, in UTF-8 or UTF-16.
  func leftovers(of texts: [String]) throws -> [String] {
    let needles = texts.filter { $0.utf8.count >= Self.shortestNeedle }.flatMap { text in
      [Data(text.utf8), text.data(using: .utf16LittleEndian), text.data(using: .utf16BigEndian)]
        .compactMap(\.self).map { (text, $0) }
    }
    var found: Set<String> = []
    for file in ["", "-wal", "-shm", "-journal"].map({ path + $0 })
    where FileManager.default.fileExists(atPath: file) {
      try Self.scan(file, overlap: needles.map(\.1.count).max() ?? 0) { piece in
        for (text, needle) in needles where piece.range(of: needle) != nil { found.insert(text) }
      }
    }
    return found.sorted()
  }

  /// Shorter texts stand anywhere by chance.
  private static let shortestNeedle = 6
  private static let pieceLength = 16 << 20

  /// Reads a file in pieces, each with the end of the one before, so that nothing is cut in two.
  private static func scan(_ path: String, overlap: Int, _ body: (Data) -> Void) throws {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    var rest = Data()
    while let piece = try file.read(upToCount: pieceLength), !piece.isEmpty {
      let whole = rest + piece
      body(whole)
      rest = Data(whole.suffix(overlap))
    }
  }
}
