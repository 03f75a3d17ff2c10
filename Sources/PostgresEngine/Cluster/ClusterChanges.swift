import CandidateSearch
import Dispatch
import Foundation
import Synchronization

/// The changes of postings of one transaction, on the servers that have them.
///
/// Each server has a transaction of its own. Before the one on the coordinator is committed, it stores which docids change on
/// which server (`unapplied`); when it is, the others are committed and those rows removed. What is left of a server that was
/// lost meanwhile says what it lacks. The postings are then made from the records again (`ClusterCatchUp`), so that it does
/// not matter how far the server had come.
final class ClusterChanges {
  private struct Target: Hashable {
    let partition: Int
    let server: Int
  }

  private let layout: ClusterLayout
  private let coordinator: PostgresConnection
  private let members: ClusterMembers
  /// The connections with a transaction, by server.
  private var open: [Int: PostgresConnection] = [:]
  private var lost: Set<Int> = []
  /// The docids that have changed; nil for all of a partition.
  private var changed: [Target: [Int64]?] = [:]
  private var change: Int64?

  init(_ layout: ClusterLayout, _ coordinator: PostgresConnection, _ members: ClusterMembers) {
    self.layout = layout
    self.coordinator = coordinator
    self.members = members
  }

  deinit { rollBack() }

  // MARK: - Changing

  /// The name of the table of a partition at a place.
  private func table(_ partition: Int, _ placement: ClusterLayout.Placement) -> String {
    placement.server == ClusterLayout.coordinator
      ? ClusterMove.localTable(partition, placement.state)
      : "\(layout.schema(of: placement.server)).\(PostingTables.posting(partition))"
  }

  /// The changes at one place.
  private struct Part: Sendable {
    let table: String
    let removed: [Int64]
    let inserted: [(Document, Docid)]
    var removesAll = false
  }

  /// Removes and inserts postings. Returns whether any of the documents is a partial one.
  func apply(removing removed: [Int64], inserting inserted: [(Document, Docid)]) throws -> Bool {
    var (removals, insertions) = (
      [[Int64]](repeating: [], count: layout.partitionCount),
      [[(Document, Docid)]](repeating: [], count: layout.partitionCount)
    )
    for docid in removed { removals[layout.partition(of: Docid(value: docid))].append(docid) }
    for (document, docid) in inserted { insertions[layout.partition(of: docid)].append((document, docid)) }
    var parts: [Int: [Part]] = [:]
    for partition in layout.partitions where !removals[partition].isEmpty || !insertions[partition].isEmpty {
      let new = insertions[partition].map(\.1.value)
      for placement in layout.targets(of: partition) {
        // On another server there can be postings that a lost transaction has left.
        let isLocal = placement.server == ClusterLayout.coordinator && placement.state == .current
        parts[placement.server, default: []].append(
          Part(
            table: table(partition, placement),
            removed: isLocal ? removals[partition] : removals[partition] + new,
            inserted: insertions[partition]))
        note(removals[partition] + new, Target(partition: partition, server: placement.server))
      }
    }
    return try write(parts)
  }

  /// Removes all postings.
  func removeAll() throws {
    var parts: [Int: [Part]] = [:]
    for partition in layout.partitions {
      for placement in layout.targets(of: partition) {
        parts[placement.server, default: []].append(
          Part(table: table(partition, placement), removed: [], inserted: [], removesAll: true))
        note(nil, Target(partition: partition, server: placement.server))
      }
    }
    _ = try write(parts)
  }

  private func note(_ docids: [Int64]?, _ target: Target) {
    if target.server == ClusterLayout.coordinator { return }
    guard let docids else { return changed[target] = .some(nil) }
    switch changed[target] {
    case .none: changed[target] = docids
    case .some(.some(let known)): changed[target] = known + docids
    case .some(.none): break
    }
  }

  /// Waits for changes that others are committing. They have let go of their rows on the coordinator, but another server may
  /// not show them yet, so that what is removed there would be missed.
  static let waitForOthers = PostgresQuery(
    """
    SELECT pg_advisory_xact_lock_shared($1::int, \(lockKeySQL)) \
    FROM (SELECT DISTINCT change FROM unapplied WHERE NOT is_failed ORDER BY change LIMIT \(maximumLocks)) u
    """, [.integer(lockClass)])

  /// The maximum number of locks that one transaction takes: the server has a table of some thousands for all.
  static let maximumLocks = 500

