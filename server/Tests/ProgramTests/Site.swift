import AccessKeys
import CandidateSearch
import Foundation
import TestSupport

@testable import CandidateServer
@testable import ServerTestSupport

/// All that a server of a team has: an index, keys, a search log, a connector at an API on loopback, and the configuration
/// that names them.
final class Site: Sendable {
  static let connectorToken = "token-5d0e7714aa"
  static let webhookKey = "wh-key-90ac31"
  static let person = #""first_name":"Zacharias","last_name":"Quistgaard","title":"Glazier""#

  let folder: TemporaryFolder
  let bindbee: BindbeeServer
  let key: String
  let auditorKey: String

  var index: String { folder.file("candidates.db") }
  var log: String { folder.file("searches.db") }
  var configuration: String { folder.file("cand-search.toml") }

  /// - Parameter connector: further members of the connector.
  init(connector: String = "", isPurposeRequired: Bool = true) throws {
    folder = try TemporaryFolder()
    bindbee = try BindbeeServer([
      Self.connectorToken: [
        BindbeeServer.Candidate("c-1", modifiedAt: "2026-01-01T00:00:00Z", Self.person)
      ]
    ])
    let keys = AccessKeyFile(path: folder.file("keys.ndjson"))
    key = try keys.add(name: "recruiter", rights: [.search, .contacts, .records]).secret
    auditorKey = try keys.add(name: "auditor", rights: [.log, .metrics]).secret
    for (name, secret) in [
      ("api-key", BindbeeServer.apiKey), ("token", Self.connectorToken), ("webhook-key", Self.webhookKey),
    ] {
      try writePrivate(secret + "\n", to: name)
    }
    try writePrivate(
      """
      index = "\(index)"
      keys = "\(folder.file("keys.ndjson"))"
      listen = "127.0.0.1:0"
      api-key-file = "api-key"

      [log]
      file = "\(log)"
      purpose = "\(isPurposeRequired ? "required" : "optional")"

      [[connector]]
      name = "greenhouse"
      token-file = "token"
      base-address = "\(bindbee.url)"
      bindbee-id = "conn-1"
      \(connector)

      [webhook]
      keys = [{ key-file = "webhook-key" }]

      """, to: "cand-search.toml")
    try CandidateIndex(path: index, access: .writing).ingest { _ in }
    chmod(index, 0o600)
  }

  private func writePrivate(_ text: String, to name: String) throws {
    chmod(try folder.write(text, to: name), 0o600)
  }

  /// What must not be in a line of standard error.
  var secrets: [String] {
    [
      "quistgaard", "zacharias", "glazier", BindbeeServer.apiKey, Self.connectorToken, Self.webhookKey, key,
      auditorKey, "hiring for the yard",
    ]
  }

  func start(_ arguments: [String] = []) async throws -> RunningProgram {
    try await RunningProgram(["--config", configuration] + arguments, in: folder)
  }

  /// Requests as the recruiter.
  func answer(_ program: RunningProgram, _ path: String) async throws -> Wire.Answer {
    try await program.server.answer(
      "GET", path, ["Authorization: Bearer \(key)", "X-Purpose: hiring for the yard"])
  }

  /// Whether a search finds the person.
  func finds(_ program: RunningProgram, _ query: String = "quistgaard") async throws -> Bool {
    let answer = try await answer(program, "/v1/search?q=\(query)")
    guard answer.status == 200 else { throw TestFailure("\(answer.status) \(answer.text)") }
    return (answer.object["hits"] as? [Any])?.isEmpty == false
  }

  /// Waits until a search finds the person. A test's time limit ends a wait for ever.
  func waitUntilFound(_ program: RunningProgram, _ query: String = "quistgaard") async throws {
    while try await !finds(program, query) { try await Task.sleep(for: .milliseconds(10)) }
  }

  /// Sends a signed event.
  func deliver(_ program: RunningProgram, sync: String) async throws -> Wire.Answer {
    let body = Array(
      #"{"webhook":{"event":"connector_synced"},"connector":{"id":"conn-1","end_user_name":"Zacharias"},"sync":{"sync_id":"\#(sync)"}}"#
        .utf8)
    let signature = WebhookKeys.signature(of: body, by: Array(Self.webhookKey.utf8))
    return try await program.server.answer(
      "POST", "/v1/webhooks/bindbee",
      ["X-Bindbee-Webhook-Signature: \(String(decoding: signature, as: UTF8.self))"], body: body)
  }

  /// Requests for candidates that the API has received.
  func waitForRequest() async throws {
    while bindbee.requestCount == 0 { try await Task.sleep(for: .milliseconds(5)) }
  }
}
