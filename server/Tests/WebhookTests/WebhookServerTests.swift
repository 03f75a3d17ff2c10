import CandidateSearch
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateServer

/// Webhooks and the state of connectors over HTTP.
@Suite(.mustEnd) struct WebhookServerTests {
  private let path = "/v1/webhooks/bindbee"

  @Test func anEventBringsTheNewCandidateIntoTheIndex() async throws {
    let server = try await LiveServer(0..<1)
    #expect(try await server.get("/v1/search?q=Ann0").body.contains(#""hits":[]"#))
    let answer = try await server.deliver(body("connector_synced"))
    #expect(answer.status == 202 && answer.body == #"{"status":"stored"}"#)
    try await wait { try await server.get("/v1/search?q=Ann0").body.contains(#""id":"c0""#) }
    server.bindbee.change { $0.candidates[connectorToken] = remotes(0..<2) }
    let modified = body("connector_data_modified", data: #"{"candidates":["c1"]}"#)
    #expect(try await server.deliver(modified).status == 202)
    try await wait { try await server.get("/v1/search?q=Ann1").body.contains(#""id":"c1""#) }
    #expect(try await server.deliver(modified).body == #"{"status":"duplicate"}"#)
    #expect(server.bindbee.takeWalks() == ["all", "c1"])
  }

  @Test func anEventDoesNotWaitForTheIndex() async throws {
    let server = try await LiveServer(0..<1)
    #expect(try await server.deliver(body("connector_synced")).status == 202)
    try await wait { try await server.get("/v1/search?q=Ann0").body.contains(#""id":"c0""#) }
    let events = try DatabaseQueue(path: server.folder.file("index.db-webhooks"))
    let waiting = "SELECT count(*) FROM event WHERE processed_at IS NULL"
    try await wait { try await events.read { try Int.fetchOne($0, sql: waiting) } == 0 }
    server.bindbee.change { $0.candidates[connectorToken] = remotes(0..<2) }
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    configuration.busyMode = .timeout(60)
    let other = try DatabaseQueue(path: server.folder.file("index.db"), configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    for number in 0..<5 {
      // The lock is held until after the last answer. Each event is on the disk before its answer.
      #expect(try await server.deliver(body("connector_synced", sync: "waiting-\(number)")).status == 202)
      #expect(try await events.read { try Int.fetchOne($0, sql: waiting) } == number + 1)
    }
    #expect(try await server.get("/v1/search?q=Ann1").body.contains(#""hits":[]"#))
    try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
    try await wait { try await server.get("/v1/search?q=Ann1").body.contains(#""id":"c1""#) }
    try await wait { try await events.read { try Int.fetchOne($0, sql: waiting) } == 0 }
  }

  /// Each case as a table row: name, signature of the body, status.
  struct Case: CustomTestStringConvertible {
    let name: String
    var body: [UInt8] = WebhookTests.body("connector_synced")
    /// The field; nil for the right signature.
    var signature: String?
    var keys: [String]? = [webhookKey]
    let status: Int
    var testDescription: String { name }
  }

  private static func padded(_ count: Int) -> [UInt8] {
    let body = body("connector_synced")
    return body + [UInt8](repeating: UInt8(ascii: " "), count: count - body.count)
  }

  private static func signature(_ body: [UInt8], _ key: String = webhookKey) -> String {
    String(decoding: WebhookKeys.signature(of: body, by: Array(key.utf8)), as: UTF8.self)
  }

  static let cases: [Case] = [
    Case(name: "valid", status: 202),
    Case(name: "the second key", keys: ["old key", webhookKey], status: 202),
    Case(name: "another key", signature: signature(body("connector_synced"), "wrong"), status: 401),
    Case(name: "missing", signature: "", status: 401),
    Case(name: "not base64", signature: "%%%", status: 401),
    Case(name: "not padded", signature: String(signature(body("connector_synced")).dropLast()), status: 401),
    Case(
      name: "of another body", signature: signature(body("connector_synced", sync: "sync-2")), status: 401),
    Case(name: "an empty body", body: [], status: 400),
    Case(name: "an empty body, not signed", body: [], signature: signature([1]), status: 401),
    Case(name: "1 MB", body: padded(1 << 20), status: 202),
    Case(name: "1 MB + 1", body: padded((1 << 20) + 1), status: 413),
    Case(name: "an unknown event", body: body("new_event"), status: 202),
    Case(name: "an unknown connector", body: body("connector_synced", connector: "conn-9"), status: 202),
    Case(name: "no event", body: Array("{}".utf8), status: 400),
    Case(name: "nested deeply", body: [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000), status: 400),
    Case(name: "a server without keys", keys: nil, status: 401),
  ]

  @Test(arguments: cases) func isAnswered(_ example: Case) async throws {
    let server = try await LiveServer(0..<1, keys: example.keys)
    let field = example.signature ?? Self.signature(example.body)
    let headers = field.isEmpty ? [:] : ["X-Bindbee-Webhook-Signature": field]
    let answer = try await server.post(path, example.body, headers: headers)
    #expect(answer.status == example.status, "\(answer.body)")
    #expect(!answer.body.contains(email) && !answer.body.contains(webhookKey))
  }

  // MARK: - Connectors

  @Test func connectorsAreListedWithTheirStates() async throws {
    let server = try await LiveServer(0..<2)
    server.bindbee.change {
      $0.connectors = [
        #"{"id":"conn-1","is_active":true,"status":"RELINK_NEEDED","integration_slug":"greenhouse","#
          + #""connector_token":"\#(otherToken)","sync_status":"Failed","relink_needed_at":"2026-01-02T00:00:00Z"}"#
      ]
    }
    let before = try await server.get("/v1/connectors")
    #expect(
      before.body
        == #"{"connectors":[{"name":"greenhouse","candidates":0,"fresh_at":null,"running":false,"#
        + #""last_sync":null,"sync_error_at":null,"needs_relinking":true,"bindbee":{"integration":"greenhouse","#
        + #""status":"RELINK_NEEDED","sync_status":"Failed","relink_needed_at":"2026-01-02T00:00:00Z","#
        + #""last_sync_start_time":null,"is_active":true}}]}"#)
    #expect(try await server.deliver(body("connector_sync_error")).status == 202)
    #expect(
      try await server.get("/metrics").body.contains(
        "cand_search_connector_failed{connector=\"greenhouse\"} 1.0"))
    #expect(try await !server.get("/v1/connectors").body.contains(#""sync_error_at":null"#))
    #expect(try await server.deliver(body("connector_synced")).status == 202)
    try await wait { try await server.get("/v1/connectors").body.contains(#""outcome":"complete""#) }
    let after = try await server.get("/v1/connectors").body
    #expect(after.contains(#""candidates":2,"fresh_at":"20"#) && after.contains(#""sync_error_at":null"#))
    #expect(after.contains(#""kind":"full""#) && !after.contains(otherToken))
    let index = try CandidateIndex(path: server.folder.file("index.db"))
    #expect(try await index.connectorStates().map(\.name) == ["greenhouse"])
  }

  @Test func connectorsOutsideTheScopeDoNotExist() async throws {
    let folder = try TemporaryFolder()
    let writer = try CandidateIndex(path: folder.file("index.db"), access: .writing)
    try writer.ingest(connector: "hidden") {
      try $0.add(ByteSource(bytes: Array(#"{"id":"1","is_private":true}"#.utf8), name: "x"))
    }
    try writer.ingest(connector: "seen") {
      try $0.add(ByteSource(bytes: Array(#"{"id":"2"}"#.utf8), name: "x"))
    }
    #expect(try await writer.connectorStates().map(\.name) == ["hidden", "seen"])
    let index = try CandidateIndex(path: folder.file("index.db"), scope: .public)
    #expect(try await index.connectorStates().map(\.name) == ["seen"])
  }

  @Test func aServerWithoutConnectorsHasNoFileOfEvents() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("index.db")
    try CandidateIndex(path: path, access: .writing).ingest { _ in }
    _ = try CandidateServer(CandidateServer.Options(indexPath: path))
    #expect(!FileManager.default.fileExists(atPath: path + "-webhooks"))
  }
}
