import Testing

@testable import ServerTestSupport

/// What is not a well-formed request is refused or closed, and the server goes on.
@Suite struct MalformedRequestTests {
  /// Bytes that are sent on one connection.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// The statuses of all answers.
    let statuses: [Int]
    var isClosed = true
    /// Whether the address is that of a page, so that the answer is one.
    var isOfPage = false
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ statuses: [Int], isClosed: Bool = true, isOfPage: Bool = false) {
      self.init(name, bytes: Array(text.utf8), statuses, isClosed: isClosed)
      self.isOfPage = isOfPage
    }

    init(_ name: String, bytes: [UInt8], _ statuses: [Int], isClosed: Bool = true) {
      self.name = name
      self.bytes = bytes
      self.statuses = statuses
      self.isClosed = isClosed
    }
  }

  private static let host = "Host: localhost\r\n"
  private static let next = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"

  private static func get(_ target: String, _ fields: String = "") -> String {
    "GET \(target) HTTP/1.1\r\n\(host)\(fields)\r\n"
  }

  private static func post(_ fields: String, _ body: String) -> String {
    "POST /v1/lookup HTTP/1.1\r\n\(host)\(fields)\r\n\(body)"
  }

  static let cases: [Case] = [
    // Well-formed ones, for comparison.
    Case("a request", get("/livez"), [200], isClosed: false),
    Case("three pipelined requests", next + next + next, [200, 200, 200], isClosed: false),
    Case(
      "a body of a GET is skipped", get("/livez", "Content-Length: 3\r\n") + "abc" + next, [200, 200],
      isClosed: false),
    Case("Connection: Close", get("/livez", "Connection: Close\r\n"), [200]),
    Case("HTTP/1.0", "GET /livez HTTP/1.0\r\n\(host)\r\n", [200]),
    Case(
      "HTTP/1.0, kept", "GET /livez HTTP/1.0\r\n\(host)Connection: keep-alive\r\n\r\n" + next, [200, 200],
      isClosed: false),
    Case("absolute form", get("http://localhost:80/livez"), [200], isClosed: false),
    Case(
      "Upgrade is ignored", get("/livez", "Connection: Upgrade\r\nUpgrade: h2c\r\n"), [200], isClosed: false),
    // Addresses.
    Case("absolute form of another host", get("http://evil.example/livez"), [403], isClosed: false),
    Case("absolute form without a host", get("http://"), [403], isClosed: false, isOfPage: true),
    Case("absolute form with half an address", get("http://[::1"), [400], isClosed: false),
    Case("two slashes", get("//livez"), [404], isClosed: false),
    Case("a slash at the end", get("/livez/"), [404], isClosed: false),
    Case("dots", get("/v1/../livez"), [404], isClosed: false),
    Case("an encoded letter", get("/live%7A"), [404], isClosed: false),
    Case("no slash", get("livez"), [400]),
    Case("a question mark", get("?"), [400]),
    Case("a star", get("*"), [400], isClosed: false),
    Case("half an escape", get("/v1/search?q=%e"), [400], isClosed: false),
    Case("an escape of no digits", get("/v1/search?q=%zz"), [400], isClosed: false),
    Case("an escape that is no UTF-8", get("/v1/search?q=%ff"), [400], isClosed: false),
    Case("an escape that is no UTF-8 in an id", get("/v1/candidates/-/%ff"), [404], isClosed: false),
    Case("an escaped NUL", get("/v1/search?q=%00"), [200], isClosed: false),
    Case("an escaped NUL in an id", get("/v1/candidates/-/a%00"), [404], isClosed: false),
    Case("a parameter twice", get("/v1/search?q=a&q=b"), [400], isClosed: false),
    Case("a parameter without a name", get("/v1/search?=a"), [400], isClosed: false),
    Case("a space", get("/v1/search?q=a b"), [400]),
    Case("raw UTF-8", get("/v1/search?q=ü"), [400]),
    Case(
      "raw bytes", bytes: Array("GET /v1/search?q=".utf8) + [0xFF] + Array(" HTTP/1.1\r\n\(host)\r\n".utf8),
      [400]),
    Case("a raw NUL", get("/v1/search?q=\0"), [400]),
    // Hosts and versions.
    Case("no host", "GET /livez HTTP/1.1\r\n\r\n", [403], isClosed: false),
    Case("two hosts", get("/livez", host), [400]),
    Case(
      "two hosts, one of them in the address", get("http://localhost/livez", "Host: evil.example\r\n"), [400]),
    Case("HTTP/2.0", "GET /livez HTTP/2.0\r\n\(host)\r\n", [400]),
    Case("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400]),
    Case("a hello of TLS", bytes: [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00], [400]),
    Case("line feeds alone", "GET /livez HTTP/1.1\nHost: localhost\n\n", [400]),
    // Methods.
    Case("an invented method", "FOO /livez HTTP/1.1\r\n\(host)\r\n", [400]),
    Case("TRACE", "TRACE /livez HTTP/1.1\r\n\(host)\r\n", [405], isClosed: false),
    Case("CONNECT", "CONNECT localhost:80 HTTP/1.1\r\n\(host)\r\n", [400], isClosed: false),
    // Header fields.
    Case("a folded field", get("/livez", "X-A: a\r\n b\r\n"), [400]),
    Case("NUL in a field", get("/livez", "X-A: a\0b\r\n"), [400]),
    Case("a field without a name", get("/livez", ": a\r\n"), [400]),
    Case("a space before the colon", post("Content-Length : 2\r\n", "{}"), [400]),
    Case("too many fields", get("/livez", String(repeating: "X: a\r\n", count: 101)), [431]),
    Case(
      "a field that is too long", get("/livez", "X: \(String(repeating: "a", count: 160 << 10))\r\n"), [431]),
    Case("an address that is too long", get("/livez?a=\(String(repeating: "a", count: 160 << 10))"), [431]),
    // Where a body ends: a server and a proxy must not read it in two ways.
    Case(
      "length and chunks", post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + next),
      [400]),
    Case(
      "chunks and length", post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n" + next),
      [400]),
    Case("two lengths", post("Content-Length: 2\r\nContent-Length: 44\r\n", "{}" + next), [400]),
    Case("two equal lengths", post("Content-Length: 2\r\nContent-Length: 2\r\n", "{}" + next), [400]),
    Case("two lengths in a field", post("Content-Length: 2, 2\r\n", "{}" + next), [400]),
    Case("a negative length", post("Content-Length: -1\r\n", "{}"), [400]),
    Case("a length with a sign", post("Content-Length: +2\r\n", "{}"), [400]),
    Case("a length beyond 64 bits", post("Content-Length: 99999999999999999999\r\n", "{}"), [400]),
    Case("another coding", post("Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n", "{}"), [400]),
    Case(
      "a coding after chunks", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n" + next), [400]),
    Case(
      "a space before the coding's colon", post("Transfer-Encoding : chunked\r\nContent-Length: 2\r\n", "{}"),
      [400]),
    Case(
      "a chunk without a size", post("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n" + next), [400]),
    Case(
      "a chunk of 2^64 bytes", post("Transfer-Encoding: chunked\r\n", "10000000000000000\r\n{}\r\n0\r\n\r\n"),
      [400]),
    Case(
      "a chunk that is longer than it says",
      post("Transfer-Encoding: chunked\r\n", "1\r\n{}\r\n0\r\n\r\n" + next), [400]),
  ]

  @Test(arguments: cases) func isRefusedOrClosed(_ malformed: Case) async throws {
    try await withServer { server in
      let wire = try await server.connect()
      try await wire.send(malformed.bytes)
      var statuses: [Int] = []
      while let answer = try await wire.answer(within: statuses.count < malformed.statuses.count ? 20 : 0.2) {
        statuses.append(answer.status)
        if answer.status >= 400 {
          let isHTML = answer.headers["content-type"]?.hasPrefix("text/html") == true
          #expect(isHTML == malformed.isOfPage)
          #expect(isHTML || answer.headers["content-type"] == "application/problem+json")
          #expect(isHTML || answer.object["status"] as? Int == answer.status)
        }
        if answer.status == 405 { #expect(answer.headers["allow"] == "GET, HEAD") }
      }
      #expect(statuses == malformed.statuses)
      if malformed.isClosed { #expect(try await wire.end(within: 5) == .closed) }
      #expect(try await server.answer("GET", "/livez").status == 200, "the server goes on")
    }
  }
}
