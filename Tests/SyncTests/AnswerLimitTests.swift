import Foundation
import TestSupport
import Testing

@testable import BindbeeClient

/// How much of an answer is read, and for how long: bombs, long heads, connections that say nothing more.
@Suite struct AnswerLimitTests {
  private static let limit = BindbeeClient.maximumAnswerLength

  /// What gzip makes of bytes.
  private static func gzip(_ bytes: Data) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try bytes.write(to: URL(fileURLWithPath: folder.file("bytes")))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-9", folder.file("bytes")]
    try process.run()
    process.waitUntilExit()
    return Array(try Data(contentsOf: URL(fileURLWithPath: folder.file("bytes.gz"))))
  }

  /// A page that decompresses to a length, spaces for the most part.
  private static func page(length: Int) -> Data {
    let (head, tail) = (#"{"cursor":null,"items":["#, "]}")
    return Data(head.utf8) + Data(repeating: 0x20, count: length - head.utf8.count - tail.utf8.count)
      + Data(tail.utf8)
  }

  struct Bomb: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let length: Int
    let isRefused: Bool
  }

  static let bombs = [
    Bomb(testDescription: "as long as may be", length: limit, isRefused: false),
    Bomb(testDescription: "a byte longer", length: limit + 1, isRefused: true),
    Bomb(testDescription: "ten times as long", length: limit * 10, isRefused: true),
  ]

  @Test(.slow, arguments: bombs) func aBombIsRefusedAtOnce(_ bomb: Bomb) async throws {
    let server = try BindbeeServer([:])
    let bytes = try Self.gzip(Self.page(length: bomb.length))
    #expect(bytes.count < bomb.length / 500)
    let answer = LoopbackServer.Answer(status: 200, headers: ["Content-Encoding": "gzip"], bytes: bytes)
    server.change { state in state.fault = { _, _ in .answer(answer) } }
    let client = try server.client()
    var pages = 0
    do {
      for try await page in client.candidates() { pages += page.ids.count + 1 }
      #expect(!bomb.isRefused && pages == 1)
    } catch {
      #expect(bomb.isRefused && error as? BindbeeError == .answerTooLong(limit: Self.limit), "\(error)")
    }
    // What is too long once is too long the next time.
    #expect(server.requestCount == 1)
  }

  /// Of what comes no more is kept than the limit, whatever its status, and libcurl is told to stop.
  @Test(arguments: [200, 301, 307, 404, 500]) func noMoreIsKeptThanTheLimit(_ status: Int) throws {
    let limits = HTTPLimits(answerLength: 100_000, errorLength: 50_000, timeout: 9, stallTimeout: 9)
    let transfer = HTTPTransfer(
      HTTPRequest(url: "", headers: [], isPlain: true), limits: limits, cancellation: Cancellation())
    #expect(Self.take("HTTP/1.1 \(status) Status\r\n", transfer))
    let piece = [UInt8](repeating: 0x20, count: 16_384)
    var taken = 0
    while piece.withUnsafeBytes({ transfer.takeBody($0) }) { taken += piece.count }
    #expect(taken == (status == 200 ? 98_304 : 49_152))
    switch transfer.ending {
    case .failure(TransferFailure.answerTooLong): #expect(status == 200)
    case .success(let answer):
      #expect(status != 200 && answer.status == status && answer.body.count == 50_000)
    default: Issue.record("\(transfer.ending as Any)")
    }
  }

  private static func take(_ line: String, _ transfer: HTTPTransfer) -> Bool {
    Array(line.utf8).withUnsafeBytes { transfer.takeHeader($0) }
  }

  struct Heads: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let lines: [String]
    let isRefused: Bool
  }

  static let heads: [Heads] = [
    Heads(testDescription: "gzip", lines: ["Content-Encoding: gzip"], isRefused: false),
    Heads(testDescription: "X-GZIP", lines: ["CONTENT-ENCODING:  X-GZIP "], isRefused: false),
    Heads(testDescription: "identity", lines: ["Content-Encoding: identity"], isRefused: false),
    Heads(testDescription: "chunks", lines: ["Transfer-Encoding: chunked"], isRefused: false),
    Heads(testDescription: "gzip in gzip", lines: ["Content-Encoding: gzip, gzip"], isRefused: true),
    Heads(
      testDescription: "gzip and gzip", lines: ["Content-Encoding: gzip", "Content-Encoding: gzip"],
      isRefused: true),
    Heads(testDescription: "brotli", lines: ["Content-Encoding: br"], isRefused: true),
    Heads(
      testDescription: "gzip for the transfer", lines: ["Transfer-Encoding: gzip, chunked"], isRefused: true),
    Heads(testDescription: "no header", lines: ["nonsense", ":", "", "\u{0}: \u{0}"], isRefused: false),
  ]

  @Test(arguments: heads) func oneLayerOfGzipIsAllThatIsRead(_ heads: Heads) {
    let limits = HTTPLimits(timeout: 9, stallTimeout: 9)
    let transfer = HTTPTransfer(
      HTTPRequest(url: "", headers: [], isPlain: true), limits: limits, cancellation: Cancellation())
    let isTaken = (["HTTP/1.1 200 OK"] + heads.lines).map { Self.take($0 + "\r\n", transfer) }
    #expect(isTaken.contains(false) == heads.isRefused)
    #expect((transfer.ending == nil) == !heads.isRefused)
  }

  @Test func headersThatNobodyReadsAreNotKept() {
    let limits = HTTPLimits(timeout: 9, stallTimeout: 9)
    let transfer = HTTPTransfer(
      HTTPRequest(url: "", headers: [], isPlain: true), limits: limits, cancellation: Cancellation())
    for line in [
      "HTTP/1.1 200 OK", "Retry-After: 7", "X-Other: 1",
      "X-RateLimit-Reset: " + String(repeating: "9", count: 5000),
    ] {
      #expect(Self.take(line + "\r\n", transfer))
    }
    let headers = transfer.takeAnswer().headers
    #expect(headers.keys.sorted() == ["retry-after", "x-ratelimit-reset"])
    #expect(headers.values.allSatisfy { $0.count < 200 })
  }

  /// A redirect's body is nobody's business either.
  @Test func aRedirectIsNotFollowedHoweverLongItIs() async throws {
    let other = try BindbeeServer([token: remotes(0..<3)])
    let server = try BindbeeServer([token: []])
    let body = try Self.gzip(Data(repeating: 0x20, count: 100 << 20))
    let answer = LoopbackServer.Answer(
      status: 302, headers: ["Location": other.url, "Content-Encoding": "gzip"], bytes: body)
    server.change { state in state.fault = { _, _ in .answer(answer) } }
    await #expect(throws: BindbeeError.unexpected(status: 302, detail: "")) {
      try await server.client().candidate(id: "x")
    }
    #expect(other.requestCount == 0)
  }

  struct Stall: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reply: @Sendable (LoopbackServer.Answer) -> LoopbackServer.Reply
  }

  static let stalls: [Stall] = [
    Stall(testDescription: "nothing") { _ in .silence },
    Stall(testDescription: "the head alone") { .stall($0, afterBytes: 0) },
    Stall(testDescription: "half of the body") { .stall($0, afterBytes: $0.body.count / 2) },
    Stall(testDescription: "all but a byte") { .stall($0, afterBytes: $0.body.count - 1) },
  ]

  @Test(arguments: stalls) func aConnectionWithoutAByteIsAbandoned(_ stall: Stall) async throws {
    let server = try BindbeeServer([token: remotes(0..<5)])
    server.change { state in state.fault = { _, answer in stall.reply(answer) } }
    let client = try server.client(
      token, RetryPolicy(attempts: 2, firstDelay: 0.001, timeout: 60, stallTimeout: 0.2))
    await #expect(throws: BindbeeError.unavailable(attempts: 2, reason: "no byte within 0.2 s")) {
      for try await _ in client.candidates() {}
    }
    #expect(server.requestCount == 2)
  }

  /// As long as bytes come, a connection is not abandoned before the request's time is over.
  @Test(.slow) func aSlowConnectionIsNotAbandoned() async throws {
    let server = try BindbeeServer([token: remotes(0..<5)])
    server.change { state in
      state.fault = { _, answer in .drip(answer, bytes: answer.body.count / 10 + 1, pause: 0.2) }
    }
    let patient = RetryPolicy(attempts: 1, timeout: 60, stallTimeout: 1.5)
    var count = 0
    for try await page in try server.client(token, patient).candidates() { count += page.ids.count }
    #expect(count == 5)
    let impatient = RetryPolicy(attempts: 1, timeout: 1, stallTimeout: 1.5)
    await #expect(throws: BindbeeError.unavailable(attempts: 1, reason: "no answer within 1 s")) {
      for try await _ in try server.client(token, impatient).candidates() {}
    }
  }

  @Test func theLimitIsThirtySeconds() { #expect(RetryPolicy().stallTimeout == 30) }
}
