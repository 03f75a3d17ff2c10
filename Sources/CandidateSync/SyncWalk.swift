import BindbeeClient
import CandidateSearch

/// One sync of one connector.
struct SyncWalk {
  private let index: CandidateIndex
  private let connector: String
  private let client: BindbeeClient
  private let options: SyncOptions
  /// Keeps other syncs of the connector away; nil for a dry run.
  private let lock: SyncLock?
  private let observe: @Sendable (SyncEvent) -> Void
  private let plan: SyncPlan
  private let writer: PageWriter
  private var summary = SyncSummary()
  /// The ids of refused records, of earlier syncs and of this one.
  private var refused: RefusedIDs
  /// Refused ids of earlier syncs that this one has not received. Those that are left at its end are dropped.
  private var unanswered: Set<ExactText>

  init(
    _ index: CandidateIndex, connector: String, from client: BindbeeClient, options: SyncOptions,
    lock: SyncLock?, observe: @escaping @Sendable (SyncEvent) -> Void
  ) throws {
    self.index = index
    self.connector = connector
    self.client = client
    self.options = options
    self.lock = lock
    self.observe = observe
    plan = SyncPlan(
      options, connector: connector, last: try index.syncStatus(connector: connector), now: .now)
    refused = try index.refusedIDs(connector: connector)
    unanswered = Set(refused.all.map(ExactText.init))
    if case .only(let ids) = options.extent { unanswered.formIntersection(ids.map(ExactText.init)) }
    writer = try PageWriter(
      index, connector: connector, tracksSeen: plan.removes, isDryRun: options.isDryRun)
  }

  mutating func run() async throws -> SyncSummary {
    try store(plan.begun)
    do {
      for request in plan.requests { try await walk(request) }
      if plan.requestsRefused {
        for request in plan.requests(for: unanswered.map(\.text).sorted()) {
          guard try await requestAgain(request) else {
            // None of them is known to be gone: the next sync requests them.
            unanswered.removeAll()
            break
          }
        }
      }
      for id in unanswered { refused.remove(id.text) }
      try lock?.expectHeld()
      if plan.removes { summary.removal = try await writer.removeUnseen(options.removalGuard) }
      try await writer.finish()
      try lock?.expectHeld()
    } catch {
      let failure = SyncFailure(reason: error, summary: summary)
      // If the index itself has failed, these fail too. Without the lock, another sync may have stored its own status.
      try? {
        try lock?.expectHeld()
        try end(plan.ended(failure.outcome, summary))
      }()
      try? await writer.finish()
      throw failure
    }
    try end(plan.ended(.complete, summary))
    return summary
  }

  /// Takes all pages of a request. Where one is too long for an answer, begins anew with pages of half as many candidates,
  /// down to one: at most seven times. Pages that came before are then requested again.
  private mutating func walk(_ request: CandidateRequest) async throws {
    var request = request
    if !request.ids.isEmpty { request.pageSize = min(request.pageSize, request.ids.count) }
    while true {
      do {
        return try await read(request)
      } catch let error as BindbeeError where error.isAnswerTooLong && request.pageSize > 1 {
        request.pageSize /= 2
        await writer.beginAgain()
      }
    }
  }

  private mutating func read(_ request: CandidateRequest) async throws {
    for try await page in client.candidates(request, onWait: { [observe] in observe(.waiting($0)) }) {
      try await take(page)
    }
  }

  /// Requests refused records by their ids; returns false if the API cannot answer at all. A request that fails is halved until
  /// one id is left. An id that the API does not accept stays in `unanswered`, and is dropped. That of a record that is too
  /// long for an answer is removed from it, so that the next sync requests the record.
  private mutating func requestAgain(_ request: CandidateRequest) async throws -> Bool {
    do {
      try await read(request)
    } catch BindbeeError.unavailable {
      return false
    } catch let error as BindbeeError where error.rejectsRequest || error.isAnswerTooLong {
      guard request.ids.count > 1 else {
        if error.isAnswerTooLong { for id in request.ids { unanswered.remove(ExactText(id)) } }
        return true
      }
      let middle = request.ids.count / 2
      for ids in [request.ids[..<middle], request.ids[middle...]] {
        var half = request
        half.ids = Array(ids)
        guard try await requestAgain(half) else { return false }
      }
    }
    return true
  }

  private mutating func take(_ page: CandidatePage) async throws {
    try lock?.expectHeld()
    let name = "\(connector) page \(summary.pages + 1)"
    let outcome = try await writer.add(page.items, name: name) { [observe] in observe(.refused($0)) }
    for id in page.ids {
      unanswered.remove(ExactText(id))
      refused.remove(id)
    }
    for id in outcome.refusedIDs { refused.insert(id) }
    summary.pages += 1
    summary.records = outcome.summary
    observe(.page(summary))
  }

  private func store(_ status: SyncStatus?) throws {
    if let status, !options.isDryRun { try index.store(status) }
  }

  private func end(_ status: SyncStatus?) throws {
    if !options.isDryRun { try index.store(status, refused, connector: connector) }
  }
}
