import CandidateSearch
import Foundation

/// The servers over which the postings of an index are divided.
///
/// Candidates, records, statistics and the search log stay on the server at the address of the index, the coordinator.
/// Postings are divided into partitions, each of which is on the coordinator or on another server. Searches go through the
/// coordinator (`postgres_fdw`); writers connect to all servers.
public struct IndexCluster: Sendable {
  private let engine: PostgresEngine

  /// Opens the index at an address (`CandidateIndex(url:)`) for changes of its cluster.
  /// - Throws: `IndexError`.
  public init(url: String) throws {
    engine = try PostgresEngine(url, isWritable: true, readers: 1, allowsOlder: true)
  }

  /// The number of partitions that suits up to six servers.
  public static let standardPartitionCount = 6
  private static let partitionCounts = 2...64

  // MARK: - Changing

  /// Divides the postings into partitions, which stay on the coordinator at first. Searches continue; changes wait. The cost
  /// is that of writing the postings once.
  /// - Throws: `ClusterError`, `IndexError`.
  public func create(partitions count: Int = standardPartitionCount) throws {
    guard Self.partitionCounts.contains(count) else { throw ClusterError.partitionCount(count) }
    try engine.explained {
      try engine.alone { transaction in
        if try transaction.layout() != nil { throw ClusterError.divided }
        for sql in Self.division(into: count) { try transaction.connection.script(sql) }
        let schema = "cand_search_" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
        try transaction.execute(
          "INSERT INTO setting (name, bytes) VALUES ($1, $2)",
          [.text(ClusterLayout.schemaSetting), .bytes(Array(schema.utf8))])
        try transaction.execute(
          "INSERT INTO cluster_partition (partition, server, state) SELECT g, $1::int, $2 FROM generate_series(0, $3::int - 1) g",
          [
            .integer(Int64(ClusterLayout.coordinator)), .text(ClusterLayout.State.current.rawValue),
            .integer(Int64(count)),
          ])
        try transaction.bumpLayout()
        try transaction.connection.run([PostgresTransaction.newGeneration(of: "")])
      }
    }
  }

  /// The statements that replace the table of all postings by a divided one. Searches wait for the last ones alone.
  private static func division(into count: Int) -> [String] {
    let new = "new_"
    var statements = ClusterSchema.parent("\(new)posting", count: count)
    for i in 0..<count {
      statements += ClusterSchema.local(new, i, of: count)
      statements.append(
        "ALTER TABLE \(new)posting ATTACH PARTITION \(new)\(PostingTables.posting(i)) FOR VALUES IN (\(i))")
    }
    statements.append("INSERT INTO \(new)posting SELECT docid, doc, facets FROM posting")
    statements += (0..<count).map { ClusterSchema.index(new, $0) }
    statements.append(ClusterSchema.grants(to: "\(new)posting"))
    for i in 0..<count {
      statements += ClusterSchema.relations.map { ClusterSchema.grants(to: "\(new)\($0)_\(i)") }
    }
    statements += ["cluster_server", "cluster_partition", "unapplied"].map { ClusterSchema.grants(to: $0) }
    statements.append("DROP TABLE posting")
    statements.append("ALTER TABLE \(new)posting RENAME TO posting")
    for i in 0..<count {
      for relation in ClusterSchema.relations {
        let kind = relation == "posting" ? "TABLE" : "VIEW"
        statements.append("ALTER \(kind) \(new)\(relation)_\(i) RENAME TO \(relation)_\(i)")
      }
    }
    return statements
  }

