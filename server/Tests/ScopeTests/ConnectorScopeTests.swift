import AccessKeys
import BindbeeClient
import TestSupport
import Testing

@testable import CandidateSearch
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
      name: "with a filter", rights: [.search, .contacts], scope: "-tag:unused",
      connectors: ["", "lever"]),
    Case(
      name: "with a filter, without contacts", rights: [.search], scope: "connector:lever",
      connectors: ["lever"]),
    Case(name: "missing", rights: [.search], scope: "tag:unused", connectors: []),
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

  /// `as_of` is of the state that a search sees: each change is in the next answer.
  @Test func theAgeOfTheDataIsThatOfTheHits() async throws {
    let keys = try TestKeys()
    let all = try keys.add("all", [.search])
    let filtered = try keys.add("filtered", [.search], scope: "-tag:secret")
    try await withServer { options, _ in
      options.keysPath = keys.file.path
    } _: { server in
      let index = try CandidateIndex(path: server.folder.file("candidates.db"), access: .writing)
      func expect(_ age: String?, of key: String) async throws {
        let answer = try await server.answer("GET", "/v1/search?limit=0", [key])
        let shown = answer.object["as_of"] as? [String: String]
        #expect(shown == age.map { ["greenhouse": $0] } ?? [:], "\(answer.text)")
      }
      try await expect(nil, of: all)
      for day in 1...5 {
        let age = "2026-01-0\(day)T00:00:00Z"
        try index.store(OutsideChange.status(of: "greenhouse", at: age))
        try await expect(age, of: all)
        try await expect(nil, of: filtered)
        try index.ingest(connector: "greenhouse") {
          try $0.add(ByteSource(bytes: Array(#"{"id":"1"}"#.utf8), name: "seen"))
        }
        try await expect(age, of: filtered)
        #expect(try index.delete(ids: ["1"]) == ["1"])
        try await expect(nil, of: filtered)
      }
    }
  }
}
