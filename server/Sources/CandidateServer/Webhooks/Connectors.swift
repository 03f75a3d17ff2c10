import CandidateSearch
import Logging
import ServiceLifecycle
import Synchronization

/// The connectors of a server: receives their events, syncs them, and knows their states.
final class Connectors: Sendable {
  /// What became of an event.
  enum Receipt: String, Sendable, CaseIterable {
    case stored
    /// It was received before.
    case duplicate
    /// It is of a connector that is not configured.
    case unmapped
    /// The server does not act on events of this name.
    case ignored
  }

  let sources: [ConnectorSource]
  let states: ConnectorStates
  let store: EventStore
  let clock: SyncClock
  let metrics: ServerMetrics
  let logger: Logger
  private let keys: WebhookKeys?
  private let namesByID: [String: String]
  private let alarms: [String: Alarm]
  private let knownFailures: Mutex<[String: Timestamp]>

  /// Opens the file of events at a path, if there are keys or sources.
  /// - Throws: `EventStoreError`, `DuplicateConnectorError`, and the errors of SQLite.
  init(
    _ sources: [ConnectorSource], keys: WebhookKeys?, storePath: String, metrics: ServerMetrics,
    logger: Logger,
    clock: SyncClock = SyncClock()
  ) throws {
    self.sources = sources
    self.keys = keys
    self.metrics = metrics
    self.logger = logger
    self.clock = clock
    alarms = try Self.table(sources.map { ($0.name, Alarm()) })
    namesByID = try Self.table(sources.compactMap { source in source.bindbeeID.map { ($0, source.name) } })
    states = ConnectorStates(sources, logger: logger)
    store = try EventStore(path: sources.isEmpty && keys == nil ? nil : storePath)
    try store.finishOthers(than: sources.map(\.name), at: clock.now())
    knownFailures = Mutex(try store.failures())
  }

  private static func table<Value>(_ pairs: [(String, Value)]) throws -> [String: Value] {
    var table: [String: Value] = [:]
    for (key, value) in pairs {
      guard table.updateValue(value, forKey: key) == nil else { throw DuplicateConnectorError(value: key) }
    }
    return table
  }

  // MARK: - Events

  /// Whether a text is the signature of a body; false without keys.
  func isSignature(_ text: String, of body: [UInt8]) -> Bool { keys?.isSignature(text, of: body) ?? false }

  /// Receives the body of a webhook; when this returns, its event is on the disk. Never waits for the index.
  /// - Throws: `Problem` for a body that is not of a webhook, and the errors of SQLite.
  func receive(_ body: [UInt8]) async throws -> Receipt {
    let receipt = try await receipt(of: body)
    metrics.received(receipt)
    return receipt
  }

  private func receipt(of body: [UInt8]) async throws -> Receipt {
    guard let event = try WebhookEvent(body) else { return .ignored }
    guard let connector = namesByID[event.connectorID] else { return .unmapped }
    let time = clock.now()
    switch try await store.insert(event, connector: connector, at: time) {
    case .duplicate: return .duplicate
    case .stored: break
    }
    switch event.kind {
    case .failed: knownFailures.withLock { $0[connector] = time }
    case .synced: knownFailures.withLock { $0[connector] = nil }
    case .modified: break
    }
    alarms[connector]?.ring()
    return .stored
  }

  /// When Bindbee's last sync of each connector failed; without connectors whose last sync did not.
  var failures: [String: Timestamp] { knownFailures.withLock { $0 } }

  /// The connectors whose permission at their sources has expired, as far as Bindbee has told. Does not wait for Bindbee.
  func expired() async -> Set<String> {
    let states = await states.current()
    return Set(
      sources.filter { source in source.bindbeeID.flatMap { states[$0] }?.needsRelinking ?? false }
        .map(\.name))
  }

  // MARK: - Syncing

  /// Syncs the connectors into an index until the task is cancelled.
  func run(_ index: CandidateIndex) async {
    await withTaskGroup { group in
      for source in sources {
        guard let alarm = alarms[source.name] else { continue }
        group.addTask {
          var sync = ConnectorSync(source, of: index, self, alarm: alarm)
          await sync.run()
        }
      }
    }
  }
}

/// Syncs connectors beside the HTTP server. A graceful shutdown ends the syncs after the pages in hand.
struct SyncScheduler: ServiceLifecycle.Service {
  let connectors: Connectors
  /// Opens the index for changes.
  let index: @Sendable () async throws -> CandidateIndex

  func run() async throws {
    guard !connectors.sources.isEmpty else { return try await gracefulShutdown() }
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          return await connectors.run(try await index())
        } catch {
          // Another process may be rebuilding it.
          connectors.logger.error(
            "the index could not be opened for syncs", metadata: ["reason": .string("\(error)")])
          try? await connectors.clock.sleep(ConnectorSync.firstPause)
        }
      }
    }
  }
}
