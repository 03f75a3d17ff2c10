import BenchmarkCorpus
import CandidateModel
import Foundation
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

/// What keeps removed rows, or the WAL with them: replicas, replication slots, settings.
@Suite(.serialized, .mustEnd) struct ReplicaForgetTests {
  private static let settings = [
    "wal_recycle=off", "full_page_writes=on", "wal_log_hints=on", "wal_keep_size=0", "wal_level=logical",
  ]
  private static let feedback = ["hot_standby_feedback=on", "wal_receiver_status_interval=1"]
  private static let text = "xanthippe0815quuxington"

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// An index with one candidate to forget, whose texts are in files of each server.
  private func index(_ cluster: Cluster, maximumWait: Duration = .milliseconds(300)) throws -> CandidateIndex
  {
    if try cluster.primary.psql("SELECT count(*) FROM pg_database WHERE datname = 'index'") == "0" {
      try cluster.primary.psql("CREATE DATABASE index")
    }
    let engine = try PostgresEngine(
      cluster.primary.address(database: "index"), isWritable: true, readers: 1, maximumWait: maximumWait)
    let index = CandidateIndex(engine, scope: .all)
    let corpus = Corpus(seed: 3)
    try index.add((0..<50).map { String(decoding: corpus.record($0), as: UTF8.self) }, connector: "corpus")
    try index.add(
      [#"{"id":"one","first_name":"\#(Self.text)","title":"Version 1 \#(Self.text)"}"#], connector: "")
    try index.add(
      [#"{"id":"one","first_name":"\#(Self.text)","title":"Version 2 \#(Self.text)"}"#], connector: "")
    try cluster.primary.psql("CHECKPOINT")
    #expect(try isFound(cluster.primary))
    return index
  }

  private func isFound(_ server: PostgresServer) throws -> Bool {
    let run = try CommandRun(
      program: "/bin/grep", ["-raqF", Self.text, "."], environment: ["LC_ALL": "C"], folder: server.folder)
    #expect(run.exit < 2, "\(run.error)")
    return run.exit == 0
  }

  /// A replica whose searches the primary respects, with a slot and without: what they can see is kept, and named.
  @Test(arguments: ["first", nil]) func aReplicaThatReadsAnOlderStateIsNamed(_ slot: String?) throws {
    let cluster = try Cluster(
      settings: Self.settings, replicaSettings: Self.feedback, slot: slot, isSynchronous: false)
    let index = try index(cluster)
    try cluster.catchUp()
    let reader = try Session(
      cluster.replica.address(database: "index"),
      "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM cand_search.candidate")
    let view = slot == nil ? "backend_xmin FROM pg_stat_replication" : "xmin FROM pg_replication_slots"
    try cluster.wait { try cluster.primary.psql("SELECT \(view)") != "" }
    let holder =
      slot.map { "the replication slot \($0) keeps" } ?? "the replica second (hot_standby_feedback) reads"
    let location = cluster.primary.address(database: "index")
    #expect(throws: IndexError.erasureBlocked(path: location, holder: holder)) {
      try index.forget(ids: ["one"])
    }
    #expect(try index.sampledCheck().isErasurePending)
    // A role that may see no more than others.
    try cluster.primary.psql("CREATE ROLE nobody2 LOGIN")
    let other = try PostgresConnection(
      PostgresAddress(location.replacing("postgres@", with: "nobody2@")).parameters, timeout: .seconds(10))
    #expect(throws: OlderStateInUse.self) {
      try OlderStates(connection: other).waitForEnd(.milliseconds(100))
    }
    let run = try candSearch(location, ["search", "--count", Self.text])
    #expect(run.output == "0\n")
    try reader.end()
    // The replica says once a second what it reads.
    let patient = try PostgresEngine(location, isWritable: true, readers: 1)
    let summary = try CandidateIndex(patient, scope: .all).forget(ids: ["one"])
    #expect(summary.isVerified)
    #expect(try !isFound(cluster.primary))
    // It has applied the removal; its WAL ends with its next restart point.
    #expect(summary.horizon?.contains("has not applied") == false, "\(summary.horizon ?? "")")
    try cluster.catchUp()
    try cluster.replica.psql("CHECKPOINT")
    #expect(try !isFound(cluster.replica))
  }

  /// A slot that nothing uses keeps rows, if its replica had reported searches, and the WAL.
  @Test func aSlotThatNothingUsesIsNamed() throws {
    let cluster = try Cluster(
      settings: Self.settings, replicaSettings: Self.feedback, slot: "first", isSynchronous: false)
    let index = try index(cluster)
    try cluster.catchUp()
    try cluster.wait { try cluster.primary.psql("SELECT xmin FROM pg_replication_slots") != "" }
    cluster.replica.kill()
    try cluster.wait { try cluster.primary.psql("SELECT active FROM pg_replication_slots") == "f" }
    let run = try candSearch(cluster.primary.address(database: "index"), ["search", "--count", Self.text])
    #expect(run.output == "1\n")
    let error = #expect(throws: IndexError.self) { try index.forget(ids: ["one"]) }
    #expect(
      error?.description.contains(
        "the records are removed, but the replication slot first keeps an older state, so that") == true)
    // Another slot, which keeps WAL alone.
    try cluster.primary.psql(
      "SELECT pg_drop_replication_slot('first'); SELECT pg_create_physical_replication_slot('second', true)")
    try cluster.primary.psql(
      "SELECT pg_create_logical_replication_slot('third', 'test_decoding')", database: "index")
    let summary = try index.forget(ids: ["one"])
    #expect(summary.isVerified)
    let horizon = try #require(summary.horizon)
    for slot in ["second", "third"] {
      #expect(horizon.contains("; the replication slot \(slot), which nothing uses, keeps it"), "\(horizon)")
    }
    #expect(!horizon.contains("may not see"), "\(horizon)")
    // Only the WAL has it.
    #expect(try isFound(cluster.primary))
    try cluster.primary.psql(
      "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots; CHECKPOINT")
    #expect(try !isFound(cluster.primary))
    #expect(try index.forget(ids: ["one"]).horizon?.contains(";") == false)
  }

  /// A replica that lags has the rows until it applies the removal.
  @Test func aReplicaThatLagsIsNamed() throws {
    let cluster = try Cluster(settings: Self.settings, isSynchronous: false)
    let index = try index(cluster)
    try cluster.catchUp()
    try cluster.replica.psql("SELECT pg_wal_replay_pause()")
    let summary = try index.forget(ids: ["one"])
    #expect(
      summary.horizon?.hasSuffix("; the replica second has not applied the removal") == true,
      "\(summary.horizon ?? "")")
    #expect(try isFound(cluster.replica))
    try cluster.replica.psql("SELECT pg_wal_replay_resume()")
    try cluster.catchUp()
    let patient = try CandidateIndex(url: cluster.primary.address(database: "index"), access: .writing)
    #expect(try patient.forget(ids: ["one"]).horizon?.contains(";") == false)

    // A role that may not see replicas, nor slots.
    try cluster.primary.psql(
      """
      CREATE ROLE owner LOGIN; ALTER DATABASE index OWNER TO owner; ALTER SCHEMA cand_search OWNER TO owner;
      DO $$ DECLARE r record; BEGIN
        FOR r IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname = 'cand_search' AND c.relkind IN ('r', 'p')
        LOOP EXECUTE format('ALTER TABLE %s OWNER TO owner', r.name); END LOOP; END $$
      """, database: "index")
    let asOwner = cluster.primary.address(database: "index").replacing("postgres@", with: "owner@")
    let owned = try CandidateIndex(url: asOwner, access: .writing)
    let hidden = try #require(try owned.forget(ids: ["one"]).horizon)
    #expect(
      hidden.hasSuffix("replicas remove it; this role may not see how far the replicas are"), "\(hidden)")
    try cluster.primary.psql(
      "REVOKE SELECT ON pg_replication_slots, pg_stat_replication FROM PUBLIC", database: "index")
    let both = try #require(try owned.forget(ids: ["one"]).horizon)
    #expect(
      both.hasSuffix(
        """
        ; this role may not see which replication slots keep it, or older rows; this role may not see the replicas, nor what \
        their searches still read
        """), "\(both)")

    // A setting by which rows are kept for a number of transactions.
    try cluster.primary.set("vacuum_defer_cleanup_age", "1000")
    try cluster.wait { try cluster.primary.psql("SHOW vacuum_defer_cleanup_age") == "1000" }
    let error = #expect(throws: IndexError.self) { try index.forget(ids: ["one"]) }
    #expect(error?.description.contains("the setting vacuum_defer_cleanup_age keeps an older state") == true)
  }
}
