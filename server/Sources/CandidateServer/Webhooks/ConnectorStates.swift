import BindbeeClient
import Logging

/// The states of connectors as Bindbee returns them, kept for 5 minutes; after a failure, for 30 seconds.
actor ConnectorStates {
  static let lifetime = Duration.seconds(300)
  static let lifetimeAfterFailure = Duration.seconds(30)
  /// The maximum time of all requests for them, in seconds.
  static let maximumSeconds = 3.0

  private let sources: [ConnectorSource]
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
    self.sources = sources.filter { $0.bindbeeID != nil }
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
    if !sources.isEmpty, reading == nil, knownUntil.map({ $0 <= now() }) ?? true {
      reading = Task { await read() }
    }
    return known
  }

  private func read() async {
    var states: [String: BindbeeConnector] = [:]
    var failure: (any Error)?
    do {
      (states, failure) = try await withDeadline(seconds: Self.maximumSeconds) { [sources] in
        var states: [String: BindbeeConnector] = [:]
        var failure: BindbeeError?
        var failed: [BindbeeClient] = []
        // One answer has all connectors of an organisation; another organisation has another key, which may be good.
        for source in sources where source.bindbeeID.map({ states[$0] == nil }) ?? false {
          if failed.contains(where: source.client.hasKey(of:)) { continue }
          do {
            for connector in try await source.client.connectors() { states[connector.id] = connector }
          } catch let error as BindbeeError {
            failure = error
            failed.append(source.client)
          }
        }
        return (states, failure)
      }
    } catch {
      failure = error
    }
    if let failure {
      let reason = (failure as? BindbeeError)?.summary ?? "no answer in time"
      logger.warning("the state of connectors could not be read", metadata: ["reason": .string(reason)])
    }
    known = states
    knownUntil = now().advanced(by: failure == nil ? Self.lifetime : Self.lifetimeAfterFailure)
    reading = nil
  }
}
