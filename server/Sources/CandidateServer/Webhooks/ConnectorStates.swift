import BindbeeClient
import Logging

/// The states of connectors as Bindbee returns them, kept for 5 minutes; after a failure, for 30 seconds.
actor ConnectorStates {
  static let lifetime = Duration.seconds(300)
  static let lifetimeAfterFailure = Duration.seconds(30)
  /// The maximum time of the requests of one organisation, in seconds.
  static let maximumSeconds = 3.0

  /// One for each organisation: an answer has all of its connectors.
  private let clients: [BindbeeClient]
  private let logger: Logger
  private let now: @Sendable () -> ContinuousClock.Instant
  private var known: [String: BindbeeConnector] = [:]
  private var knownUntil: ContinuousClock.Instant?
  /// The requests that are running; callers wait for the same ones.
  private var reading: Task<Void, Never>?

  init(
    _ sources: [ConnectorSource], logger: Logger,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    clients = sources.filter { $0.bindbeeID != nil }.map(\.client).reduce(into: []) { clients, client in
      if !clients.contains(where: client.hasKey(of:)) { clients.append(client) }
    }
    self.logger = logger
    self.now = now
  }

  /// The states of the configured connectors by Bindbee's ids; without those that could not be read in time.
  func states() async -> [String: BindbeeConnector] {
    if let knownUntil, now() < knownUntil { return known }
    let task = reading ?? Task { await read() }
    reading = task
    await task.value
    return known
  }

  /// The states that are known now. If they are old, they are read for later calls.
  func current() -> [String: BindbeeConnector] {
    if !clients.isEmpty, reading == nil, knownUntil.map({ $0 <= now() }) ?? true {
      reading = Task { await read() }
    }
    return known
  }

  private func read() async {
    var states: [String: BindbeeConnector] = [:]
    var failure: (any Error)?
    for answer in await Self.answers(clients) {
      switch answer {
      case .success(let connectors): for connector in connectors { states[connector.id] = connector }
      case .failure(let error): failure = error
      }
    }
    if let failure {
      let reason = (failure as? BindbeeError)?.summary ?? "no answer in time"
      logger.warning("the state of connectors could not be read", metadata: ["reason": .string(reason)])
    }
    known = states
    knownUntil = now().advanced(by: failure == nil ? Self.lifetime : Self.lifetimeAfterFailure)
    reading = nil
  }

  /// Requests the connectors of all organisations at once: one that does not answer costs no other.
  private static func answers(_ clients: [BindbeeClient]) async -> [Result<[BindbeeConnector], any Error>] {
    await withTaskGroup(of: Result<[BindbeeConnector], any Error>.self) { group in
      for client in clients {
        group.addTask {
          do {
            return .success(
              try await withDeadline(seconds: Self.maximumSeconds) { try await client.connectors() })
          } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }
}