  /// Adds a server. Partitions are moved to it by `move`. The address is libpq's, and must lead to the server from here and
  /// from the coordinator. A password that the server requires is stored in the coordinator's catalog, for superusers and
  /// the owner of the index to see.
  /// - Parameter name: The name of the server in messages; its host by default.
  /// - Returns: The name.
  /// - Throws: `ClusterError`, `IndexError`.
  @discardableResult
  public func addServer(_ address: String, name: String? = nil) throws -> String {
    let place = try PostgresAddress(address)
    let name = name ?? place.parameters["host"] ?? "server"
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
    guard 1...40 ~= name.count, name.allSatisfy(allowed.contains) else { throw ClusterError.name(name) }
    return try engine.explained {
      let layout = try layout()
      if name == layout.name(of: ClusterLayout.coordinator) || layout.server(named: name) != nil {
        throw ClusterError.nameTaken(name)
      }
      var password: String?
      do {
        let member = try PostgresEngine.connect(place.forWriting, place)
        password = member.password
        try engine.alone { try add(name, place, address, password, member, $0) }
      } catch let error as PostgresError {
        throw ClusterError.unusable(name: name, reason: error.message)
      }
      return name
    }
  }

  private func add(
    _ name: String, _ place: PostgresAddress, _ address: String, _ password: String?,
    _ member: PostgresConnection, _ transaction: PostgresTransaction
  ) throws {
    guard let layout = try transaction.layout() else { throw ClusterError.undivided }
    let number = try transaction.first(
      "INSERT INTO cluster_server (name, address) VALUES ($1, $2) RETURNING number",
      [.text(name), .text(address)]
    ) { Int($0.integer(orZero: 0)) }
    let version = try transaction.first("SELECT current_setting('server_version_num')::int") {
      Int($0.integer(orZero: 0))
    }
    guard let number, let version else {
      throw ClusterError.unusable(name: name, reason: "the coordinator returned no number for it")
    }
    let schema = layout.schema(of: number)
    for sql in ClusterSchema.member(schema) { try member.script(sql) }
    let statements = ClusterSchema.server(
      number, parameters: place.parameters, password: password, schema: schema, version: version)
    for sql in statements + [ClusterSchema.grants(to: ClusterSchema.sizes(of: number))] {
      try transaction.connection.script(sql)
    }
    do {
      try transaction.connection.execute("SELECT 1 FROM \(ClusterSchema.sizes(of: number)) LIMIT 1")
    } catch let error as PostgresError where error.kind != .connection {
      throw ClusterError.unusable(
        name: name, reason: "the coordinator does not reach the same server (\(error.message))")
    }
    try transaction.bumpLayout()
  }

  /// How far a move has come.
  public struct MoveProgress: Sendable {
    /// The partition.
    public let partition: Int
    /// The name of the server that it is moved to.
    public let server: String
    /// The number of candidates whose postings were written in this call.
    public let candidates: Int
  }

  /// Moves partitions to a server, one after another, while searches and changes continue: changes wait for some tenths of a
  /// second at a time. Postings are made from the records, so that the server that has them may be down; then its tables
  /// stay there. May be interrupted at any point, and repeated. The cost is that of writing the postings once.
  /// - Throws: `ClusterError`, `IndexError`.
  public func move(
    _ partitions: [Int], to name: String, onProgress: (MoveProgress) -> Void = { _ in }
  ) throws {
    try engine.explained {
      let layout = try layout()
      if let unknown = partitions.first(where: { !layout.partitions.contains($0) }) {
        throw ClusterError.noPartition(unknown)
      }
      let target: Int
      if name == layout.name(of: ClusterLayout.coordinator) {
        target = ClusterLayout.coordinator
      } else if let server = layout.server(named: name) {
        target = server.number
      } else {
        throw ClusterError.noServer(name)
      }
      for partition in partitions {
        try ClusterMove(engine: engine, partition: partition, target: target).run { count in
          onProgress(MoveProgress(partition: partition, server: name, candidates: count))
        }
      }
    }
  }

