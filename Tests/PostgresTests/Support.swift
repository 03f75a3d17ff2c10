import CandidateModel
import Foundation
import PostgresEngine
import TestSupport
import Testing

@testable import CandidateSearch

extension PostgresServer {
  /// Starts the server again after `kill`, once all of its processes have ended.
  func restartAfterKill() throws {
    for _ in 0..<20 {
      try restart()
      if (try? psql("SELECT 1")) == "1" { return }
      usleep(200_000)
    }
    throw Failure(description: "the PostgreSQL server did not start again")
  }

  /// Ends all connections of a database.
  func terminateConnections(_ address: String) throws {
    try psql(
      """
      SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '\(Self.database(address))' \
      AND pid <> pg_backend_pid()
      """)
  }

  /// The name of the database of an address.
  static func database(_ address: String) -> String { String(address.split(separator: "/").last ?? "") }
}

extension CandidateIndex {
  /// Every record with its connector, in the order of the index.
  func export() throws -> [String] {
    try search("", SearchOptions(limit: 1_000_000)).hits.map { "\($0.connector) \($0.candidate.json)" }
  }

  /// The connector and the id of every candidate, sorted.
  func identifiers() throws -> [String] {
    try search("", SearchOptions(limit: 1_000_000)).hits.map { "\($0.connector) \($0.candidate.id)" }.sorted()
  }

  /// Adds records of NDJSON.
  @discardableResult
  func add(_ records: [String], connector: String, batch: Int = 50_000) throws -> IngestSummary {
    try ingest(connector: connector) { session in
      session.batchRecords = batch
      try session.add(ByteSource(bytes: Array(records.joined(separator: "\n").utf8), name: "records"))
    }
  }
}

/// Runs `cand-search` on an index on a server.
func candSearch(
  _ address: String, _ arguments: [String], environment: [String: String] = [:]
) throws -> CommandRun {
  try CommandRun(
    "cand-search", arguments, environment: ["CAND_SEARCH_INDEX": address].merging(environment) { $1 })
}

extension TemporaryFolder {
  /// Writes a file that its owner alone may read; returns its path.
  func writePrivate(_ text: String, to name: String) throws -> String {
    let path = try write(text, to: name)
    chmod(path, 0o600)
    return path
  }
}

/// A connection of psql that stays open, as one that was left in a terminal.
final class Session: Sendable {
  private let process: Process
  private let input: FileHandle
  private let output: FileHandle

  /// Runs statements, and waits until they are done.
  init(_ address: String, _ sql: String) throws {
    let process = try CommandRun.process("", [])
    process.executableURL = URL(fileURLWithPath: PostgresServer.psql)
    process.arguments = ["-X", "-q", "-A", "-t", address]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    self.process = process
    self.input = input.fileHandleForWriting
    self.output = output.fileHandleForReading
    try run(sql)
  }

  /// Runs statements, and waits until they are done.
  func run(_ sql: String) throws {
    try input.write(contentsOf: Data("\(sql);\n\\echo done\n".utf8))
    var said = ""
    while !said.hasSuffix("done\n") {
      guard let bytes = try output.read(upToCount: 1), !bytes.isEmpty else {
        throw PostgresServer.Failure(description: "psql ended: \(said)")
      }
      said += String(decoding: bytes, as: UTF8.self)
    }
  }

  /// Ends the connection, and with it the transaction.
  func end() throws {
    try input.close()
    process.waitUntilExit()
  }

  deinit { process.terminate() }
}
