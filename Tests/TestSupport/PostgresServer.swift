import Foundation
import Synchronization

/// A PostgreSQL server of this process, on loopback, which ends with it.
public final class PostgresServer: Sendable {
  /// Why there is no server.
  public struct Failure: Error, CustomStringConvertible {
    /// The reason.
    public let description: String

    /// A reason.
    public init(description: String) { self.description = description }
  }

  /// The port that it listens on.
  public let port: Int
  /// The folder of its cluster.
  public let folder: String
  private let state: Mutex<State>

  private struct State: @unchecked Sendable {
    let process: Process
    let input: FileHandle
    let output: FileHandle
    var pid: Int32
    var databaseCount = 0
  }

  /// The program psql itself: Debian's /usr/bin/psql is a Perl script that finds it, and takes five times as long.
  public static let psql: String = {
    let folder = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let programs = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(folder)/\($0)/bin/psql" }
    return programs.first(where: FileManager.default.isExecutableFile) ?? "/usr/bin/psql"
  }()

  /// One server for all tests of the process.
  public static let shared = Result { try PostgresServer() }

  /// Starts a server, with further settings; or a replica of one, with its data and its settings.
  public init(settings: [String] = [], replicaOf primary: PostgresServer? = nil) throws {
    port = try Self.freePort()
    folder =
      FileManager.default.temporaryDirectory.appendingPathComponent(
        "cand-search-postgres-\(UUID().uuidString)"
      ).path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments =
      [Fixture.path("Tests/Postgres/server.sh"), folder, "\(port)"]
      + (primary.map { ["--replica-of", "\($0.port)"] } ?? []) + settings
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // Otherwise the server would not see that this process has ended.
    try? input.fileHandleForReading.close()
    let pid = try Self.ready(output.fileHandleForReading)
    state = Mutex(
      State(
        process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading, pid: pid))
  }

  deinit { state.withLock { try? $0.input.close() } }

  private static func ready(_ output: FileHandle) throws -> Int32 {
    var line = ""
    while !line.hasSuffix("\n") {
      guard let byte = try output.read(upToCount: 1), !byte.isEmpty else {
        throw Failure(description: "the PostgreSQL server did not start")
      }
      line += String(decoding: byte, as: UTF8.self)
    }
    guard let pid = Int32(line.dropLast().split(separator: " ").last ?? "") else {
      throw Failure(description: "the PostgreSQL server did not start: \(line)")
    }
    return pid
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw Failure(description: "no port is free") }
    return Int(in_port_t(bigEndian: address.sin_port))
  }

  /// The address of a new database: an empty one, or a copy of another one that no connection uses.
  public func newDatabase(like template: String = "template1") throws -> String {
    let number = state.withLock { state in
      state.databaseCount += 1
      return state.databaseCount
    }
    try psql("CREATE DATABASE test\(number) TEMPLATE \(template) STRATEGY file_copy")
    return address(database: "test\(number)")
  }

  /// Removes a database, whoever uses it.
  public func drop(_ address: String) throws {
    let name = address.split(separator: "/").last ?? ""
    try psql("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
  }

  /// The address of a database.
  public func address(database: String) -> String { "postgresql://postgres@127.0.0.1:\(port)/\(database)" }

  /// Runs statements with psql; returns what it prints, without a heading.
  @discardableResult
  public func psql(_ sql: String, database: String = "postgres") throws -> String {
    let run = try CommandRun(
      program: Self.psql,
      ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql, address(database: database)],
      folder: "/")
    guard run.exit == 0 else { throw Failure(description: "psql: \(run.error)") }
    return run.output.trimmingCharacters(in: .newlines)
  }

  /// Kills the server at once, with all of its connections.
  public func kill() {
    let pid = state.withLock(\.pid)
    Glibc.kill(pid, SIGKILL)
    // Its processes end when they see that it is gone.
    while Glibc.kill(pid, 0) == 0 { usleep(10_000) }
    usleep(300_000)
  }

  /// Starts it again after `kill`.
  public func restart() throws {
    try state.withLock { state in
      try state.input.write(contentsOf: Data("restart\n".utf8))
      state.pid = try Self.ready(state.output)
    }
  }
}
