import CandidateSearch
import Foundation

/// Moves a partition to another server while searches and changes continue: makes the postings there from the records, some at
/// a time, while writers write to both places; then lets searches read the new ones, and drops the others. Each step is a
/// transaction, and the layout says how far the move has come: a move that was interrupted continues when it is repeated.
struct ClusterMove {
  let engine: PostgresEngine
  let partition: Int
  /// The number of the server that gets the partition.
  let target: Int

  /// What precedes the names of relations in a state.
  private static func prefix(_ state: ClusterLayout.State) -> String {
    state == .current ? "" : "\(state.rawValue)_"
  }

  /// The table of the coordinator with postings of a partition.
  static func localTable(_ partition: Int, _ state: ClusterLayout.State) -> String {
    prefix(state) + PostingTables.posting(partition)
  }

  /// - Parameter onProgress: Called after each step with the number of candidates whose postings were written.
  func run(onProgress: (Int) -> Void) throws {
    try dropFormer()
    guard try begin() else { return try dropFormer() }
    var count = 0
    while let written = try copy() {
      count += written
      onProgress(count)
    }
    try swap()
    try dropFormer()
  }

  // MARK: - Steps

  /// Makes empty tables at the target. Returns whether the partition is not there yet.
  private func begin() throws -> Bool {
    try engine.alone { transaction in
      guard let layout = try transaction.layout() else { return false }
      let arriving = layout.placements[partition].filter { $0.state == .arriving }
      if arriving.contains(where: { $0.server == target }) { return true }
      // Its tables on another server go once this is committed: until then, changes are written to them.
      for other in arriving { try abandon(other, layout, transaction) }
      if layout.server(of: partition) == target { return false }
      try createTables(layout, transaction)
      try transaction.execute(
        "INSERT INTO cluster_partition (partition, server, state) VALUES ($1::int, $2::int, $3)",
        [
          .integer(Int64(partition)), .integer(Int64(target)), .text(ClusterLayout.State.arriving.rawValue),
        ])
      try transaction.bumpLayout()
      return true
    }
  }

  private func createTables(_ layout: ClusterLayout, _ transaction: PostgresTransaction) throws {
    let prefix = Self.prefix(.arriving)
    let grants = ClusterSchema.relations.map { ClusterSchema.grants(to: "\(prefix)\($0)_\(partition)") }
    guard let server = layout.servers[target] else {
      for sql in ClusterSchema.local(prefix, partition, of: layout.partitionCount) + [
        ClusterSchema.index(prefix, partition)
      ] + grants { try transaction.connection.script(sql) }
      return
    }
    try engine.members.withConnection(to: server) { member in
      let schema = "\(layout.schema(of: target))."
      for sql in ClusterSchema.drop(schema, partition)
        + ClusterSchema.local(schema, partition, of: layout.partitionCount)
        + [ClusterSchema.index(schema, partition)]
      { try member.script(sql) }
    }
    let foreign = ClusterSchema.foreign(
      prefix, partition, on: target, schema: layout.schema(of: target))
    for sql in foreign + grants {
      try transaction.connection.script(sql)
    }
  }

  /// The number of candidates whose postings are written while writers wait: some tenths of a second.
  private static let stepSize = 2_000

  /// Writes the postings of the next candidates. Returns their number; nil at the end.
  private func copy() throws -> Int? {
    try engine.alone { transaction in
      guard let layout = try transaction.layout() else { return nil }
      let place = [PostgresValue.integer(Int64(partition)), .integer(Int64(target))]
      let copied = try transaction.first(
        "SELECT copied FROM cluster_partition WHERE partition = $1::int AND server = $2::int", place
      ) { $0.integer(0) }
      func write(_ member: PostgresConnection, _ table: String) throws -> Int? {
        let postings = RecordPostings(transaction: transaction, member: member)
        let docids = try postings.docids(of: partition, after: copied ?? .min, limit: Self.stepSize)
        guard let last = docids.last else { return nil }
        try postings.write(docids, to: table, partition: partition)
        try transaction.execute(
          "UPDATE cluster_partition SET copied = $1 WHERE partition = $2::int AND server = $3::int",
          [.integer(last)] + place)
        return docids.count
      }
      guard let server = layout.servers[target] else {
        return try write(transaction.connection, Self.localTable(partition, .arriving))
      }
      return try engine.members.withConnection(to: server) {
        try write($0, "\(layout.schema(of: target)).\(PostingTables.posting(partition))")
      }
    }
  }

