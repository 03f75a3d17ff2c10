import BindbeeClient
import CandidateSearch
import CandidateSync
import Logging

/// The syncs of one connector, one at a time: those that webhooks demand and those that are due.
///
/// What webhooks demand while a sync runs is done by one more sync after it. A sync that fails is repeated after a pause
/// that doubles, at most `maximumAttempts` times in all; then the next event or the next due time begins anew. Events and what is
/// due have attempts of their own, and what is due waits for one sync of events at most, however many there are.
struct ConnectorSync {
  static let firstPause = Duration.seconds(30)
  static let longestPause = Duration.seconds(3600)
  static let maximumAttempts = 12
  /// The pause while another process syncs the connector.
  static let pauseForOther = Duration.seconds(10)
  /// The time after which everything is looked at again, whether there was an event or not.
  private static let longestWait = Duration.seconds(3600)

  private enum Work {
    case events(EventStore.Pending)
    case due(SyncOptions.Extent)
  }

  /// The failures in a row of one kind of work.
  private struct Attempts {
    var failures = 0
    /// The last event that the first of them had; 0 if it had none.
    var firstFailed: Int64 = 0
    var pausedUntil: Timestamp?

    /// The earliest time of the next attempt, from `time` on.
    func next(from time: Timestamp) -> Timestamp { max(time, pausedUntil ?? time) }
  }

  private let source: ConnectorSource
  private let index: CandidateIndex
  private let shared: Connectors
  private let alarm: Alarm
  private let schedule: SyncSchedule
  private var eventAttempts = Attempts()
  private var dueAttempts = Attempts()
  private var hadEvents = false
  /// When the last sync was complete or given up, and when the last full one was.
  private var lastEnd: Timestamp?
  private var lastFullEnd: Timestamp?

  init(_ source: ConnectorSource, of index: CandidateIndex, _ shared: Connectors, alarm: Alarm) {
    self.source = source
    self.index = index
    self.shared = shared
    self.alarm = alarm
    schedule = SyncSchedule(
      syncEvery: source.syncEvery, fullEvery: source.fullEvery, start: shared.clock.now(),
      jitter: shared.clock.chance())
  }

  /// Syncs until the task is cancelled. Then the page in hand is finished; what was not processed is done after a
  /// restart.
  mutating func run() async {
    while !Task.isCancelled {
      if let wait = await step() { await alarm.wait(wait, shared.clock) }
    }
  }

  /// Does what is to be done now, and returns nil; or returns how long to wait if there is nothing.
  private mutating func step() async -> Duration? {
    let now = shared.clock.now()
    do {
      try await shared.store.removeOld(at: now)
      let events = try await shared.store.pending(connector: source.name)
      let due = try await nextDue(now)
      let eventTime = events.last.map { _ in eventAttempts.next(from: now) }
      let dueTime = due.map { dueAttempts.next(from: $0.time) }
      let isDue = dueTime.map { $0 <= now } ?? false
      if let eventTime, eventTime <= now, !(isDue && hadEvents) {
        hadEvents = true
        await perform(.events(events))
        return nil
      }
      if let due, isDue {
        hadEvents = false
        await perform(.due(due.extent))
        return nil
      }
      let next = [eventTime, dueTime].compactMap(\.self).min()
      return next.map { min($0.since(now), Self.longestWait) } ?? Self.longestWait
    } catch {
      if !Task.isCancelled { log(.error, "the state of a connector could not be read", error, attempt: 0) }
      return Self.firstPause
    }
  }

  /// The sync that is due next. A time in the future was noted by a clock that was wrong, and counts as none.
  private func nextDue(_ now: Timestamp) async throws -> SyncSchedule.Due? {
    guard source.syncEvery != nil || source.fullEvery != nil else { return nil }
    let status = try index.syncStatus(connector: source.name)
    let isWhole = status?.kind == .full && status?.outcome == .complete
    let lastFull = try await shared.store.fullSync(connector: source.name)
    func latest(_ times: Timestamp?...) -> Timestamp? { times.compactMap(\.self).filter { $0 <= now }.max() }
    return schedule.next(
      lastSync: latest(lastEnd, status?.freshAt),
      lastFull: latest(lastFullEnd, lastFull, isWhole ? status?.begunAt : nil))
  }

  // MARK: - Working

  private mutating func perform(_ work: Work) async {
    do {
      switch work {
      case .events(let events): try await process(events)
      case .due(let extent): try await sync(extent)
      }
      try await end(work)
    } catch is SyncIsRunning {
      pause(work, for: Self.pauseForOther)
    } catch  where Task.isCancelled {
      return
    } catch {
      await note(error, of: work)
    }
  }

  private func process(_ events: EventStore.Pending) async throws {
    var needsSync = events.needsSync
    if !events.ids.isEmpty {
      do {
        try await sync(.only(events.ids))
      } catch let failure as SyncFailure where failure.isRefusal {
        // An id that the API does not accept must not cost the others.
        needsSync = true
      }
    }
    if needsSync { try await sync(.incremental) }
  }

