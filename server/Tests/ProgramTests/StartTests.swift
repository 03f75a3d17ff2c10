import CandidateSearch
import Foundation
import TestSupport
import Testing

@testable import ServerTestSupport

/// How the program starts, and why it does not.
@Suite(.mustEnd) struct StartTests {
  // MARK: - Configurations

  /// A configuration with an error, the line and the column of it, and a part of the message.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let place: String
    let message: String
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ place: String, _ message: String) {
      (self.name, self.text, self.place, self.message) = (name, text, place, message)
    }
  }

  private static let secret = "sk-71c0ffee"

  static let configurations = [
    Wrong("an unknown member", "index = \"x\"\napi-keyy = \"\(secret)\"", "2:1", "there is no member"),
    Wrong("an unknown table", "[servers]\nport = 1", "1:", "servers"),
    Wrong("a secret that is no text", "api-key = [\"\(secret)\"]", "1:11", "api-key"),
    Wrong("a text that does not end", "index = \"x\"\n\nkeys = \"\(secret)", "3:8", "the text has no end"),
    Wrong("no value", "listen =\n", "1:9", "a value must be"),
    Wrong("a wrong address", "listen = \"\(secret)\"", "1:10", "listen"),
    Wrong("a wrong period", "[log]\nkeep = \"\(secret)\"", "2:8", "keep"),
    Wrong("a wrong purpose", "[log]\npurpose = \"\(secret)\"", "2:11", "purpose"),
    Wrong("a wrong level", "log-level = \"\(secret)\"", "1:13", "log-level"),
    Wrong("a number beyond its range", "[server]\nconnections = 0", "2:15", "connections"),
    Wrong("a member twice", "index = \"a\"\nindex = \"\(secret)\"", "2:1", "defined twice"),
    Wrong("a connector without a name", "[[connector]]\ntoken = \"\(secret)\"", "1:", "name"),
    Wrong(
      "a connector without a token", "api-key = \"\(secret)\"\n\n[[connector]]\nname = \"a\"", "3:", "token"),
    Wrong("a wrong origin", "[server]\norigins = [\"\(secret)\"]", "2:", "origins"),
    Wrong("a key of webhooks that is no table", "[webhook]\nkeys = [\"\(secret)\"]", "2:", "keys"),
  ]

  @Test(arguments: configurations) func aWrongConfigurationIsPointedAt(_ wrong: Wrong) async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(wrong.text, to: "c.toml")
    chmod(path, 0o600)
    for arguments in [["--config", path], ["serve", "--config", path]] {
      let run = try await RunningProgram.refusal(of: arguments, in: folder)
      #expect(run.exit == 2, "\(run.error)")
      #expect(run.error.hasPrefix("cand-search: \(path):\(wrong.place)"), "\(run.error)")
      #expect(run.error.contains(wrong.message) && !run.error.contains(Self.secret), "\(run.error)")
    }
    let run = try await RunningProgram.refusal(
      of: [], environment: ["CAND_SEARCH_CONFIG": path], in: folder)
    #expect(run.exit == 2 && run.error.contains("\(path):\(wrong.place)"), "\(run.error)")
  }

  // MARK: - Other reasons

  /// Arguments with which the program does not start. `FOLDER` is a folder with an index.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let arguments: String
    let exit: Int32
    let message: String
    var environment: [String: String] = [:]
    var testDescription: String { "\(environment) \(arguments)" }
  }

  static let refusals = [
    Refusal(arguments: "--index FOLDER/none.db", exit: 4, message: "none.db"),
    Refusal(arguments: "--index FOLDER", exit: 4, message: "FOLDER"),
    Refusal(arguments: "--index FOLDER/text", exit: 4, message: "text"),
    Refusal(arguments: "--listen 0.0.0.0:0", exit: 2, message: "without keys"),
    Refusal(arguments: "--listen [::]:0", exit: 2, message: "without keys"),
    Refusal(arguments: "--listen 192.0.2.1:7470", exit: 2, message: "without keys"),
    Refusal(arguments: "--listen 127.0.0.1.example.com:0", exit: 2, message: "without keys"),
    Refusal(arguments: "--listen nonsense", exit: 2, message: "--listen"),
    Refusal(arguments: "--listen 127.0.0.1:70000", exit: 2, message: "--listen"),
    Refusal(arguments: "--log-level loud", exit: 2, message: "--log-level"),
    Refusal(arguments: "--log-keep long", exit: 2, message: "--log-keep"),
    Refusal(arguments: "--sync-every often", exit: 2, message: "--sync-every"),
    Refusal(arguments: "--full-every 0h", exit: 2, message: "--full-every"),
    Refusal(arguments: "--nothing", exit: 2, message: "--nothing"),
    Refusal(arguments: "--keys FOLDER/none.ndjson", exit: 4, message: "none.ndjson"),
    Refusal(arguments: "--keys FOLDER/text", exit: 4, message: "text"),
    Refusal(arguments: "--log FOLDER/text", exit: 4, message: "text"),
    Refusal(arguments: "--log FOLDER/candidates.db", exit: 4, message: "candidates.db"),
    Refusal(arguments: "--log FOLDER/none/log.db", exit: 4, message: "log.db"),
    Refusal(arguments: "--config FOLDER/none.toml", exit: 2, message: "none.toml"),
    Refusal(
      arguments: "", exit: 2, message: "CAND_SEARCH_VISIBILITY",
      environment: ["CAND_SEARCH_VISIBILITY": "public"]),
    Refusal(
      arguments: "", exit: 2, message: "CAND_SEARCH_SCOPE", environment: ["CAND_SEARCH_SCOPE": "tag:secret"]),
    Refusal(
      arguments: "--config FOLDER/scope.toml", exit: 2, message: "FOLDER/scope.toml:1:9: this does not apply"),
    Refusal(
      arguments: "", exit: 2, message: "FOLDER/public.toml:1:14: this does not apply",
      environment: ["CAND_SEARCH_CONFIG": "FOLDER/public.toml", "CAND_SEARCH_VISIBILITY": "all"]),
    Refusal(
      arguments: "--listen 0.0.0.0:0", exit: 4, message: "none.ndjson",
      environment: ["CAND_SEARCH_KEYS": "FOLDER/none.ndjson"]),
  ]

  @Test(arguments: refusals) func itDoesNotStart(_ refusal: Refusal) async throws {
    let folder = try TemporaryFolder()
    try Samples.copy(0, to: folder.file("candidates.db"))
    try folder.write(
      "no file of ours, and more than a hundred bytes " + String(repeating: "x", count: 99), to: "text")
    for (name, text) in [("scope", "scope = 'tag:secret'"), ("public", "visibility = 'public'")] {
      chmod(try folder.write(text, to: "\(name).toml"), 0o600)
    }
    func placed(_ text: String) -> String { text.replacing("FOLDER", with: folder.path) }
    var arguments = refusal.arguments.split(separator: " ").map { placed(String($0)) }
    if !arguments.contains("--index") { arguments += ["--index", folder.file("candidates.db")] }
    if !arguments.contains("--listen") { arguments += ["--listen", "127.0.0.1:0"] }
    let run = try await RunningProgram.refusal(
      of: arguments, environment: refusal.environment.mapValues(placed), in: folder)
    #expect(run.exit == refusal.exit, "\(run.error)")
    #expect(run.error.contains(placed(refusal.message)), "\(run.error)")
    #expect(!run.error.contains("tag:secret") && !run.error.contains("listening"))
    #expect(run.error.split(separator: "\n").count <= 3, "\(run.error)")
  }

  @Test func anAddressInUseIsNamed() async throws {
    let folder = try TemporaryFolder()
    let index = folder.file("candidates.db")
    try Samples.copy(0, to: index)
    let program = try await RunningProgram(["--index", index, "--listen", "127.0.0.1:0"], in: folder)
    let run = try await RunningProgram.refusal(
      of: ["--index", index, "--listen", "127.0.0.1:\(program.port)"], in: folder)
    #expect(run.exit == 4)
    #expect(
      run.error.contains("cannot listen at 127.0.0.1:\(program.port): Address already in use"), "\(run.error)"
    )
    #expect(try await program.server.answer("GET", "/readyz").status == 200)
  }

  // MARK: - cand-search serve

  @Test func serveRunsTheProgramBesideIt() async throws {
    let site = try Site()
    let program = try await RunningProgram(
      ["serve", "--config", site.configuration], of: "cand-search", environment: ["PATH": "/nonexistent"],
      in: site.folder)
    #expect(try await site.answer(program, "/v1/search").status == 200)
    program.signal(SIGTERM)
    #expect(try await program.end() == 0)
  }

  @Test func theConfigurationMayBeInTheEnvironment() async throws {
    let site = try Site()
    let program = try await RunningProgram(
      [], environment: ["CAND_SEARCH_CONFIG": site.configuration], in: site.folder)
    #expect(try await site.answer(program, "/v1/search").status == 200)
    #expect(try await program.server.answer("GET", "/v1/search").status == 401)
  }
}
