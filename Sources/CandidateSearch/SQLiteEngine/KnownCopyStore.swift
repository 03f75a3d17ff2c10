import CandidateModel
import Foundation
import GRDB

/// The files outside the index of which it is known that they hold candidates.
struct KnownCopyStore {
  let db: Database

  func add(_ kind: KnownCopy.Kind, path: String) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO known_copy (path, kind, written_at) VALUES (?, ?, ?)",
      arguments: [URL(fileURLWithPath: path).path, kind.rawValue, Timestamp.now.microseconds])
  }

  /// Those that are still there, by path.
  func existing() throws -> [KnownCopy] {
    try Row.fetchAll(db, sql: "SELECT path, kind, written_at FROM known_copy ORDER BY path").compactMap {
      row in
      let path: String = row[0]
      guard let kind = KnownCopy.Kind(rawValue: row[1]), FileManager.default.fileExists(atPath: path) else {
        return nil
      }
      return KnownCopy(path: path, kind: kind, writtenAt: Timestamp(microseconds: row[2]))
    }
  }
}
