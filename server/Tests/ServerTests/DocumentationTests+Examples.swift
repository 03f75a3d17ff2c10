import Foundation
import TestSupport
import Testing

@testable import CandidateServer
@testable import ServerTestSupport

/// The examples of `docs/server.md` print what it says.
extension DocumentationTests {
  /// A line of a `console` block, and what the document says that it prints.
  struct Example {
    let command: String
    let output: String
  }

  /// The ports of the two servers, as the document has them: without keys, and with the configuration of the document.
  private static let ports = ["127.0.0.1:7470", "127.0.0.1:7471"]

  private static func blocks(_ language: String) throws -> [String] {
    try Fixture.text(document).matches(of: /(?s)```(\w+)\n(.*?)```/).filter { $0.output.1 == language }
      .map { String($0.output.2) }
  }

  private static func examples() throws -> [Example] {
    try blocks("console").flatMap { block in
      ("\n" + block).components(separatedBy: "\n$ ").dropFirst().map { part in
        let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        return Example(
          command: String(lines[0]), output: lines.count > 1 ? String(lines[1]) : "")
      }
    }
  }

  /// In their order: later ones search what earlier ones have uploaded. The second server starts before the first
  /// example that calls it, since earlier ones make its keys.
  @Test func examplesPrintWhatTheDocumentSays() async throws {
    let examples = try Self.examples()
    #expect(examples.count > 40)
    let second = try #require(examples.firstIndex { $0.command.contains(Self.ports[1]) })
    let folder = try TemporaryFolder()
    try await withServer { server in
      for example in examples[..<second] { try await Self.check(example, [server.port], folder) }
      let bindbee = try Self.bindbee()
      let configuration = try Self.configuration(in: folder, bindbee.url)
      try Samples.copy(0, to: folder.file("candidates.db"))
      let program = try await RunningProgram(["--config", configuration], in: folder)
      for example in examples[second...] {
        try await Self.check(example, [server.port, program.port], folder)
      }
      program.signal(SIGTERM)
      #expect(try await program.end() == 0)
    }
  }

  /// Every operation occurs in an example.
  @Test func everyPathHasAnExample() throws {
    let commands = try Self.examples().map(\.command).joined(separator: "\n")
    for operation in OperationTable.api {
      let start = operation.path.prefix { $0 != "{" }
      #expect(Self.ports.contains { commands.contains($0 + start) }, "\(operation.path)")
    }
  }

  // MARK: - The second server

  private static let token = "token-of-the-example"

  /// What the connector of the configuration reads.
  private static func bindbee() throws -> BindbeeServer {
    let server = try BindbeeServer([
      token: [BindbeeServer.Candidate("mary-1", modifiedAt: "2026-01-01T00:00:00Z", #""first_name":"Mary""#)]
    ])
    server.change { state in
      state.connectors = [
        #"{"id":"con_01","status":"COMPLETE","integration_slug":"greenhouse","sync_status":"Done","#
          + #""last_sync_start_time":"2026-01-02T03:04:05Z","is_active":true,"connector_token":"\#(token)"}"#
      ]
    }
    return server
  }

  /// Writes the configuration of the document and the secrets that it names, and returns its path. The connector reads
  /// from a server of this machine, and only when an event demands it.
  private static func configuration(in folder: TemporaryFolder, _ address: String) throws -> String {
    var text = try #require(try blocks("toml").first)
    for (line, replacement) in [
      (#"region = "eu""#, "base-address = \"\(address)\""), (#"sync-every = "1h""#, ""),
      (#"full-every = "7d""#, ""),
    ] {
      #expect(text.contains(line))
      text = text.replacing(line, with: replacement)
    }
    for (name, secret) in [("api-key", BindbeeServer.apiKey), ("greenhouse", token)] {
      try makePrivate(try folder.write(secret, to: name))
    }
    try makePrivate(folder.file("webhook-key"))
    let path = try folder.write(text, to: "server.toml")
    try makePrivate(path)
    return path
  }

  private static func makePrivate(_ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  // MARK: - Running

  private static func check(_ example: Example, _ ports: [Int], _ folder: TemporaryFolder) async throws {
    let output = try await output(of: example.command, ports, folder)
    #expect(steady(output) == steady(example.output), "\(example.command)\n\(output)")
  }

  /// A test waits on a thread of its own: the server needs the others.
  private static func output(
    of command: String, _ ports: [Int], _ folder: TemporaryFolder
  ) async throws -> String {
    var command = command
    for (documented, port) in zip(Self.ports, ports) {
      command = command.replacing(documented, with: "127.0.0.1:\(port)")
    }
    let run = try await withCheckedThrowingContinuation { [command] continuation in
      DispatchQueue.global().async {
        continuation.resume(
          with: Result {
            let programs = CommandRun.binary("cand-search").deletingLastPathComponent().path
            return try CommandRun(
              // Some examples wait for an answer in a loop.
              program: "/usr/bin/timeout", ["60", "/bin/bash", "-c", "exec 2>&1\n" + command],
              environment: ["PATH": "\(programs):/usr/bin:/bin"], folder: folder.path)
          })
      }
    }
    return run.output
  }

  /// The output without what differs from one run to the next.
  private static func steady(_ output: String) -> String {
    output
      .replacing(/"(next|job|request|request_id)":"[^"]*"/) { "\"\($0.output.1)\":\"…\"" }
      .replacing(/"(records_per_second|milliseconds|generation)":\d+/) { "\"\($0.output.1)\":0" }
      .replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/, with: "TIME")
      .replacing(/\([\w-]{8}\)/, with: "(ID)").replacing(/\} \d+/, with: "} N")
      .trimmingCharacters(in: .newlines)
  }
}
