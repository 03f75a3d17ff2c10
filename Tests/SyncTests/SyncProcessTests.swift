import CandidateSearch
import Foundation
import TestSupport
import Testing

/// What happens between processes: two at once, one that is stopped or killed, one that is not where it should be.
@Suite struct SyncProcessTests {
  private let run: SyncRun

  init() throws { run = try SyncRun([token: remotes(0..<250)]) }

  /// A sync that has taken its first page and waits for the second.
  private func beginAndWait() async throws -> Process {
    // Bytes keep coming, since a silent connection is abandoned.
    run.server.change { state in
      state.fault = { number, answer in number >= 2 ? .drip(answer, bytes: 1, pause: 0.5) : nil }
    }
    let process = try run.begin(["sync"])
    defer { run.server.change { $0.fault = { _, _ in nil } } }
    while process.isRunning, run.server.requestCount < 2 { try await Task.sleep(for: .milliseconds(20)) }
    return process
  }

  @Test func aSecondSyncOfAConnectorSaysSo() async throws {
    let first = try await beginAndWait()
    let second = try run.cand("sync")
    #expect(
      second.exit == 4 && second.error.contains("bindbee: another sync of this connector"), "\(second.error)")
    #expect(try run.cand("stats").output.contains(/sync bindbee +running since 2/))
    #expect(try run.cand("sync", "--connector", "another").exit == 0)

    kill(first.processIdentifier, SIGINT)
    first.waitUntilExit()
    #expect(first.terminationStatus == 130)
    #expect(try run.said().contains("interrupted") && run.said().contains("bindbee: added 200,"))
    #expect(try run.cand("stats").output.contains(/sync bindbee +interrupted 2.*not complete yet/))
    #expect(try run.cand("sync").error.hasPrefix("bindbee: added 50, updated 0, unchanged 200"))
  }

  @Test func aKilledSyncLetsTheNextOneIn() async throws {
    let first = try await beginAndWait()
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    #expect(try run.cand("stats").output.contains(/sync bindbee +killed, begun 2.*not complete yet/))
    #expect(try run.cand("--count").output == "200\n")
    #expect(try run.cand("sync").error.hasPrefix("bindbee: added 50, updated 0, unchanged 200"))
    #expect(try run.cand("check").exit == 0)
  }

  /// Neither in what is printed, nor in the list of processes, nor in any file.
  @Test(.slow) func noSecretIsAnywhere() async throws {
    let first = try await beginAndWait()
    let list = try String(contentsOfFile: "/proc/\(first.processIdentifier)/cmdline", encoding: .utf8)
    #expect(list.contains("sync"))
    kill(first.processIdentifier, SIGTERM)
    first.waitUntilExit()
    #expect(first.terminationStatus == 130)
    var texts = [list, try run.said()]
    for status in [401, 403, 404, 422, 400, 500] {
      run.server.change { state in
        state.fault = { _, _ in
          .answer(.init(status: status, body: #"{"detail":"\#(apiKey) \#(token)"}"#))
        }
      }
      for arguments in [
        ["sync", "--retries", "0"], ["get", "c1", "--retries", "0"], ["sync", "--format", "json"],
      ] {
        let result = try run.cand(arguments + (status == 500 ? ["--retries", "0"] : []))
        #expect(result.exit == (status == 404 && arguments[0] == "get" ? 1 : 4))
        texts += [result.output, result.error]
      }
    }
    run.server.change { $0.fault = { _, _ in nil } }
    let good = try run.cand("sync")
    #expect(good.exit == 0)
    texts += [good.output, good.error, try run.cand("stats", "--format", "json").output]
    for file in try FileManager.default.contentsOfDirectory(atPath: run.folder.path) {
      texts.append(
        String(decoding: FileManager.default.contents(atPath: run.folder.file(file)) ?? Data(), as: UTF8.self)
      )
    }
    for text in texts { #expect(!text.contains(apiKey) && !text.contains(token)) }
  }

  @Test func nothingIsLeftInTheHome() throws {
    run.variables["HOME"] = run.folder.file("home")
    try FileManager.default.createDirectory(
      atPath: run.folder.file("home"), withIntermediateDirectories: true)
    let after = #"test -z "$XDG_CACHE_HOME$XDG_DATA_HOME""#
    #expect(try run.cand("sync", "--after", after).exit == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: run.folder.file("home")).isEmpty)
  }

  @Test func theProgramIsFoundThroughLinksAndOnThePath() throws {
    let binary = CommandRun.binary("cand-search").path
    let link = run.folder.file("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: binary)
    #expect(try execute(link, path: "/usr/bin:/bin") == 0)
    // A copy alone finds it on the path, or says what is missing.
    let copy = run.folder.file("copy")
    try FileManager.default.copyItem(atPath: binary, toPath: copy)
    #expect(try execute(copy, path: "/usr/bin:\(CommandRun.binary("").path)") == 0)
    #expect(try execute(copy, path: "/usr/bin:/bin") == 4)
    #expect(try run.said().contains("cand-search-sync is missing: it belongs beside this program"))
  }

  private func execute(_ program: String, path: String) throws -> Int32 {
    let process = try CommandRun.process(
      "cand-search", ["sync"], environment: run.environment.merging(["PATH": path]) { $1 })
    process.executableURL = URL(fileURLWithPath: program)
    try run.folder.write("", to: "said")
    process.standardError = FileHandle(forWritingAtPath: run.folder.file("said"))
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