  /// Writes on all servers at once. A server that cannot be reached gets its changes later.
  private func write(_ parts: [Int: [Part]]) throws -> Bool {
    try coordinator.run([Self.waitForOthers])
    var places: [(server: Int, connection: PostgresConnection, parts: [Part])] = []
    for (server, parts) in parts.sorted(by: { $0.key < $1.key }) where !lost.contains(server) {
      if let connection = try connection(to: server) { places.append((server, connection, parts)) }
    }
    let results = Mutex([Result<Bool, any Error>?](repeating: nil, count: places.count))
    let writing = places
    DispatchQueue.concurrentPerform(iterations: writing.count) { i in
      let result = Result { try Self.write(writing[i].parts, writing[i].connection) }
      results.withLock { $0[i] = result }
    }
    var hasPartial = false
    for (place, result) in zip(places, results.withLock { $0 }) {
      do {
        hasPartial = try result?.get() ?? false || hasPartial
      } catch let error as PostgresError
        where error.kind == .connection && place.server != ClusterLayout.coordinator
      {
        lose(place.server)
      }
    }
    return hasPartial
  }

  private static func write(_ parts: [Part], _ connection: PostgresConnection) throws -> Bool {
    var hasPartial = false
    for part in parts {
      let postings = PostingCopy(connection: connection, table: part.table)
      if part.removesAll { try postings.removeAll() }
      try postings.remove(part.removed)
      if !part.inserted.isEmpty { hasPartial = try postings.insert(part.inserted) || hasPartial }
    }
    return hasPartial
  }

  /// The connection to a server, with a transaction; nil if it cannot be reached.
  private func connection(to server: Int) throws -> PostgresConnection? {
    if server == ClusterLayout.coordinator { return coordinator }
    if let known = open[server] { return known }
    guard let member = layout.servers[server], let connection = try members.connect(member) else {
      lost.insert(server)
      return nil
    }
    open[server] = connection
    do {
      try connection.execute("BEGIN")
    } catch let error as PostgresError where error.kind == .connection {
      lose(server)
      return nil
    }
    return connection
  }

  /// Leaves the changes of a server to later.
  private func lose(_ server: Int) {
    lost.insert(server)
    if let connection = open.removeValue(forKey: server), let member = layout.servers[server] {
      try? members.release(connection, of: member)
      members.noteUnreachable(member)
    }
  }

  // MARK: - Committing

  /// The first key of the locks of changes that are being committed.
  static let lockClass: Int64 = 0x4341_4E46

  /// The second key.
  static func lockKey(of change: Int64) -> Int64 { change % Int64(Int32.max) }
  /// The same in SQL.
  static let lockKeySQL = "(change % \(Int32.max))::int"

  /// Stores what changes on other servers, in the transaction of the coordinator. A lock says that this is under way, until
  /// the connection ends.
  func noteUnapplied() throws {
    if changed.isEmpty { return }
    let change =
      try coordinator.first(PostgresQuery("SELECT nextval('unapplied_change')")) { $0.integer(orZero: 0) }
      ?? 0
    self.change = change
    try coordinator.execute(
      "SELECT pg_advisory_lock($1::int, $2::int)",
      [.integer(Self.lockClass), .integer(Self.lockKey(of: change))])
    for (target, docids) in changed {
      try coordinator.execute(
        "INSERT INTO unapplied (change, partition, server, docids, is_failed) VALUES ($1, $2::int, $3::int, $4::bigint[], $5::int = 1)",
        [
          .integer(change), .integer(Int64(target.partition)), .integer(Int64(target.server)),
          docids.map { .integers($0) } ?? .null, .integer(lost.contains(target.server) ? 1 : 0),
        ])
    }
  }

  /// Commits on the other servers, after the coordinator. What could not be committed stays noted.
  /// - Parameter source: The source of the change, of which there is a new state now.
  func commit(source: String) {
    guard let change else { return }
    var done: [Int64] = []
    for (server, connection) in open.sorted(by: { $0.key < $1.key }) {
      do {
        try connection.execute("COMMIT")
        done.append(Int64(server))
      } catch {
        lose(server)
      }
    }
    releaseConnections()
    self.change = nil
    // One transaction, since they are sent together. Should it fail, the change is repeated by the next one.
    try? coordinator.run([
      PostgresQuery(
        "DELETE FROM unapplied WHERE change = $1 AND server = ANY($2::bigint[]::int[])",
        [.integer(change), .integers(done)]),
      PostgresQuery(
        "UPDATE unapplied SET is_failed = true WHERE change = $1 AND NOT is_failed", [.integer(change)]),
      PostgresTransaction.newGeneration(of: source),
    ])
    unlock(change)
  }

  private func unlock(_ change: Int64) {
    if coordinator.isBroken { return }
    try? coordinator.execute(
      "SELECT pg_advisory_unlock($1::int, $2::int)",
      [.integer(Self.lockClass), .integer(Self.lockKey(of: change))])
  }

  /// Undoes what was written to the other servers.
  func rollBack() {
    for connection in open.values where !connection.isBroken { try? connection.script("ROLLBACK") }
    releaseConnections()
    if let change { unlock(change) }
    change = nil
  }

  private func releaseConnections() {
    for (server, connection) in open {
      if let member = layout.servers[server] { try? members.release(connection, of: member) }
    }
    open.removeAll()
  }
}
