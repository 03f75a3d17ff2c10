import Foundation
import GRDB

/// Remembers of the candidates who asked to be forgotten as much as keeps them out, and no more: a keyed hash of
/// connector and id (HMAC-SHA256, the key drawn for each file).
struct ForgottenStore {
  let db: Database

  func count() throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM forgotten") ?? 0 }

  /// What tells whether a record is to be kept out; nil if nobody asked to be forgotten.
  func filter() throws -> ForgottenFilter? {
    let hashes = try Data.fetchSet(db, sql: "SELECT hash FROM forgotten")
    guard !hashes.isEmpty, let key = try key() else { return nil }
    return ForgottenFilter(key: key, hashes: hashes)
  }

  /// Keeps an id out of a connector, or with nil out of all, also those that are still to come.
  func add(id: String, connector: String?) throws {
    let key = try key() ?? makeKey()
    try db.execute(
      sql: "INSERT OR IGNORE INTO forgotten (hash) VALUES (?)",
      arguments: [ForgottenFilter.hash(id: id, connector: connector, key: key)])
  }

  /// Lets the record in again; false if it was not kept out.
  func remove(id: String, connector: String?) throws -> Bool {
    guard let key = try key() else { return false }
    try db.execute(
      sql: "DELETE FROM forgotten WHERE hash = ?",
      arguments: [ForgottenFilter.hash(id: id, connector: connector, key: key)])
    return db.changesCount > 0
  }

  private func key() throws -> Data? {
    try Data.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'forgotten_key'")
  }

  private func makeKey() throws -> Data {
    let key = Digest.makeKey()
    try db.execute(
      sql: "INSERT INTO setting (name, value) VALUES ('forgotten_key', ?)",
      arguments: [key])
    return key
  }
}

/// Tells whose records are to be kept out.
struct ForgottenFilter: Sendable {
  fileprivate let key: Data
  fileprivate let hashes: Set<Data>

  func contains(id: String, connector: String) -> Bool {
    hashes.contains(Self.hash(id: id, connector: nil, key: key))
      || hashes.contains(Self.hash(id: id, connector: connector, key: key))
  }

  /// No connector's name can hold a NUL, so that no two pairs give the same text.
  fileprivate static func hash(id: String, connector: String?, key: Data) -> Data {
    let scope = connector.map { "\($0)\u{0}" } ?? ""
    return Digest.authentication(of: Data("\(scope)\u{0}\(id)".utf8), key: key)
  }
}
