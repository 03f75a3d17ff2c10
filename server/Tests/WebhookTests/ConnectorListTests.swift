import BindbeeClient
import CandidateSearch
import Logging
import Synchronization
import TestSupport
import Testing

@testable import CandidateServer

/// The list of connectors: what the client reads, and what it never shows.
@Suite(.mustEnd) struct ConnectorListTests {
  private static func page(_ items: String, cursor: String = "null") -> String {
    #"{"cursor": \#(cursor), "page_size": 1, "items": [\#(items)]}"#
  }

  private static func connector(_ id: String = "conn-1", _ members: String = "") -> String {
    #"{"id":"\#(id)","is_active":true,"status":"COMPLETE","integration_slug":"greenhouse","end_user":"Pat Doe","#
      + #""sync_status":"Done","last_sync_start_time":"2026-01-02T03:04:05Z","relink_needed_at":null,"#
      + #""connector_token":"\#(otherToken)"\#(members)}"#
  }

  private func client(_ url: String) throws -> BindbeeClient {
    BindbeeClient(
      try BindbeeAccess(apiKey: BindbeeServer.apiKey, connectorToken: connectorToken, baseURL: url),
      policy: RetryPolicy(attempts: 2, firstDelay: 0.001))
  }

  @Test func pagesAreReadWithTheKeyAlone() async throws {
    let requests = Mutex<[LoopbackServer.Request]>([])
    let server = try LoopbackServer { request in
      requests.withLock { $0.append(request) }
      let isFirst = request.query["cursor"] == nil
      return .answer(
        .init(
          status: 200,
          body: Self.page(
            Self.connector(isFirst ? "conn-1" : "conn-2"), cursor: isFirst ? #""next+/=""# : "null")))
    }
    defer { server.stop() }
    let connectors = try await client(server.url).connectors()
    #expect(connectors.map(\.id) == ["conn-1", "conn-2"])
    let first = try #require(connectors.first)
    #expect(first.name == "greenhouse" && first.status == .complete && first.syncState == .done)
    #expect(first.isActive == true && !first.needsRelinking && first.relinkNeededAt == nil)
    #expect(first.lastSyncStartedAt?.description == "2026-01-02T03:04:05Z")
    var shown = "\(connectors)"
    dump(connectors, to: &shown)
    #expect(!shown.contains(otherToken) && !shown.contains("Pat Doe"))
    let seen = requests.withLock { $0 }
    #expect(seen.map(\.path) == ["/api/ats/v1/connectors", "/api/ats/v1/connectors"])
    #expect(seen.map { $0.query["cursor"] } == [nil, "next+/="])
    #expect(seen.allSatisfy { $0.headers["authorization"] == "Bearer \(BindbeeServer.apiKey)" })
    #expect(seen.allSatisfy { $0.headers["x-connector-token"] == nil && $0.query["page_size"] == "200" })
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    let record: String
    var status: BindbeeConnector.Status?
    var needsRelinking = false
    var testDescription: String { name }
  }

  private static let token = #","connector_token":"\#(otherToken)"}"#

  static let records: [Case] = [
    Case(name: "complete", record: connector(), status: .complete),
    Case(name: "an id alone", record: #"{"id":"a""# + token, status: .unknown),
    Case(name: "incomplete", record: #"{"id":"a","status":"INCOMPLETE""# + token, status: .incomplete),
    Case(
      name: "relink", record: #"{"id":"a","status":"RELINK_NEEDED""# + token, status: .relinkNeeded,
      needsRelinking: true),
    Case(
      name: "a time of relinking",
      record: #"{"id":"a","status":"COMPLETE","relink_needed_at":"2026-01-01T00:00:00""# + token,
      status: .complete, needsRelinking: true),
    Case(name: "a new status", record: #"{"id":"a","status":"PAUSED""# + token, status: .unknown),
    Case(
      name: "wrong types",
      record: #"{"id":"a","status":1,"sync_status":[],"is_active":"yes","last_sync_start_time":5"# + token,
      status: .unknown),
    Case(name: "no id", record: #"{"status":"COMPLETE""# + token),
    Case(name: "an id of a wrong type", record: #"{"id":[1]"# + token),
    Case(name: "a text", record: #""\#(otherToken)""#),
    Case(name: "null", record: "null"),
    Case(
      name: "nested deeply",
      record: #"{"id":"a","x":"# + String(repeating: "[", count: 50_000)
        + String(repeating: "]", count: 50_000)
        + token, status: .unknown),
  ]

  @Test(arguments: records) func aRecordIsReadOrLeftOut(_ example: Case) async throws {
    let server = try LoopbackServer { _ in
      .answer(.init(status: 200, body: Self.page("\(example.record), \(Self.connector("last"))")))
    }
    defer { server.stop() }
    let connectors = try await client(server.url).connectors()
    #expect(connectors.last?.id == "last" && connectors.count == (example.status == nil ? 1 : 2))
    #expect(connectors.count == 1 || connectors.first?.status == example.status)
    #expect(connectors.first?.needsRelinking == example.needsRelinking)
    #expect(!"\(connectors)".contains(otherToken))
  }

  struct Answer: CustomTestStringConvertible {
    let name: String
    var status = 200
    let body: String
    var testDescription: String { name }
  }

  static let broken: [Answer] = [
    Answer(name: "cut off", body: String(page(connector()).dropLast(20))),
    Answer(name: "the token alone", body: otherToken),
    Answer(name: "a list", body: "[\(connector())]"),
    Answer(name: "no items", body: #"{"cursor":null,"connector_token":"\#(otherToken)"}"#),
    Answer(name: "the token as cursor, for ever", body: page(connector(), cursor: "\"\(otherToken)\"")),
    Answer(name: "items of a wrong type", body: #"{"cursor":null,"items":"\#(otherToken)"}"#),
    Answer(name: "401", status: 401, body: #"{"detail":"\#(otherToken)"}"#),
    Answer(name: "403", status: 403, body: #"{"detail":"connector_token \#(otherToken)"}"#),
    Answer(name: "404", status: 404, body: #"{"detail":"\#(otherToken)"}"#),
    Answer(name: "418", status: 418, body: #"{"detail":"\#(otherToken)"}"#),
    Answer(
      name: "422", status: 422, body: #"{"detail":[{"loc":["\#(otherToken)"],"msg":"\#(otherToken)"}]}"#),
    Answer(name: "500", status: 500, body: otherToken),
  ]

  @Test(arguments: broken) func noErrorShowsATokenOrAnAddress(_ answer: Answer) async throws {
    let server = try LoopbackServer { _ in .answer(.init(status: answer.status, body: answer.body)) }
    defer { server.stop() }
    let client = try client(server.url)
    let error = await #expect(throws: BindbeeError.self) { try await client.connectors() }
    let shown = error.map { "\($0) \($0.summary) \(String(reflecting: $0))" } ?? otherToken
    #expect(!shown.contains(otherToken.prefix(8)))
    // Nor does the log.
    let log = LogLines()
    var source = ConnectorSource(name: "a", client: client, bindbeeID: "conn-1")
    source.syncEvery = .seconds(1)
    #expect(await ConnectorStates([source], logger: log.logger).states().isEmpty)
    #expect(log.text.contains("could not be read") && !log.text.contains(otherToken.prefix(8)))
  }

  // MARK: - The cache

  @Test func statesAreKeptForFiveMinutes() async throws {
    let bindbee = try BindbeeServer([:])
    bindbee.change { $0.connectors = [Self.connector("conn-1"), Self.connector("conn-2")] }
    let now = Mutex(ContinuousClock.now)
    let sources = try ["conn-1", "conn-2", nil].map {
      ConnectorSource(name: $0 ?? "none", client: try bindbee.client(), bindbeeID: $0)
    }
    let states = ConnectorStates(sources, logger: LogLines().logger) { now.withLock { $0 } }
    await withTaskGroup { group in
      for _ in 0..<20 { group.addTask { #expect(await states.states().count == 2) } }
    }
    #expect(bindbee.requestCount == 1)
    now.withLock { $0 += ConnectorStates.lifetime - .seconds(1) }
    _ = await states.states()
    #expect(bindbee.requestCount == 1)
    now.withLock { $0 += .seconds(1) }
    bindbee.change { $0.fault = { _, _ in .answer(.init(status: 500, body: "")) } }
    #expect(await states.states().isEmpty)
    #expect(bindbee.requestCount == 2)
    _ = await states.states()
    #expect(bindbee.requestCount == 2)
    now.withLock { $0 += ConnectorStates.lifetimeAfterFailure }
    bindbee.change { $0.fault = { _, _ in nil } }
    #expect(await states.states().count == 2)
  }

  @Test(arguments: [true, false]) func aRefusedKeyHidesNoOther(isFirst: Bool) async throws {
    let (good, bad) = (
      try BindbeeServer([:]), try LoopbackServer { _ in .answer(.init(status: 401, body: "{}")) }
    )
    defer { bad.stop() }
    good.change { $0.connectors = [Self.connector("conn-2")] }
    var sources = [
      ConnectorSource(name: "a", client: try client(bad.url), bindbeeID: "conn-1"),
      ConnectorSource(name: "b", client: try good.client(), bindbeeID: "conn-2"),
    ]
    if !isFirst { sources.reverse() }
    let log = LogLines()
    #expect(await ConnectorStates(sources, logger: log.logger).states().keys.sorted() == ["conn-2"])
    #expect(log.text.contains("401"))
  }

  @Test func aServerThatDoesNotAnswerIsNotWaitedFor() async throws {
    let (silent, other) = (try LoopbackServer { _ in .silence }, try BindbeeServer([:]))
    defer { silent.stop() }
    other.change { $0.connectors = [Self.connector("conn-2")] }
    let log = LogLines()
    let sources = [
      ConnectorSource(name: "a", client: try client(silent.url), bindbeeID: "conn-1"),
      ConnectorSource(name: "b", client: try other.client(), bindbeeID: "conn-2"),
    ]
    #expect(await ConnectorStates(sources, logger: log.logger).states().keys.sorted() == ["conn-2"])
    #expect(log.text.contains("no answer in time"))
  }
}
