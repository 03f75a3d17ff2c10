import GRDB

extension Database {
  /// Runs `body`, which reads and writes most pages once, with a cache of this size: a larger one would keep pages that
  /// are not needed again.
  func withCache<T>(kibibytes: Int, _ body: () throws -> T) throws -> T {
    let usual = try Int.fetchOne(self, sql: "PRAGMA cache_size") ?? -65_536
    try execute(sql: "PRAGMA cache_size = -\(kibibytes)")
    let result = Result { try body() }
    // Fails if SQLite has ended the transaction, as on a full disk: then the error of `body` tells why.
    let restored = Result { try execute(sql: "PRAGMA cache_size = \(usual)") }
    let value = try result.get()
    try restored.get()
    return value
  }
}
