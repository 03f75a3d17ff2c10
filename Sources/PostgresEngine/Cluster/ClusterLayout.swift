import CandidateSearch

/// Where the partitions of the postings of an index are that is divided over several servers: on the coordinator, which is
/// the server that has everything else, or on one of the others. A docid determines its partition.
struct ClusterLayout: Sendable {
  /// One of the other servers.
  struct Server: Sendable {
    let number: Int
    let name: String
    /// libpq's address, without a password.
    let address: String
  }

  /// What a server has of a partition.
  enum State: String {
    /// The postings that searches read.
    case current
    /// Those that a move has copied so far. Writers write them, too.
    case arriving
    /// Those that a move has copied from here, until they are dropped.
    case former
  }

  struct Placement: Sendable {
    /// The number of the server; 0 is the coordinator.
    let server: Int
    let state: State
  }

  /// The number of the coordinator.
  static let coordinator = 0

  /// What the names of the schemas of this index on other servers begin with. These may have schemas of other indexes, too.
  private let schema: String
  /// By number.
  let servers: [Int: Server]
  /// By partition.
  let placements: [[Placement]]

  var partitionCount: Int { placements.count }
  var partitions: Range<Int> { placements.indices }

  /// The partition of a docid. `ClusterSchema` repeats the rule in SQL.
  func partition(of docid: Docid) -> Int {
    let (value, count) = (docid.value, Int64(partitionCount))
    return Int((value % count + count) % count)
  }

  /// The server whose postings of a partition searches read.
  func server(of partition: Int) -> Int {
    placements[partition].first { $0.state == .current }?.server ?? Self.coordinator
  }

  /// The places that a change of a partition is written to.
  func targets(of partition: Int) -> [Placement] { placements[partition].filter { $0.state != .former } }

  /// The partitions of which a server has the postings that searches read.
  func partitions(on server: Int) -> [Int] { partitions.filter { self.server(of: $0) == server } }

  /// The name of a server, for messages.
  func name(of server: Int) -> String { servers[server]?.name ?? "coordinator" }

  /// The schema of this index on a server. Two servers of a layout may be one database under two addresses.
  func schema(of server: Int) -> String { "\(schema)_\(server)" }

  /// The server with a name.
  func server(named name: String) -> Server? { servers.values.first { $0.name == name } }

  // MARK: - Reading

  /// The name of the setting whose number changes with every change of the layout; an undivided index has none.
  static let version = "cluster_layout"
  /// The name of the setting with the schema on other servers.
  static let schemaSetting = "cluster_schema"
  /// What the names of settings begin with that say that a partition lacks changes.
  static let lacking = "lacking "

  /// The numbers of the partitions that lack changes which were committed on the coordinator, as settings: changes that could
  /// not be written, and those of writers that have ended.
  static let lackingSQL = """
    SELECT '\(lacking)' || u.partition, 1::bigint FROM unapplied u \
    JOIN cluster_partition p ON p.partition = u.partition AND p.server = u.server AND p.state = 'current' \
    WHERE u.is_failed OR NOT EXISTS (SELECT 1 FROM pg_locks WHERE \(PostgresSchema.Lock.isHeldAlone) \
    AND classid = \(ClusterChanges.lockClass)::oid AND objid = \(ClusterChanges.lockKeySQL)::oid) GROUP BY u.partition
    """

  /// The layout, read by `rows`; nil if the index is undivided.
  init?(
    _ rows: (_ sql: String, _ read: (PostgresRow) throws -> Void) throws -> Void
  ) throws {
    var schema: String?
    try rows("SELECT convert_from(bytes, 'UTF8') FROM setting WHERE name = '\(Self.schemaSetting)'") {
      schema = $0.text(0)
    }
    guard let schema else { return nil }
    var servers: [Int: Server] = [:]
    try rows("SELECT number, name, address FROM cluster_server") { row in
      let number = Int(row.integer(orZero: 0))
      servers[number] = Server(number: number, name: row.text(1), address: row.text(2))
    }
    var placements: [[Placement]] = []
    try rows("SELECT partition, server, state FROM cluster_partition ORDER BY 1, 2") { row in
      let partition = Int(row.integer(orZero: 0))
      while placements.count <= partition { placements.append([]) }
      guard let state = State(rawValue: row.text(2)) else {
        throw PostgresError(kind: .damaged, message: "the state of a partition is unknown")
      }
      placements[partition].append(Placement(server: Int(row.integer(orZero: 1)), state: state))
    }
    if placements.isEmpty { return nil }
    self.schema = schema
    self.servers = servers
    self.placements = placements
  }

  /// The layout that a transaction of changes sees.
  init?(_ connection: PostgresConnection) throws {
    try self.init { sql, read in try connection.run([PostgresQuery(sql)]) { try read($1) } }
  }
}
