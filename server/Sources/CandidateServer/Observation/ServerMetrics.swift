import CandidateSearch
import HTTPTypes
import Metrics
import Synchronization

/// The metrics of a server.
final class ServerMetrics: Sendable {
  private struct Route: Hashable {
    let operation: String
    let status: Int
  }

  private let factory = PrometheusFactory()
  private let requests = Mutex<[Route: (count: Counter, time: Metrics.Timer)]>([:])
  private let tiers: [Tier: Counter]
  private let receipts: [Connectors.Receipt: Counter]
  private let running: Meter
  private let waiting: Meter
  private let indexBytes: Meter

  init() {
    let factory = factory
    tiers = Dictionary(
      uniqueKeysWithValues: Tier.allCases.map { tier in
        (
          tier,
          Counter(
            label: "cand_search_searches_total", dimensions: [("tier", tier.rawValue)], factory: factory)
        )
      })
    receipts = Dictionary(
      uniqueKeysWithValues: Connectors.Receipt.allCases.map { receipt in
        (
          receipt,
          Counter(
            label: "cand_search_webhooks_total", dimensions: [("receipt", receipt.rawValue)], factory: factory
          )
        )
      })
    running = Meter(label: "cand_search_searches_running", factory: factory)
    waiting = Meter(label: "cand_search_searches_waiting", factory: factory)
    indexBytes = Meter(label: "cand_search_index_bytes", factory: factory)
  }

  /// A request was answered.
  func answered(_ operation: String, _ status: HTTPResponse.Status, in duration: Duration) {
    let route = requests.withLock { requests in
      let route = Route(operation: operation, status: status.code)
      if let known = requests[route] { return known }
      let dimensions = [("operation", operation), ("status", "\(status.code)")]
      let made = (
        count: Counter(
          label: "cand_search_requests_total", dimensions: dimensions, factory: factory),
        time: Metrics.Timer(
          label: "cand_search_request_seconds", dimensions: [("operation", operation)], factory: factory)
      )
      requests[route] = made
      return made
    }
    route.count.increment()
    let (seconds, attoseconds) = duration.components
    route.time.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }

  /// The first page of a search begins with a hit of a tier.
  func found(by tier: Tier) { tiers[tier]?.increment() }

  /// The event of a webhook was received.
  func received(_ receipt: Connectors.Receipt) { receipts[receipt]?.increment() }

  /// A sync of this server has ended.
  func synced(_ connector: String, isComplete: Bool) {
    Counter(
      label: "cand_search_syncs_total",
      dimensions: [("connector", connector), ("outcome", isComplete ? "complete" : "failed")],
      factory: factory
    ).increment()
  }

  /// The metrics in Prometheus' text format. A connector has failed if the last sync into the index has, or Bindbee's own
  /// last sync.
  func text(
    gate: (running: Int, waiting: Int), indexBytes bytes: Int, syncs: [SyncStatus], failing: Set<String>,
    now: Timestamp
  ) -> String {
    running.set(gate.running)
    waiting.set(gate.waiting)
    indexBytes.set(bytes)
    for sync in syncs {
      guard let time = sync.freshAt else { continue }
      Meter(
        label: "cand_search_connector_age_seconds", dimensions: [("connector", sync.connector)],
        factory: factory
      ).set(max(0, now.seconds - time.seconds))
    }
    let failed = syncs.filter { $0.outcome != .complete && $0.outcome != nil }.map(\.connector)
    for connector in failing.union(syncs.map(\.connector)) {
      Meter(
        label: "cand_search_connector_failed", dimensions: [("connector", connector)], factory: factory
      ).set(failing.contains(connector) || failed.contains(connector) ? 1 : 0)
    }
    return factory.text
  }
}
