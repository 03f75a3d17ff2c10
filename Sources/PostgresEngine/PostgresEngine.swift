import CandidateModel
import CandidateSearch
import Foundation
import Synchronization

/// An index on a PostgreSQL server.
///
/// Safe to use from many threads. Readers never wait for writers, nor writers for readers. Writers of different
/// connectors do not wait for one another.
final class PostgresEngine: IndexEngine {
  let location: String
  let address: PostgresAddress
  private let isWritable: Bool
  /// How long an erasure waits for transactions that read an older state.
  let maximumWait: Duration
  let state = IndexState()
  /// The other servers, should the index be divided.
  let members = ClusterMembers()
  private let readers: ConnectionPool
  /// For what is looked up within a call that has a connection.
  private let besides: ConnectionPool
  private let writers: ConnectionPool

  /// Opens the index at an address. With `isWritable`, creates the tables if they are not there.
  /// - Throws: `IndexError`.
  init(
    _ text: String, isWritable: Bool, readers count: Int, allowsOlder: Bool = false,
    maximumWait: Duration = .seconds(60)
  ) throws {
    let address = try PostgresAddress(text)
    self.address = address
    self.isWritable = isWritable
    self.maximumWait = maximumWait
    location = address.location
    // A writer reads what it has written: not from a replica, which may be older.
    readers = ConnectionPool(maximumCount: count) {
      try Self.connect(isWritable ? address.forWriting : address.parameters, address)
    }
    besides = ConnectionPool(maximumCount: 1) { try Self.connect(address.parameters, address) }
    writers = ConnectionPool(maximumCount: Self.maximumWriters) {
      try Self.connect(address.forWriting, address)
    }
    try explained {
      let pool = isWritable ? writers : readers
      try pool.withConnection { connection, _ in
        if isWritable {
          try PostgresSchema.migrate(connection, location: location)
        } else {
          let version = try PostgresSchema.version(connection)
          if version == 0 { throw IndexError.missing(path: location) }
          if version > PostgresSchema.version { throw IndexError.newerVersion(path: location) }
          if version < PostgresSchema.version { throw IndexError.olderVersion(path: location) }
        }
        let documents =
          try connection.first(
            PostgresQuery(
              "SELECT number FROM setting WHERE name = $1", [.text(Setting.documentVersion.rawValue)])
          ) { Int($0.integer(orZero: 0)) } ?? 0
        if documents > Document.version { throw IndexError.newerVersion(path: location) }
        if documents < Document.version, !allowsOlder { throw IndexError.olderVersion(path: location) }
      }
    }
  }

  /// The maximum number of transactions of one process at once; further ones wait.
  private static let maximumWriters = 8

  /// A connection with what all of our statements assume.
  static func connect(_ parameters: [String: String], _ address: PostgresAddress) throws
    -> PostgresConnection
  {
    let connection = try address.connect(parameters)
    // Plans are made once for each statement, whose text determines them: values would not change them, and planning takes
    // longer than most searches. Joins begin with few rows.
    try connection.script(
      """
      SELECT set_config('search_path', '\(PostgresSchema.name), pg_catalog', false), \
      set_config('plan_cache_mode', 'force_generic_plan', false), set_config('jit', 'off', false), \
      set_config('max_parallel_workers_per_gather', '0', false), set_config('work_mem', '64MB', false), \
      set_config('standard_conforming_strings', 'on', false), set_config('lock_timeout', '60s', false), set_config('cursor_tuple_fraction', '1', false)
      """)
    // A statement of a client that was killed ends, and with it its locks.
    try connection.script(
      "SELECT set_config(name, '2s', false) FROM pg_settings WHERE name = 'client_connection_check_interval'")
    return connection
  }

  // MARK: - Reading

  func read<T>(_ body: (any IndexSnapshot) throws -> T) throws -> T {
    try read(allowingMissingParts: false, body)
  }

  func read<T>(
    allowingMissingParts: Bool, _ body: (any IndexSnapshot) throws -> T
  ) throws -> T {
    try explained { try read(allowingMissingParts, nil, body) }
  }

