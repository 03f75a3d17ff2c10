import CandidateSearch
import Foundation
import PostgresEngine
import SearchLog
import TestSupport
import Testing

@testable import ServerTestSupport

/// Several servers in front of one database share the search log in it.
@Suite(.mustEnd) struct SharedLogTests {
  private let address: String
  private let folder: TemporaryFolder

  init() throws {
    address = try PostgresServer.shared.get().newDatabase()
    folder = try TemporaryFolder()
    let records = [
      #"{"id":"a-1","first_name":"Nora","last_name":"Quist"}"#,
      #"{"id":"a-2","first_name":"Omar","last_name":"Berg"}"#,
    ]
    let source = ByteSource(bytes: Array(records.joined(separator: "\n").utf8), name: "records")
    try CandidateIndex(url: address, access: .writing).ingest(connector: "c") { try $0.add(source) }
  }

  private func start() async throws -> RunningProgram {
    try await RunningProgram(["--index", address, "--listen", "127.0.0.1:0"], in: folder)
  }

  private func entries(_ server: TestServer) async throws -> [[String: Any]] {
    try await server.answer("GET", "/v1/log").object["entries"] as? [[String: Any]] ?? []
  }

  /// The queries of the log, the newest first, once there are as many.
  private func queries(_ count: Int, of server: TestServer) async throws -> [String?] {
    while try await entries(server).count < count { try await Task.sleep(for: .milliseconds(20)) }
    return try await entries(server).map { $0["query"] as? String }
  }

  @Test func serversShareOneLogAndForgetInIt() async throws {
    let (one, other) = (try await start(), try await start())
    for (program, text) in [(one, "nora+quist"), (other, "quist"), (one, "berg")] {
      #expect(try await program.server.answer("GET", "/v1/search?q=\(text)").status == 200)
      _ = try await entries(program.server)
    }
    for program in [one, other] {
      #expect(try await queries(3, of: program.server) == ["berg", "quist", "nora quist"])
    }
    let started = try await one.server.answer("POST", "/v1/forget", body: Array(#"{"ids":["a-1"]}"#.utf8))
    let job = try #require(started.object["job"] as? String, "\(started.text)")
    var state = started
    while state.object["result"] == nil {
      state = try await one.server.answer("GET", "/v1/jobs/\(job)")
      try #require(["running", "done"].contains(state.object["state"] as? String), "\(state.text)")
    }
    let result = try #require(state.object["result"] as? [String: Any])
    #expect(result["verified"] as? Bool == true)
    #expect((result["horizon"] as? String)?.components(separatedBy: "WAL before LSN").count == 2)
    #expect(try await queries(3, of: other.server) == ["berg", nil, nil])
    let seen =
      try await other.server.answer("GET", "/v1/log/seen/c/a-1").object["entries"] as? [[String: Any]]
    #expect(seen?.count == 2)
    for program in [one, other] {
      program.signal(SIGTERM)
      #expect(try await program.end() == 0)
    }
    let verification = try SearchLog(url: address, access: .reading).verify()
    #expect(verification.isSound && verification.entries == 3 && verification.erasedIDs == 2)
  }

  @Test func aDatabaseWithoutAnIndexIsNamed() async throws {
    let empty = try PostgresServer.shared.get().newDatabase()
    let refusal = try await RunningProgram.refusal(
      of: ["--index", empty, "--listen", "127.0.0.1:0"], in: folder)
    #expect(refusal.exit == 4 && refusal.error.contains("there is no index here"), "\(refusal)")
  }
}
