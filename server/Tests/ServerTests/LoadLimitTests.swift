import CandidateSearch
import Foundation
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// Searches have a limit of time and of number.
@Suite struct LoadLimitTests {
  /// Prefixes of everything, counted, faceted and explained: some hundred milliseconds.
  private static let slow: String = {
    let words = "abcdefghijklmnoprstu".map { "\($0)*" }
    return "/v1/search?count=true&limit=1000&facet=company,title,location&q="
      + words.joined(separator: "+OR+")
  }()

  @Test func aSlowSearchIsInterrupted() async throws {
    try await withServer(candidates: 5_000, { options, _ in options.limits.requestSeconds = 0.02 }) {
      server in
      let answer = try await server.answer("GET", Self.slow)
      #expect(answer.status == 503)
      #expect(answer.problem == "too-slow")
      #expect(answer.headers["retry-after"] == "1")
      #expect(try await server.answer("GET", "/livez").status == 200)
    }
  }

  /// The task of the body is cancelled, which our own loops and SQLite ask for.
  @Test func whatRunsTooLongIsCancelled() async throws {
    let isCancelled = Shared(false)
    await #expect(throws: Problem.self) {
      try await withDeadline(seconds: 0.01) {
        while !Task.isCancelled { await Task.yield() }
        isCancelled.value = true
        throw CancellationError()
      }
    }
    #expect(isCancelled.value)
  }

  @Test func searchesBeyondTheQueueAreRefused() async throws {
    try await withServer(
      candidates: 5_000,
      { options, _ in
        options.limits.concurrentSearches = 1
        options.limits.waitingSearches = 2
        options.limits.requestSeconds = 60
      }
    ) { server in
      let answers = try await withThrowingTaskGroup(of: Wire.Answer.self) { group in
        for _ in 0..<12 { group.addTask { try await server.answer("GET", Self.slow) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let statuses = Dictionary(grouping: answers, by: \.status).mapValues(\.count)
      #expect(statuses[200, default: 0] >= 3, "\(statuses)")
      #expect(statuses[429, default: 0] >= 1, "\(statuses)")
      #expect(statuses.count == 2, "\(statuses)")
      for answer in answers where answer.status == 429 {
        #expect(answer.problem == "overloaded")
        #expect(answer.headers["retry-after"] == "1")
      }
      let metrics = try await server.answer("GET", "/metrics").text
      #expect(metrics.contains("cand_search_searches_running 0"))
      #expect(metrics.contains("cand_search_searches_waiting 0"))
    }
  }

  /// A search that waits and is cancelled leaves the queue.
  @Test func cancelledCallsDoNotWait() async throws {
    let gate = Gate(width: 1, maximumWaiting: 1)
    let (entered, enter) = AsyncStream.makeStream(of: Void.self)
    let (released, release) = AsyncStream.makeStream(of: Void.self)
    let running = Task {
      try await gate.run {
        enter.finish()
        for await _ in released {}
      }
    }
    for await _ in entered {}
    let waiting = Task { try await gate.run {} }
    while gate.counts.waiting == 0 { await Task.yield() }
    await #expect(throws: Problem.self) { try await gate.run {} }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    #expect(gate.counts == (1, 0))
    release.finish()
    try await running.value
    #expect(gate.counts == (0, 0))
  }
}
