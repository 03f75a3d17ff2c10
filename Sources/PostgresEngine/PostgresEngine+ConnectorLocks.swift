import CandidateSearch
import Foundation
import Synchronization

/// The locks of connectors: for writing, and for syncs.
extension PostgresEngine {
  /// The second key of the advisory locks of a connector, or of one of its lanes.
  static func lockKey(of connector: String, _ lane: Lane = Lane(number: 0)) -> Int64 {
    let hash = Array(connector.utf8).withUnsafeBytes { Hash128($0).prefix }
    return Int64(Int32(truncatingIfNeeded: hash &+ UInt64(lane.number)))
  }

  func lockSync(of connector: String) throws -> SyncLock? {
    try explained {
      let connection = try Self.connect(address.forWriting, address)
      // It waits for pages of the API.
      try connection.script("SELECT set_config('idle_session_timeout', '0', false)")
      let isLocked = try connection.first(
        PostgresQuery(
          "SELECT pg_try_advisory_lock($1::int, $2::int)",
          [.integer(Int64(PostgresSchema.Lock.syncClass)), .integer(Self.lockKey(of: connector))])
      ) { $0.bool(0) }
      guard isLocked == true else { return nil }
      let held = Mutex<PostgresConnection?>(connection)
      // The lock ends with the connection.
      return SyncLock {
        try self.explained { try held.withLock { try $0?.execute("SELECT 1") } }
      } unlock: {
        held.withLock { $0 = nil }
      }
    }
  }

  func runningSyncs(of connectors: [String]) -> Set<ExactText>? {
    let keys = Dictionary(grouping: connectors) { Self.lockKey(of: $0) }
    // A replica does not know the locks of its primary.
    let locked = try? Self.connect(address.ofPrimary, address).rows(
      PostgresQuery(
        """
        SELECT objid::int FROM pg_locks WHERE \(PostgresSchema.Lock.isHeldAlone) AND classid = $1::int::oid
        """, [.integer(Int64(PostgresSchema.Lock.syncClass))])
    ) { $0.integer(orZero: 0) }
    return locked.map { Set($0.flatMap { keys[$0] ?? [] }.map(ExactText.init)) }
  }
}
