import BindbeeClient
import CandidateSearch
import CandidateSync
import Foundation
import Synchronization
import TestSupport
import Testing

/// The client alone: what it sends, how it keeps to limits, and that it gives no secret away.
@Suite struct ClientTests {
  /// A clock that stands still but for the waits that are made on it.
  private final class Clock: Sendable {
    private let state = Mutex((now: Date().timeIntervalSince1970, waits: [Double]()))
    var waits: [Double] { state.withLock(\.waits) }
    var now: Double { state.withLock(\.now) }
    var clock: WaitClock {
      WaitClock(now: { [self] in state.withLock(\.now) }) { [self] seconds in
        state.withLock { state in
          state.now += seconds
          state.waits.append(seconds)
        }
      }
    }
  }

  private func walk(_ client: BindbeeClient, _ request: CandidateRequest = .init()) async throws
    -> [CandidatePage]
  {
    var pages: [CandidatePage] = []
    for try await page in client.candidates(request) { pages.append(page) }
    return pages
  }

  @Test func pagesComeOneAfterTheOther() async throws {
    let server = try BindbeeServer([token: remotes(0..<5)])
    let pages = try await walk(server.client(), CandidateRequest(pageSize: 2))
    #expect(pages.map(\.number) == [1, 2, 3] && pages.map(\.isLast) == [false, false, true])
    #expect(String(decoding: pages[2].items, as: UTF8.self) == "[\(remotes(4..<5)[0].json())]")
    // Each iteration is a walk of its own.
    let sequence = try server.client().candidates(CandidateRequest(pageSize: 3))
    for _ in 0..<2 {
      var count = 0
      for try await _ in sequence { count += 1 }
      #expect(count == 2)
    }
  }

