import Foundation
import TestSupport
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// What `docs/server.md` and `/docs` say is what the server does.
@Suite struct DocumentationTests {
  static let document = "docs/server.md"

  // MARK: - Tables

  private static let tables = [
    "operations": Tables.operations, "pages": Tables.pages, "rights": Tables.rights,
    "problems": Tables.problems, "limits": Tables.limits, "fields": Tables.fields,
  ]

  @Test(arguments: tables.keys.sorted()) func tablesAreThoseOfTheCode(_ name: String) throws {
    let table = try #require(Self.tables[name])
    let text = "<!-- \(name) -->\n\(table.markdown)<!-- /\(name) -->"
    #expect(try Fixture.text(Self.document).contains(text), "the document should contain:\n\(text)")
  }

  // MARK: - The page

  @Test func thePageDescribesEverythingAndLoadsNothing() async throws {
    try await withServer { server in
      let answer = try await server.answer("GET", "/docs")
      let policy = try #require(answer.headers["content-security-policy"])
      #expect(policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
      for forbidden in [
        "<script", "<img", "<link", "<iframe", "http://", "https://", "@import", "url(", "style=",
      ] { #expect(!answer.text.contains(forbidden), "\(forbidden)") }
      let anchors = Set(answer.text.matches(of: /\sid="([^"]+)"/).map { String($0.output.1) })
      for link in answer.text.matches(of: /href="#([^"]+)"/) {
        #expect(anchors.contains(String(link.output.1)), "#\(link.output.1)")
      }
      for operation in OperationTable.api {
        #expect(anchors.contains(operation.id))
        for parameter in operation.parameters + operation.fields {
          #expect(answer.text.contains("<code>\(parameter.name)</code>"), "\(parameter.name)")
        }
      }
      // The address that `type` of a problem has.
      for kind in Problem.Kind.allCases { #expect(anchors.contains("problem-\(kind.rawValue)")) }
    }
  }

  /// The style of the page is the one that the policy permits.
  @Test func thePolicyPermitsTheStyle() async throws {
    try await withServer { server in
      let answer = try await server.answer("GET", "/docs")
      let style = try #require(answer.text.firstMatch(of: /(?s)<style>(.*?)<\/style>/)?.output.1)
      let run = try CommandRun(
        program: "/bin/sh",
        ["-c", "printf %s \"$STYLE\" | openssl dgst -sha256 -binary | openssl base64"],
        environment: ["STYLE": String(style)], folder: "/")
      let hash = run.output.trimmingCharacters(in: .newlines)
      #expect(!hash.isEmpty)
      #expect(answer.headers["content-security-policy"]?.contains("'sha256-\(hash)'") == true)
    }
  }

  // MARK: - The description

  @Test(arguments: [true, false]) func theDescriptionHasEveryOperation(_ needsKeys: Bool) throws {
    // A server may require a purpose with keys or without; both occur here.
    let data = Data(Description.openAPI(needsKeys: needsKeys, requiresPurpose: needsKeys))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let paths = try #require(object["paths"] as? [String: [String: [String: Any]]])
    for operation in OperationTable.api {
      let item = try #require(paths[operation.path]?[operation.method.rawValue.lowercased()])
      #expect(item["operationId"] as? String == operation.id)
      let needsKey = if case .right = operation.access { needsKeys } else { false }
      #expect((item["security"] != nil) == needsKey)
      try expectFields(
        item, operation.id, isRecorded: operation.isRecorded, isSigned: operation.access == .signature,
        requiresPurpose: needsKeys)
      let responses = try #require(item["responses"] as? [String: Any])
      let statuses = operation.answers.map(\.status.code) + operation.allProblems.map(\.status.code)
      #expect(Set(responses.keys) == Set(statuses.map { "\($0)" }))
    }
    #expect(Set(OperationTable.all.map(\.id)).count == OperationTable.all.count)
  }

  /// Every operation takes an id of the request; those that are recorded a purpose, which a server may require.
  private func expectFields(
    _ item: [String: Any], _ id: String, isRecorded: Bool, isSigned: Bool, requiresPurpose: Bool
  ) throws {
    let parameters = try #require(item["parameters"] as? [[String: Any]])
    let fields = parameters.filter { $0["in"] as? String == "header" }
    let names = fields.compactMap { $0["name"] as? String }
    #expect(names.contains("X-Request-Id"), "\(id)")
    #expect(names.contains("X-Purpose") == isRecorded, "\(id)")
    #expect(names.contains("X-Bindbee-Webhook-Signature") == isSigned, "\(id)")
    for field in fields {
      let (name, isRequired) = (field["name"] as? String, field["required"] as? Bool)
      #expect(isRequired == (name == "X-Purpose" && requiresPurpose), "\(id)")
      let schema = try #require(field["schema"] as? [String: Any])
      #expect(schema["maxLength"] as? Int == (name == "X-Purpose" ? 500 : nil), "\(id)")
    }
  }

  @Test func theDescriptionIsThatOfTheServer() async throws {
    for requiresPurpose in [false, true] {
      try await withServer { options, folder in
        options.logPath = folder.file("log.db")
        options.requiresPurpose = requiresPurpose
      } _: { server in
        let answer = try await server.answer("GET", "/openapi.json")
        #expect(answer.body == Description.openAPI(needsKeys: false, requiresPurpose: requiresPurpose))
      }
    }
  }
}
