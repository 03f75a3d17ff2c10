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
    var copies: [KnownCopy] = []
    try RawStatement(db, "SELECT path, kind, written_at FROM known_copy ORDER BY path").forEach { row in
      guard let path = row.string(0), let kind = row.string(1).flatMap(KnownCopy.Kind.init) else { return }
      copies.append(
        KnownCopy(path: path, kind: kind, writtenAt: Timestamp(microseconds: row.integer(orZero: 2))))
    }
    return copies
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
  func limits() throws -> [ExactText: Int] {
    var limits: [ExactText: Int] = [:]
    try RawStatement(
      db, "SELECT substr(name, ?2), value FROM setting WHERE name GLOB ?1 AND typeof(value) = 'integer'",
      arguments: [Self.limitName + "*", Self.limitName.count + 1]
    ).forEach { row in
      if let folder = row.string(0) { limits[ExactText(folder)] = Int(row.integer(orZero: 1)) }
    }
    return limits
  }
}
