import Foundation
import GRDB
import TestSupport
import Testing

/// `cand-search doctor`: every defect is found and told with what helps, never with a crash, and nothing of a person is shown.
@Suite struct DoctorCommandTests {
  private let folder: TemporaryFolder
  private var environment: [String: String] {
    ["CAND_SEARCH_INDEX": folder.file("i.db"), "HOME": folder.file("home-of-lovelace")]
  }

  init() throws {
    folder = try TemporaryFolder()
    let record =
      #"{"id":"secret-id","first_name":"Ada","last_name":"Lovelace","email_addresses":["ada@x.org"]}"#
    try folder.write(record, to: "a.ndjson")
    let run = try CommandRun("cand-search", ["index", folder.file("a.ndjson")], environment: environment)
    #expect(run.exit == 0, "\(run.error)")
  }

  /// A line of the report: the check, the severity, what was found, the advice.
  private struct Line {
    let check: String
    let severity: String
    let found: String
    let advice: String?
  }

  private func doctor(
    _ arguments: [String] = [], _ more: [String: String] = [:]
  ) throws -> (run: CommandRun, lines: [Line]) {
    let environment = environment.merging(more) { $1 }
    let run = try CommandRun(
      "cand-search", ["doctor", "--format", "json"] + arguments, environment: environment)
    let table = try CommandRun("cand-search", ["doctor"] + arguments, environment: environment)
    #expect(table.exit == run.exit && run.error.isEmpty, "\(run.error)")
    for text in [run.output, table.output] {
      #expect(!text.contains(/(?i)lovelace|secret-id|ada@x\.org|hunter2/), "\(text)")
    }
    let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let findings = try #require(report?["findings"] as? [[String: Any]])
    let lines = findings.map { finding in
      Line(
        check: finding["check"] as? String ?? "", severity: finding["severity"] as? String ?? "",
        found: finding["found"] as? String ?? "", advice: finding["advice"] as? String)
    }
    let worst =
      lines.contains { $0.severity == "error" } ? 4 : lines.contains { $0.severity == "warning" } ? 3 : 0
    #expect(run.exit == Int32(worst))
    return (run, lines)
  }

