import Foundation
import PostgresEngine
import TestSupport
import Testing

@testable import CandidateSearch

/// docs/cluster.md: from nothing to three servers in ten commands.
@Suite(.serialized, .mustEnd) struct ClusterDocumentTests {
  private let servers: [PostgresServer]
  private let folder: TemporaryFolder

  init() throws {
    servers = try (0..<3).map { _ in try PostgresServer(settings: ["cluster_name=of documents"]) }
    folder = try TemporaryFolder()
    for server in servers { try server.psql("CREATE ROLE app SUPERUSER LOGIN") }
  }

  /// The commands of the first block.
  private func commands() throws -> [String] {
    let block = try #require(try Fixture.text("docs/cluster.md").firstMatch(of: /(?s)```sh\n(.*?)```/))
    return block.output.1.split(separator: "\n").map(String.init)
  }

  /// A command as it is run here: with the ports of the servers of this test, and the sample candidates.
  private func runnable(_ command: String) -> String {
    var command = command.replacing("export.ndjson", with: Fixture.path("docs/samples/candidates.ndjson"))
    for (i, server) in servers.enumerated() {
      command = command.replacing("-h db\(i + 1) -U", with: "-h 127.0.0.1 -p \(server.port) -U")
        .replacing("@db\(i + 1)/", with: "@127.0.0.1:\(server.port)/")
      // Here all have the same host.
      if command.contains("add-server"), command.contains(":\(server.port)/") {
        command += " --name db\(i + 1)"
      }
    }
    return command
  }

  @Test func tenCommandsMakeThreeServers() throws {
    let commands = try commands()
    #expect(commands.count == 10)
    let program = CommandRun.binary("cand-search").deletingLastPathComponent().path
    let script = "set -e\nPATH=\"\(program):$PATH\"\n" + commands.map(runnable).joined(separator: "\n")
    let run = try CommandRun(
      program: "/bin/sh", ["-c", script], environment: ["HOME": folder.path], folder: folder.path)
    #expect(run.exit == 0, "\(run.output) \(run.error)")
    let address = "postgresql://app@127.0.0.1:\(servers[0].port)/candidates"
    let status = try candSearch(address, ["cluster", "status"])
    #expect(status.exit == 0)
    // The table of the document, but for sizes and addresses.
    func rows(_ text: String) -> [[Substring]] {
      text.split(separator: "\n").map {
        Array($0.split(separator: " ", omittingEmptySubsequences: true).prefix(5))
      }
    }
    let shown = try #require(
      try Fixture.text("docs/cluster.md").firstMatch(of: /(?s)```\n(SERVER .*?)```/)
    ).output.1
    #expect(rows(status.output) == rows(String(shown)))
    let found = try candSearch(address, ["search", "engineer tag:JUNIOR", "--format", "ids"])
    let file = try CandidateIndex.inMemory()
    try file.ingest { try $0.add(ByteSource(path: Fixture.path("docs/samples/candidates.ndjson"))) }
    #expect(found.lines == (try file.search("engineer tag:JUNIOR").hits.map(\.candidate.id)))
  }
}
