import AccessKeys
import TestSupport
import Testing

@testable import CandidateSearch
@testable import CandidateServer
@testable import ServerTestSupport

/// What a server answers while a part of the index cannot be read.
@Suite struct MissingPartsTests {
  /// A server over an index whose second server is down, with keys for all candidates and for those of the public.
  private static func withPartialServer(
    _ body:
      @escaping @Sendable (TestServer, PartsEngine, _ all: String, _ public: String) async throws -> Void
  ) async throws {
    let engine = try PartsEngine(
      first: [#"{"id":"a1","last_name":"Abbott","title":"Nurse"}"#],
      second: [#"{"id":"b1","last_name":"Brandt","title":"Nurse"}"#])
    engine.isSecondDown = true
    let folder = try TemporaryFolder()
    let keys = AccessKeyFile(path: folder.file("keys.ndjson"))
    let rights: Set<AccessRight> = [.search, .records, .contacts, .export]
    let all = "Authorization: Bearer " + (try keys.add(name: "all", rights: rights).secret)
    let some =
      "Authorization: Bearer " + (try keys.add(name: "some", scope: "title:nurse", rights: rights).secret)
    try await withServer {
      $0.keysPath = keys.path
      _ = $1
    } _: {
      try await body($0, engine, all, some)
    } made: {
      try CandidateServer($0, reader: CandidateIndex(engine))
    }
    _ = folder
  }

  private static let path = "/v1/search?q=nurse&count=true&facet=title"

  @Test func aSearchNamesTheServerAndFails() async throws {
    try await Self.withPartialServer { server, _, all, some in
      for (key, part) in [(all, "the server db2"), (some, "a part of the index")] {
        for path in [Self.path, "/v1/export?q=nurse"] {
          let answer = try await server.answer("GET", path, [key])
          #expect(answer.status == 503)
          #expect(answer.headers["retry-after"] == "1")
          #expect(answer.text.contains("/docs#problem-parts-missing"))
          #expect(answer.text.contains("\(part) cannot be reached"))
          #expect(answer.text.contains("db2") == (key == all))
        }
      }
    }
  }

  @Test func aPartialSearchIsMarkedAndNotStored() async throws {
    try await Self.withPartialServer { server, engine, all, some in
      for (key, partial) in [(all, #""partial":["db2"]"#), (some, #""partial":["a part of the index"]"#)] {
        for _ in 0..<2 {
          let answer = try await server.answer("GET", Self.path + "&partial=true", [key, "If-None-Match: *"])
          #expect(answer.status == 200)
          #expect(answer.text.contains(#""count":1"#))
          #expect(answer.text.contains(partial))
          #expect(answer.headers["cache-control"] == "no-store")
          #expect(answer.headers["etag"] == nil)
        }
      }
      let body = Array(#"{"q":"nurse","partial":true}"#.utf8)
      let posted = try await server.answer("POST", "/v1/search", [all], body: body)
      #expect(posted.text.contains(#""partial":["db2"]"#))

      engine.isSecondDown = false
      let complete = try await server.answer("GET", Self.path + "&partial=true", [all])
      #expect(complete.text.contains(#""count":2"#) && !complete.text.contains(#""partial""#))
      let tag = try #require(complete.headers["etag"])
      #expect(
        try await server.answer("GET", Self.path + "&partial=true", [all, "If-None-Match: \(tag)"]).status
          == 304)
      engine.isSecondDown = true
      #expect(
        try await server.answer("GET", Self.path + "&partial=true", [all, "If-None-Match: \(tag)"]).status
          == 200)
    }
  }

  @Test func thePageSaysWhatIsMissing() async throws {
    try await Self.withPartialServer { server, engine, all, some in
      for (key, part) in [(all, "the server db2"), (some, "a part of the index")] {
        let session = try await BrowserSession(server, key: String(key.split(separator: " ").last ?? ""))
        for path in ["/?q=nurse", "/results?q=nurse", "/results?q=xyzzy", "/?q=nurse&filters=true"] {
          let answer = try await server.answer("GET", path, [session.field])
          #expect(answer.status == 200)
          #expect(
            answer.text.contains("Some candidates are missing from this list: \(part) cannot be reached"))
          #expect(answer.text.contains("db2") == (key == all))
          #expect(answer.headers["cache-control"] == "no-store")
          #expect(answer.headers["etag"] == nil)
        }
        let filters = try await server.answer("GET", "/filters?q=nurse", [session.field])
        #expect(filters.text.contains("at least 1 candidate"))
        #expect(!filters.text.contains("Export"), "an export is complete")
        #expect(filters.headers["etag"] == nil)
      }
      engine.isSecondDown = false
      let session = try await BrowserSession(server, key: String(all.split(separator: " ").last ?? ""))
      let page = try await server.answer("GET", "/?q=nurse&filters=true", [session.field])
      #expect(!page.text.contains("missing from this list") && !page.text.contains("at least"))
      #expect(page.text.contains("2 candidates") && page.text.contains("Export"))
    }
  }

  @Test func theServerIsReady() async throws {
    try await Self.withPartialServer { server, _, _, _ in
      let ready = try await server.answer("GET", "/readyz")
      #expect(ready.status == 200)
    }
  }
}