  private func read<T>(
    _ allowsMissingParts: Bool, _ interruption: PostgresInterruption?,
    _ body: (PostgresSnapshot) throws -> T
  ) throws -> T {
    var assumed = state.lastSettings
    var (changes, conflicts, losses, moments) = (0, 0, 0, 0)
    var isConnectedAnew = false
    while true {
      let begin = ContinuousClock.now
      do {
        return try readers.withConnection { connection, _ in
          try interruption?.begin(connection)
          // Before another call can have the connection.
          defer { interruption?.end() }
          let snapshot = PostgresSnapshot(
            connection, state, assumed: assumed, allowsMissingParts: allowsMissingParts)
          defer { if snapshot.isOpen { connection.endReading() } }
          let result = Result { try body(snapshot) }
          // An error may follow from what was assumed, too; and `body` may have made a result of an error.
          if let failure = connection.failure { throw failure }
          try snapshot.finish()
          return try result.get()
        }
      } catch is StateHasChanged {
        changes += 1
        assumed = changes < Self.maximumChanges ? state.lastSettings : nil
      } catch let error as PostgresError where error.kind == .connection && !isConnectedAnew {
        // The server may have been restarted, or another one has taken over, since the connection was last used.
        readers.closeUnused()
        isConnectedAnew = true
      } catch let error as PostgresError where error.kind == .memberUnreachable {
        // The next attempt leaves out those that cannot be reached, or says which they are.
        let missing = try besides.withConnection { connection, _ in try unreachableMembers(connection) }
        state.note(unreachable: missing.map(\.number), after: .now - begin)
        losses += 1
        if losses > Self.maximumLosses { throw PartsMissing(names: missing.map(\.name)) }
      } catch is PartsMissing where state.unreachableServers.isEmpty && moments < Self.maximumMoments {
        // A server may seem to lack the changes of a transaction that has just ended.
        moments += 1
      } catch is InconsistentIndex where state.isDivided && moments < Self.maximumMoments {
        // The servers commit one after another: the records and the postings may be of two moments.
        moments += 1
        Thread.sleep(forTimeInterval: Self.momentPause)
      } catch let error as PostgresError where error.kind == .conflict {
        // A replica ends a search that keeps it from applying what its primary has removed. Nothing else conflicts with
        // reading.
        conflicts += 1
        if conflicts < Self.maximumConflicts { continue }
        throw PostgresError(
          kind: .other, message: "the replica ended it to apply changes of its primary (\(error.message))")
      }
    }
  }

  /// A search that loses a connection to another server of the cluster is repeated this many times.
  private static let maximumLosses = 3

  /// A search of a divided index that meets a moment between the commits of two servers is repeated this many times, after a pause
  /// in seconds.
  private static let (maximumMoments, momentPause) = (3, 0.02)

  /// After this many changes of the index during a search, it reads the settings first.
  private static let maximumChanges = 3

  func read<T: Sendable>(
    cancellable body: @escaping @Sendable (any IndexSnapshot, Cancellation) throws -> T
  ) async throws -> T {
    try await read(allowingMissingParts: false, cancellable: body)
  }

