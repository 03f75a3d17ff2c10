import Foundation
import TestSupport
import Testing

@testable import ServerTestSupport

/// The program itself: how it stops, and what it logs.
@Suite struct ProcessTests {
  /// A running program over an index of its own.
  private static func program(candidates: Int = 0) async throws -> RunningProgram {
    let folder = try TemporaryFolder()
    let index = folder.file("candidates.db")
    try Samples.copy(candidates, to: index)
    return try await RunningProgram(["--index", index, "--listen", "127.0.0.1:0"], in: folder)
  }

  @Test(arguments: [SIGTERM, SIGINT]) func stopsWhenRunningRequestsHaveEnded(_ signal: Int32) async throws {
    let program = try await Self.program()
    // An upload of which the second half has not come.
    let record = #"{"id":"1","first_name":"Late"}"# + "\n"
    let wire = try await program.server.connect()
    try await wire.send(Wire.request("POST", "/v1/candidates/a", ["Content-Length: \(record.utf8.count)"]))
    try await wire.send(String(record.prefix(10)))
    let idle = try await program.server.connect()
    try await idle.send(Wire.request("GET", "/livez"))
    #expect(try await idle.answer()?.status == 200)
    try await Task.sleep(for: .milliseconds(200))
    program.signal(signal)
    #expect(try await idle.end() == .closed, "idle connections are closed")
    await #expect(throws: POSIXError.self, "no more connections") {
      while true {
        _ = try await program.server.connect()
        try await Task.sleep(for: .milliseconds(10))
      }
    }
    try await wire.send(String(record.dropFirst(10)))
    let answer = try #require(try await wire.answer())
    #expect(answer.status == 200)
    #expect(answer.object["added"] as? Int == 1)
    #expect(try await program.end() == 0)
    #expect(program.lines.last?["message"] as? String == "stopped")
  }

  @Test func stopsAtOnceWhereNothingRuns() async throws {
    let program = try await Self.program()
    program.signal(SIGTERM)
    #expect(try await program.end() == 0)
  }

  /// As the other programs.
  @Test func readsTheConfigurationThatTheEnvironmentNames() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("lisen = 1\n", to: "server.toml")
    let run = try CommandRun("cand-search-server", [], environment: ["CAND_SEARCH_CONFIG": path])
    #expect(run.exit == 2)
    #expect(run.error.contains("server.toml:1:1: there is no member “lisen”"))
  }

  @Test func saysWhatToTypeWhereKeysAreMissing() throws {
    let index = try TemporaryIndex()
    let run = try CommandRun("cand-search-server", ["--index", index.path, "--listen", "0.0.0.0:0"])
    #expect(run.exit == 2)
    #expect(run.error.contains("not at 0.0.0.0; add a key with cand-search keys add NAME"))
  }

  /// Whatever a caller types, in whatever place, is in no line.
  @Test func logsNothingThatACallerTyped() async throws {
    let marker = "Wiedererkennung"
    let program = try await Self.program()
    let server = program.server
    let body = Array(#"{"q":"\#(marker)","\#(marker)":"\#(marker)"}"#.utf8)
    let requests: [(String, String, [String], [UInt8])] = [
      ("GET", "/v1/search?q=\(marker)", [], []),
      ("GET", "/v1/search?q=title:(\(marker)", [], []),
      ("GET", "/v1/search?cursor=\(marker)", [], []),
      ("GET", "/v1/search?\(marker)=1", [], []),
      ("GET", "/v1/search?sort=\(marker)", [], []),
      ("GET", "/v1/suggest?q=\(marker)", [], []),
      ("GET", "/v1/candidates/\(marker)/\(marker)", [], []),
      ("DELETE", "/v1/candidates/\(marker)/\(marker)", [], []),
      ("DELETE", "/v1/candidates/\(marker)%01/\(marker)", [], []),
      ("GET", "/v1/jobs/\(marker)", [], []),
      ("GET", "/\(marker)", [], []),
      ("PATCH", "/v1/search?q=\(marker)", [], []),
      ("POST", "/v1/search", [], body),
      ("POST", "/v1/search", [], Array(marker.utf8)),
      ("POST", "/v1/search", ["Content-Type: \(marker)"], body),
      ("POST", "/v1/lookup", [], Array(#"{"items":[{"email":"\#(marker)@example.com"}]}"#.utf8)),
      ("POST", "/v1/lookup", [], Array(#"{"items":[{"\#(marker)":"\#(marker)"}]}"#.utf8)),
      ("POST", "/v1/forget", [], Array(#"{"ids":["\#(marker)"],"connector":"\#(marker)"}"#.utf8)),
      ("POST", "/v1/forget", [], Array(#"{"email":"\#(marker)@example.com"}"#.utf8)),
      ("POST", "/v1/candidates/\(marker)", [], Array(#"{"id":"\#(marker)","first_name":"\#(marker)"}"#.utf8)),
      ("POST", "/v1/candidates/\(marker)%01", [], Array(#"{"id":"\#(marker)"}"#.utf8)),
      ("POST", "/v1/candidates/\(marker)", [], Array(#"{"id":"\#(marker)",,"#.utf8)),
      ("GET", "/livez", ["Host: \(marker)"], []),
      ("GET", "/livez", ["Host: localhost", "Host: \(marker)"], []),
      ("GET", "/livez", ["X-Request-Id: \(marker) " + marker], []),
      (
        "GET", "/livez",
        [
          "User-Agent: \(marker)", "Referer: https://\(marker)/", "Cookie: \(marker)", "X-Purpose: \(marker)",
          "Authorization: Bearer \(marker)", "Origin: https://\(marker)", "If-None-Match: \(marker)",
          "X-Forwarded-For: \(marker)", "\(marker): \(marker)",
        ], []
      ),
      ("GET", "\(marker)", [], []),
      (marker.uppercased(), "/\(marker)", [], []),
    ]
    for (method, path, fields, body) in requests {
      _ = try await server.answer(method, path, fields, body: body)
    }
    let broken = try await server.connect()
    try await broken.send(
      "POST /v1/candidates/\(marker) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{\"id\":\"\(marker)"
    )
    broken.reset()
    program.signal(SIGTERM)
    #expect(try await program.end() == 0)
    let lines = program.lines
    #expect(lines.count > requests.count / 2)
    #expect(!program.text.lowercased().contains(marker.lowercased()))
    let failures = lines.filter { $0["level"] as? String == "error" }
    #expect(failures.isEmpty, "\(failures)")
    let known = Set([
      "time", "level", "message", "key", "microseconds", "operation", "request_id", "status", "port",
    ])
    for line in lines { #expect(Set(line.keys).isSubset(of: known), "\(line)") }
  }
}
