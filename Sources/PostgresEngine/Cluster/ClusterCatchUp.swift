import CandidateSearch
import Foundation

/// Writes to the servers of a cluster what they lack: changes that were committed on the coordinator while a server was down,
/// or that a writer did not finish. Postings are made from the records, so that it may be repeated at any time.
struct ClusterCatchUp {
  let engine: PostgresEngine

  /// The number of candidates after which a step ends, so that writers are not kept waiting for long.
  private static let stepSize = 5_000
  /// For this long, changes that others are committing are waited for.
  private static let maximumWait = Duration.seconds(60)

  /// Writes what is lacking, and waits for changes that others are committing. What a server lacks that cannot be reached
  /// stays noted. Costs a statement where nothing is lacking.
  func runWhereNeeded() throws {
    let deadline = ContinuousClock.now + Self.maximumWait
    while try engine.withWriter(Self.hasUnapplied) {
      if try run() == 0 { return }
      if ContinuousClock.now > deadline { return }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  private static func hasUnapplied(_ connection: PostgresConnection) throws -> Bool {
    try connection.first(PostgresQuery("SELECT EXISTS (SELECT 1 FROM unapplied)")) { $0.bool(0) } ?? false
  }

  /// Writes what is lacking on the servers that can be reached. Returns the number of changes that others are committing.
  @discardableResult
  func run() throws -> Int {
    guard let layout = try engine.withWriter({ try ClusterLayout($0) }) else { return 0 }
    let lacking = try engine.withWriter { connection in
      try connection.rows(PostgresQuery("SELECT DISTINCT server FROM unapplied ORDER BY 1")) {
        Int($0.integer(orZero: 0))
      }
    }
    for server in lacking.compactMap({ layout.servers[$0] }) {
      // Before the lock that keeps writers waiting.
      guard let member = try engine.members.connect(server) else { continue }
      defer { try? engine.members.release(member, of: server) }
      while try step(on: server, member) {}
    }
    return try engine.withWriter { connection in
      Int(
        try connection.first(
          PostgresQuery(
            """
            SELECT count(*) FROM pg_locks WHERE \(PostgresSchema.Lock.isHeldAlone) \
            AND classid = $1::int::oid AND objid IN (SELECT \(ClusterChanges.lockKeySQL)::oid FROM unapplied)
            """, [.integer(ClusterChanges.lockClass)])
        ) { $0.integer(orZero: 0) } ?? 0)
    }
  }

  /// Writes some of what a server lacks. Returns whether there was any that could be written.
  private func step(on server: ClusterLayout.Server, _ member: PostgresConnection) throws -> Bool {
    do {
      return try engine.alone { transaction in
        guard let work = try nextWork(server.number, transaction) else { return false }
        let layout = try transaction.layout()
        let placement = layout?.placements[work.partition].first { $0.server == server.number }
        if let layout, let placement, placement.state != .former {
          let postings = RecordPostings(transaction: transaction, member: member)
          let docids = try work.isWhole ? nil : self.docids(of: work, server.number, transaction)
          try postings.write(
            docids, to: "\(layout.schema(of: server.number)).\(PostingTables.posting(work.partition))",
            partition: work.partition
          )
        }
        try transaction.execute(
          "DELETE FROM unapplied WHERE server = $1::int AND partition = $2::int AND change = ANY($3::bigint[])",
          [.integer(Int64(server.number)), .integer(Int64(work.partition)), .integers(work.changes)])
        try transaction.connection.run([PostgresTransaction.newGeneration(of: "")])
        return true
      }
    } catch let error as PostgresError where error.kind == .connection {
      // Of the member; one of the coordinator shows with the next statement.
      engine.members.noteUnreachable(server)
      return false
    }
  }

  /// Changes of one partition.
  private struct Work {
    let partition: Int
    var changes: [Int64] = []
    var isWhole = false
  }

  /// The first changes that a server lacks, but for those that their writers are still committing.
  private func nextWork(_ server: Int, _ transaction: PostgresTransaction) throws -> Work? {
    var work: Work?
    var size = 0
    try transaction.run([
      PostgresQuery(
        """
        WITH u AS MATERIALIZED (SELECT change, partition, coalesce(cardinality(docids), -1) AS size FROM unapplied \
        WHERE server = $1::int ORDER BY change, partition LIMIT \(ClusterChanges.maximumLocks)) \
        SELECT change, partition, size FROM u WHERE pg_try_advisory_xact_lock($2::int, \(ClusterChanges.lockKeySQL))
        """, [.integer(Int64(server)), .integer(ClusterChanges.lockClass)])
    ]) { _, row in
      let partition = Int(row.integer(orZero: 1))
      if work == nil { work = Work(partition: partition) }
      guard work?.partition == partition, size < Self.stepSize else { return }
      work?.changes.append(row.integer(orZero: 0))
      size += Int(row.integer(orZero: 2))
      if row.integer(orZero: 2) < 0 { work?.isWhole = true }
    }
    return work
  }

  private func docids(of work: Work, _ server: Int, _ transaction: PostgresTransaction) throws -> [Int64] {
    try transaction.rows(
      """
      SELECT DISTINCT d FROM unapplied u, unnest(u.docids) d \
      WHERE u.server = $1::int AND u.partition = $2::int AND u.change = ANY($3::bigint[]) ORDER BY d
      """, [.integer(Int64(server)), .integer(Int64(work.partition)), .integers(work.changes)]
    ) { $0.integer(orZero: 0) }
  }
}
