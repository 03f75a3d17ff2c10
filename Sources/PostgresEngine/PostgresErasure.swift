import CandidateSearch
import Foundation

/// The error for a transaction that still reads a state with what is to be erased.
struct OlderStateInUse: Error {}

/// Erases the bytes of removed candidates: PostgreSQL leaves removed rows in their pages until it needs the room.
struct PostgresErasure {
  let connection: PostgresConnection
  /// How long it waits for transactions that read an older state.
  let patience: Duration
  var part = Part.index

  /// What is erased: every table, or those of the search log.
  enum Part {
    case index, log

    /// The name of the setting that is 1 while an erasure is pending.
    var setting: String { self == .log ? "log_erasure_pending" : Setting.erasurePending.rawValue }

    /// The names of the tables, for LIKE.
    var tables: String { self == .log ? #"log\_%"# : "%" }
  }

  /// Writes the tables anew if an erasure is pending. Returns the WAL that may contain what was removed until now.
  /// - Throws: `OlderStateInUse`, `PostgresError`.
  func finish() throws -> String? {
    var hasErased = false
    while let mark = try pendingMark() {
      try expectOwnership()
      if part == .index {
        try PostgresMaintenance(connection: connection).addUpStatistics(waitsForOthers: true)
      }
      // Rows that an older transaction can see would be copied.
      try waitForOlderTransactions()
      do {
        for table in try tables() { try connection.script("VACUUM (FULL, ANALYZE) \(table)") }
      } catch let error as PostgresError where error.kind == .locked {
        throw OlderStateInUse()
      }
      // Unless another process has removed candidates since.
      try connection.execute(
        "UPDATE setting SET number = 0 WHERE name = $1 AND xmin::text = $2",
        [.text(part.setting), .text(mark)])
      hasErased = true
    }
    let horizon = try horizon()
    if hasErased {
      // Only some roles may. Without it, the file of WAL that is being written contains what was removed until it is full,
      // and the old files of the tables exist, empty, until the server's next checkpoint.
      for sql in ["SELECT pg_switch_wal()", "CHECKPOINT"] { try? connection.script(sql) }
    }
    return horizon
  }

  /// The version of the row that says that an erasure is pending; nil if none is.
  private func pendingMark() throws -> String? {
    try connection.first(
      PostgresQuery(
        "SELECT xmin::text FROM setting WHERE name = $1 AND number = 1",
        [.text(part.setting)])
    ) { $0.text(0) }
  }

  /// VACUUM skips the tables of others with a warning.
  private func expectOwnership() throws {
    let foreign = try connection.first(
      PostgresQuery(
        """
        SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE n.nspname = $1 AND c.relkind = 'r' AND NOT pg_has_role(c.relowner, 'USAGE') LIMIT 1
        """, [.text(PostgresSchema.name)])
    ) { _ in true }
    if foreign != nil {
      throw PostgresError(
        kind: .forbidden, message: "only the owner of its tables can erase what was removed")
    }
  }

  private func tables() throws -> [String] {
    try connection.rows(
      PostgresQuery(
        """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relname LIKE $2 ORDER BY 1
        """, [.text(PostgresSchema.name), .text(part.tables)])
    ) { $0.text(0) }
  }

  /// Waits for the transactions of the database that are running now. Autovacuum's keep no row.
  private func waitForOlderTransactions() throws {
    let deadline = ContinuousClock.now + patience
    var running = try runningTransactions()
    while !running.isEmpty {
      if ContinuousClock.now >= deadline { throw OlderStateInUse() }
      Thread.sleep(forTimeInterval: 0.02)
      running.formIntersection(try runningTransactions())
    }
  }

  private func runningTransactions() throws -> Set<String> {
    Set(
      try connection.rows(
        PostgresQuery(
          """
          SELECT l.virtualtransaction FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid \
          WHERE l.locktype = 'virtualxid' AND l.granted AND l.mode = 'ExclusiveLock' AND l.pid <> pg_backend_pid() \
          AND a.usesysid IS NOT NULL AND a.datid = (SELECT oid FROM pg_database WHERE datname = current_database()) \
          UNION ALL SELECT 'prepared ' || transaction FROM pg_prepared_xacts WHERE database = current_database()
          """)
      ) { $0.text(0) })
  }

  /// The WAL until now, which contains changes, and pages as they were.
  private func horizon() throws -> String? {
    try connection.first(
      PostgresQuery(
        """
        SELECT format('the server''s WAL before LSN %s (file %s, %s), which is kept until the server, its archives and its \
        replicas remove it', lsn, pg_walfile_name(lsn), to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) \
        FROM pg_current_wal_insert_lsn() lsn
        """)
    ) { $0.text(0) }
  }
}
