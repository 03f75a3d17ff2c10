import Foundation
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// Bodies are limited, however their length is told and whatever the path does with them.
@Suite struct BodyLimitTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    let length: Int
    let status: Int
    var testDescription: String { name }
  }

  private static let small = 64 << 10

  static let cases = [
    Case(name: "records", path: "/v1/candidates/a", length: small, status: 200),
    Case(name: "records that are too long", path: "/v1/candidates/a", length: small + 1, status: 413),
    Case(name: "JSON", path: "/v1/search", length: 1_000, status: 200),
    Case(name: "JSON that is too long", path: "/v1/search", length: 1_001, status: 413),
    Case(name: "another JSON that is too long", path: "/v1/lookup", length: 1_001, status: 413),
    Case(name: "a body for a path that reads none", path: "/nowhere", length: small, status: 404),
  ]

  private static func withSmallLimits(_ body: @escaping @Sendable (TestServer) async throws -> Void)
    async throws
  {
    try await withServer(
      { options, _ in
        options.limits.bodyBytes = small
        options.limits.jsonBytes = 1_000
      }, body)
  }

  /// An object in JSON, or a record, of exactly this length.
  private static func body(_ path: String, _ length: Int) -> [UInt8] {
    let (start, end) = path.hasPrefix("/v1/candidates") ? (#"{"id":"1","a":""#, "\"}\n") : ("{", "}")
    let filler = path.hasPrefix("/v1/candidates") ? "a" : " "
    return Array((start + String(repeating: filler, count: length - start.count - end.count) + end).utf8)
  }

  private static func chunks(_ body: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: body.count, by: 10_000) {
      let piece = body[start...].prefix(10_000)
      bytes += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8)
    }
    return bytes + Array("0\r\n\r\n".utf8)
  }

  @Test(arguments: cases) func byDeclaredLength(_ limit: Case) async throws {
    try await Self.withSmallLimits { server in
      let answer = try await server.answer("POST", limit.path, body: Self.body(limit.path, limit.length))
      #expect(answer.status == limit.status, "\(answer.text)")
      if limit.status == 413 { #expect(answer.problem == "body-too-large") }
    }
  }

  @Test(arguments: cases) func byChunks(_ limit: Case) async throws {
    try await Self.withSmallLimits { server in
      let wire = try await server.connect()
      try await wire.send(Wire.request("POST", limit.path, ["Transfer-Encoding: chunked"]))
      try await wire.send(Self.chunks(Self.body(limit.path, limit.length)))
      let answer = try #require(try await wire.answer())
      #expect(answer.status == limit.status, "\(answer.text)")
    }
  }

  /// The answer comes before the body, which is never sent.
  @Test func aTooLongBodyIsRefusedBeforeItIsSent() async throws {
    try await withServer { server in
      for (path, fields) in [
        ("/v1/candidates/a", ["Content-Length: \((16 << 20) + 1)", "Expect: 100-continue"]),
        ("/v1/lookup", ["Content-Length: \((1 << 20) + 1)"]),
      ] {
        let wire = try await server.connect()
        try await wire.send(Wire.request("POST", path, fields))
        let answer = try #require(try await wire.answer())
        #expect(answer.status == 413)
      }
    }
  }

  @Test func aClientThatWaitsIsInvitedToSendItsBody() async throws {
    try await withServer { server in
      let wire = try await server.connect()
      let body = Array(#"{"items":[]}"#.utf8)
      try await wire.send(
        Wire.request("POST", "/v1/lookup", ["Content-Length: \(body.count)", "Expect: 100-continue"]))
      #expect(try await wire.answer()?.status == 100)
      try await wire.send(body)
      #expect(try await wire.answer()?.status == 200)
    }
  }

  @Test(arguments: ["/nowhere", "/livez", "/v1/search"]) func endlessBodiesAreCut(_ path: String) async throws
  {
    try await Self.withSmallLimits { server in
      let wire = try await server.connect()
      try await wire.send(Wire.request("POST", path, ["Transfer-Encoding: chunked"]))
      let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0x20, count: 65_536) + Array("\r\n".utf8)
      // Three megabytes; sending ends where the server has closed.
      for _ in 0..<48 { try await wire.send(chunk) }
      #expect(try await wire.end() == .closed)
      #expect(try await server.answer("GET", "/livez").status == 200)
    }
  }

  @Test func withoutAKeyNothingOfABodyIsRead() async throws {
    try await withServer({ options, folder in options.keysPath = try folder.write("", to: "keys") }) {
      server in
      let wire = try await server.connect()
      try await wire.send(Wire.request("POST", "/v1/candidates/a", ["Content-Length: 1000000"]))
      let answer = try #require(try await wire.answer())
      #expect(answer.status == 401)
      #expect(answer.headers["www-authenticate"] == "Bearer")
    }
  }

  @Test(arguments: ["gzip", "br", "deflate, gzip"]) func codedBodiesAreRefused(_ coding: String) async throws
  {
    try await withServer { server in
      let answer = try await server.answer(
        "POST", "/v1/search", ["Content-Encoding: \(coding)"], body: Array("{}".utf8))
      #expect(answer.status == 415)
      #expect(answer.headers["accept-encoding"] == "identity")
      let plain = try await server.answer(
        "POST", "/v1/search", ["Content-Encoding: identity"], body: Array("{}".utf8))
      #expect(plain.status == 200)
      for (coding, status) in [("\(coding), chunked", 415), ("Chunked", 200)] {
        let wire = try await server.connect()
        try await wire.send(Wire.request("POST", "/v1/search", ["Transfer-Encoding: \(coding)"]))
        try await wire.send("2\r\n{}\r\n0\r\n\r\n")
        #expect(try await wire.answer()?.status == status, "\(coding)")
      }
    }
  }

  /// The decoder's time grows with the square of the depth: a megabyte of such lists would take a quarter of an hour.
  @Test(arguments: [("[", "]"), ("{\"a\":", "}")]) func nestedBodiesAreRefused(
    _ opening: String, _ closing: String
  ) async throws {
    try await withServer { server in
      func body(_ depth: Int, times: Int = 1) -> [UInt8] {
        let value = String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
        return Array("{\"a\":[\(Array(repeating: value, count: times).joined(separator: ","))]}".utf8)
      }
      for path in ["/v1/search", "/v1/lookup", "/v1/forget"] {
        for (body, isNested) in [
          (body(JSONInput.maximumDepth - 2), false), (body(JSONInput.maximumDepth - 1), true),
          (body(500, times: 150), true), (body(100_000), true),
          (Array(#"{"a":"\"[[[[[[[[[[[[[[[[[[[[[["}"#.utf8), false),
          (Array(#"{"a":"\\","b":\#(String(repeating: "[", count: 20))"#.utf8), true),
        ] {
          let answer = try await server.answer("POST", path, body: body)
          #expect(answer.status == 400)
          let detail = answer.object["detail"] as? String ?? ""
          #expect(detail.contains("within one another") == isNested, "\(path): \(detail)")
        }
      }
    }
  }

  @Test func emptyUploadsAreRefused() async throws {
    try await withServer { server in
      for headers in [
        [], ["Content-Length: 0"], ["Content-Length: 0", "Content-Type: application/x-ndjson"],
      ] {
        let answer = try await server.answer("POST", "/v1/candidates/a", headers)
        #expect(answer.problem == "wrong-body")
      }
    }
  }

  @Test func queriesHaveAtMostTenThousandCharacters() async throws {
    try await withServer { server in
      for (length, status) in [(10_000, 200), (10_001, 400)] {
        // Of four bytes each, so of twelve in the address.
        let query = String(repeating: "%F0%9F%98%80", count: length)
        let answer = try await server.answer("GET", "/v1/suggest?q=\(query)")
        #expect(answer.status == status)
        let body = #"{"q":"\#(String(repeating: "😀", count: length))"}"#
        let posted = try await server.answer("POST", "/v1/search", body: Array(body.utf8))
        #expect((posted.problem == "wrong-parameter") == (length > 10_000), "\(posted.text.prefix(300))")
      }
    }
  }
}
