import Foundation
import SearchLog
import TestSupport
import Testing

@testable import ServerTestSupport

/// The program with a connector: webhooks, polling, and what survives its end.
@Suite(.mustEnd) struct WebhookProgramTests {
  private func expectNoSecret(_ site: Site, _ programs: RunningProgram...) {
    for program in programs {
      let text = program.text.lowercased()
      for secret in site.secrets where text.contains(secret.lowercased()) {
        Issue.record("“\(secret)” is in: \(program.text)")
      }
      #expect(text.contains("\"message\":\"request\""))
    }
  }

  @Test func aSignedWebhookMakesTheCandidateFindable() async throws {
    let site = try Site()
    let program = try await site.start()
    #expect(try await !site.finds(program))
    let answer = try await site.deliver(program, sync: "s-1")
    #expect(answer.status == 202 && answer.object["status"] as? String == "stored")
    try await site.waitUntilFound(program)
    #expect(try await site.deliver(program, sync: "s-1").object["status"] as? String == "duplicate")
    let record = try await site.answer(program, "/v1/candidates/greenhouse/c-1")
    #expect(record.object["last_name"] as? String == "Quistgaard")
    // The candidate is found before the sync is complete.
    var freshness: [String: Any]?
    while !(freshness?["greenhouse"] is String) {
      freshness = try await site.answer(program, "/v1/search?limit=0").object["as_of"] as? [String: Any]
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try await program.server.answer("GET", "/v1/search?q=quistgaard").status == 401)
    let metrics = try await program.server.answer(
      "GET", "/metrics", ["Authorization: Bearer \(site.auditorKey)"])
    #expect(metrics.status == 200 && !metrics.text.lowercased().contains("quistgaard"))
    program.signal(SIGTERM)
    #expect(try await program.end() == 0)
    let log = try SearchLog(path: site.log, access: .reading)
    let entries = try log.entries(SearchLogQuery(limit: 1_000))
    #expect(entries.contains { $0.kind == .record })
    #expect(try log.verify().isSound)
    #expect(entries.allSatisfy { $0.key == "recruiter" && $0.purpose == .text("hiring for the yard") })
    expectNoSecret(site, program)
  }

  /// The event is on the disk before the answer.
  @Test func anEventIsProcessedAfterTheServerWasKilled() async throws {
    let site = try Site()
    site.bindbee.change { $0.fault = { _, _ in .silence } }
    let first = try await site.start()
    let answer = try await site.deliver(first, sync: "s-1")
    #expect(answer.status == 202)
    first.signal(SIGKILL)
    #expect(try await first.end() == -SIGKILL)
    site.bindbee.change { $0.fault = { _, _ in nil } }
    let second = try await site.start()
    try await site.waitUntilFound(second)
    #expect(try await site.deliver(second, sync: "s-1").object["status"] as? String == "duplicate")
    second.signal(SIGINT)
    #expect(try await second.end() == 0)
    expectNoSecret(site, second)
  }

  @Test func aSignalDuringASyncEndsIt() async throws {
    let site = try Site()
    site.bindbee.change { $0.fault = { _, _ in .silence } }
    let first = try await site.start()
    _ = try await site.deliver(first, sync: "s-1")
    try await site.waitForRequest()
    #expect(try await !site.finds(first))
    first.signal(SIGTERM)
    #expect(try await first.end() == 0)
    #expect(first.lines.last?["message"] as? String == "stopped")
    site.bindbee.change { $0.fault = { _, _ in nil } }
    let second = try await site.start()
    try await site.waitUntilFound(second)
    expectNoSecret(site, first, second)
  }

  @Test func connectorsArePolled() async throws {
    let site = try Site(connector: #"sync-every = "1min""#)
    let program = try await site.start()
    // The first sync begins within a tenth of the interval.
    try await site.waitUntilFound(program)
    while !program.lines.contains(where: { $0["message"] as? String == "synced" }) {
      try await Task.sleep(for: .milliseconds(20))
    }
    expectNoSecret(site, program)
  }

  @Test func anOptionMakesConnectorsPolled() async throws {
    let site = try Site()
    let program = try await site.start(["--full-every", "1min"])
    try await site.waitUntilFound(program)
    // The line is written after the sync has ended.
    while !program.lines.contains(where: { $0["extent"] as? String == "full" }) {
      try await Task.sleep(for: .milliseconds(20))
    }
    expectNoSecret(site, program)
  }

  @Test func refusalsOfTheAPINameNoSecret() async throws {
    let site = try Site()
    site.bindbee.change { state in
      state.fault = { _, _ in
        .answer(.init(status: 403, body: #"{"detail":"\#(Site.connectorToken) Quistgaard"}"#))
      }
    }
    let program = try await site.start(["--log-level", "trace"])
    _ = try await site.deliver(program, sync: "s-1")
    while !program.lines.contains(where: { $0["message"] as? String == "a sync failed" }) {
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(try await !site.finds(program))
    program.signal(SIGTERM)
    #expect(try await program.end() == 0)
    expectNoSecret(site, program)
  }
}
