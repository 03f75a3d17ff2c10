import BindbeeClient
import CandidateSearch
import CandidateSync
import Foundation
import TestSupport
import Testing

/// Everything that goes wrong on a network, at each page of a walk.
@Suite struct FaultTests {
  struct Fault: Sendable, CustomStringConvertible {
    let description: String
    let reply: @Sendable (LoopbackServer.Answer) -> LoopbackServer.Reply
  }

  private static func status(_ status: Int, _ headers: [String: String] = [:]) -> Fault {
    Fault(description: "\(status)") { _ in .answer(.init(status: status, headers: headers, body: "oops")) }
  }

  private static func body(_ name: String, _ body: String) -> Fault {
    Fault(description: name) { _ in .answer(.init(status: 200, body: body)) }
  }

  static let passing: [Fault] = [
    status(500), status(502), status(503, ["Retry-After": "0"]), status(504), status(408),
    Fault(description: "reset before anything came") { .reset($0, afterBytes: 0) },
    Fault(description: "reset in the middle of the body") { .reset($0, afterBytes: $0.body.count / 2) },
    Fault(description: "closed in the middle of the body") { .cut($0, afterBytes: $0.body.count / 2) },
    Fault(description: "closed early, length unknown") {
      .cutWithoutLength($0, afterBytes: $0.body.count - 1)
    },
    body("a proxy's page", "<html>sign in</html>"),
    body("nothing", ""),
    body("no page", "{}"),
    body("no list", #"{"cursor":null,"page_size":0}"#),
    body("no cursor", #"{"page_size":0,"items":[]}"#),
    body("a list that is none", #"{"cursor":null,"page_size":0,"items":7}"#),
    body("a cursor that is none", #"{"cursor":7,"page_size":0,"items":[]}"#),
    body("two pages", #"{"cursor":null,"items":[]}{"cursor":null,"items":[]}"#),
  ]

  @Test(.slow, arguments: passing) func aFailureOfTheMomentIsAskedAgain(_ fault: Fault) async throws {
    let all = remotes(0..<450)
    for page in 1...3 {
      let server = try BindbeeServer([token: all])
      server.change { state in state.fault = { number, answer in number == page ? fault.reply(answer) : nil }
      }
      let index = try CandidateIndex.inMemory()
      let events = Events()
      let summary = try await index.sync(
        connector: "a", from: server.client(), observe: events.note)
      #expect(summary.counts == [450, 0, 0, 0, 0] && summary.pages == 3, "\(page)")
      let cursors = server.takeLog().map { $0.request.query["cursor"] }
      #expect(cursors.count == 4 && cursors[page - 1] == cursors[page], "\(page): the same cursor again")
      #expect(try index.export() == all.map { "a \($0.json())" }.sorted())
      #expect(try index.syncStatus(connector: "a")?.mark?.description == time(449))
    }
  }

  @Test(.slow, arguments: passing) func aFailureThatStaysEndsTheWalk(_ fault: Fault) async throws {
    for page in 1...3 {
      let server = try BindbeeServer([token: remotes(0..<450)])
      server.change { state in state.fault = { number, answer in number >= page ? fault.reply(answer) : nil }
      }
      let index = try CandidateIndex.inMemory()
      let client = try server.client()
      let failure = await failure { try await index.sync(connector: "a", from: client) }
      guard case .unavailable(3, let reason)? = failure?.reason as? BindbeeError else {
        Issue.record("\(fault) \(page): \(String(describing: failure))")
        continue
      }
      #expect(!reason.isEmpty)
      #expect(server.takeLog().count == page - 1 + 3)
      #expect(try index.count() == (page - 1) * 200)
      let status = try #require(try index.syncStatus(connector: "a"))
      #expect(
        status.mark == nil && status.freshAt == nil
          && status.outcome?.description.hasPrefix("the API could not") == true)
      // The next one reads it all.
      server.change { $0.fault = { _, _ in nil } }
      #expect(try await index.sync(connector: "a", from: client).records.records == 450)
      #expect(try index.count() == 450)
      #expect(try index.syncStatus(connector: "a")?.mark?.description == time(449))
    }
  }

  @Test(.slow) func whoDoesNotAnswerIsAskedAgain() async throws {
    let server = try BindbeeServer([token: remotes(0..<450)])
    server.change { state in state.fault = { number, _ in number == 2 ? .silence : nil } }
    let index = try CandidateIndex.inMemory()
    let events = Events()
    let patient = try server.client(token, RetryPolicy(attempts: 5, firstDelay: 0.001, timeout: 3))
    #expect(
      try await index.sync(connector: "a", from: patient, observe: events.note).counts == [450, 0, 0, 0, 0])
    #expect(events.waits.first?.reason == .failure("no answer within 3 s", attempt: 1))

    server.change { $0.fault = { _, _ in .silence } }
    let client = try server.client(token, RetryPolicy(attempts: 2, firstDelay: 0.001, timeout: 0.2))
    let failure = await failure { try await index.sync(connector: "a", from: client) }
    #expect(failure?.reason as? BindbeeError == .unavailable(attempts: 2, reason: "no answer within 0.2 s"))
  }

  @Test func anIncrementalWalkThatBrokeOffLeavesTheMark() async throws {
    let server = try BindbeeServer([token: remotes(0..<450)])
    let index = try CandidateIndex.inMemory()
    let client = try server.client()
    try await index.sync(connector: "a", from: client)
    server.change { state in
      state.candidates[token] = remotes(500..<950)
      state.log = []
      state.fault = { number, _ in number == 2 ? .answer(.init(status: 403, body: "{}")) : nil }
    }
    let failure = await failure { try await index.sync(connector: "a", from: client) }
    #expect(failure?.summary.counts == [200, 0, 0, 0, 0])
    #expect(try index.syncStatus(connector: "a")?.mark?.description == time(449))
    server.change { $0.fault = { _, _ in nil } }
    #expect(try await index.sync(connector: "a", from: client).counts == [250, 0, 200, 0, 0])
  }

  /// A status, what the API says to it, and what must be told.
  static let final: [(status: Int, body: String, told: [String])] = [
    (401, #"{"detail":"Bad key"}"#, ["401", "Bad key"]),
    (403, #"{"detail":"Not allowed"}"#, ["403", "Not allowed"]),
    (404, #"{"detail":"Not found"}"#, ["404", "Not found"]),
    (
      422,
      #"{"detail":[{"loc":["query","page_size"],"msg":"too large","type":"x"},{"loc":["query",0],"msg":"no"}]}"#,
      ["422", "query.page_size: too large", "query.0: no"]
    ),
    (400, "<html>", ["400"]),
    (302, "", ["302"]),
    (204, "", ["204"]),
  ]

  @Test(arguments: final) func anErrorThatStaysIsToldAtOnce(status: Int, body: String, told: [String])
    async throws
  {
    for page in 1...3 {
      let server = try BindbeeServer([token: remotes(0..<450)])
      server.change { state in
        state.fault = { number, _ in
          guard number == page else { return nil }
          return .answer(
            .init(
              status: status,
              headers: ["WWW-Authenticate": "Bearer", "Location": "http://127.0.0.1:1/elsewhere"],
              body: body))
        }
      }
      let index = try CandidateIndex.inMemory()
      let client = try server.client()
      let failure = await failure { try await index.sync(connector: "a", from: client) }
      for text in told {
        #expect(failure?.description.contains(text) == true, "\(text): \(failure as Any)")
      }
      #expect(server.takeLog().count == page)
      #expect(try index.count() == (page - 1) * 200)
      #expect(try index.syncStatus(connector: "a")?.mark == nil)
    }
  }

  @Test func nobodyListens() async throws {
    let access = try BindbeeAccess(apiKey: apiKey, connectorToken: token, baseURL: "http://127.0.0.1:1")
    await #expect(throws: BindbeeError.self) {
      try await BindbeeClient(access, policy: .quick).candidate(id: "x")
    }
  }
}
