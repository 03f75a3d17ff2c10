/// The servers of a divided index.
extension PostgresEngine {
  /// The servers of the cluster that cannot be reached from the coordinator.
  func unreachableMembers(_ connection: PostgresConnection) throws -> [ClusterLayout.Server] {
    guard let layout = try ClusterLayout(connection) else { return [] }
    // Another search may have found out while this one waited for the connection.
    let known = state.unreachableServers
    if !known.isEmpty { return layout.servers.values.filter { known.contains($0.number) } }
    return try layout.servers.values.sorted { $0.number < $1.number }.filter { server in
      do {
        try connection.execute("SELECT 1 FROM \(ClusterSchema.sizes(of: server.number)) LIMIT 1")
        return false
      } catch let error as PostgresError where error.kind == .memberUnreachable {
        return true
      }
    }
  }

  /// Calls `body` with connections to all other servers of the cluster; with none, if the index is not divided.
  /// - Throws: `PartsMissing` if one cannot be reached, or lacks changes.
  func withMembers<T>(_ body: ([PostgresErasure.Member]) throws -> T) throws -> T {
    guard let layout = try withWriter({ try ClusterLayout($0) }) else { return try body([]) }
    let lacking = try withWriter { connection in
      try connection.rows(PostgresQuery("SELECT DISTINCT server FROM unapplied WHERE is_failed")) {
        Int($0.integer(orZero: 0))
      }
    }
    if !lacking.isEmpty { throw PartsMissing(names: lacking.map(layout.name).sorted()) }
    var members: [PostgresErasure.Member] = []
    defer {
      for member in members {
        if let server = layout.server(named: member.name) {
          try? self.members.release(member.connection, of: server)
        }
      }
    }
    for server in layout.servers.values.sorted(by: { $0.number < $1.number }) {
      guard let connection = try self.members.connect(server) else {
        throw PartsMissing(names: [server.name])
      }
      members.append(
        .init(name: server.name, connection: connection, schema: layout.schema(of: server.number)))
    }
    return try body(members)
  }

  /// Calls `body` for the coordinator, then for each other server that can be reached, with the schema of the index there.
  func onEveryServer(_ body: (PostgresConnection, _ schema: String) throws -> Void) throws {
    let layout = try withWriter { connection in
      try body(connection, PostgresSchema.name)
      return try ClusterLayout(connection)
    }
    guard let layout else { return }
    for server in layout.servers.values.sorted(by: { $0.number < $1.number }) {
      guard let connection = try members.connect(server) else { continue }
      defer { try? members.release(connection, of: server) }
      try body(connection, layout.schema(of: server.number))
    }
  }
}
