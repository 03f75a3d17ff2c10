import Foundation
import GRDB

/// The rows of the hashes of who is forgotten.
struct ForgottenTable {
  let db: Database

  func all() throws -> [ForgottenHash] {
    var hashes: [ForgottenHash] = []
    try RawStatement(db, "SELECT hash, kind, origin FROM forgotten").forEach { row in
      guard let kind = ForgottenHash.Kind(rawValue: Int(row.integer(orZero: 1))) else { return }
      let origin = row.integer(2) == nil ? nil : Data(row.blob(2))
      hashes.append(ForgottenHash(hash: Data(row.blob(0)), kind: kind, origin: origin))
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