  /// What is done is not to be done again.
  private mutating func end(_ work: Work) async throws {
    let now = shared.clock.now()
    switch work {
    case .events(let events):
      eventAttempts = Attempts()
      // Candidates that were fetched by their ids are no sync.
      if events.needsSync { lastEnd = now }
      if let last = events.last {
        try await shared.store.finish(connector: source.name, upTo: last, at: now)
      }
    case .due(let extent):
      dueAttempts = Attempts()
      lastEnd = now
      if extent == .full { lastFullEnd = now }
    }
  }

  private mutating func note(_ error: any Error, of work: Work) async {
    let failures = addFailure(to: work)
    log(.warning, "a sync failed", error, attempt: failures)
    guard failures >= Self.maximumAttempts else {
      return pause(work, for: min(Self.longestPause, Self.firstPause * (1 << min(failures - 1, 20))))
    }
    log(.error, "a sync was given up", error, attempt: failures)
    do {
      try await giveUp(work)
    } catch {
      pause(work, for: Self.longestPause)
    }
  }

  /// Notes a failure, and returns how many there were in a row.
  private mutating func addFailure(to work: Work) -> Int {
    guard case .events(let events) = work else {
      dueAttempts.failures += 1
      return dueAttempts.failures
    }
    if eventAttempts.failures == 0 { eventAttempts.firstFailed = events.last ?? 0 }
    eventAttempts.failures += 1
    return eventAttempts.failures
  }

  /// Ends work that has failed too often. Events that came since the first failure have attempts of their own.
  private mutating func giveUp(_ work: Work) async throws {
    let firstFailed = eventAttempts.firstFailed
    guard case .events(let events) = work, let last = events.last, last > firstFailed else {
      return try await end(work)
    }
    eventAttempts = Attempts()
    pause(work, for: Self.longestPause)
    try await shared.store.finish(connector: source.name, upTo: firstFailed, at: shared.clock.now())
  }

  private mutating func pause(_ work: Work, for duration: Duration) {
    let end = shared.clock.now().advanced(by: duration)
    switch work {
    case .events: eventAttempts.pausedUntil = end
    case .due: dueAttempts.pausedUntil = end
    }
  }

  private func sync(_ extent: SyncOptions.Extent) async throws {
    let options = SyncOptions(
      extent: extent, includesCustomFields: source.includesCustomFields,
      includesRawData: source.includesRawData)
    let begin = shared.clock.now()
    do {
      let summary = try await index.sync(connector: source.name, from: source.client, options)
      if extent == .full { try await shared.store.setFullSync(connector: source.name, at: begin) }
      shared.metrics.synced(source.name, isComplete: true)
      log(extent, summary)
    } catch {
      let isFailure = !(error is SyncIsRunning) && !Task.isCancelled
      if isFailure { shared.metrics.synced(source.name, isComplete: false) }
      throw error
    }
  }

  // MARK: - Logging

  private func log(_ extent: SyncOptions.Extent, _ summary: SyncSummary) {
    let records = summary.records
    let counts: [(String, Int)] = [
      ("pages", summary.pages), ("added", records.added), ("updated", records.updated),
      ("unchanged", records.unchanged + records.stale), ("refused", records.refused),
      ("removed", summary.removal?.count ?? 0),
    ]
    var metadata: Logger.Metadata = ["connector": .string(source.name), "extent": .string(extent.name)]
    for (name, count) in counts { metadata[name] = .stringConvertible(count) }
    shared.logger.info("synced", metadata: metadata)
    if summary.removal?.isRefused == true {
      shared.logger.warning("a full sync removed no candidate", metadata: ["connector": .string(source.name)])
    }
  }

  /// Logs an error without a word of the API's or of a record.
  private func log(_ level: Logger.Level, _ message: Logger.Message, _ error: any Error, attempt: Int) {
    shared.logger.log(
      level: level, message,
      metadata: [
        "connector": .string(source.name), "reason": .string(Self.reason(of: error)),
        "attempt": .stringConvertible(attempt),
      ])
  }

  private static func reason(of error: any Error) -> String {
    switch error {
    case let failure as SyncFailure: reason(of: failure.reason)
    case let error as BindbeeError: error.summary
    case is IndexError: "the index could not be written"
    default: "\(type(of: error))"
    }
  }
}

extension SyncFailure {
  /// Whether the API refuses what the request says, so that the same request would fail again.
  fileprivate var isRefusal: Bool {
    switch reason as? BindbeeError {
    case .invalid, .notFound, .unexpected: true
    default: false
    }
  }
}

extension SyncOptions.Extent {
  fileprivate var name: String {
    switch self {
    case .incremental: "incremental"
    case .full: "full"
    case .since: "since"
    case .only: "only"
    }
  }
}
