import Foundation
import TestSupport
import Testing

/// What the configuration file means for commands, and what `cand-search config` prints of it.
@Suite struct ConfigurationCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs a command over a configuration: lines of TOML after the one that names the index.
  private func run(
    _ arguments: [String], _ text: String, _ environment: [String: String] = [:], mode: mode_t = 0o600
  ) throws -> CommandRun {
    let path = try folder.write("index = '\(try Samples.index.get())'\n" + text, to: "c.toml")
    chmod(path, mode)
    return try CommandRun(
      "cand-search", arguments, environment: environment.merging(["CAND_SEARCH_CONFIG": path]) { $1 })
  }

  // MARK: - Scopes

  struct ScopeCase: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let text: String
    var environment: [String: String] = [:]
    let count: String
    var isNoted = false
    var testDescription: String { "\(text) \(environment) \(arguments)" }
  }

  private static let (isPublic, isPrivate) = ("visibility = 'public'", "scope = 'is:private'")

  /// Of 340 candidates 23 are private. No place widens what another states, but for `--visibility all`, which tells.
  static let scopes = [
    ScopeCase(arguments: [], text: "", count: "340\n"),
    ScopeCase(arguments: [], text: isPublic, count: "317\n"),
    ScopeCase(
      arguments: [], text: isPublic, environment: ["CAND_SEARCH_VISIBILITY": "all"], count: "317\n"),
    ScopeCase(
      arguments: [], text: "visibility = 'all'", environment: ["CAND_SEARCH_VISIBILITY": "public"],
      count: "317\n"),
    ScopeCase(arguments: ["--visibility", "public"], text: "visibility = 'all'", count: "317\n"),
    ScopeCase(arguments: ["--visibility", "all"], text: isPublic, count: "340\n", isNoted: true),
    ScopeCase(
      arguments: ["--visibility", "all"], text: "", environment: ["CAND_SEARCH_VISIBILITY": "public"],
      count: "340\n", isNoted: true),
    ScopeCase(arguments: ["--visibility", "all"], text: "", count: "340\n"),
    ScopeCase(arguments: [], text: isPrivate, count: "23\n"),
    ScopeCase(arguments: ["--scope", "-is:private"], text: isPrivate, count: "0\n"),
    ScopeCase(arguments: ["--scope", "is:private OR -is:private"], text: isPrivate, count: "23\n"),
    ScopeCase(
      arguments: [], text: isPrivate, environment: ["CAND_SEARCH_SCOPE": "-is:private"], count: "0\n"),
    ScopeCase(arguments: ["--visibility", "all"], text: isPrivate, count: "23\n"),
    ScopeCase(arguments: [], text: isPublic + "\n" + isPrivate, count: "0\n"),
    ScopeCase(arguments: ["--config", "none"], text: isPrivate, environment: index, count: "340\n"),
  ]

  private static let index = ["CAND_SEARCH_INDEX": (try? Samples.index.get()) ?? ""]

  @Test(arguments: scopes) func noPlaceWidensAScope(_ scope: ScopeCase) throws {
    let run = try run(["--count", ""] + scope.arguments, scope.text, scope.environment)
    #expect(run.output == scope.count, "\(run.error)")
    #expect(run.error.contains("note: --visibility all overrides public (") == scope.isNoted, "\(run.error)")
  }

  /// A second reading of a pipe would be empty, and drop the scope.
  @Test func aConfigurationMayBeAPipe() throws {
    // check changes the file.
    let index = folder.file("copy.db")
    try FileManager.default.copyItem(atPath: Samples.index.get(), toPath: index)
    let run = try folder.shell(
      #"""
      text() { printf 'index = "%s"\nvisibility = "public"\n' "$INDEX"; }
      "$CAND" --config <(text) --count ""; "$CAND" stats --config <(text); "$CAND" check --config <(text)
      """#, ["INDEX": index])
    #expect(run.output.hasPrefix("317\n") && run.output.contains(/\ncandidates +317\n/), "\(run.output)")
    #expect(run.exit == 2 && run.error.contains("the public may only search"), "\(run.error)")
  }

  // MARK: - The search log

  struct LogCase: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let text: String
    var environment: [String: String] = [:]
    let exit: Int32
    /// Whether the file of the configuration exists afterwards.
    let isLogged: Bool
    var testDescription: String { "\(text) \(environment) \(arguments)" }
  }

  static let logs = [
    LogCase(arguments: [], text: "log.file = 'l.db'", exit: 0, isLogged: true),
    LogCase(arguments: ["--log", "none"], text: "log.file = 'l.db'", exit: 0, isLogged: false),
    LogCase(
      arguments: [], text: "log.file = 'l.db'", environment: ["CAND_SEARCH_LOG": "none"], exit: 0,
      isLogged: false),
    LogCase(arguments: [], text: "[log]\nfile = 'l.db'\npurpose = 'required'", exit: 2, isLogged: false),
    LogCase(
      arguments: ["--purpose", " "], text: "[log]\nfile = 'l.db'\npurpose = 'required'", exit: 2,
      isLogged: false),
    LogCase(
      arguments: ["--purpose", "x"], text: "[log]\nfile = 'l.db'\npurpose = 'required'", exit: 0,
      isLogged: true),
    LogCase(arguments: [], text: "log.purpose = 'required'", exit: 0, isLogged: false),
    LogCase(arguments: ["--purpose", "x"], text: "", exit: 2, isLogged: false),
  ]

  @Test(arguments: logs) func theLogOfTheFileIsWritten(_ log: LogCase) throws {
    let run = try run(["engineer", "-n", "1"] + log.arguments, log.text, log.environment)
    #expect(run.exit == log.exit, "\(run.error)")
    #expect(run.output.isEmpty == (log.exit != 0))
    #expect(FileManager.default.fileExists(atPath: folder.file("l.db")) == log.isLogged)
    if log.isLogged {
      #expect(try self.run(["log"], log.text, log.environment).output.contains("engineer"))
    }
  }

  // MARK: - Wrong configurations

  struct Wrong: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let message: String

    init(_ testDescription: String, _ text: String, _ message: String) {
      self.testDescription = testDescription
      self.text = text
      self.message = message
    }
  }

  static let wrong = [
    Wrong("no TOML", "visibility", "FILE:2:11: there must be = after the name"),
    Wrong(
      "an unknown member", "visiblity = 'public'", "FILE:2:1: there is no member “visiblity”; did you mean"),
    Wrong("a wrong visibility", "visibility = 'pubic'", "FILE:2:14: visibility: it must be one of"),
    Wrong("an empty filter", "scope = ''", "FILE:2:9: scope: it must be a text that is not empty"),
    Wrong(
      "a blank filter", "scope = '  '",
      "FILE:2:9: scope: filters are read as they are written: it has no filter"),
    Wrong("free text", "scope = 'berlin'", "FILE:2:9: scope: free text is no filter: berlin"),
    Wrong("two lines", "scope = \"is:private\\nx\"", "FILE:2:9: scope: free text is no filter: x"),
    Wrong("a list", "scope = ['is:private']", "FILE:2:9: scope: it must be a text"),
  ]

  @Test(arguments: wrong) func everyCommandPointsAtAWrongConfiguration(_ wrong: Wrong) throws {
    for arguments in [
      ["x"], ["stats"], ["suggest", "x"], ["check"], ["index", "-"], ["config"], ["show", "x"],
    ] {
      let run = try run(arguments, wrong.text)
      #expect(run.exit == 2, "\(arguments): \(run.error)")
      let message = "cand-search: " + wrong.message.replacing("FILE", with: folder.file("c.toml"))
      #expect(run.error.hasPrefix(message), "\(arguments): \(run.error)")
      #expect(run.error.split(separator: "\n").count == 1, "\(arguments): \(run.error)")
    }
  }

  // MARK: - Permissions

  struct Shared: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let mode: mode_t
    let isWarned: Bool
  }

  static let shared = [
    Shared(testDescription: "a scope, read", text: "scope = 'is:private'", mode: 0o644, isWarned: true),
    Shared(testDescription: "a secret, read", text: "api-key = 'hunter2'", mode: 0o604, isWarned: true),
    Shared(
      testDescription: "a token, read by a group", text: "[[connector]]\nname = 'a'\ntoken = 'hunter2'",
      mode: 0o640, isWarned: true),
    Shared(testDescription: "nothing of them, written", text: "", mode: 0o602, isWarned: true),
    Shared(testDescription: "nothing of them, read", text: "", mode: 0o644, isWarned: false),
    Shared(
      testDescription: "a file of a secret, read", text: "api-key-file = 'k'", mode: 0o644, isWarned: false),
    Shared(
      testDescription: "a secret for its owner", text: "api-key = 'hunter2'", mode: 0o600, isWarned: false),
  ]

  @Test(arguments: shared) func everyCommandWarnsOfAConfigurationThatOthersCanUse(_ shared: Shared) throws {
    for arguments in [
      ["--count", ""], ["stats"], ["config"], ["suggest", "a"], ["keys", "list", "--keys", folder.file("k")],
      ["log", "--log", folder.file("l.db")],
    ] {
      let run = try run(arguments, shared.text, mode: shared.mode)
      let warnings = run.error.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
      let path = folder.file("c.toml")
      let warning = "warning: \(path): others can read or write it; make it yours alone: chmod 600 \(path)"
      #expect(warnings.map(String.init) == (shared.isWarned ? [warning] : []), "\(arguments): \(run.error)")
    }
    let status = try run(["status"], shared.text, mode: shared.mode)
    #expect(status.error.isEmpty, "\(status.error)")
  }

  // MARK: - cand-search config

  @Test func eachValueAndItsSourceIsPrinted() throws {
    let text = """
      visibility = "public"
      scope = "can_email:true"
      log.file = "l.db"
      [[connector]]
      name = "two\\nlines"
      token = "hunter2"
      """
    let environment = ["CAND_SEARCH_SCOPE": "is:private", "BINDBEE_API_KEY": "hunter2"]
    let arguments = ["config", "--scope", "-is:private", "--keys", "k", "--no-contacts"]
    let table = try run(arguments, text, environment)
    #expect(table.exit == 0 && table.error.isEmpty && !table.output.contains("hunter2"))
    let path = folder.file("c.toml")
    let rows = table.lines.map { $0.split(separator: /\s\s+/).joined(separator: " | ") }
    let expected = [
      "NAME | VALUE | SOURCE", "config | \"\(path)\" | variable CAND_SEARCH_CONFIG",
      "index | \"\(try Samples.index.get())\" | \(path):1", "visibility | \"public\" | \(path):2",
      "scope | \"can_email:true\" | \(path):3", "scope | \"is:private\" | variable CAND_SEARCH_SCOPE",
      "scope | \"-is:private\" | option --scope", "no-contacts | true | option --no-contacts",
      "keys | \"k\" | option --keys", "api-key | (a secret) | variable BINDBEE_API_KEY",
      "log.file | \"\(folder.file("l.db"))\" | \(path):4", "log.keep | \"13mo\" | default",
    ]
    for row in expected { #expect(rows.contains(row), "\(row): \(table.output)") }
    #expect(rows.contains { $0.hasPrefix("connector two") && $0.hasSuffix("token | (a secret) | \(path):7") })

    let json = try run(arguments + ["--format", "json"], text, environment)
    #expect(!json.output.contains("hunter2") && json.lines.count == 1)
    let values = try #require(
      (try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])?["values"]
        as? [[String: Any]])
    #expect(values.count == rows.count - 1)
    let scope = values.filter { $0["name"] as? String == "scope" }.compactMap {
      $0["source"] as? [String: Any]
    }
    #expect(scope.map { $0["kind"] as? String } == ["file", "variable", "option"])
    #expect(scope.first?["line"] as? Int == 3 && scope.first?["column"] as? Int == 9)
    #expect(values.filter { $0["secret"] as? Bool == true }.count == 2)
  }

  @Test func anOptionAndAVariableComeBeforeTheFile() throws {
    let other = folder.file("other.db")
    for (arguments, environment) in [
      (["--index", other], [:]), ([], ["CAND_SEARCH_INDEX": other]),
      (["--index", other], ["CAND_SEARCH_INDEX": "/nonexistent"]),
    ] {
      let missing = try run(["stats"] + arguments, "", environment)
      #expect(missing.exit == 4 && missing.error.contains("\(other): there is no index here"))
    }
    let standard = try CommandRun("cand-search", ["config"], environment: ["HOME": "/h"])
    #expect(standard.lines.contains { $0.contains("\"/h/.local/share/cand-search/candidates.db\"  default") })
  }

  /// An HTTP client would double the start-up time.
  @Test func theProgramLinksNoHTTPClient() throws {
    func libraries(_ program: String) throws -> String {
      try folder.shell("ldd '\(CommandRun.binary(program).path)'").output
    }
    #expect(!(try libraries("cand-search").contains("libcurl")))
    #expect(try libraries("cand-search-sync").contains("libcurl"))
  }
}