  func read<T: Sendable>(
    allowingMissingParts: Bool,
    cancellable body: @escaping @Sendable (any IndexSnapshot, Cancellation) throws -> T
  ) async throws -> T {
    let interruption = PostgresInterruption()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        Self.threads.async { [self] in
          continuation.resume(
            with: Result {
              try explained {
                do {
                  try interruption.cancellation.check()
                  return try read(allowingMissingParts, interruption) {
                    try body($0, interruption.cancellation)
                  }
                } catch let error as PostgresError where error.kind == .cancelled {
                  try interruption.cancellation.check()
                  throw error
                }
              }
            })
        }
      }
    } onCancel: {
      interruption.interrupt()
    }
  }

  /// The threads of asynchronous calls.
  private static let threads = DispatchQueue(
    label: "cand-search PostgreSQL readers", qos: .userInitiated, attributes: .concurrent)

  var servesManyReaders: Bool { true }
  var readsPostingsInProcess: Bool { false }

  // MARK: - Writing

  func checkIsWritable() throws {
    if !isWritable { throw IndexError.notWritable(path: location, reason: "it was opened for reading only") }
  }

  /// A server builds postings on one core for each connection. Numbers of candidates depend on it (`Lane`): a later version
  /// may have more lanes, but never fewer.
  static let laneCount = 2
  var laneCount: Int { Self.laneCount }

  func write<T>(_ body: (any IndexTransaction) throws -> T) throws -> T {
    try write(connector: nil, lane: nil, body)
  }

  func write<T>(
    ofConnector connector: String, lane: Lane, _ body: (any IndexTransaction) throws -> T
  ) throws -> T {
    try write(connector: connector, lane: lane, body)
  }

  private func write<T>(
    connector: String?, lane: Lane?, _ body: (PostgresTransaction) throws -> T
  ) throws -> T {
    try checkIsWritable()
    return try explained {
      // Changes other than those of one connector may depend on what searches find.
      if connector == nil { try ClusterCatchUp(engine: self).runWhereNeeded() }
      return try attempt(connector: connector, lane: lane, body)
    }
  }

  /// Calls `body` with a transaction while no other one changes candidates.
  func alone<T>(_ body: (PostgresTransaction) throws -> T) throws -> T {
    try attempt(connector: nil, lane: nil, body)
  }

  private func attempt<T>(
    connector: String?, lane: Lane?, _ body: (PostgresTransaction) throws -> T
  ) throws -> T {
    var attempts = 0
    var lane = lane
    while true {
      attempts += 1
      do {
        return try writers.withConnection { try transaction($0, $1, connector, lane, body) }
      } catch let error as PostgresError where error.kind == .conflict && attempts < Self.maximumConflicts {
        // Repeated alone, so that it does not meet the next change of another one.
        lane = nil
      } catch let error as NotBegun where attempts < 2 {
        writers.closeUnused()
        _ = error
      } catch let error as NotBegun {
        throw error.cause
      }
    }
  }

  /// The connection was lost before the transaction began, so that it can be tried again.
  private struct NotBegun: Error { let cause: any Error }

  /// A transaction that meets another one's change, and a search that meets one on a replica, are tried this many times.
  private static let maximumConflicts = 5

  private func transaction<T>(
    _ connection: PostgresConnection, _ wasUsed: Bool, _ connector: String?, _ lane: Lane?,
    _ body: (PostgresTransaction) throws -> T
  ) throws -> T {
    do {
      try connection.execute("BEGIN")
    } catch let error as PostgresError where error.kind == .connection && wasUsed {
      throw NotBegun(cause: error)
    }
    var begun: PostgresTransaction?
    do {
      if let connector, let lane {
        try connection.run([
          PostgresQuery("SELECT pg_advisory_xact_lock_shared($1)", [.integer(PostgresSchema.Lock.writers)]),
          PostgresQuery(
            "SELECT pg_advisory_xact_lock($1::int, $2::int)",
            [
              .integer(Int64(PostgresSchema.Lock.connectorClass)),
              .integer(Self.lockKey(of: connector, lane)),
            ]),
        ])
      } else {
        try connection.run([
          PostgresQuery("SELECT pg_advisory_xact_lock($1)", [.integer(PostgresSchema.Lock.writers)]),
          ClusterChanges.waitForOthers,
        ])
      }
      let transaction = PostgresTransaction(
        connection, state, connector: connector, lane: lane, members: members)
      begun = transaction
      let value = try body(transaction)
      try transaction.complete()
      try connection.execute("COMMIT")
      transaction.completeOnMembers()
      return value
    } catch {
      if !connection.isBroken { try? connection.script("ROLLBACK") }
      begun?.abandon()
      throw error
    }
  }

  // MARK: - Maintenance

  func optimize() throws {
    try checkIsWritable()
    try explained {
      if try withWriter({ try PostgresErasure(connection: $0, maximumWait: maximumWait).isPending }) {
        // An erasure waits for a server that is down; a load does not.
        do { _ = try finishErasure() } catch IndexError.partsMissing {}
      }
      _ = try ClusterCatchUp(engine: self).run()
      try onEveryServer { connection, schema in
        try PostgresMaintenance(connection: connection).optimize(schema: schema)
      }
    }
  }

  func compact() throws {}

  func finishErasure() throws -> String? {
    try checkIsWritable()
    return try explained {
      try ClusterCatchUp(engine: self).runWhereNeeded()
      try ClusterMove.dropFormer(self)
      return try withMembers { members in
        try withWriter { connection in
          try PostgresErasure(connection: connection, maximumWait: maximumWait, members: members).finish()
        }
      }
    }
  }

  func releaseMemory() {}

  /// Calls `body` with a connection for changes.
  func withWriter<T>(_ body: (PostgresConnection) throws -> T) throws -> T {
    let connection = try writers.takeLiving()
    defer { writers.release(connection) }
    return try body(connection)
  }

  func backup(to path: String) throws { throw backupRefusal }
  func backup(into folder: String, keeping maximum: Int) throws -> RotationSummary { throw backupRefusal }

  /// The refusal of a backup into a file, which names PostgreSQL's own tool.
  private var backupRefusal: IndexError {
    .failed(
      path: location,
      reason: """
        pg_dump copies an index on a server: pg_dump --format=custom --schema=\(PostgresSchema.name) --file=FILE \
        \(address.database) (without --schema, if it is divided over several)
        """)
  }

  func storageProblems() throws -> [String] { [] }

  var isDetached: Bool { false }
  var companions: [String] { [] }

  func storedBytes() throws -> Int {
    let parts = try besides.withConnection { connection, _ in
      let snapshot = PostgresSnapshot(connection, state, assumed: nil)
      defer { if snapshot.isOpen { connection.endReading() } }
      return try snapshot.storageParts()
    }
    return parts.reduce(0) { $0 + $1.bytes }
  }

  // MARK: - Errors

  func explained<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as PostgresError where error.kind == .memberUnreachable {
      throw IndexError.partsMissing(location: location, parts: [])
    } catch let error as PostgresError {
      throw error.explanation(at: location, isWritable: isWritable)
    } catch let error as PostgresLibrary.Missing {
      throw error.explanation(at: location)
    } catch let error as PartsMissing {
      throw IndexError.partsMissing(location: location, parts: error.names)
    } catch let error as OlderStateInUse {
      throw IndexError.erasureBlocked(path: location, holder: error.holder)
    } catch {
      throw IndexError(explaining: error, at: location) ?? error
    }
  }
}