  /// Moves the partitions of a server to the others, evenly, and removes it; to the coordinator if there are no others. May be
  /// interrupted, and repeated. Tables on a server that cannot be reached stay there.
  /// - Throws: `ClusterError`, `IndexError`.
  public func removeServer(_ name: String, onProgress: (MoveProgress) -> Void = { _ in }) throws {
    try engine.explained {
      guard let server = try layout().server(named: name) else { throw ClusterError.noServer(name) }
      while let partition = try layout().partitions(on: server.number).first {
        let layout = try layout()
        let others = layout.servers.values.filter { $0.number != server.number }
        let target = others.min {
          (layout.partitions(on: $0.number).count, $0.number) < (
            layout.partitions(on: $1.number).count, $1.number
          )
        }
        try move(
          [partition], to: target?.name ?? layout.name(of: ClusterLayout.coordinator), onProgress: onProgress)
      }
      let partitions = try layout().partitions
      for partition in partitions {
        try ClusterMove(engine: engine, partition: partition, target: server.number).removeUnused()
      }
      try engine.alone { transaction in
        for sql in [
          "DROP SERVER IF EXISTS \(ClusterSchema.foreignServer(server.number)) CASCADE",
          "DELETE FROM cluster_server WHERE number = \(server.number)",
          "DELETE FROM unapplied WHERE server = \(server.number)",
          "DELETE FROM cluster_partition WHERE server = \(server.number)",
        ] { try transaction.connection.script(sql) }
        try transaction.bumpLayout()
      }
      let schema = try layout().schema(of: server.number)
      if let member = try engine.members.connect(server) {
        defer { try? engine.members.release(member, of: server) }
        try member.script("DROP SCHEMA IF EXISTS \(schema) CASCADE")
      }
    }
  }

  /// Writes to the servers what they lack. Every change of the index does so, too.
  /// - Throws: `ClusterError`, `IndexError`.
  public func catchUp() throws {
    try engine.explained {
      _ = try layout()
      try ClusterCatchUp(engine: engine).runWhereNeeded()
      try ClusterMove.dropFormer(engine)
    }
  }

  // MARK: - Reading

  /// The address of the index, without a password.
  public var location: String { engine.location }

  private func layout() throws -> ClusterLayout {
    guard let layout = try engine.withWriter({ try ClusterLayout($0) }) else { throw ClusterError.undivided }
    return layout
  }

  /// How the postings are divided. Connects from the coordinator to each server: some seconds for one that is down.
  /// - Throws: `ClusterError`, `IndexError`.
  public func status() throws -> ClusterStatus {
    try engine.explained {
      let layout = try layout()
      let servers = [ClusterLayout.coordinator] + layout.servers.keys.sorted()
      return ClusterStatus(
        servers: try servers.map { try status(of: $0, layout) }, partitionCount: layout.partitionCount)
    }
  }

  private func status(of server: Int, _ layout: ClusterLayout) throws -> ClusterStatus.Server {
    try engine.withWriter { connection in
      var lacking: Int? = 0
      try connection.run([
        PostgresQuery(
          "SELECT sum(cardinality(docids))::bigint, count(*) > count(docids) FROM unapplied WHERE server = $1::int",
          [.integer(Int64(server))])
      ]) { _, row in lacking = row.bool(1) ? nil : Int(row.integer(orZero: 0)) }
      var bytes: Int?
      do {
        bytes = try connection.first(PostgresQuery(Self.size(of: server))) { Int($0.integer(orZero: 0)) }
      } catch let error as PostgresError where error.kind == .memberUnreachable {}
      return ClusterStatus.Server(
        name: layout.name(of: server), address: layout.servers[server]?.address ?? engine.location,
        isReachable: bytes != nil, partitions: layout.partitions(on: server),
        arriving: layout.partitions.filter { partition in
          layout.placements[partition].contains { $0.server == server && $0.state == .arriving }
        },
        bytes: bytes, lacking: lacking)
    }
  }

  private static func size(of server: Int) -> String {
    server == ClusterLayout.coordinator
      ? """
      SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c \
      JOIN pg_namespace n ON n.oid = c.relnamespace \
      WHERE n.nspname = '\(PostgresSchema.name)' AND c.relkind = 'r' AND c.relname LIKE 'posting%'
      """
      : "SELECT coalesce(sum(bytes), 0)::bigint FROM \(ClusterSchema.sizes(of: server))"
  }
}
