import Foundation

/// What may use a state of the database from before now: VACUUM leaves the rows that were removed since.
struct OlderStates {
  let connection: PostgresConnection

  /// Waits until a state from before the call is no longer used.
  /// - Throws: `OlderStateInUse` with one that is left after `maximumWait`, `PostgresError`.
  func waitForEnd(_ maximumWait: Duration) throws {
    let deadline = ContinuousClock.now + maximumWait
    let now = try nextTransaction()
    var transactions = try runningTransactions()
    while true {
      let holders = try transactions.values.sorted() + horizons(olderThan: now)
      guard let holder = holders.first else { return }
      if ContinuousClock.now >= deadline { throw OlderStateInUse(holder: holder) }
      Thread.sleep(forTimeInterval: 0.02)
      let running = try runningTransactions()
      transactions = transactions.filter { running[$0.key] != nil }
    }
  }

  /// The number of a transaction that has not begun: what was removed until now was removed by an earlier one.
  private func nextTransaction() throws -> String {
    try connection.first(PostgresQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")) {
      $0.text(0)
    } ?? "0"
  }

  /// The transactions of the database that are running now, by a name of each. Autovacuum's keep no row.
  private func runningTransactions() throws -> [String: String] {
    let named = try connection.rows(
      PostgresQuery(
        """
        SELECT l.virtualtransaction, \
        format('a transaction of process %s of the server (%s) reads', a.pid, a.application_name) \
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid \
        WHERE l.locktype = 'virtualxid' AND l.granted AND l.mode = 'ExclusiveLock' AND l.pid <> pg_backend_pid() \
        AND a.usesysid IS NOT NULL AND a.datid = (SELECT oid FROM pg_database WHERE datname = current_database()) \
        UNION ALL SELECT 'prepared ' || transaction, format('the prepared transaction %s keeps', gid) \
        FROM pg_prepared_xacts WHERE database = current_database()
        """)
    ) { ($0.text(0), $0.text(1).oneLine) }
    return Dictionary(named) { first, _ in first }
  }

  /// Replicas, replication slots and a setting that keep rows which were removed before a transaction. A slot's
  /// `catalog_xmin` keeps rows of the catalogs alone, which contain no data of people.
  private func horizons(olderThan transaction: String) throws -> [String] {
    // Every role sees these columns, unless the view was taken from it; `ErasureHorizon` says so.
    try [
      """
      SELECT format('the replication slot %s keeps', slot_name) FROM pg_replication_slots \
      WHERE xmin IS NOT NULL AND age(xmin) > age(xid($1::text::xid8))
      """,
      """
      SELECT format('the replica %s (hot_standby_feedback) reads', application_name) FROM pg_stat_replication \
      WHERE backend_xmin IS NOT NULL AND age(backend_xmin) > age(xid($1::text::xid8))
      """,
      """
      SELECT 'the setting vacuum_defer_cleanup_age keeps' \
      WHERE coalesce(current_setting('vacuum_defer_cleanup_age', true)::int, 0) > age(xid($1::text::xid8))
      """,
    ].flatMap { sql in
      try connection.visibleRows(PostgresQuery(sql, [.text(transaction)])) { $0.text(0).oneLine } ?? []
    }
  }
}

extension PostgresConnection {
  /// What `read` returns for each row; nil if the role may not read the view.
  func visibleRows<T>(_ query: PostgresQuery, _ read: (PostgresRow) throws -> T) throws -> [T]? {
    do {
      return try rows(query, read)
    } catch let error as PostgresError where error.kind == .forbidden {
      return nil
    }
  }
}
