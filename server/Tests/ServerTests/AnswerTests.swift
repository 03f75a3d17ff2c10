import Foundation
import Testing
import ZlibLibrary

@testable import CandidateServer
@testable import ServerTestSupport

/// What an answer is besides its body.
@Suite struct AnswerTests {
  /// All hits, so that there is no cursor, which differs from one second to the next.
  private static let search = "/v1/search?q=engineer&limit=1000"

  // MARK: - Entity tags

  @Test func anEqualTagIsAnsweredWithoutABody() async throws {
    try await withServer { server in
      // A page with a cursor.
      let page = "/v1/search?q=engineer&limit=5"
      let tag = try #require(try await server.answer("GET", page).headers["etag"])
      try await Task.sleep(for: .seconds(1))
      for (field, status) in [
        (tag, 304), ("*", 304), ("\"other\", \(tag)", 304), ("\"other\" , \(tag) ,", 304),
        (tag.replacing("W/", with: ""), 304), ("\"other\"", 200), ("", 200),
        (String(tag.dropLast()), 200),
      ] {
        for method in ["GET", "HEAD"] {
          let answer = try await server.answer(method, page, ["If-None-Match: \(field)"])
          #expect(answer.status == status, "\(field)")
          #expect(answer.headers["etag"] == tag)
          if status == 304 { #expect(answer.body.isEmpty) }
        }
      }
      let both = try await server.answer(
        "GET", page, ["If-None-Match: \"other\"", "If-None-Match: \(tag)"])
      #expect(both.status == 304)
    }
  }

  @Test func anotherBodyHasAnotherTag() async throws {
    try await withServer { server in
      let before = try await server.answer("GET", "/v1/search?q=id:new-1").headers["etag"]
      let body = Array(#"{"id":"new-1","first_name":"New"}"#.utf8)
      #expect(try await server.answer("POST", "/v1/candidates/a", body: body).status == 200)
      let after = try await server.answer("GET", "/v1/search?q=id:new-1")
      #expect(after.headers["etag"] != before)
      let record = try await server.answer("GET", "/v1/candidates/a/new-1")
      #expect(record.body == body, "byte for byte")
    }
  }

  // MARK: - Members

  @Test(arguments: [
    ("id", #"{"id": "m-1","_match":"#), ("id,title", #"{"id": "m-1", "title": "A\"B","_match":"#),
    ("title", #"{ "title": "A\"B","_match":"#), ("company", #"{"_match":"#),
  ]) func onlyTheseMembersOfARecord(_ fields: String, _ beginning: String) async throws {
    try await withServer { server in
      let body = Array(#"{"id": "m-1", "title": "A\"B", "unknown": {"id": 2} }"#.utf8)
      #expect(try await server.answer("POST", "/v1/candidates/a", body: body).status == 200)
      let answer = try await server.answer(
        "GET", "/v1/search?q=id:m-1&highlight=false&fields=\(fields)")
      #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix(#"{"hits":["# + beginning))
    }
  }

  @Test func anUnknownMemberIsRefused() async throws {
    try await withServer { server in
      let answer = try await server.answer("GET", "/v1/search?q=a&fields=salary")
      #expect(answer.status == 400)
    }
  }

  // MARK: - Compression

  @Test(arguments: [
    ("gzip", true), ("GZIP", true), ("x-gzip", true), ("br, gzip;q=0.5", true), ("gzip; q=1", true),
    ("gzip;q=0", false), ("gzip; q=0.000", false), ("identity", false), ("br", false), ("", false),
    ("gzipped", false), ("identity, *;q=0", false),
  ]) func gzipWhereItIsAccepted(_ field: String, _ isCompressed: Bool) async throws {
    try await withServer { server in
      let plain = try await server.answer("GET", Self.search)
      let answer = try await server.answer("GET", Self.search, ["Accept-Encoding: \(field)"])
      #expect(answer.headers["content-encoding"] == (isCompressed ? "gzip" : nil))
      #expect((isCompressed ? try Self.inflated(answer.body) : answer.body) == plain.body)
      #expect(answer.headers["vary"] == "Accept-Encoding")
      #expect(answer.headers["etag"] == plain.headers["etag"])
      // Too short to gain anything.
      let short = try await server.answer("GET", "/livez", ["Accept-Encoding: \(field)"])
      #expect(short.headers["content-encoding"] == nil)
    }
  }

  private static func inflated(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    try #require(inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
    defer { inflateEnd(&stream) }
    var (bytes, output) = (bytes, [UInt8](repeating: 0, count: 1 << 20))
    let result = bytes.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return inflate(&stream, Z_FINISH)
      }
    }
    try #require(result == Z_STREAM_END)
    return Array(output.prefix(output.count - Int(stream.avail_out)))
  }

  // MARK: - Methods

  @Test(arguments: OperationTable.all.filter { $0.method == .get }.map(\.path))
  func headHasTheFieldsOfGet(_ path: String) async throws {
    let volatile = ["date", "x-request-id", "content-length", "etag", "set-cookie"]
    try await withServer { server in
      let queries = ["/v1/suggest": "?q=eng", "/v1/search": "?limit=1000"]
      let path = path.replacing(/\{[a-z]+\}/, with: "x") + queries[path, default: ""]
      for fields in [[], ["Accept-Encoding: gzip"]] {
        let get = try await server.answer("GET", path, fields)
        let head = try await server.answer("HEAD", path, fields)
        #expect(head.status == get.status)
        #expect(
          head.headers.filter { !volatile.contains($0.key) }
            == get.headers.filter { !volatile.contains($0.key) })
        #expect(head.headers.keys.sorted() == get.headers.keys.sorted())
        #expect(head.body.isEmpty)
        // The metrics, the ids of problems and the tokens of forms change from one request to the next.
        if get.status == 200, path != "/metrics",
          !get.headers["cache-control", default: ""].contains("no-store")
        {
          #expect(head.headers["content-length"] == get.headers["content-length"])
        }
      }
    }
  }

  @Test func otherMethodsAreRefusedWithThoseThatThereAre() async throws {
    try await withServer { server in
      for path in Set(OperationTable.all.map(\.path)).sorted() {
        let known = OperationTable.all.filter { $0.path == path }.map(\.method.rawValue)
        let expected = Set(known + (known.contains("GET") ? ["HEAD"] : []))
        for method in [
          "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "PURGE",
          "M-SEARCH",
        ]
        where !expected.contains(method) {
          let answer = try await server.answer(method, path.replacing(/\{[a-z]+\}/, with: "x"))
          #expect(answer.status == 405, "\(method) \(path)")
          let allowed = answer.headers["allow"]?.split(separator: ", ").map(String.init) ?? []
          #expect(Set(allowed) == expected)
        }
      }
    }
  }

  // MARK: - Other origins

  private static let preflight = [
    "Origin: https://tools.example.com", "Access-Control-Request-Method: POST",
  ]

  @Test func withoutOriginsNoPageMayCall() async throws {
    try await withServer { server in
      let answer = try await server.answer("GET", Self.search, ["Origin: https://tools.example.com"])
      #expect(answer.status == 200)
      #expect(answer.headers.keys.allSatisfy { !$0.hasPrefix("access-control") })
      #expect(try await server.answer("OPTIONS", "/v1/search", Self.preflight).status == 405)
    }
  }

  @Test func configuredOriginsMayCall() async throws {
    try await withServer({ options, _ in options.origins = ["https://tools.example.com"] }) { server in
      let preflight = try await server.answer("OPTIONS", "/v1/search", Self.preflight)
      #expect(preflight.status == 204)
      #expect(preflight.headers["access-control-allow-origin"] == "https://tools.example.com")
      #expect(preflight.headers["access-control-allow-headers"]?.contains("Authorization") == true)
      for (origin, isAllowed) in [
        ("https://tools.example.com", true), ("http://tools.example.com", false),
        ("https://tools.example.com.evil.example", false), ("https://tools.example.com:8443", false),
        ("null", false), ("*", false),
      ] {
        let answer = try await server.answer("GET", Self.search, ["Origin: \(origin)"])
        #expect(answer.headers["access-control-allow-origin"] == (isAllowed ? origin : nil))
        #expect(answer.headers["access-control-allow-credentials"] == nil)
        #expect(answer.headers["vary"] == "Origin, Accept-Encoding")
        let preflight = try await server.answer(
          "OPTIONS", "/v1/search", ["Origin: \(origin)", "Access-Control-Request-Method: POST"])
        #expect(preflight.status == (isAllowed ? 204 : 405))
      }
    }
  }

  // MARK: - Connectors

  /// `é` as one character and as two is equal to Swift, but not to the index.
  @Test func namesOfConnectorsAreBytes() async throws {
    try await withServer { server in
      let names = ["caf\u{E9}", "cafe\u{301}"].map { name in
        name.utf8.map { "%" + String($0, radix: 16) }.joined()
      }
      for (name, record) in zip(
        names, [#"{"id":"c-1","first_name":"One"}"#, #"{"id":"c-1","first_name":"Two"}"#])
      {
        let answer = try await server.answer("POST", "/v1/candidates/\(name)", body: Array(record.utf8))
        #expect(answer.object["added"] as? Int == 1, "\(answer.text)")
      }
      for (name, expected) in zip(names, ["One", "Two"]) {
        let answer = try await server.answer("GET", "/v1/candidates/\(name)/c-1")
        #expect(answer.object["first_name"] as? String == expected, "\(name)")
        let part = try await server.answer("GET", "/candidate?connector=\(name)&id=c-1")
        #expect(part.status == 200 && part.text.contains(expected), "\(name)")
      }
    }
  }

  // MARK: - Ids of requests

  @Test(arguments: [
    ("0f8fad5b-d9cb-469f-a165-70867728950e", true), ("0F8FAD5B-D9CB-469F-A165-70867728950E", true),
    ("4bf92f3577b34da6a3ce929d0e0e4736", true), ("00f067aa0ba902b7", true),
    (String(repeating: "a", count: 33), false),
    ("00f067aa0ba902b7" + String(repeating: "-", count: 21), false),
    ("adele-facade", false), ("020-7946-0958-12", false), ("jane.roe@example.com", false), ("a", false),
    ("g0f067aa0ba902b7", false), ("00f067aa 0ba902b7", false), ("٠0f067aa0ba902b71", false), ("{}", false),
    ("", false),
  ]) func idsOfTracesAreReturned(_ id: String, _ isReturned: Bool) async throws {
    try await withServer { server in
      for path in ["/livez", "/nowhere"] {
        let answer = try await server.answer("GET", path, ["X-Request-Id: \(id)"])
        let returned = try #require(answer.headers["x-request-id"])
        #expect((returned == id) == isReturned)
        #expect(!returned.isEmpty)
        if path == "/nowhere" { #expect(answer.object["request_id"] as? String == returned) }
      }
    }
  }
}