  /// How often a step is tried that waits for searches or for changes, and for how long each time: searches that begin
  /// meanwhile wait, too.
  private static let (maximumAttempts, lockTimeout) = (100, "500ms")

  /// Lets searches read the postings at the target.
  private func swap() throws {
    var reason = "it lacks changes"
    for _ in 0..<Self.maximumAttempts {
      try ClusterCatchUp(engine: engine).runWhereNeeded()
      do {
        if try engine.alone(swap) { return }
      } catch let error as PostgresError where error.kind == .locked {
        reason = "searches that take long still read the old one"
      }
      Thread.sleep(forTimeInterval: 0.1)
    }
    throw PostgresError(
      kind: .other, message: "the new place of partition \(partition) cannot be used yet: \(reason)")
  }

  /// Returns whether the target lacks no changes, so that it could be done.
  private func swap(_ transaction: PostgresTransaction) throws -> Bool {
    guard let layout = try transaction.layout() else { return true }
    let source = layout.server(of: partition)
    if source == target { return true }
    let isBehind =
      try transaction.first(
        "SELECT EXISTS (SELECT 1 FROM unapplied WHERE partition = $1::int AND server = $2::int)",
        [.integer(Int64(partition)), .integer(Int64(target))]
      ) { $0.bool(0) } ?? false
    if isBehind { return false }
    try verify(layout, transaction)
    let posting = PostingTables.posting(partition)
    try transaction.execute("SELECT set_config('lock_timeout', '\(Self.lockTimeout)', true)")
    var statements = ["ALTER TABLE posting DETACH PARTITION \(posting)"]
    statements += rename(from: .current, to: .former, on: source)
    statements += rename(from: .arriving, to: .current, on: target)
    statements.append("ALTER TABLE posting ATTACH PARTITION \(posting) FOR VALUES IN (\(partition))")
    for sql in statements { try transaction.connection.script(sql) }
    try transaction.execute(
      """
      UPDATE cluster_partition SET state = CASE WHEN server = $2::int THEN 'current' ELSE 'former' END, copied = NULL \
      WHERE partition = $1::int
      """, [.integer(Int64(partition)), .integer(Int64(target))])
    try transaction.execute(
      "DELETE FROM unapplied WHERE partition = $1::int AND server = $2::int",
      [.integer(Int64(partition)), .integer(Int64(source))])
    try transaction.bumpLayout()
    try transaction.connection.run([PostgresTransaction.newGeneration(of: "")])
    return true
  }

  /// Verifies that each candidate of the partition has postings at the target, and no other docid has.
  private func verify(_ layout: ClusterLayout, _ transaction: PostgresTransaction) throws {
    let differing =
      try transaction.first(
        """
        SELECT (SELECT count(*) FROM candidate WHERE \(ClusterSchema.rule(layout.partitionCount)) = \(partition)) \
        <> (SELECT count(*) FROM \(Self.localTable(partition, .arriving)))
        """
      ) { $0.bool(0) } ?? true
    if differing {
      throw PostgresError(
        kind: .damaged, message: "the new place of partition \(partition) has not the same candidates")
    }
  }

  private func rename(
    from state: ClusterLayout.State, to other: ClusterLayout.State, on server: Int
  ) -> [String] {
    let isLocal = server == ClusterLayout.coordinator
    return ClusterSchema.relations.map { relation in
      let kind = isLocal ? (relation == "posting" ? "TABLE" : "VIEW") : "FOREIGN TABLE"
      return """
        ALTER \(kind) \(Self.prefix(state))\(relation)_\(partition) RENAME TO \(Self.prefix(other))\(relation)_\(partition)
        """
    }
  }

