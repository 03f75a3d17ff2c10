import CSQLiteSettings

/// Settings of SQLite that hold for all of a process, so that a program chooses them, not this library.
public enum SQLiteProcess {
  /// Turns off the count of the memory that SQLite allocates: it costs a mutex at every allocation, 3 % of a load. Then
  /// `sqlite3_memory_used` and SQLite's heap limits have no effect in this process. Call it before anything in the
  /// process uses SQLite.
  ///
  /// - Returns: Whether it had an effect; false where SQLite is in use already.
  @discardableResult public static func disableMemoryStatistics() -> Bool {
    csql_disable_memory_statistics() == 0
  }
}
