import GRDB

/// A read transaction, in which the database does not change. Its BEGIN and COMMIT are cached: GRDB would compile them
/// each time, which takes a twentieth of a search.
enum ReadTransaction {
  /// Ends a read transaction, runs `body`, and begins another one, which reads the newest state.
  static func renew<T>(_ db: Database, after body: () throws -> T) throws -> T {
    try RawStatement(cached: "COMMIT TRANSACTION", db).run()
    let value = try body()
    try RawStatement(cached: "BEGIN DEFERRED TRANSACTION", db).run()
    return value
  }

  static func run<T>(_ db: Database, _ body: (Database) throws -> T) throws -> T {
    try RawStatement(cached: "BEGIN DEFERRED TRANSACTION", db).run()
    do {
      let value = try body(db)
      try RawStatement(cached: "COMMIT TRANSACTION", db).run()
      return value
    } catch {
      // SQLite may have ended it already.
      if db.isInsideTransaction { try? RawStatement(cached: "ROLLBACK TRANSACTION", db).run() }
      throw error
    }
  }
}
