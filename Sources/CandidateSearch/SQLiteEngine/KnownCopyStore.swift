import CandidateModel
import GRDB

/// The rows of the files outside the index that are known to contain candidates.
struct KnownCopyStore {
  let db: Database

  func add(_ copy: KnownCopy) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO known_copy (path, kind, written_at) VALUES (?, ?, ?)",
      arguments: [copy.path, copy.kind.rawValue, copy.writtenAt.microseconds])
  }

  /// All of them, by path.
  func all() throws -> [KnownCopy] {
    try Row.fetchAll(db, sql: "SELECT path, kind, written_at FROM known_copy ORDER BY path").compactMap {
      row in
      KnownCopy.Kind(rawValue: row[1]).map {
        KnownCopy(path: row[0], kind: $0, writtenAt: Timestamp(microseconds: row[2]))
      }
    }
  }
}