  /// Drops what moves have left at the places that partitions had before, where their servers can be reached.
  static func dropFormer(_ engine: PostgresEngine) throws {
    guard let layout = try engine.withWriter({ try ClusterLayout($0) }) else { return }
    for partition in layout.partitions
    where layout.placements[partition].contains(where: { $0.state == .former }) {
      try ClusterMove(engine: engine, partition: partition, target: layout.server(of: partition)).dropFormer()
    }
  }

  /// Drops what a move has left at the places that the partition had before.
  private func dropFormer() throws { try drop { $0.state == .former } }

  /// Drops what the target has of the partition without searches reading it.
  func removeUnused() throws { try drop { $0.server == target && $0.state != .current } }

  private func drop(_ isDropped: (ClusterLayout.Placement) -> Bool) throws {
    guard let layout = try engine.withWriter({ try ClusterLayout($0) }) else { return }
    for placement in layout.placements[partition] where isDropped(placement) {
      for attempt in 1...Self.maximumAttempts {
        do {
          // Waits for searches that read it.
          try engine.alone { try remove(placement, layout, $0) }
          break
        } catch let error as PostgresError where error.kind == .locked && attempt < Self.maximumAttempts {
          Thread.sleep(forTimeInterval: 0.1)
        }
      }
    }
  }

  /// Removes the tables of a place. Those on a server that cannot be reached stay there, as those of a former place.
  private func remove(
    _ placement: ClusterLayout.Placement, _ layout: ClusterLayout, _ transaction: PostgresTransaction
  ) throws {
    guard let server = layout.servers[placement.server], let member = try engine.members.connect(server)
    else {
      return try abandon(placement, layout, transaction)
    }
    defer { try? engine.members.release(member, of: server) }
    try dropHere(placement, ClusterSchema.dropForeign, transaction)
    for sql in ClusterSchema.drop("\(layout.schema(of: server.number)).", partition) {
      try member.script(sql)
    }
    try forget(placement, transaction)
  }

  /// Makes a place a former one, whose tables on another server stay there. They contain words of people: `dropFormer` removes
  /// them.
  private func abandon(
    _ placement: ClusterLayout.Placement, _ layout: ClusterLayout, _ transaction: PostgresTransaction
  ) throws {
    guard layout.servers[placement.server] != nil else {
      try dropHere(placement, ClusterSchema.drop, transaction)
      return try forget(placement, transaction)
    }
    try dropHere(placement, ClusterSchema.dropForeign, transaction)
    try transaction.execute(
      "UPDATE cluster_partition SET state = 'former' WHERE partition = $1::int AND server = $2::int",
      [.integer(Int64(partition)), .integer(Int64(placement.server))])
    try transaction.bumpLayout()
  }

  /// Drops the tables of a place on the coordinator.
  private func dropHere(
    _ placement: ClusterLayout.Placement, _ statements: (String, Int) -> [String],
    _ transaction: PostgresTransaction
  ) throws {
    try transaction.execute("SELECT set_config('lock_timeout', '\(Self.lockTimeout)', true)")
    for sql in statements(Self.prefix(placement.state), partition) { try transaction.connection.script(sql) }
  }

  private func forget(_ placement: ClusterLayout.Placement, _ transaction: PostgresTransaction) throws {
    let values = [PostgresValue.integer(Int64(partition)), .integer(Int64(placement.server))]
    try transaction.execute(
      "DELETE FROM cluster_partition WHERE partition = $1::int AND server = $2::int", values)
    try transaction.execute("DELETE FROM unapplied WHERE partition = $1::int AND server = $2::int", values)
    try transaction.bumpLayout()
  }
}

extension PostgresTransaction {
  /// Names a new state of the layout.
  func bumpLayout() throws {
    try execute(
      """
      INSERT INTO setting (name, number) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET number = setting.number + 1
      """, [.text(ClusterLayout.version)])
    forgetSettings()
  }
}
