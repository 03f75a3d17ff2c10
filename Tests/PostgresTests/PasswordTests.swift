import CandidateModel
import Foundation
import PostgresEngine
import TestSupport
import Testing

@testable import CandidateSearch

/// Passwords come from where libpq reads them, and go nowhere else.
@Suite(.serialized, .mustEnd) struct PasswordTests {
  private static let password = "sesame-4711-right"
  private static let wrong = "sesame-0815-wrong"

  /// A server that lets one role in with its password alone.
  private static let started = Result {
    let folder = try TemporaryFolder()
    let rules = try folder.write(
      "host all secret 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n", to: "hba.conf")
    let server = try PostgresServer(settings: [
      "hba_file=\(rules)", "log_connections=on", "log_statement=all",
    ])
    try server.psql("CREATE ROLE secret LOGIN SUPERUSER")
    // Not as a statement, which the server would log.
    let change = try CommandRun(
      program: PostgresServer.psql,
      [
        "-X", "-q", "-c", "SET log_statement = 'none'", "-f",
        folder.write(
          "ALTER ROLE secret PASSWORD '\(password)';", to: "role.sql"), server.address(database: "postgres"),
      ],
      folder: "/")
    guard change.exit == 0 else { throw PostgresServer.Failure(description: change.error) }
    return (server: server, folder: folder)
  }

  private let server: PostgresServer
  private let folder: TemporaryFolder
  private let address: String

  init() throws {
    server = try Self.started.get().server
    folder = try TemporaryFolder()
    address = try server.newDatabase().replacing("postgres@", with: "secret@")
  }

  /// A source of a password, and whether it is the right one.
  struct Source: Sendable, CustomStringConvertible {
    let description: String
    let password: String?
    let isInFile: Bool
  }

  static let sources: [Source] = [
    Source(description: "PGPASSWORD, right", password: password, isInFile: false),
    Source(description: "PGPASSWORD, wrong", password: wrong, isInFile: false),
    Source(description: "password file, right", password: password, isInFile: true),
    Source(description: "password file, wrong", password: wrong, isInFile: true),
    Source(description: "none", password: nil, isInFile: false),
  ]

  private func environment(_ source: Source) throws -> [String: String] {
    guard let password = source.password else { return [:] }
    if !source.isInFile { return ["PGPASSWORD": password] }
    return [
      "PGPASSFILE": try folder.writePrivate("127.0.0.1:\(server.port):*:secret:\(password)\n", to: "pgpass")
    ]
  }

  @Test(arguments: sources) func noPasswordIsPrinted(_ source: Source) throws {
    let environment = try environment(source)
    let isRight = source.password == Self.password
    let commands: [([String], Int32)] = [
      (["index", Fixture.samples], 0), (["engineer"], 0), (["stats"], 0), (["config"], 0), (["doctor"], 0),
      (["status"], 0), (["check"], 0), (["forget", "unknown"], 0), (["backup", folder.file("copy")], 4),
    ]
    for (arguments, exit) in commands {
      let run = try candSearch(address, arguments, environment: environment)
      let text = run.output + run.error
      #expect(!text.contains("sesame"), "\(source): \(arguments): \(text)")
      switch arguments[0] {
      case "doctor", "status", "config": break
      default: #expect(run.exit == (isRight ? exit : 4), "\(source): \(arguments): \(text)")
      }
      if !isRight, run.exit == 4, arguments[0] != "doctor", arguments[0] != "status" {
        let reason =
          source.password == nil
          ? "no password supplied" : #"password authentication failed for user "secret""#
        #expect(run.error.contains(reason), "\(source): \(arguments): \(run.error)")
        #expect(run.lines == [] && run.error.split(separator: "\n").count == 1, "\(run.error)")
      }
    }
    let log = try String(contentsOfFile: server.folder + "/log", encoding: .utf8)
    #expect(log.contains("secret") && !log.contains("sesame"))
  }

  @Test func noArgumentOfAProcessIsAPassword() throws {
    let process = try CommandRun.process(
      "cand-search", ["index", "-"],
      environment: ["CAND_SEARCH_INDEX": address, "PGPASSWORD": Self.password])
    let input = Pipe()
    process.standardInput = input
    process.standardError = FileHandle.nullDevice
    try process.run()
    // Until it is connected.
    while try server.psql("SELECT count(*) > 0 FROM pg_stat_activity WHERE usename = 'secret'") != "t" {
      #expect(process.isRunning)
      usleep(20_000)
    }
    let arguments = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(process.processIdentifier)/cmdline"))
    #expect(String(decoding: arguments, as: UTF8.self).contains("index"))
    #expect(!String(decoding: arguments, as: UTF8.self).contains("sesame"))
    let activity = try server.psql(
      "SELECT pg_stat_activity::text FROM pg_stat_activity WHERE usename = 'secret'")
    #expect(!activity.contains("sesame"))
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// What a command prints of an address with a password: in a configuration file, a variable or an option.
  @Test(arguments: ["secret:PW@127.0.0.1", "secret:s/PW@127.0.0.1", "secret@127.0.0.1?password=PW"])
  func anAddressWithAPasswordIsNotRepeated(_ place: String) throws {
    let parts = place.replacing("PW", with: Self.password).split(separator: "?")
    let address =
      "postgresql://\(parts[0]):\(server.port)/test1" + (parts.count > 1 ? "?" + parts[1] : "")
    let configuration = try folder.writePrivate("index = \"\(address)\"\n", to: "config.toml")
    let logConfiguration = try folder.writePrivate("log.file = \"\(address)\"\n", to: "log.toml")
    for arguments in [
      ["config"], ["doctor"], ["status"], ["stats"], ["engineer"], ["log"], ["config", "--format", "json"],
      ["doctor", "--format", "json"], ["forget", "x"], ["sync", "--connector", "x"], ["keys", "list"],
      ["backup", "/tmp/x"], ["restore", "/tmp/x"],
    ] {
      for run in [
        try CommandRun(
          "cand-search", arguments, environment: ["CAND_SEARCH_CONFIG": configuration]),
        try candSearch(address, arguments),
        try CommandRun("cand-search", arguments, environment: ["CAND_SEARCH_LOG": address]),
        try CommandRun("cand-search", arguments, environment: ["CAND_SEARCH_CONFIG": logConfiguration]),
      ] {
        #expect(!(run.output + run.error).contains("sesame"), "\(arguments): \(run.output)\(run.error)")
      }
    }
  }
}
