import AccessKeys
import BindbeeClient
import TestSupport
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// Which of the configured connectors a key sees before they were synced.
@Suite struct ConnectorScopeTests {
  /// A key, and the connectors that it sees.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let rights: Set<AccessRight>
    var scope: String?
    let connectors: [String]
    var testDescription: String { name }
  }

  private static let all = ["", "greenhouse", "lever"]

  static let cases: [Case] = [
    Case(name: "with contacts", rights: [.search, .contacts], connectors: all),
    Case(name: "without contacts", rights: [.search], connectors: all),
    Case(
      name: "with a filter", rights: [.search, .contacts], scope: "-tag:nobody-has-it",
      connectors: ["", "lever"]),
    Case(
      name: "with a filter, without contacts", rights: [.search], scope: "connector:lever",
      connectors: ["lever"]),
    Case(name: "nobody", rights: [.search], scope: "tag:nobody-has-it", connectors: []),
  ]

  @Test(arguments: cases) func onlyAFilterHidesAConnector(_ example: Case) async throws {
    let keys = try TestKeys()
    let key = try keys.add("key", example.rights, scope: example.scope)
    let writer = try keys.add("writer", [.write])
    let bindbee = try BindbeeServer([:])
    let client = BindbeeClient(
      try BindbeeAccess(apiKey: BindbeeServer.apiKey, connectorToken: "token", baseURL: bindbee.url))
    try await withServer { options, _ in
      options.keysPath = keys.file.path
      // Never synced, since it has no schedule.
      options.connectors = ["greenhouse", "lever"].map { ConnectorSource(name: $0, client: client) }
    } _: { server in
      let upload = try await server.answer(
        "POST", "/v1/candidates/lever", [writer], body: Array(#"{"id":"1"}"#.utf8))
      #expect(upload.status == 200)
      let answer = try await server.answer("GET", "/v1/connectors", [key])
      let connectors = answer.object["connectors"] as? [[String: Any]] ?? []
      #expect(connectors.compactMap { $0["name"] as? String } == example.connectors, "\(answer.text)")
    }
  }
}
