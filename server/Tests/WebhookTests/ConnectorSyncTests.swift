import BindbeeClient
import CandidateSearch
import Foundation
import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import CandidateServer

/// What events and due times cause.
@Suite(.mustEnd) struct ConnectorSyncTests {
  private func modified(_ ids: String..., sync: String = "m") -> [UInt8] {
    let list = ids.map { "\"\($0)\"" }.joined(separator: ",")
    return body("connector_data_modified", sync: sync, data: #"{"candidates":[\#(list)]}"#)
  }

  @Test func aSyncedConnectorIsSynced() async throws {
    let bench = try Bench(0..<3)
    bench.start()
    #expect(try await bench.connectors.receive(body("connector_synced")) == .stored)
    try await bench.waitUntilProcessed()
    #expect(try bench.count() == 3)
    #expect(try await bench.connectors.receive(body("connector_synced")) == .duplicate)
    #expect(bench.bindbee.takeWalks() == ["all"])
    bench.bindbee.change { $0.candidates[connectorToken]?.append(contentsOf: remotes(3..<4)) }
    #expect(try await bench.connectors.receive(body("connector_synced", sync: "sync-2")) == .stored)
    try await bench.waitUntilProcessed()
    #expect(try bench.count() == 4 && bench.bindbee.takeWalks() == ["since"])
  }

  @Test func modifiedCandidatesAreFetchedByTheirIDs() async throws {
    let bench = try Bench(0..<9)
    bench.start()
    _ = try await bench.connectors.receive(modified("c3", "c5"))
    try await bench.waitUntilProcessed()
    #expect(bench.bindbee.takeWalks() == ["c3,c5"])
    #expect(try bench.ids() == ["c3", "c5"])
  }

  @Test func unknownModelsCauseASync() async throws {
    let bench = try Bench(0..<3)
    bench.start()
    _ = try await bench.connectors.receive(body("connector_data_modified", data: #"{"Person":["c1"]}"#))
    try await bench.waitUntilProcessed()
    #expect(bench.bindbee.takeWalks() == ["all"])
  }

  @Test func refusedIDsCauseASync() async throws {
    let bench = try Bench(0..<3)
    bench.bindbee.change { $0.unacceptable = (["bad"], 422) }
    bench.start()
    _ = try await bench.connectors.receive(modified("bad", "c1"))
    try await bench.waitUntilProcessed()
    #expect(bench.bindbee.takeWalks() == ["bad,c1", "all"])
    #expect(try bench.count() == 3)
  }

  /// The first sync is held until all events have arrived: then one more does what they demand.
  @Test func twentyEventsCauseOneMoreSync() async throws {
    let bench = try Bench(0..<3)
    let first = HeldRequest(of: bench.bindbee)
    bench.start()
    _ = try await bench.connectors.receive(body("connector_synced", sync: "first"))
    try await first.arrival()
    await withTaskGroup { group in
      for number in 0..<20 {
        group.addTask {
          _ = try? await bench.connectors.receive(body("connector_synced", sync: "sync-\(number)"))
        }
      }
    }
    #expect(try bench.connectors.store.count() == 21)
    first.release()
    try await bench.waitUntilProcessed()
    #expect(bench.bindbee.takeWalks() == ["all", "since"])
  }

  @Test func anotherProcessIsWaitedFor() async throws {
    let bench = try Bench(0..<3)
    let other = try CandidateIndex(path: bench.folder.file("index.db"), access: .writing)
    let hold = DispatchSemaphore(value: 0)
    let server = try BindbeeServer([connectorToken: remotes(0..<1)])
    server.change { $0.before = { _, _ in hold.wait() } }
    let client = try server.client()
    let sync = Task { try await other.sync(connector: "greenhouse", from: client) }
    try await wait { try await bench.index.connectorStates().first?.isSyncing == true }
    bench.start()
    _ = try await bench.connectors.receive(body("connector_synced"))
    #expect(try await bench.clock.nextSleep() == ConnectorSync.pauseForOther)
    #expect(bench.bindbee.takeWalks() == [])
    hold.signal()
    _ = try await sync.value
    bench.clock.advance(by: ConnectorSync.pauseForOther)
    try await bench.waitUntilProcessed()
    #expect(bench.bindbee.takeWalks() == ["since"])
  }

  // MARK: - Failures

  @Test func failuresAreRetriedWithGrowingPauses() async throws {
    let bench = try Bench(0..<3)
    let refusal = LoopbackServer.Answer(status: 403, body: #"{"detail": "\#(email)"}"#)
    bench.bindbee.change { $0.fault = { _, _ in .answer(refusal) } }
    bench.start()
    _ = try await bench.connectors.receive(body("connector_synced"))
    var pauses: [Duration] = []
    for number in 1...3 {
      try await wait { bench.bindbee.requestCount == number }
      pauses.append(try await bench.clock.nextSleep())
      bench.clock.advance(by: pauses.last ?? .zero)
    }
    try await wait { bench.bindbee.requestCount == 4 }
    #expect(pauses == [30, 60, 120].map { .seconds($0) })
    // An event does not end the pause.
    _ = try await bench.connectors.receive(body("connector_synced", sync: "sync-2"))
    #expect(try await bench.clock.nextSleep() == .seconds(240))
    bench.bindbee.change { $0.fault = { _, _ in nil } }
    bench.clock.advance(by: .seconds(240))
    try await bench.waitUntilProcessed()
    #expect(try bench.count() == 3)
    let traces = try bench.traces()
    #expect(traces.contains("attempt") && !traces.contains(email))
  }

  @Test func aSyncThatAlwaysFailsIsGivenUp() async throws {
    let bench = try Bench(0..<3)
    bench.bindbee.change { $0.fault = { _, _ in .answer(.init(status: 500, body: "")) } }
    bench.start()
    _ = try await bench.connectors.receive(body("connector_synced"))
    var pauses: [Duration] = []
    for number in 1..<ConnectorSync.maximumAttempts {
      try await wait { bench.bindbee.requestCount == number }
      pauses.append(try await bench.clock.nextSleep())
      bench.clock.advance(by: pauses.last ?? .zero)
    }
    try await bench.waitUntilProcessed()
    #expect(pauses == (0..<11).map { .seconds(min(3600, 30 << $0)) })
    #expect(bench.bindbee.takeLog().count == ConnectorSync.maximumAttempts)
    // The next event begins anew.
    bench.bindbee.change { $0.fault = { _, _ in nil } }
    _ = try await bench.connectors.receive(body("connector_synced", sync: "sync-2"))
    try await bench.waitUntilProcessed()
    #expect(try bench.count() == 3)
  }

  /// An event that comes during the failures of another has attempts of its own.
  @Test func anEventIsNotGivenUpWithAnother() async throws {
    let bench = try Bench(0..<3)
    bench.bindbee.change { $0.fault = { _, _ in .answer(.init(status: 500, body: "")) } }
    bench.start()
    _ = try await bench.connectors.receive(modified("c1"))
    for number in 1..<ConnectorSync.maximumAttempts {
      try await wait { bench.bindbee.requestCount == number }
      let pause = try await bench.clock.nextSleep()
      if number == 5 { _ = try await bench.connectors.receive(modified("c2")) }
      bench.clock.advance(by: pause)
    }
    try await wait { bench.log.text.contains("given up") }
    #expect(try await bench.clock.nextSleep() == ConnectorSync.longestPause)
    #expect(try await bench.connectors.store.pending(connector: "greenhouse").ids == ["c2"])
    bench.bindbee.change { $0.fault = { _, _ in nil } }
    _ = bench.bindbee.takeLog()
    bench.clock.advance(by: ConnectorSync.longestPause)
    try await bench.waitUntilProcessed()
    #expect(bench.bindbee.takeWalks() == ["c2"])
  }

  /// Candidates that are together too long for an answer come with several.
  @Test func answersThatAreTooLongAreDivided() async throws {
    let bench = try Bench(0..<3)
    let text = String(repeating: "x", count: BindbeeClient.maximumAnswerLength * 2 / 5)
    bench.bindbee.change { state in
      state.candidates[connectorToken] = (0..<3).map { number in
        BindbeeServer.Candidate("c\(number)", modifiedAt: time(number), "\"x\":\"\(text)\"")
      }
    }
    bench.start()
    _ = try await bench.connectors.receive(modified("c0", "c1", "c2"))
    try await bench.waitUntilProcessed()
    #expect(try bench.count() == 3)
  }

  @Test func aFailureAtBindbeeIsRemembered() async throws {
    let bench = try Bench(0..<3)
    let error = #","error":{"failed_at":"2026-01-01","message":"\#(email)","detail":"\#(otherToken)"}"#
    _ = try await bench.connectors.receive(body("connector_sync_error", more: error))
    #expect(bench.connectors.failures == ["greenhouse": bench.clock.now])
    let metrics = bench.connectors.metrics.text(
      gate: (0, 0), indexBytes: 0, syncs: [], failing: Set(bench.connectors.failures.keys), now: .now)
    #expect(metrics.contains("cand_search_connector_failed{connector=\"greenhouse\"} 1.0"))
    // After a restart, too.
    let again = try Connectors(
      bench.connectors.sources, keys: nil, storePath: bench.folder.file("events.db"),
      metrics: ServerMetrics(),
      logger: bench.log.logger)
    #expect(again.failures["greenhouse"] != nil)
    _ = try await bench.connectors.receive(body("connector_synced"))
    #expect(bench.connectors.failures == [:])
    #expect(bench.bindbee.takeLog().isEmpty)
  }

  @Test func otherEventsAreAcceptedAndNotStored() async throws {
    let bench = try Bench()
    #expect(try await bench.connectors.receive(body("connector_synced", connector: "conn-2")) == .unmapped)
    #expect(try await bench.connectors.receive(body("employee_data_changed")) == .ignored)
    #expect(try bench.connectors.store.count() == 0)
    let metrics = bench.connectors.metrics.text(
      gate: (0, 0), indexBytes: 0, syncs: [], failing: [], now: .now)
    for receipt in ["unmapped", "ignored"] {
      #expect(metrics.contains("cand_search_webhooks_total{receipt=\"\(receipt)\"} 1"))
    }
  }

  // MARK: - The end

  @Test func aGracefulStopKeepsWhatWasReadAndTheEvent() async throws {
    let bench = try Bench(0..<500)
    // The second page never comes.
    bench.bindbee.change { $0.fault = { number, _ in number == 2 ? .silence : nil } }
    _ = try await bench.connectors.receive(body("connector_synced"))
    let scheduler = SyncScheduler(connectors: bench.connectors) { bench.index }
    let group = ServiceGroup(
      configuration: .init(
        services: [.init(service: scheduler)], logger: Logger(label: "") { _ in SwiftLogNoOpLogHandler() }))
    let run = Task { try await group.run() }
    try await wait { bench.bindbee.requestCount == 2 }
    await group.triggerGracefulShutdown()
    try await run.value
    #expect(try bench.count() == 200)
    #expect(try bench.index.syncStatus(connector: "greenhouse")?.outcome == .interrupted)
    #expect(try await bench.connectors.store.pending(connector: "greenhouse").last == 1)
    // A restart does the rest.
    bench.bindbee.change { $0.fault = { _, _ in nil } }
    bench.start()
    try await bench.waitUntilProcessed()
    #expect(try bench.count() == 500)
  }

  @Test func nothingPersonalIsKept() async throws {
    let bench = try Bench()
    bench.start()
    for event in ["connector_synced", "connector_sync_error", "connector_data_modified", "other"] {
      _ = try await bench.connectors.receive(body(event))
    }
    _ = await #expect(throws: Problem.self) {
      try await bench.connectors.receive(body("connector_synced", connector: email))
    }
    try await bench.waitUntilProcessed()
    let traces = try bench.traces()
    #expect(traces.contains("conn") && bench.log.text.contains("synced"))
    for secret in [email, "Pat Doe", connectorToken, BindbeeServer.apiKey, webhookKey] {
      #expect(!traces.contains(secret), "\(secret)")
    }
  }
}
