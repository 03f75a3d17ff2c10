import CandidateSearch
import Foundation
import GRDB
import TestSupport
import Testing

/// What is printed, to a terminal, a spreadsheet or another program, whatever a record contains.
@Suite struct OutputTests {
  private let folder: TemporaryFolder
  private var environment: [String: String] { ["CAND_SEARCH_INDEX": folder.file("i.db")] }

  init() throws { folder = try TemporaryFolder() }

  private func cand(_ arguments: String..., input: Data = Data()) throws -> CommandRun {
    try CommandRun("cand-search", arguments, input: input, environment: environment)
  }

  private func index(_ records: [String]) throws {
    let run = try cand("index", "-", input: Data(records.joined(separator: "\n").utf8))
    #expect(run.exit == 0, "\(run.error)")
  }

  private static func quoted(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
  }

  // MARK: - CSV

  @Test func csvContainsAHeaderAndALineForEachHit() throws {
    try index([#"{"id":"1","title":"=1+1","email_addresses":["a@x.org"],"can_email":false,"tags":["x","y"]}"#]
    )
    #expect(
      try cand("--format", "csv").output
        == #""id","first_name","last_name","title","company","locations","tags","email_addresses","#
        + #""phone_numbers","can_email","is_private","last_interaction_at""# + "\r\n"
        + #""1","","","'=1+1","","","x; y","a@x.org","","false","","""# + "\r\n")
    #expect(try cand("--format", "csv", "zzzz").output.hasPrefix(#""id","#))
  }

  // MARK: - Ids

  @Test func idsBetweenNULsAreAnyIds() throws {
    try index([#"{"id":" a ","tags":["x"]}"#, #"{"id":"a","tags":["y"]}"#, #"{"id":"b","tags":["x"]}"#])
    let ids = try cand("tag:x", "--format", "ids", "-0")
    #expect(Set(ids.output.components(separatedBy: "\0")) == [" a ", "b", ""], "\(ids.error)")
    let deleted = try cand("delete", "-0", "-", input: Data(ids.output.utf8))
    #expect(deleted.exit == 0 && deleted.error == "deleted 2\n", "\(deleted.error)")
    #expect(try cand("--format", "ids", "--null").output == "a\0")
    #expect(try cand("forget", "--null", "-", input: Data("a\0".utf8)).error.contains("forgot 1"))
    for arguments in [
      ["nurse", "-0"], ["nurse", "-0", "--format", "csv"], ["delete", "-0", "a"], ["forget", "-0", "a"],
    ] {
      let run = try CommandRun("cand-search", arguments, environment: environment)
      #expect(run.exit == 2 && run.error.contains("-0 needs"), "\(arguments): \(run.error)")
    }
  }

  /// As an index of an older version may contain it.
  @Test func anIdOfSeveralLinesIsNotTakenForOthers() throws {
    try index([#"{"id":"evil?b","tags":["x"]}"#, #"{"id":"b"}"#])
    try DatabaseQueue(path: folder.file("i.db")).write { db in
      try db.execute(
        sql: #"""
          UPDATE record SET json = replace(json, 'evil?b', 'evil\nb');
          UPDATE candidate SET id = replace(id, '?', char(10))
          """#)
    }
    let lines = try cand("--format", "ids")
    #expect(
      lines.output == "b\n"
        && lines.error == "note: left out evil b, whose id does not fit on a line; -0 prints it\n")
    let ids = try cand("tag:x", "--format", "ids", "-0").output
    #expect(ids == "evil\nb\0")
    #expect(try cand("delete", "-0", "-", input: Data(ids.utf8)).error == "deleted 1\n")
    #expect(try cand("--format", "ids").output == "b\n")
  }

  // MARK: - Terminals and logs

  @Test func aTerminalObeysNothingOfARecord() throws {
    let title = "a\u{9B}31mb\u{202E}c\u{7F}d\u{2028}e\u{85}f"
    try index([#"{"id":"1","title":"\#(title)"}"#])
    let stored = try cand("show", "1").output
    #expect(stored.contains(title), "byte for byte in a pipe")
    for command in [
      "show 1", "--format json", "--format ndjson", "--format csv", "--format table", "suggest --json a",
    ] {
      let run = try folder.shell(
        #"script -qec "$CAND \#(command)" /dev/null"#, environment.merging(["NO_COLOR": "1"]) { $1 })
      let shown = run.output.replacing("\r\n", with: "\n")
      let obeyed = shown.unicodeScalars.filter { scalar in
        let isLine = scalar == "\n" || (scalar == "\r" && command.contains("csv"))
        return !isLine
          && (scalar.properties.generalCategory == .control
            || "\u{2028}\u{202E}".unicodeScalars.contains(scalar))
      }
      #expect(obeyed.isEmpty, "\(command): \(obeyed.map { String($0.value, radix: 16) })")
      guard command == "show 1" else { continue }
      let object = try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: Any]
      #expect(object?["title"] as? String == title, "the value is the same")
    }
  }

  /// What is typed with a line break and an escape sequence in it.
  static let forged = "bad\ncand-search: all is well \u{1B}[31m"
  static let commands: [[String]] = [
    ["index", forged + ".json"], ["index", "bad", "--index", "/proc/none/" + forged], ["--" + forged],
    ["show", forged], ["--format", forged, "x"], ["delete", forged],
    ["index", "--rejects", "/proc/none/" + forged, "-"],
    ["zzzz qqqq " + forged], ["tag:zzzz qqqq", "--explain", forged], ["salary:" + forged],
  ]

  @Test(arguments: commands) func whatIsTypedStaysOnItsLine(_ arguments: [String]) throws {
    try index([#"{"id":"1","title":"Nurse"}"#])
    try folder.write("[", to: Self.forged + ".json")
    let process = try CommandRun.process("cand-search", arguments, environment: environment)
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    let error = Pipe()
    (process.standardError, process.standardOutput) = (error, FileHandle.nullDevice)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: try error.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus > 0)
    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("cand-search: all is well") }, "\(text)")
    #expect(
      !text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control }, "\(text)")
  }

  static let outputs = [
    "''", "--help", "--version", "stats", "show 1", "help query", "--count ''", "completions bash",
  ]

  @Test(arguments: outputs) func anOutputThatCannotBeWrittenIsNoWrongOption(_ arguments: String) throws {
    try index([#"{"id":"1"}"#])
    let run = try folder.shell(#""$CAND" \#(arguments) > /dev/full"#, environment)
    #expect(
      run.exit == 4 && run.error.contains("the output cannot be written: No space left"), "\(run.error)")
  }

  @Test func theUsageTellsWhatIsOptional() throws {
    let help = try cand("help", "search").output
    #expect(help.contains("USAGE: cand-search search [<options>] [<query> ...]\n"), "\(help)")
  }

  // MARK: - Scripts and the public

  @Test(arguments: ["stats", "index", "--count", "-nurse", "help"])
  func afterTwoDashesEverythingIsAQuery(_ query: String) throws {
    try index([#"{"id":"1","title":"stats index count nurse help"}"#])
    let run = try cand("search", "--format", "ids", "--", query)
    #expect(run.output == (query == "-nurse" ? "" : "1\n"), "\(run.error)")
    #expect(run.exit == (query == "-nurse" ? 1 : 0))
  }

  static let closed: [[String]] = [
    ["check"], ["check", "--repair"], ["backup", "/nonexistent/b.db"], ["restore", "/nonexistent/b.db"],
    ["delete", "1"],
    ["forget", "1"],
    ["forget", "--list"], ["index", "-"], ["reindex"], ["reindex", "-"], ["sync"], ["get", "1"],
  ]

  /// Without contacts no format prints a member that the API does not describe: it may contain some.
  @Test(arguments: [
    ["--format", "ndjson"], ["--format", "json"], ["--format", "csv"], ["--format", "table"], ["show"],
  ]) func unknownMembersMayBeContacts(_ arguments: [String]) throws {
    try index([#"{"id":"1","mobile":"+1 415 555","title":"Nurse","owner":{"mail":"pat@doe.example"}}"#])
    let arguments = arguments + (arguments == ["show"] ? ["1"] : ["nurse"])
    let all = try CommandRun("cand-search", arguments, environment: environment)
    #expect(all.exit == 0 && all.output.contains("Nurse"), "\(all.error)")
    let run = try CommandRun("cand-search", arguments + ["--no-contacts"], environment: environment)
    #expect(run.exit == 0 && run.output.contains("Nurse"), "\(run.error)")
    for text in ["mobile", "415", "owner", "pat@doe"] { #expect(!run.output.contains(text), "\(run.output)") }
    let printsRecords = !["csv", "table"].contains(arguments[1])
    #expect(all.output.contains("pat@doe") == printsRecords, "\(all.output)")
  }

  @Test(.slow, arguments: closed) func thePublicMayOnlySearch(_ arguments: [String]) throws {
    try index([#"{"id":"1"}"#])
    let runs = [
      try CommandRun("cand-search", arguments + ["--visibility", "public"], environment: environment),
      try CommandRun(
        "cand-search", arguments,
        environment: environment.merging(["CAND_SEARCH_VISIBILITY": "public"]) { $1 }),
    ]
    let scope = "-tag:nobody"
    for run in [
      try CommandRun("cand-search", arguments + ["--scope", scope], environment: environment),
      try CommandRun("cand-search", arguments + ["--no-contacts"], environment: environment),
      try CommandRun(
        "cand-search", arguments, environment: environment.merging(["CAND_SEARCH_SCOPE": scope]) { $1 }),
    ] {
      #expect(run.exit == 2 && run.error.contains("a scope may only be searched"), "\(run.error)")
    }
    for run in runs {
      #expect(run.exit == 2 && run.error.contains("the public may only search"), "\(run.exit) \(run.error)")
      #expect(run.output.isEmpty)
    }
    #expect(try cand("--count").output == "1\n")
  }

  /// Commands, and what the public is told by them.
  static let open: [[String]] = [
    ["stats"], ["stats", "--format", "json"], ["", "--limit", "500"], ["engineer", "--explain"],
    ["--count", "nurse"],
    ["--facet", "tag", "engineer"], ["suggest", "senior e"], ["enginer"], ["zzzz engineer"],
    ["--sort", "name", "nurse"],
    ["show", "private"], ["id:private"], ["engineer", "--format", "csv"],
    ["engineer", "--cursor", "first", "-n", "3"],
  ]

  @Test func twoIndexesThatDifferInPrivateCandidatesAreTheSameToThePublic() throws {
    let path = folder.file("i.db")
    let samples = try Fixture.text("docs/samples/candidates.ndjson").split(separator: "\n").map(String.init)
    let isPrivate = try samples.map { try CandidateDecoder().decode(json: $0).isPrivate == true }
    try index(zip(samples, isPrivate).filter { !$1 }.map(\.0))
    func answers() throws -> [String] {
      try Self.open.map { arguments in
        let run = try CommandRun(
          "cand-search", arguments,
          environment: environment.merging(["CAND_SEARCH_VISIBILITY": "public"]) { $1 })
        return
          "\(arguments) \(run.exit)\n\(run.output)\(run.error.replacing(/[0-9]+ µs|--cursor .*/, with: "…"))"
      }
    }
    let before = try answers()
    try index(zip(samples, isPrivate).filter { $1 }.map(\.0))
    let hidden =
      #"{"id":"private","title":"Engineer","tags":["secret"],"is_private":true,"last_interaction_at":"2030-01-01"}"#
    for connector in ["", "hidden"] {
      #expect(try cand("index", "--connector", connector, "-", input: Data(hidden.utf8)).exit == 0)
    }
    for (a, b) in zip(try answers(), before) { #expect(a == b) }
    #expect(try CandidateIndex(path: path).statistics().privateCandidates == 25)
  }
}
