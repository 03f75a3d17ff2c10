import BindbeeClient
import CandidateSearch
import CandidateSync
import Synchronization
import TestSupport

typealias Remote = BindbeeServer.Candidate

let apiKey = BindbeeServer.apiKey
let token = "token-71be05c9f8"

/// So many candidates, each modified a minute after the one before, from the beginning of 2026 on.
func remotes(_ numbers: Range<Int>, _ members: String = #""first_name":"Ann", "tags":["A \"b\" {c}"]"#)
  -> [Remote]
{
  numbers.map { Remote("c\($0)", modifiedAt: time($0), members) }
}

/// So many minutes after 2026 began.
func time(_ minutes: Int) -> String {
  Timestamp(microseconds: 1_767_225_600_000_000 + Int64(minutes) * 60_000_000).description
}

extension RetryPolicy {
  static let quick = RetryPolicy(attempts: 3, firstDelay: 0.001, timeout: 20)
}

extension BindbeeServer {
  func client(_ token: String = token, _ policy: RetryPolicy = .quick, clock: WaitClock = .init()) throws
    -> BindbeeClient
  {
    BindbeeClient(
      try BindbeeAccess(apiKey: Self.apiKey, connectorToken: token, baseURL: url), policy: policy,
      clock: clock)
  }
}

extension CandidateIndex {
  /// Every record, in an order of its own.
  func export() throws -> [String] {
    try search("", SearchOptions(limit: 1_000_000)).hits.map { "\($0.connector) \($0.candidate.json)" }
      .sorted()
  }

  func count() throws -> Int { try count("") }

  /// How many a query finds, also where a task must not wait.
  func number(of query: String) throws -> Int { try count(SearchQuery(query)) }
}

extension SyncSummary {
  var counts: [Int] { [records.added, records.updated, records.unchanged, records.stale, records.refused] }
}

extension Removal {
  /// Whether the guard kept all candidates.
  var isGuarded: Bool { if case .guarded = self { true } else { false } }
}

/// What was told during a sync.
final class Events: Sendable {
  private let events = Mutex<[SyncEvent]>([])

  @Sendable func note(_ event: SyncEvent) { events.withLock { $0.append(event) } }

  var refusals: [Refusal] {
    events.withLock { $0 }.compactMap { if case .refused(let refusal) = $0 { refusal } else { nil } }
  }
  var waits: [BindbeeClient.Wait] {
    events.withLock { $0 }.compactMap { if case .waiting(let wait) = $0 { wait } else { nil } }
  }
}

/// What a failing sync throws.
func failure(_ body: () async throws -> Void) async -> SyncFailure? {
  do {
    try await body()
    return nil
  } catch {
    return error as? SyncFailure
  }
}
