import CandidateSearch
import Foundation
import Synchronization

/// The connections of a process to the other servers of a cluster, for changes. Safe to use from many threads.
final class ClusterMembers: Sendable {
  private struct State {
    var pools: [String: ConnectionPool] = [:]
    /// Until when no connection is tried, by address.
    var unreachable: [String: ContinuousClock.Instant] = [:]
  }

  private let state = Mutex(State())

  /// The maximum number of connections of one process to one server.
  private static let maximumConnections = 8
  /// For this long, and for ten times as long as the attempt took, no writer waits for a server that could not be reached.
  private static let unreachableTime = Duration.seconds(5)

  /// A connection to a server; nil if it cannot be reached, or takes no changes, as while its standby takes over. The caller must
  /// release it.
  func connect(_ server: ClusterLayout.Server) throws -> PostgresConnection? {
    let address = server.address
    let isUnreachable = state.withLock {
      $0.unreachable[address].map { ContinuousClock.now < $0 } ?? false
    }
    if isUnreachable { return nil }
    let pool = try pool(address)
    let begin = ContinuousClock.now
    do {
      return try pool.takeLiving()
    } catch let error as PostgresError where [.connection, .readOnly].contains(error.kind) {
      noteUnreachable(server, after: .now - begin)
      return nil
    }
  }

  /// Remembers for some seconds that a server cannot be reached.
  func noteUnreachable(_ server: ClusterLayout.Server, after attempt: Duration = .zero) {
    state.withLock { $0.unreachable[server.address] = .now + max(Self.unreachableTime, attempt * 10) }
  }

  func release(_ connection: PostgresConnection, of server: ClusterLayout.Server) throws {
    try pool(server.address).release(connection)
  }

  /// Calls `body` with a connection.
  /// - Throws: `PartsMissing` if the server cannot be reached.
  func withConnection<T>(
    to server: ClusterLayout.Server, _ body: (PostgresConnection) throws -> T
  ) throws -> T {
    guard let connection = try connect(server) else { throw PartsMissing(names: [server.name]) }
    defer { try? release(connection, of: server) }
    return try body(connection)
  }

  private func pool(_ text: String) throws -> ConnectionPool {
    if let known = state.withLock({ $0.pools[text] }) { return known }
    let address = try PostgresAddress(text)
    let pool = ConnectionPool(maximumCount: Self.maximumConnections) {
      try PostgresEngine.connect(address.forWriting, address)
    }
    return state.withLock { state in
      if let known = state.pools[text] { return known }
      state.pools[text] = pool
      return pool
    }
  }
}
