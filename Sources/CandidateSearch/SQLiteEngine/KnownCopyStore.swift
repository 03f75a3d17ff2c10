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

  func remove(path: String) throws {
    try db.execute(sql: "DELETE FROM known_copy WHERE path = ?", arguments: [path])
  }

  /// What the names of the settings begin with that contain the limits of rotations; the folder follows.
  private static let limitName = "backups_kept:"

  func storeLimit(_ limit: Int, folder: String) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
      arguments: [Self.limitName + folder, limit])
  }

  /// The numbers of backups that rotations keep, by folder.
  func limits() throws -> [String: Int] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT name, value FROM setting WHERE name GLOB ? AND typeof(value) = 'integer'",
      arguments: [Self.limitName + "*"])
    return Dictionary(
      uniqueKeysWithValues: rows.map { (String(($0[0] as String).dropFirst(Self.limitName.count)), $0[1]) })
  }
}
