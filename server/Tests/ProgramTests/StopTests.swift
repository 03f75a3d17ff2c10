import Foundation
import SearchLog
import TestSupport
import Testing

@testable import ServerTestSupport

/// How the program ends while clients search.
@Suite(.mustEnd) struct StopTests {
  /// Every answer is whole, and all that was shown is in the search log.
  @Test(arguments: [SIGTERM, SIGINT]) func aSignalDuringSearchesLosesNone(_ signal: Int32) async throws {
    let folder = try TemporaryFolder()
    let (index, log) = (folder.file("candidates.db"), folder.file("log.db"))
    try Samples.copy(2_000, to: index)
    let program = try await RunningProgram(
      ["--index", index, "--listen", "127.0.0.1:0", "--log", log], in: folder)
    let (answers, answer) = AsyncStream.makeStream(of: Void.self)
    let answered = try await withThrowingTaskGroup(of: Int.self) { group in
      for client in 0..<8 {
        group.addTask {
          var count = 0
          while true {
            guard let wire = try? await program.server.connect() else { return count }
            try await wire.send(
              Wire.request(
                "GET", "/v1/search?q=senior+engineer+OR+manager&count=true&facet=tag&session=\(client)"))
            guard let found = try await wire.answer() else { return count }
            #expect(found.status == 200 && found.object["hits"] != nil)
            count += 1
            answer.yield()
          }
        }
      }
      for await _ in answers.prefix(50) {}
      program.signal(signal)
      return try await group.reduce(0, +)
    }
    #expect(try await program.end() == 0)
    #expect(answered >= 50)
    let entries = try SearchLog(path: log, access: .reading).entries(SearchLogQuery(limit: 1_000))
    #expect(entries.count == 8, "a search for each session")
    #expect(!program.text.contains("\"level\":\"error\""), "\(program.text)")
  }

  @Test func aSearchThatArrivesDuringTheStopIsAnswered() async throws {
    let folder = try TemporaryFolder()
    let (index, log) = (folder.file("candidates.db"), folder.file("log.db"))
    try Samples.copy(0, to: index)
    let program = try await RunningProgram(
      ["--index", index, "--listen", "127.0.0.1:0", "--log", log], in: folder)
    let body = #"{"q":"engineer","limit":2}"#
    let wire = try await program.server.connect()
    try await wire.send(Wire.request("POST", "/v1/search", ["Content-Length: \(body.utf8.count)"]))
    try await wire.send(String(body.prefix(5)))
    try await Task.sleep(for: .milliseconds(200))
    program.signal(SIGTERM)
    try await Task.sleep(for: .milliseconds(200))
    try await wire.send(String(body.dropFirst(5)))
    let answer = try #require(try await wire.answer())
    #expect((answer.object["hits"] as? [Any])?.count == 2)
    #expect(try await program.end() == 0)
    let entries = try SearchLog(path: log, access: .reading).entries()
    #expect(entries.count == 1 && entries.first?.candidates.count == 2)
  }
}
