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
  private let address: PostgresAddress
  private let isWritable: Bool
  /// How long an erasure waits for transactions that read an older state.
  private let patience: Duration
  private let state = IndexState()
  private let readers: ConnectionPool
  /// For what is looked up within a call that has a connection.
  private let besides: ConnectionPool
  private let writers: ConnectionPool

  /// Opens the index at an address. With `isWritable`, creates the tables if they are not there.
  /// - Throws: `IndexError`.
  init(
    _ text: String, isWritable: Bool, readers count: Int, allowsOlder: Bool = false,
    patience: Duration = .seconds(60)
  ) throws {
    let address = try PostgresAddress(text)
    self.address = address
    self.isWritable = isWritable
    self.patience = patience
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
    try explained { try read({ _ in }, body) }
  }

  private func read<T>(
    _ onConnection: (PostgresConnection) throws -> Void, _ body: (PostgresSnapshot) throws -> T
  ) throws -> T {
    var assumed = state.lastSettings
    var (changes, conflicts) = (0, 0)
    var isConnectedAnew = false
    while true {
      do {
        return try readers.withConnection { connection, _ in
          try onConnection(connection)
          let snapshot = PostgresSnapshot(connection, state, assumed: assumed)
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

  /// After this many changes of the index during a search, it reads the settings first.
  private static let maximumChanges = 3

  func read<T: Sendable>(
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
                  defer { interruption.end() }
                  try interruption.cancellation.check()
                  return try read(interruption.begin) { try body($0, interruption.cancellation) }
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
    connector: String?, lane: Lane?, _ body: (any IndexTransaction) throws -> T
  ) throws -> T {
    try checkIsWritable()
    return try explained {
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
  }

  /// The connection was lost before the transaction began, so that it can be tried again.
  private struct NotBegun: Error { let cause: any Error }

  /// A transaction that meets another one's change, and a search that meets one on a replica, are tried this many times.
  private static let maximumConflicts = 5

  private func transaction<T>(
    _ connection: PostgresConnection, _ wasUsed: Bool, _ connector: String?, _ lane: Lane?,
    _ body: (any IndexTransaction) throws -> T
  ) throws -> T {
    do {
      try connection.execute("BEGIN")
    } catch let error as PostgresError where error.kind == .connection && wasUsed {
      throw NotBegun(cause: error)
    }
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
        try connection.execute("SELECT pg_advisory_xact_lock($1)", [.integer(PostgresSchema.Lock.writers)])
      }
      let transaction = PostgresTransaction(connection, state, connector: connector, lane: lane)
      let value = try body(transaction)
      try transaction.complete()
      try connection.execute("COMMIT")
      return value
    } catch {
      if !connection.isBroken { try? connection.script("ROLLBACK") }
      throw error
    }
  }

  /// The second key of the advisory locks of a connector, or of one of its lanes.
  private static func lockKey(of connector: String, _ lane: Lane = Lane(number: 0)) -> Int64 {
    let hash = Array(connector.utf8).withUnsafeBytes { Hash128($0).prefix }
    return Int64(Int32(truncatingIfNeeded: hash &+ UInt64(lane.number)))
  }

  // MARK: - Maintenance

  func settle() throws {
    try checkIsWritable()
    try explained {
      _ = try finishErasure()
      try writers.withConnection { connection, _ in try PostgresMaintenance(connection: connection).settle() }
    }
  }

  func compact() throws {}

  func finishErasure() throws -> String? {
    try checkIsWritable()
    return try explained {
      try writers.withConnection { connection, _ in
        try PostgresErasure(connection: connection, patience: patience).finish()
      }
    }
  }

  func releaseMemory() {}

  func backup(to path: String) throws { throw backupRefusal }
  func backup(into folder: String, keeping maximum: Int) throws -> RotationSummary { throw backupRefusal }

  /// The refusal of a backup into a file, which names PostgreSQL's own tool.
  private var backupRefusal: IndexError {
    .failed(
      path: location,
      reason: """
        pg_dump copies an index on a server: pg_dump --format=custom --schema=\(PostgresSchema.name) --file=FILE \
        \(address.database)
        """)
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

  func runningSyncs(of connectors: [String]) -> Set<String>? {
    let keys = Dictionary(grouping: connectors) { Self.lockKey(of: $0) }
    // A replica does not know the locks of its primary.
    let locked = try? Self.connect(address.ofPrimary, address).rows(
      PostgresQuery(
        """
        SELECT objid::int FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 \
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND classid = $1::int::oid
        """, [.integer(Int64(PostgresSchema.Lock.syncClass))])
    ) { $0.integer(orZero: 0) }
    return locked.map { Set($0.flatMap { keys[$0] ?? [] }) }
  }

  func storageProblems() throws -> [String] { [] }

  var companions: [String] { [] }

  var storedBytes: Int {
    let parts = try? besides.withConnection { connection, _ in
      let snapshot = PostgresSnapshot(connection, state, assumed: nil)
      defer { if snapshot.isOpen { connection.endReading() } }
      return try snapshot.storageParts()
    }
    return (parts ?? []).reduce(0) { $0 + $1.bytes }
  }

  // MARK: - Errors

  private func explained<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as PostgresError {
      throw error.explanation(at: location, isWritable: isWritable)
    } catch let error as PostgresLibrary.Missing {
      throw error.explanation(at: location)
    } catch let error as OlderStateInUse {
      throw IndexError.erasureBlocked(path: location, holder: error.holder)
    } catch {
      throw IndexError(explaining: error, at: location) ?? error
    }
  }
}
