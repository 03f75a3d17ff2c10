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
    "problems": Tables.problems,
    "limits": Tables.limits,
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
        for parameter in operation.parameters {
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
    let data = Data(Description.openAPI(needsKeys: needsKeys))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let paths = try #require(object["paths"] as? [String: [String: [String: Any]]])
    for operation in OperationTable.api {
      let item = try #require(paths[operation.path]?[operation.method.rawValue.lowercased()])
      #expect(item["operationId"] as? String == operation.id)
      let needsKey = if case .right = operation.access { needsKeys } else { false }
      #expect((item["security"] != nil) == needsKey)
      let responses = try #require(item["responses"] as? [String: Any])
      let statuses = operation.answers.map(\.status.code) + operation.allProblems.map(\.status.code)
      #expect(Set(responses.keys) == Set(statuses.map { "\($0)" }))
    }
    #expect(Set(OperationTable.all.map(\.id)).count == OperationTable.all.count)
  }
}
