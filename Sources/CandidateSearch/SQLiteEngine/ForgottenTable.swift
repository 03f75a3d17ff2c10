import Foundation
import GRDB

/// The rows of the hashes of who is forgotten.
struct ForgottenTable {
  let db: Database

  func all() throws -> [ForgottenHash] {
    var hashes: [ForgottenHash] = []
    let rows = try Row.fetchCursor(db, sql: "SELECT hash, kind, origin FROM forgotten")
    while let row = try rows.next() {
      guard let kind = ForgottenHash.Kind(rawValue: row[1]) else { continue }
      hashes.append(ForgottenHash(hash: row[0], kind: kind, origin: row[2]))
    }
    return hashes
  }

  /// The number of requests; the hashes that follow from them are not counted.
  func requestCount() throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM forgotten WHERE origin IS NULL") ?? 0
  }

  func add(_ hash: ForgottenHash) throws {
    try db.execute(
      sql: """
        INSERT INTO forgotten (hash, kind, origin) VALUES (?, ?, ?)
        ON CONFLICT DO UPDATE SET origin = NULL WHERE excluded.origin IS NULL
        """, arguments: [hash.hash, hash.kind.rawValue, hash.origin])
  }

  func remove(_ hash: Data) throws -> Bool {
    try db.execute(sql: "DELETE FROM forgotten WHERE hash = ?", arguments: [hash])
    let isRemoved = db.changesCount > 0
    try db.execute(sql: "DELETE FROM forgotten WHERE origin = ?", arguments: [hash])
    return isRemoved
  }
}
