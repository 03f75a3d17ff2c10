import BindbeeClient
import CandidateSearch
import Dispatch

/// One sync of one connector.
struct SyncWalk {
  private let index: CandidateIndex
  private let connector: String
  private let client: BindbeeClient
  private let options: SyncOptions
  private let observe: @Sendable (SyncEvent) -> Void
  private let plan: SyncPlan
  private var parts: IngestInParts
  private var summary = SyncSummary()
  private let start = DispatchTime.now()

  init(
    _ index: CandidateIndex, _ connector: String, _ client: BindbeeClient, _ options: SyncOptions,
    _ observe: @escaping @Sendable (SyncEvent) -> Void
  ) throws {
    (self.index, self.connector, self.client) = (index, connector, client)
    (self.options, self.observe) = (options, observe)
    plan = SyncPlan(
      options, connector: connector, last: try index.syncStatus(connector: connector), now: .now)
    parts = try IngestInParts(
      index, connector: connector, noting: plan.removes ? .whoComes : .nothing, isDryRun: options.isDryRun)
  }

  mutating func run() async throws -> SyncSummary {
    try store(plan.begun)
    do {
      for request in plan.requests {
        for try await page in client.candidates(request, onWait: { [observe] in observe(.waiting($0)) }) {
          try await take(page)
        }
      }
      if plan.removes { summary.removal = try parts.removeWhoDidNotCome(options.removalGuard) }
    } catch {
      let failure = SyncFailure(reason: error, summary: summary)
      // Where the index itself has failed, there is nothing to note it in.
      try? store(plan.ended(failure.ending, summary, isComplete: false))
      throw failure
    }
    try store(plan.ended("complete", summary, isComplete: true))
    return summary
  }

  private mutating func take(_ page: CandidatePage) async throws {
    let name = "\(connector) page \(summary.pages + 1)"
    parts = try await onAnotherThread { [parts, observe] in
      var parts = parts
      try parts.add { ingest in
        ingest.onRefusal = { observe(.refused($0)) }
        try ingest.add(ByteSource(bytes: page.items, name: name))
      }
      return parts
    }
    summary.pages += 1
    summary.records = parts.summary
    // Waiting for the API takes longer than writing.
    summary.records.seconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    observe(.page(summary))
  }

  private func store(_ status: SyncStatus?) throws {
    if let status, !options.isDryRun { try index.store(status) }
  }

  /// Writing waits for other writers, which must not hold up other tasks.
  private func onAnotherThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try body() }) }
    }
  }
}
