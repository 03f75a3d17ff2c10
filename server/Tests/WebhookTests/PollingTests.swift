import CandidateSearch
import CandidateSync
import TestSupport
import Testing

@testable import CandidateServer

/// Syncs without webhooks.
@Suite(.mustEnd) struct PollingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var every: (sync: Duration?, full: Duration?)
    /// Minutes before the start.
    var last: (sync: Int?, full: Int?)
    var jitter = 0.0
    /// Seconds after the start.
    var expected: (seconds: Int64, isFull: Bool)?
    var testDescription: String { name }
  }

  private static let hour = Duration.seconds(3600)
  private static let week = Duration.seconds(7 * 86_400)

  static let cases: [Case] = [
    Case(name: "no polling", every: (nil, nil), last: (90, 90), expected: nil),
    Case(name: "never synced", every: (hour, nil), last: (nil, nil), expected: (0, false)),
    Case(name: "synced lately", every: (hour, nil), last: (10, nil), expected: (50 * 60, false)),
    Case(name: "overdue", every: (hour, nil), last: (90, nil), expected: (0, false)),
    Case(name: "overdue, delayed", every: (hour, nil), last: (90, nil), jitter: 0.5, expected: (150, false)),
    Case(name: "the longest delay", every: (week, nil), last: (nil, nil), jitter: 1, expected: (300, false)),
    Case(
      name: "a delay for short intervals", every: (.seconds(60), nil), last: (nil, nil), jitter: 1,
      expected: (6, false)),
    Case(name: "both, never synced", every: (hour, week), last: (nil, nil), expected: (0, true)),
    Case(name: "both, full not due", every: (hour, week), last: (10, 60), expected: (50 * 60, false)),
    Case(name: "both, full due", every: (hour, week), last: (10, 8 * 1440), expected: (0, true)),
    Case(name: "full alone", every: (nil, week), last: (10, 1440), expected: (6 * 86_400, true)),
  ]

  @Test(arguments: cases) func isDue(_ example: Case) {
    let start = Timestamp(microseconds: 1_767_225_600_000_000)
    func before(_ minutes: Int?) -> Timestamp? {
      minutes.map { start.advanced(by: .seconds(-60 * $0)) }
    }
    let schedule = SyncSchedule(
      syncEvery: example.every.sync, fullEvery: example.every.full, start: start, jitter: example.jitter)
    let due = schedule.next(lastSync: before(example.last.sync), lastFull: before(example.last.full))
    #expect(due?.time == example.expected.map { start.advanced(by: .seconds($0.seconds)) })
    #expect((due?.extent == .full) == (example.expected?.isFull ?? false))
  }

  @Test func anEventPutsThePollOff() async throws {
    let bench = try Bench(chance: 0.5) { $0.syncEvery = Self.hour }
    bench.start()
    #expect(try await bench.clock.nextSleep() == .seconds(150))
    #expect(bench.bindbee.takeWalks() == [])
    bench.clock.advance(by: .seconds(150))
    try await wait { bench.bindbee.requestCount == 1 }
    #expect(try await bench.clock.nextSleep() == Self.hour)
    bench.clock.advance(by: .seconds(1800))
    _ = try await bench.connectors.receive(body("connector_synced"))
    try await bench.waitUntilProcessed()
    #expect(bench.bindbee.takeWalks() == ["all", "since"])
    // An hour after the event's sync, not after the poll.
    try await wait { try await bench.clock.nextSleep() == Self.hour }
    bench.clock.advance(by: Self.hour)
    try await wait { bench.bindbee.requestCount == 1 }
    #expect(bench.bindbee.takeWalks() == ["since"])
  }

  @Test func aFullSyncRemovesWhoIsGone() async throws {
    let bench = try Bench(0..<4) {
      $0.syncEvery = Self.hour
      $0.fullEvery = Self.hour * 3
    }
    bench.start()
    try await wait { try bench.count() == 4 }
    #expect(try await bench.clock.nextSleep() == Self.hour)
    #expect(try await bench.connectors.store.fullSync(connector: "greenhouse") != nil)
    bench.bindbee.change { $0.candidates[connectorToken]?.removeFirst() }
    for number in 1...3 {
      #expect(try bench.count() == 4)
      bench.clock.advance(by: Self.hour)
      try await wait { bench.bindbee.requestCount == 1 + number }
      _ = try await bench.clock.nextSleep()
    }
    #expect(try bench.count() == 3)
    #expect(bench.bindbee.takeWalks() == ["all", "since", "since", "all"])
  }

  /// What a clock that was ahead has noted puts no sync off.
  @Test func timesInTheFutureCountAsNone() async throws {
    let bench = try Bench { $0.fullEvery = Self.week }
    let later = bench.clock.now.advanced(by: Self.week * 20)
    try await bench.connectors.store.setFullSync(connector: "greenhouse", at: later)
    bench.start()
    try await wait { try bench.count() == 3 }
    #expect(try await bench.clock.nextSleep() <= Self.hour)
    #expect(bench.bindbee.takeWalks() == ["all"])
  }

  /// A full sync that is due waits for one sync of events, and not for those of the events that come during it.
  @Test func eventsDoNotPutAFullSyncOffForEver() async throws {
    let bench = try Bench { $0.fullEvery = Self.week }
    let first = HeldRequest(of: bench.bindbee)
    _ = try await bench.connectors.receive(body("connector_data_modified", data: #"{"candidates":["c1"]}"#))
    bench.start()
    try await first.arrival()
    _ = try await bench.connectors.receive(
      body("connector_data_modified", data: #"{"candidates":["c2"]}"#))
    first.release()
    try await bench.waitUntilProcessed()
    #expect(bench.bindbee.takeWalks() == ["c1", "all", "c2"])
  }

  @Test func aFailingPollIsPutOffInTheEnd() async throws {
    let bench = try Bench { $0.syncEvery = Self.hour * 10 }
    bench.bindbee.change { $0.fault = { _, _ in .answer(.init(status: 500, body: "")) } }
    bench.start()
    for number in 1...ConnectorSync.maximumAttempts {
      try await wait { bench.bindbee.requestCount == number }
      if number < ConnectorSync.maximumAttempts { bench.clock.advance(by: try await bench.clock.nextSleep()) }
    }
    // The longest wait, on the way to the next due time.
    #expect(try await bench.clock.nextSleep() == Self.hour)
    bench.clock.advance(by: Self.hour)
    _ = try await bench.clock.nextSleep()
    #expect(bench.bindbee.requestCount == ConnectorSync.maximumAttempts)
  }
}
