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

  /// The metrics in Prometheus' text format.
  func text(gate: (running: Int, waiting: Int), indexBytes bytes: Int, syncs: [SyncStatus], now: Timestamp)
    -> String
  {
    running.set(gate.running)
    waiting.set(gate.waiting)
    indexBytes.set(bytes)
    for sync in syncs {
      let dimensions = [("connector", sync.connector)]
      if let time = sync.freshAt {
        Meter(label: "cand_search_connector_age_seconds", dimensions: dimensions, factory: factory)
          .set(max(0, now.seconds - time.seconds))
      }
      Meter(label: "cand_search_connector_failed", dimensions: dimensions, factory: factory)
        .set(sync.outcome == .complete || sync.outcome == nil ? 0 : 1)
    }
    return factory.text
  }
}