  @Test func everyPageSizeIsTheApis() async throws {
    let server = try BindbeeServer([token: remotes(0..<1)])
    await #expect(throws: BindbeeError.invalid(detail: "query.page_size: must be from 1 to 200")) {
      try await walk(server.client(), CandidateRequest(pageSize: 201))
    }
  }

  @Test func oneCandidateComesAsItIs() async throws {
    let odd = Remote("a/b ?#%+é", modifiedAt: time(0))
    let server = try BindbeeServer([token: remotes(0..<3) + [odd]])
    let client = try server.client()
    #expect(try await client.candidate(id: odd.id) == Array(odd.json().utf8))
    #expect(
      try await client.candidate(id: "c1", includesCustomFields: true)
        == Array(remotes(1..<2)[0].json(customFields: true).utf8))
    await #expect(throws: BindbeeError.notFound(detail: "no candidate c9")) {
      try await client.candidate(id: "c9")
    }
  }

  @Test func itStopsBeforeTheLimitIsReached() async throws {
    let server = try BindbeeServer([token: remotes(0..<10)])
    let clock = Clock()
    // The window begins anew after each three requests, as the client's clock sees it.
    server.change { state in
      state.fault = { number, answer in
        var answer = answer
        answer.headers["X-RateLimit-Remaining"] = "\(2 - (number - 1) % 3)"
        answer.headers["X-RateLimit-Reset"] = "\(Int(clock.now) + 30)"
        return .answer(answer)
      }
    }
    let pages = try await walk(
      server.client(token, .quick, clock: clock.clock), CandidateRequest(pageSize: 1))
    #expect(pages.count == 10)
    #expect(clock.waits.count == 3, "\(clock.waits)")
    #expect(clock.waits.allSatisfy { $0 <= 60 })
  }

  @Test(.slow) func aRealLimitIsNeverHit() async throws {
    let server = try BindbeeServer([token: remotes(0..<9), "other": remotes(0..<9)])
    server.change { state in (state.limit, state.window) = (4, 1) }
    let clients = [try server.client(), try server.client("other")]
    async let first = walk(clients[0], CandidateRequest(pageSize: 1))
    async let second = walk(clients[1], CandidateRequest(pageSize: 1))
    #expect(try await first.count == 9)
    #expect(try await second.count == 9)
    #expect(server.takeLog().allSatisfy { $0.status == 200 })
  }

  @Test func retryAfterIsObeyed() async throws {
    let server = try BindbeeServer([token: remotes(0..<3)])
    server.change { state in
      state.fault = { number, _ in
        [2, 3].contains(number)
          ? .answer(
            .init(status: 429, headers: ["Retry-After": "\(number * 10)"], body: #"{"detail":"slow"}"#)) : nil
      }
    }
    let clock = Clock()
    let pages = try await walk(
      server.client(token, .quick, clock: clock.clock), CandidateRequest(pageSize: 1))
    #expect(pages.count == 3)
    #expect(clock.waits == [20, 30])
    let cursors = server.takeLog().map { $0.request.query["cursor"] }
    #expect(cursors[1] == cursors[2] && cursors[2] == cursors[3])
  }

  /// A wait that the API asks for, and the error where it is too long or never ends.
  @Test(arguments: ["901", "86400", "1e300"]) func aLimitOfHoursIsAnError(_ seconds: String) async throws {
    let server = try BindbeeServer([token: remotes(0..<3)])
    server.change { state in
      state.fault = { _, _ in .answer(.init(status: 429, headers: ["Retry-After": seconds], body: "{}")) }
    }
    let clock = Clock()
    await #expect(throws: BindbeeError.self) {
      try await walk(server.client(token, .quick, clock: clock.clock))
    }
    #expect(clock.waits.isEmpty && server.takeLog().count == 1)
  }

  @Test(arguments: [nil, "0", "-5", "soon", "nan"] as [String?])
  func aLimitWithoutEndIsAnError(_ seconds: String?) async throws {
    let server = try BindbeeServer([token: remotes(0..<3)])
    server.change { state in
      state.fault = { _, _ in
        .answer(.init(status: 429, headers: seconds.map { ["Retry-After": $0] } ?? [:], body: "{}"))
      }
    }
    let clock = Clock()
    await #expect(throws: BindbeeError.self) {
      try await walk(server.client(token, .quick, clock: clock.clock))
    }
    #expect(server.takeLog().count < 30)
  }

  /// Headers that no server should send, and that must not make the client wait for long or fail.
  static let oddLimits: [(remaining: String, reset: String)] = [
    ("0", "99999999999999"), ("0", "0"), ("0", "-1"), ("0", "x"), ("", ""), ("-3", "1e308"), ("1e400", "5"),
    ("0", "nan"), ("inf", "inf"),
  ]

  @Test(arguments: oddLimits) func oddLimitsDoNotStopIt(remaining: String, reset: String) async throws {
    let server = try BindbeeServer([token: remotes(0..<3)])
    server.change { state in
      state.fault = { _, answer in
        var answer = answer
        (answer.headers["X-RateLimit-Remaining"], answer.headers["X-RateLimit-Reset"]) = (
          remaining, reset
        )
        return .answer(answer)
      }
    }
    let clock = Clock()
    #expect(
      try await walk(server.client(token, .quick, clock: clock.clock), CandidateRequest(pageSize: 1)).count
        == 3)
    #expect(clock.waits.allSatisfy { $0 <= 60 })
  }

  @Test func waitsAfterFailuresGrowWithinBounds() async throws {
    let server = try BindbeeServer([token: []])
    server.change { $0.fault = { _, _ in .answer(.init(status: 500, body: "")) } }
    let clock = Clock()
    let policy = RetryPolicy(attempts: 8, firstDelay: 1, longestDelay: 10)
    await #expect(throws: BindbeeError.unavailable(attempts: 8, reason: "the API answered 500")) {
      try await walk(server.client(token, policy, clock: clock.clock))
    }
    let bounds = [1.0, 2, 4, 8, 10, 10, 10]
    #expect(clock.waits.count == 7)
    for (wait, bound) in zip(clock.waits, bounds) { #expect((bound / 2...bound).contains(wait)) }
  }

  @Test func redirectsAreNotFollowed() async throws {
    let other = try BindbeeServer([token: remotes(0..<3)])
    let server = try BindbeeServer([token: []])
    let place = other.url + "/api/ats/v1/candidates"
    server.change {
      $0.fault = { _, _ in .answer(.init(status: 307, headers: ["Location": place], body: "")) }
    }
    await #expect(throws: BindbeeError.unexpected(status: 307, detail: "")) {
      try await walk(server.client())
    }
    #expect(other.takeLog().isEmpty)
  }

  @Test(arguments: ["", " \n", "a b", "a\r\nX-Evil: 1", "ключ", "a\u{0}"])
  func secretsThatCannotBeSentAreRefused(_ secret: String) {
    #expect(throws: BindbeeError.self) { try BindbeeAccess(apiKey: secret, connectorToken: "t") }
    #expect(throws: BindbeeError.self) { try BindbeeAccess(apiKey: "k", connectorToken: secret) }
  }

  @Test func noSecretIsShown() async throws {
    let access = try BindbeeAccess(apiKey: " \(apiKey)\n", connectorToken: token)
    var dumped = ""
    dump(access, to: &dumped)
    let server = try BindbeeServer([:])
    server.change { state in
      state.fault = { number, _ in
        .answer(
          .init(
            status: [401, 403, 404, 422, 400][number - 1], body: #"{"detail":"\#(apiKey) and \#(token)"}"#))
      }
    }
    var texts = ["\(access)", String(reflecting: access), dumped]
    let client = try server.client()
    for _ in 0..<5 {
      do {
        _ = try await client.candidate(id: "x")
      } catch {
        texts += ["\(error)", String(reflecting: error)]
        #expect("\(error)".contains("… and …"))
      }
    }
    dumped = ""
    dump(client, to: &dumped)
    texts.append(dumped)
    for text in texts { #expect(!text.contains(apiKey) && !text.contains(token), "\(text)") }
  }
}
