import Foundation
import GRDB

/// The rows of dictionaries. At most one has bytes, except while records are compressed again.
struct DictionaryStore {
  let db: Database

  /// The changes of the tables in version 7. A record has either `json` or `zstd`.
  static let migration = """
    -- A compressed record: a zstd frame with the dictionary that it names. Then json is empty.
    ALTER TABLE record ADD COLUMN zstd BLOB;
    -- The zstd dictionary of the compressed records. bytes is NULL for one that was replaced: after an erasure, nothing
    -- in the file is compressed with it.
    CREATE TABLE dictionary (id INTEGER PRIMARY KEY, bytes BLOB) STRICT;
    """

  /// The id of the dictionary in use; nil if there is none.
  func current() throws -> UInt32? {
    guard try exists() else { return nil }
    return try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT id FROM dictionary WHERE bytes IS NOT NULL ORDER BY id LIMIT 1")
    ).map { UInt32(truncatingIfNeeded: $0) }
  }

  /// The size of the dictionary in use, in bytes; nil if there is none.
  func bytes() throws -> Int? { try current().flatMap { try bytes($0)?.count } }

  /// The bytes of a dictionary; nil if there is none with this id.
  func bytes(_ id: UInt32) throws -> [UInt8]? {
    guard try exists() else { return nil }
    let statement = try RawStatement(cached: "SELECT bytes FROM dictionary WHERE id = ?", db)
    statement.bind(1, Int64(id))
    let bytes = try statement.first { Array($0.blob(0)) } ?? []
    return bytes.isEmpty ? nil : bytes
  }

  /// Calls `body` with the bytes of each dictionary.
  func forEachBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    guard try exists() else { return }
    try RawStatement(db, "SELECT bytes FROM dictionary WHERE bytes IS NOT NULL").forEach {
      try body($0.blob(0))
    }
  }

  /// The ids of the dictionaries that were replaced.
  func replaced() throws -> [UInt32] {
    guard try exists() else { return [] }
    return try Int64.fetchAll(db, sql: "SELECT id FROM dictionary WHERE bytes IS NULL").map {
      UInt32(truncatingIfNeeded: $0)
    }
  }

  func insert(_ dictionary: RecordDictionary) throws {
    try db.execute(
      sql: "INSERT INTO dictionary (id, bytes) VALUES (?, ?)",
      arguments: [Int64(dictionary.id), Data(dictionary.bytes)])
  }

  /// Removes the bytes of all dictionaries but one.
  func retire(except id: UInt32?) throws {
    try db.execute(
      sql: "UPDATE dictionary SET bytes = NULL WHERE bytes IS NOT NULL AND id IS NOT ?",
      arguments: [id.map { Int64($0) }])
  }

  /// Tables before version 7 have no dictionaries.
  private func exists() throws -> Bool {
    try RawStatement(cached: "SELECT 1 FROM sqlite_schema WHERE name = 'dictionary'", db).first { _ in true }
      ?? false
  }
}
