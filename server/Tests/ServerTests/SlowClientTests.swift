import Foundation
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// Clients that are slow, silent or gone lose their connection, and nothing of the server's.
@Suite struct SlowClientTests {
  private static func withShortTimes(
    candidates: Int = 0, _ body: @escaping @Sendable (TestServer) async throws -> Void
  ) async throws {
    try await withServer(
      candidates: candidates,
      { options, _ in
        options.limits.idleSeconds = 0.5
        options.limits.transferSeconds = 1
      }, body)
  }

  /// Sends a byte every 100 ms until the server closes the connection. Returns whether it did.
  private static func drip(_ wire: Wire, _ byte: UInt8) async throws -> Wire.End {
    for _ in 0..<100 {
      try await wire.send([byte])
      if try await wire.end(within: 0.1) == .closed { return .closed }
    }
    return .open
  }

  @Test func silenceAfterConnecting() async throws {
    try await Self.withShortTimes { server in
      let end = try await server.connect().end()
      #expect(end == .closed)
    }
  }

  @Test func silenceAfterAnAnswer() async throws {
    try await Self.withShortTimes { server in
      let wire = try await server.connect()
      try await wire.send(Wire.request("GET", "/livez"))
      #expect(try await wire.answer()?.status == 200)
      #expect(try await wire.end() == .closed)
    }
  }

  @Test func aHeaderThatDrips() async throws {
    try await Self.withShortTimes { server in
      let wire = try await server.connect()
      try await wire.send("GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ")
      #expect(try await Self.drip(wire, UInt8(ascii: "a")) == .closed)
    }
  }

  @Test(arguments: ["/v1/search", "/v1/candidates/a", "/nowhere"]) func aBodyThatDrips(_ path: String)
    async throws
  {
    try await Self.withShortTimes { server in
      let wire = try await server.connect()
      try await wire.send(Wire.request("POST", path, ["Content-Length: 1000000"]))
      #expect(try await Self.drip(wire, UInt8(ascii: " ")) == .closed)
      #expect(try await server.answer("GET", "/livez").status == 200)
    }
  }

  /// A short body is received before its upload waits for other changes.
  @Test func anUploadThatDripsHoldsNoOtherChange() async throws {
    try await withServer { server in
      let slow = try await server.connect()
      let record = #"{"id": "slow-1", "first_name": "Ann"}"#
      try await slow.send(Wire.request("POST", "/v1/candidates/a", ["Content-Length: \(record.utf8.count)"]))
      try await slow.send(String(record.prefix(9)))
      let other = try await server.answer(
        "POST", "/v1/candidates/a", body: Array(#"{"id": "fast-1", "first_name": "Bob"}"#.utf8))
      #expect(other.status == 200 && other.object["added"] as? Int == 1, "\(other.text)")
      try await slow.send(String(record.dropFirst(9)))
      let answer = try #require(try await slow.answer())
      #expect(answer.status == 200 && answer.object["added"] as? Int == 1, "\(answer.text)")
    }
  }

  /// The answers are longer than the buffers of both sides.
  @Test func aClientThatDoesNotRead() async throws {
    try await Self.withShortTimes(candidates: 2_000) { server in
      let wire = try await Wire(port: server.port, receiveBuffer: 4_096)
      let requests = Array(repeating: Wire.request("GET", "/v1/search?limit=1000"), count: 20).flatMap(\.self)
      try await wire.send(requests)
      // Until no more answers are made.
      var (made, unchanged) = (0, 0)
      while made == 0 || unchanged < 5 {
        try await Task.sleep(for: .seconds(1))
        let now = try await Self.searches(server)
        unchanged = now == made ? unchanged + 1 : 0
        made = now
      }
      var received = 0
      while try await wire.answer(within: 5) != nil { received += 1 }
      #expect(received < 20, "\(made) of 20 answers were made, and all were received")
      #expect(try await server.answer("GET", "/livez").status == 200)
    }
  }

  private static func searches(_ server: TestServer) async throws -> Int {
    let metrics = try await server.answer("GET", "/metrics").text
    let line = metrics.split(separator: "\n").first {
      $0.hasPrefix("cand_search_requests_total{operation=\"search\"")
    }
    return line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
  }

  @Test func aClientThatSendsNoMoreIsAnswered() async throws {
    try await withServer { server in
      let wire = try await server.connect()
      try await wire.send(Wire.request("GET", "/v1/search?q=engineer"))
      wire.endSending()
      #expect(try await wire.answer()?.status == 200)
      #expect(try await wire.end() == .closed)
    }
  }

  @Test func connectionsBeyondTheLimitWait() async throws {
    try await withServer({ options, _ in options.limits.connections = 3 }) { server in
      var wires: [Wire] = []
      for _ in 0..<3 {
        let wire = try await server.connect()
        try await wire.send(Wire.request("GET", "/livez"))
        #expect(try await wire.answer()?.status == 200)
        wires.append(wire)
      }
      let fourth = try await server.connect()
      try await fourth.send(Wire.request("GET", "/livez"))
      #expect(try await fourth.answer(within: 0.5) == nil)
      wires[0].reset()
      #expect(try await fourth.answer()?.status == 200)
      withExtendedLifetime(wires) {}
    }
  }

  // MARK: - Clients that go away

  private static var openFiles: Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? -1
  }

  /// Descriptors of other tests come and go, so that the least number of some seconds counts.
  private static func leastOpenFiles() async throws -> Int {
    var least = Int.max
    for _ in 0..<20 {
      least = min(least, openFiles)
      try await Task.sleep(for: .milliseconds(50))
    }
    return least
  }

  @Test func clientsThatDisconnectLeaveNothingBehind() async throws {
    try await withServer(candidates: 2_000) { server in
      #expect(try await server.answer("GET", "/v1/search?limit=1000").status == 200)
      let before = try await Self.leastOpenFiles()
      for round in 0..<50 {
        let upload = try await server.connect()
        try await upload.send(Wire.request("POST", "/v1/candidates/a", ["Content-Length: 1000000"]))
        try await upload.send(#"{"id": "\#(round)", "first_name": "Half"#)
        let answer = try await Wire(port: server.port, receiveBuffer: 4_096)
        try await answer.send(Wire.request("GET", "/v1/search?limit=1000"))
        if round.isMultiple(of: 2) {
          upload.reset()
          answer.reset()
        }
      }
      var after = try await Self.leastOpenFiles()
      for _ in 0..<20 where after >= before + 50 { after = try await Self.leastOpenFiles() }
      #expect(after < before + 50, "\(after) descriptors are open, \(before) were before 100 connections")
      #expect(try await server.answer("GET", "/livez").status == 200)
      // No half record was indexed.
      let answer = try await server.answer("GET", "/v1/search?q=connector:a&count=true")
      #expect(answer.object["count"] as? Int == 0)
    }
  }
}