  @Test func aSoundInstallationIsFine() throws {
    let (run, lines) = try doctor()
    #expect(run.exit == 0 && lines.allSatisfy { $0.severity == "ok" && $0.advice == nil }, "\(run.output)")
    func found(_ check: String) -> String { lines.first { $0.check == check }?.found ?? "" }
    #expect(found("program").contains(/^cand-search \S+, tables 8, text 5, Unicode [\d.]+, SQLite 3\./))
    #expect(
      found("system").hasPrefix("Linux ") && !found("system").contains(ProcessInfo.processInfo.hostName))
    #expect(found("index").contains("/i.db (variable CAND_SEARCH_INDEX): "))
    #expect(found("versions").hasSuffix("1 candidates") && found("sample") == "1 of 1 candidates are sound")
    #expect(found("disk").contains("free beside the index"))
  }

  // MARK: - Defects

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// A script that makes the defect, in the folder `$DIR`.
    let script: String
    var arguments: [String] = []
    var environment: [String: String] = [:]
    /// `check severity`, and a part of what was found.
    let finding: (check: String, severity: String, text: String)
    /// A part of the advice; `DIR` is the folder.
    var advice: String?
  }

  static let cases: [Case] = [
    Case(
      testDescription: "no index", script: "rm i.db*", finding: ("index", "error", "there is no index here"),
      advice: "cand-search index"),
    Case(
      testDescription: "a foreign file", script: "rm i.db*; head -c 9000 /dev/urandom > i.db",
      finding: ("index", "error", "this file is not an index")),
    Case(
      testDescription: "a database of another program",
      script: "rm i.db*; printf 'SQLite format 3\\0' > i.db; head -c 9000 /dev/zero >> i.db",
      finding: ("index", "error", "not an index")),
    Case(
      testDescription: "an empty file", script: "rm i.db*; : > i.db",
      finding: ("index", "error", "not an index")),
    Case(
      testDescription: "a folder", script: "rm i.db*; mkdir i.db", finding: ("index", "error", "not an index")
    ),
    Case(
      testDescription: "a FIFO", script: "rm i.db*; mkfifo i.db", finding: ("index", "error", "not an index")),
    Case(
      testDescription: "a device", script: "true", arguments: ["--index", "/dev/null"],
      finding: ("index", "error", "not an index")),
    Case(
      testDescription: "a link to itself", script: "rm i.db*; ln -s i.db i.db",
      finding: ("index", "error", "there is no index here")),
    Case(
      testDescription: "an index that is cut", script: "rm -f i.db-*; truncate -s 40K i.db",
      finding: ("index", "error", "damaged"), advice: "cand-search restore"),
    Case(
      testDescription: "an index that others read", script: "chmod 644 i.db",
      finding: ("permissions", "warning", "/i.db: others can read or write it (644)"),
      advice: "chmod 600 DIR/i.db"),
    Case(
      testDescription: "a path for a shell", script: "cp i.db \"it's\"; chmod 604 \"it's\"",
      environment: ["CAND_SEARCH_INDEX": "DIR/it's"], finding: ("permissions", "warning", "(604)"),
      advice: #"chmod 600 'DIR/it'\''s'"#),
    Case(
      testDescription: "a path in the user's folder",
      script:
        "mkdir 'home-of-lovelace'; cp i.db 'home-of-lovelace/i b.db'; chmod 644 'home-of-lovelace/i b.db'",
      environment: ["CAND_SEARCH_INDEX": "DIR/home-of-lovelace/i b.db"],
      finding: ("permissions", "warning", "~/i b.db: others"), advice: "chmod 600 ~/'i b.db'"),
    Case(
      testDescription: "the standard path", script: "true", environment: ["CAND_SEARCH_INDEX": ""],
      finding: ("index", "ok", "~/.local/share/cand-search/candidates.db (default)")),
    Case(
      testDescription: "a configuration that others write", script: "echo > c.toml; chmod 666 c.toml",
      arguments: ["--config", "DIR/c.toml"], finding: ("configuration", "error", "others can write it"),
      advice: "chmod go-w DIR/c.toml"),
    Case(
      testDescription: "a configuration with a secret that others read",
      script: "echo 'api-key = \"hunter2\"' > c.toml; chmod 644 c.toml",
      arguments: ["--config", "DIR/c.toml"],
      finding: ("configuration", "warning", "others can read its secrets"),
      advice: "chmod 600 DIR/c.toml"),
    Case(
      testDescription: "a configuration without a secret", script: "echo > c.toml; chmod 644 c.toml",
      arguments: ["--config", "DIR/c.toml"], finding: ("configuration", "ok", "c.toml (option --config)")),
    Case(
      testDescription: "a wrong configuration", script: "echo 'indx = \"Lovelace\"' > c.toml",
      arguments: ["--config", "DIR/c.toml"],
      finding: ("configuration", "error", "c.toml:1:1: there is no member")),
    Case(
      testDescription: "no configuration", script: "true", arguments: ["--config", "DIR/none"],
      finding: ("configuration", "error", "none: cannot be read")),
    Case(
      testDescription: "a wrong variable", script: "true", environment: ["CAND_SEARCH_VISIBILITY": "pubic"],
      finding: ("configuration", "error", "CAND_SEARCH_VISIBILITY: it must be")),
    Case(
      testDescription: "a filter that is none", script: "echo 'scope = \"lovelace\"' > c.toml",
      arguments: ["--config", "DIR/c.toml"], finding: ("configuration", "error", "a filter is wrong")),
    Case(
      testDescription: "a scope", script: "true", environment: ["CAND_SEARCH_SCOPE": "is:private"],
      finding: ("sample", "note", "the scope restricts")),
    Case(
      testDescription: "a secret that is not there", script: "echo 'api-key-file = \"none\"' > c.toml",
      arguments: ["--config", "DIR/c.toml"], finding: ("secrets", "error", "/none: cannot be read")),
    Case(
      testDescription: "a secret that others read",
      script: "echo 'api-key-file = \"k\"' > c.toml; echo hunter2 > k; chmod 640 k",
      arguments: ["--config", "DIR/c.toml"], finding: ("secrets", "warning", "/k: others can read"),
      advice: "chmod 600 DIR/k"),
    Case(
      testDescription: "a secret in a pipe", script: "echo 'api-key-file = \"k\"' > c.toml; mkfifo k",
      arguments: ["--config", "DIR/c.toml"], finding: ("secrets", "note", "/k: a FIFO")),
    Case(
      testDescription: "a variable that is not set", script: "echo 'api-key-variable = \"NONE\"' > c.toml",
      arguments: ["--config", "DIR/c.toml"], finding: ("secrets", "warning", "the variable NONE is not set")),
    Case(
      testDescription: "keys that others read", script: ": > keys.ndjson; chmod 644 keys.ndjson",
      finding: ("keys", "error", "the server refuses all"), advice: "chmod 600 DIR/keys.ndjson"),
    Case(
      testDescription: "keys that are none", script: "echo hunter2 > keys.ndjson; chmod 600 keys.ndjson",
      finding: ("keys", "error", "keys.ndjson:1")),
    Case(
      testDescription: "keys in a folder", script: "mkdir keys.ndjson",
      finding: ("keys", "error", "keys.ndjson")),
    Case(
      testDescription: "named keys that are not there", script: "true", arguments: ["--keys", "DIR/none"],
      finding: ("keys", "error", "there are no keys here"), advice: "cand-search keys add"),
    Case(
      testDescription: "a search log that is none", script: "cp i.db l.db", arguments: ["--log", "DIR/l.db"],
      finding: ("search log", "error", "l.db")),
    Case(
      testDescription: "a search log without a folder", script: "true",
      arguments: ["--log", "DIR/none/l.db"],
      finding: ("search log", "error", "cannot be made in its folder")),
    Case(
      testDescription: "a search log to come", script: "true", arguments: ["--log", "DIR/l.db"],
      finding: ("search log", "ok", "nothing recorded yet")),
    Case(
      testDescription: "a search log that others read",
      script: #""$CAND" --index i.db --count ada --log l.db > out; chmod 640 l.db"#,
      arguments: ["--log", "DIR/l.db"], finding: ("search log", "warning", "l.db: others can read"),
      advice: "chmod 600 DIR/l.db"),
  ]

  @Test(arguments: cases) func aDefectIsFound(_ case: Case) throws {
    func placed(_ text: String) -> String { text.replacing("DIR", with: folder.path) }
    let made = try folder.shell("set -e; \(`case`.script)")
    #expect(made.exit == 0, "\(made.error)")
    let (run, lines) = try doctor(`case`.arguments.map(placed), `case`.environment.mapValues(placed))
    let (check, severity, text) = `case`.finding
    let line = lines.first { $0.check == check && $0.severity == severity && $0.found.contains(text) }
    #expect(line != nil, "\(run.output)")
    if let advice = `case`.advice { #expect(line?.advice?.contains(placed(advice)) == true, "\(run.output)") }
    // Its permissions are none of an index, and a folder needs others.
    if ["a folder", "a FIFO", "a device"].contains(`case`.testDescription) {
      #expect(!run.output.contains("chmod"), "\(run.output)")
    }
    // The checks that need no index are made in any case.
    #expect(lines.contains { $0.check == "program" } && lines.contains { $0.check == "system" })
  }

  /// The problems of a check name candidates.
  @Test func damageOfTheContentIsCounted() throws {
    try DatabaseQueue(path: folder.file("i.db")).write { db in
      try db.execute(sql: "UPDATE record SET json = '{\"id\":\"secret-id\",\"first_name\":\"Eve\"}'")
    }
    let (run, lines) = try doctor()
    #expect(run.exit == 4)
    #expect(
      lines.contains { $0.check == "sample" && $0.found == "1 problem in a sample of 1 candidates" },
      "\(run.output)")
  }

  /// Readers do not wait for a writer, and a diagnosis changes nothing.
  @Test func anIndexInUseIsRead() throws {
    let path = folder.file("i.db")
    try DatabaseQueue(path: path).inTransaction(.immediate) { db in
      try db.execute(sql: "DELETE FROM record")
      let (run, lines) = try doctor()
      #expect(run.exit == 0 && lines.contains { $0.found == "1 of 1 candidates are sound" }, "\(run.output)")
      return .rollback
    }
    #expect(try doctor().run.exit == 0)
  }

  @Test func aFileOfAnotherVersionIsTold() throws {
    let path = folder.file("i.db")
    for (sql, text) in [
      ("UPDATE setting SET value = 4 WHERE name = 'document_version'", "written by an older version"),
      ("UPDATE setting SET value = 99 WHERE name = 'document_version'", "written by a newer version"),
    ] {
      try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
      let (run, lines) = try doctor()
      #expect(
        lines.contains { $0.check == "index" && $0.severity == "error" && $0.found.contains(text) },
        "\(run.output)")
    }
  }

  /// As a user who may not enter the folder.
  @Test func aFolderThatCannotBeReadIsTold() throws {
    let run = try folder.shell(
      #"""
      mkdir closed; mv i.db closed/; chmod 755 .; chmod 700 closed
      as=""; if [ $(id -u) = 0 ]; then as="setpriv --reuid=65534 --regid=65534 --clear-groups"; else chmod 0 closed; fi
      for command in doctor status; do CAND_SEARCH_INDEX="$DIR/closed/i.db" $as "$CAND" $command; echo "$?"; done
      chmod 700 closed
      """#)
    #expect(run.output.contains("its folder cannot be entered by this user"), "\(run.output) \(run.error)")
    #expect(run.output.contains(/\n4\nCAND-SEARCH UNKNOWN - .*\n3\n$/), "\(run.output) \(run.error)")
  }

  @Test func aTitleIsNotTakenForTheCommand() throws {
    let run = try CommandRun("cand-search", ["doctor", "berlin"], environment: environment)
    #expect(run.exit == 2 && run.error.contains("cand-search search -- doctor"), "\(run.error)")
    #expect(try CommandRun("cand-search", ["search", "--", "doctor"], environment: environment).exit == 1)
  }
}
