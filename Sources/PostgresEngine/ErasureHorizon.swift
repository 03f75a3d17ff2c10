import Foundation

/// The position of the WAL until which it contains what was erased: changes, and pages as they were.
struct ErasureHorizon {
  /// The position, in PostgreSQL's notation.
  private let position: String
  private let file: String
  private let time: String

  /// The position at this moment.
  init(_ connection: PostgresConnection) throws {
    let row = try connection.first(
      PostgresQuery(
        """
        SELECT lsn::text, pg_walfile_name(lsn), to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') \
        FROM pg_current_wal_insert_lsn() lsn
        """)
    ) { ($0.text(0), $0.text(1), $0.text(2)) }
    (position, file, time) = row ?? ("0/0", "", "")
  }

  /// How long a replica that follows its primary may take, before it is named: it reports at least every ten seconds
  /// (`wal_receiver_status_interval`).
  private static let maximumWait: Duration = .seconds(12)

  /// What is kept, and until when. Names the replication slots and replicas of now that have not passed the position.
  func text(_ connection: PostgresConnection, maximumWait: Duration) throws -> String {
    let deadline = ContinuousClock.now + min(maximumWait, Self.maximumWait)
    let position = try endOfFile(connection)
    var clauses = try followers(position, connection)
    while clauses.contains(where: \.isMoving), ContinuousClock.now < deadline {
      Thread.sleep(forTimeInterval: 0.02)
      clauses = try followers(position, connection)
    }
    let base = """
      the server's WAL before LSN \(self.position) (file \(file), \(time)), which is kept until the server, its archives and its \
      replicas remove it
      """
    return ([base] + clauses.map(\.text)).joined(separator: "; ")
  }

  /// The position before which a slot keeps a file of WAL with what was erased: the beginning of the current file, if another
  /// one has been begun since. The position of the next record can follow a page header, which no replica passes alone.
  private func endOfFile(_ connection: PostgresConnection) throws -> String {
    try connection.first(
      PostgresQuery(
        """
        SELECT greatest(least($1::text::pg_lsn, pg_current_wal_flush_lsn()), \
        lsn - mod(lsn - '0/0', pg_size_bytes(current_setting('wal_segment_size'))::numeric))::text \
        FROM pg_current_wal_insert_lsn() lsn
        """, [.text(position)])
    ) { $0.text(0) } ?? position
  }

  /// A clause of the text, and whether it may not hold in a moment.
  private struct Clause {
    let text: String
    var isMoving = false
  }

  /// The slots and replicas that have not passed the position, and what this role may not see.
  private func followers(_ position: String, _ connection: PostgresConnection) throws -> [Clause] {
    let slots = try connection.visibleRows(
      PostgresQuery(
        "SELECT slot_name, active FROM pg_replication_slots WHERE restart_lsn < $1::text::pg_lsn ORDER BY 1",
        [.text(position)])
    ) { row in
      row.bool(1)
        ? Clause(text: "the replication slot \(row.text(0)) keeps it", isMoving: true)
        : Clause(text: "the replication slot \(row.text(0)), which nothing uses, keeps it")
    }
    // The row of a replica is there for every role, and its columns for some. A program that archives applies nothing.
    let replicas = try connection.visibleRows(
      PostgresQuery(
        """
        SELECT application_name, state IS NULL FROM pg_stat_replication \
        WHERE state IS NULL OR replay_lsn < $1::text::pg_lsn OR replay_lsn IS NULL AND state IN ('startup', 'catchup') \
        ORDER BY 1
        """, [.text(position)])
    ) { $0.bool(1) ? nil : $0.text(0).oneLine }
    var clauses =
      slots ?? [Clause(text: "this role may not see which replication slots keep it, or older rows")]
    guard let replicas else {
      return clauses + [
        Clause(text: "this role may not see the replicas, nor what their searches still read")
      ]
    }
    clauses += replicas.compactMap(\.self).map {
      Clause(text: "the replica \($0) has not applied the removal", isMoving: true)
    }
    if replicas.contains(nil) {
      clauses.append(Clause(text: "this role may not see how far the replicas are"))
    }
    return clauses
  }
}
