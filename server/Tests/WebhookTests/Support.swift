import BindbeeClient
import CandidateSearch
import Foundation
import Logging
import Synchronization
import TestSupport

@testable import CandidateServer

let connectorToken = "token-71be05c9f8"
/// What must occur in no file, log or error.
let email = "pat.doe@customer.example"
let otherToken = "LJITuCJFqpGXeKfZtn4I9ZcahzA-lkCSO6uhDKj5"
let webhookKey = "wh-key-ключ-1"

/// The body of a webhook as Bindbee sends it.
func body(
  _ event: String, connector: String = "conn-1", sync: String? = "sync-1", data: String = "{}",
  more: String = ""
) -> [UInt8] {
  let sync = sync.map { #"{"sync_id":"\#($0)","sync_type":"MANUAL"}"# } ?? "null"
  return Array(
    #"""
    {"webhook":{"webhook_id":"w1","url":"https://search.example/hook","event":"\#(event)"},
     "connector":{"id":"\#(connector)","display_name":"Pat Doe","integration_slug":"greenhouse","categories":["ATS"],
      "end_user_name":"Pat Doe","end_user_email":"\#(email)"},
     "sync":\#(sync),"data":\#(data)\#(more)}
    """#.utf8)
}

/// The time `minutes` after 2026 began.
func time(_ minutes: Int) -> String {
  Timestamp(microseconds: 1_767_225_600_000_000 + Int64(minutes) * 60_000_000).description
}

func remotes(_ numbers: Range<Int>) -> [BindbeeServer.Candidate] {
  numbers.map { BindbeeServer.Candidate("c\($0)", modifiedAt: time($0), #""first_name":"Ann\#($0)""#) }
}

/// Waits until a condition is true. A test's time limit ends a wait for one that never is.
func wait(until condition: () async throws -> Bool) async throws {
  while try await !condition() { try await Task.sleep(for: .milliseconds(2)) }
}

/// A clock that moves when a test moves it.
final class ManualClock: Sendable {
  private struct Sleeper {
    let id: Int
    let duration: Duration
    let end: Timestamp
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    /// Later than the times that the index stores, which are those of the system.
    var now = SyncClock().now().advanced(by: .seconds(86_400))
    var sleepers: [Sleeper] = []
    var nextID = 0
  }

  private let state = Mutex(State())
  private let chance: Double

  init(chance: Double = 0) { self.chance = chance }

  var now: Timestamp { state.withLock(\.now) }

  var clock: SyncClock {
    SyncClock(
      now: { [self] in now }, sleep: { [self] in try await sleep($0) }, chance: { [chance] in chance })
  }

  private func sleep(_ duration: Duration) async throws {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        state.withLock { state in
          if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
          state.sleepers.append(
            Sleeper(
              id: id, duration: duration, end: state.now.advanced(by: duration), continuation: continuation))
        }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  func advance(by duration: Duration) {
    let ended = state.withLock { state in
      state.now = state.now.advanced(by: duration)
      defer { state.sleepers.removeAll { [now = state.now] in $0.end <= now } }
      return state.sleepers.filter { $0.end <= state.now }
    }
    for sleeper in ended { sleeper.continuation.resume() }
  }

  /// Waits until a task sleeps, and returns for how long.
  func nextSleep() async throws -> Duration {
    try await wait { state.withLock { !$0.sleepers.isEmpty } }
    return state.withLock { $0.sleepers.first?.duration ?? .zero }
  }
}

/// The lines of a log.
final class LogLines: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

  var logger: Logger {
    Logger(label: "test") { _ in
      JSONLogHandler(level: .trace) { [self] line in bytes.withLock { $0 += line } }
    }
  }
}

extension BindbeeServer {
  /// Makes each request once, unless told otherwise.
  func client(attempts: Int = 1) throws -> BindbeeClient {
    BindbeeClient(
      try BindbeeAccess(apiKey: Self.apiKey, connectorToken: connectorToken, baseURL: url),
      policy: RetryPolicy(attempts: attempts, firstDelay: 0.001, timeout: 20))
  }

  /// The walks and the requests by ids since the log was taken: `all`, `since`, or the ids.
  func takeWalks() -> [String] {
    takeLog().filter { $0.request.path.hasSuffix("/candidates") && $0.request.query["cursor"] == nil }.map {
      $0.request.query["ids"] ?? ($0.request.query["modified_after"] == nil ? "all" : "since")
    }
  }
}

/// Holds the first request of an API until it is released.
final class HeldRequest: Sendable {
  private let gate = DispatchSemaphore(value: 0)
  private let hasCome = Atomic(false)

  init(of bindbee: BindbeeServer) {
    bindbee.change { state in
      state.before = { [self] number, _ in
        guard number == 1 else { return }
        hasCome.store(true, ordering: .releasing)
        gate.wait()
      }
    }
  }

  /// Waits until the request has come.
  func arrival() async throws { try await wait { hasCome.load(ordering: .acquiring) } }

  func release() { gate.signal() }
}

/// Connectors over an API on loopback and an index of their own.
final class Bench: Sendable {
  let folder: TemporaryFolder
  let bindbee: BindbeeServer
  let index: CandidateIndex
  let connectors: Connectors
  let clock: ManualClock
  let log = LogLines()
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// A connector `greenhouse` whose id at Bindbee is `conn-1`.
  init(
    _ candidates: Range<Int> = 0..<3, in folder: TemporaryFolder? = nil, chance: Double = 0,
    _ change: (inout ConnectorSource) -> Void = { _ in }
  ) throws {
    self.folder = try folder ?? TemporaryFolder()
    bindbee = try BindbeeServer([connectorToken: remotes(candidates)])
    index = try CandidateIndex(path: self.folder.file("index.db"), access: .writing)
    clock = ManualClock(chance: chance)
    var source = ConnectorSource(name: "greenhouse", client: try bindbee.client(), bindbeeID: "conn-1")
    change(&source)
    connectors = try Connectors(
      [source], keys: WebhookKeys([webhookKey]), storePath: self.folder.file("events.db"),
      metrics: ServerMetrics(), logger: log.logger, clock: clock.clock)
  }

  /// Runs the syncs until the bench is left.
  func start() { task.withLock { $0 = Task { [connectors, index] in await connectors.run(index) } } }

  /// Ends the syncs.
  func stop() async {
    let running = task.withLock { $0 }
    running?.cancel()
    await running?.value
  }

  deinit { task.withLock { $0?.cancel() } }

  /// Waits until no event is pending.
  func waitUntilProcessed() async throws {
    try await wait { try await connectors.store.pending(connector: "greenhouse").last == nil }
  }

  func count() throws -> Int { try index.count("") }

  /// The ids of all candidates.
  func ids() throws -> [String] { try index.search("").hits.map(\.candidate.id).sorted() }

  /// All that is stored and logged.
  func traces() throws -> String {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.file($0))), as: UTF8.self)
    }.joined() + log.text
  }
}
