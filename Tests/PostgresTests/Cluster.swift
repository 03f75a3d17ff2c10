import Foundation
import TestSupport

/// A primary and a replica that follows it, on loopback. What a transaction was told to be committed is on both.
final class Cluster: Sendable {
  let primary: PostgresServer
  let replica: PostgresServer
  /// The name of the replica in the views of the primary.
  static let replicaName = "second"

  /// - Parameters:
  ///   - slot: The replication slot that keeps the WAL for the replica; nil for none.
  ///   - isSynchronous: Whether a commit waits until the replica has applied it.
  init(
    settings: [String] = [], replicaSettings: [String] = [], slot: String? = nil, isSynchronous: Bool = true
  ) throws {
    primary = try PostgresServer(settings: ["wal_keep_size=256MB"] + settings)
    if let slot { try primary.psql("SELECT pg_create_physical_replication_slot('\(slot)', true)") }
    replica = try PostgresServer(
      settings: ["cluster_name=\(Self.replicaName)", "primary_slot_name=\(slot ?? "")"] + replicaSettings,
      replicaOf: primary)
    if isSynchronous {
      try primary.set("synchronous_standby_names", "*")
      try primary.set("synchronous_commit", "remote_apply")
      try wait { try primary.psql("SELECT sync_state FROM pg_stat_replication") == "sync" }
    }
  }

  /// The address of a database on both hosts, the replica first.
  func address(_ database: String, _ role: String = "any") -> String {
    """
    postgresql://postgres@127.0.0.1:\(replica.port),127.0.0.1:\(primary.port)/\(database)?target_session_attrs=\(role)
    """
  }

  /// Waits until the replica has applied everything.
  func catchUp() throws {
    // A commit that is flushed, and with it what precedes it.
    try primary.psql("SELECT txid_current()")
    let position = try primary.psql("SELECT pg_current_wal_flush_lsn()")
    try wait { try replica.psql("SELECT pg_last_wal_replay_lsn() >= '\(position)'") == "t" }
  }

  /// Kills the primary at once; the replica takes over.
  func failOver() throws {
    primary.kill()
    try replica.psql("SELECT pg_promote()")
  }

  private struct TooLate: Error {}

  /// Waits until a condition is true, at most a minute.
  func wait(_ condition: () throws -> Bool) throws {
    for _ in 0..<3_000 {
      if try condition() { return }
      usleep(20_000)
    }
    throw TooLate()
  }
}

extension PostgresServer {
  /// Changes a setting of the running server.
  func set(_ name: String, _ value: String) throws {
    try psql("ALTER SYSTEM SET \(name) = '\(value)'")
    try psql("SELECT pg_reload_conf()")
  }

  /// The number of scans of the tables of an index so far, by the server's statistics.
  func scans(_ database: String) throws -> Int {
    Int(
      try psql(
        "SELECT coalesce(sum(idx_scan), 0) + coalesce(sum(seq_scan), 0) FROM pg_stat_all_tables WHERE schemaname = 'cand_search'",
        database: database)) ?? -1
  }
}
