import Foundation
import GRDB

/// Copies an index while others use it.
struct Backup {
  let reader: any DatabaseReader

  /// Writes one consistent state of the index, without its free pages. The copy gets its name after it was
  /// written to the disk and checked.
  func write(to path: String) throws {
    let path = path.absolutePath
    let draft = try Self.explained(path) { () throws(SystemError) in try FileDraft(of: path) }
    do {
      // SQLite writes into a file that exists and is empty.
      try IndexFile(path: path).writing {
        try reader.unsafeRead { try $0.execute(sql: "VACUUM INTO ?", arguments: [draft.path]) }
      }
      try Self.explained(path) { () throws(SystemError) in try draft.synchronize() }
      try IndexFile(path: draft.path).checkCopy()
    } catch IndexError.damaged(let damaged) where damaged == draft.path {
      draft.discard()
      // The copy has the damage of the index, which the caller names.
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    } catch {
      draft.discard()
      throw error
    }
    let isNew = try Self.explained(path) { () throws(SystemError) in try draft.moveUnlessFileExists() }
    if !isNew { throw IndexError.notWritable(path: path, reason: SystemError(EEXIST).description) }
    try Self.explained(path) { () throws(SystemError) in try draft.synchronizeName() }
  }

  private static func explained<T>(
    _ path: String, _ body: () throws(SystemError) -> T
  ) throws(IndexError) -> T {
    do {
      return try body()
    } catch {
      throw .notWritable(path: path, reason: error.description)
    }
  }
}

extension IndexFile {
  /// Checks the pages of the file, its version, and that each candidate has its record. The cost is that of reading the
  /// file.
  /// - Throws: `IndexError`.
  func checkCopy() throws {
    let (reader, _) = try openForReading(readers: 1)
    try explained {
      try reader.read { db in
        let pages = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
        let isComplete = try Bool.fetchOne(
          db, sql: "SELECT (SELECT count(*) FROM candidate) = (SELECT count(*) FROM record)")
        guard pages == "ok", isComplete == true else { throw IndexError.damaged(path: path) }
      }
    }
  }
}
