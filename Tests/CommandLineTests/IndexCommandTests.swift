import Foundation
import GRDB
import TestSupport
import Testing

@Suite struct IndexCommandTests {
  private let folder: TemporaryFolder
  private var environment: [String: String] { ["CAND_SEARCH_INDEX": folder.file("i.db")] }

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String..., input: String = "") throws -> CommandRun {
    try CommandRun("cand-search", arguments, input: Data(input.utf8), environment: environment)
  }

  private func counts(_ run: CommandRun) -> String { String(run.error.split(separator: "(")[0].dropLast()) }

  @Test func theIssuesExample() throws {
    #expect(try run("index", Fixture.example).exit == 0)
    #expect(
      try run("engineer tag:JUNIOR", "--format", "ids").output == "018b18ef-c487-703c-afd9-0ca478ccd9d6\n")
    let senior = try run("tag:SENIOR")
    #expect(senior.output.isEmpty && senior.exit == 1)
    #expect(
      try run("show", "018b18ef-c487-703c-afd9-0ca478ccd9d6").output == Fixture.text(
        "Tests/Fixtures/bindbee-candidate.json"
      ).trimmingCharacters(in: .newlines) + "\n")
  }

  @Test func indexingTwiceChangesNothing() throws {
    let first = try run("index", Fixture.samples)
    #expect(counts(first) == "added 340, updated 0, unchanged 0, stale 0, refused 0")
    let second = try run("index", Fixture.samples)
    #expect(counts(second) == "added 0, updated 0, unchanged 340, stale 0, refused 0")
    #expect(!second.error.contains("\r"), "no progress in a pipe")
  }

  @Test func refusedRecordsAreNamedAndKept() throws {
    let path = try folder.write("{\"id\":\"1\"}\n{\"id\":[]}\n{\"id\":\"3\"}\n", to: "a.ndjson")
    let run = try run("index", path, "--rejects", folder.file("r.ndjson"), "--format", "json")
    #expect(run.exit == 3)
    #expect(run.error == "\(path):2: id: expected text, found a list\n")
    let summary = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(summary?["added"] as? Int == 2 && summary?["refused"] as? Int == 1)
    let rejects = try String(contentsOfFile: folder.file("r.ndjson"), encoding: .utf8)
    #expect(
      rejects
        == "{\"file\":\"\(path)\",\"line\":2,\"reason\":\"id: expected text, found a list\",\"record\":\"{\\\"id\\\":[]}\"}\n"
    )
  }

  @Test func foldersFilesAndStandardInputAreRead() throws {
    try FileManager.default.createDirectory(atPath: folder.file("in/deep"), withIntermediateDirectories: true)
    try folder.write(#"[{"id":"1"}]"#, to: "in/a.json")
    try folder.write(#"{"id":"2"}"#, to: "in/deep/b.JSONL")
    try folder.write(#"{"id":"no"}"#, to: "in/readme.txt")
    let mixed = try run("index", folder.file("in"), "-", folder.file("missing.json"), input: #"{"id":"3"}"#)
    #expect(mixed.exit == 3)
    #expect(mixed.error.contains("missing.json: cannot be read: No such file or directory"))
    #expect(try run("--format", "ids").lines.sorted() == ["1", "2", "3"])
  }

  static let inputs: [(name: String, text: String, exit: Int32, error: String)] = [
    ("nothing", "", 0, "added 0"),
    ("no JSON at all", "hello\n", 3, "-:1: not a JSON object"),
    ("a truncated last record", "{\"id\":\"1\"}\n{\"id\":\"2\",\"ti", 3, "-:2: cut short"),
    ("a list without its end", "[{\"id\":\"1\"},", 3, "the input ends inside a list of records"),
    (
      "times that do not parse",
      #"{"id":"1","last_interaction_at":"soon"}{"id":"2","last_interaction_at":"-"}"#, 0,
      "-:1: last_interaction_at: not a time; counts as absent (and 1 more of this kind)"
    ),
    (
      "attachments without an id",
      #"{"id":"1","attachments":[{"filename":"a.pdf"}]}"#, 0,
      "-:1: attachments: expected text or an object with id, found another object; counts as absent"
    ),
    (
      "an unknown privacy flag", #"{"id":"1","is_private":"yes"}"#, 0,
      "-:1: is_private: expected true, false or null, found text; counts as true"
    ),
    ("an id of two lines", #"{"id":"1\n2"}"#, 3, "-:1: id: contains the control character U+000A"),
    ("binary", "\u{0}\u{1}\u{2}\u{FFFD}", 3, "refused 1"),
  ]

  @Test(arguments: inputs) func tellsOf(name: String, text: String, exit: Int32, error: String) throws {
    let run = try run("index", "-", input: text)
    #expect(run.exit == exit, "\(run.error)")
    #expect(run.error.contains(error), "\(run.error)")
  }

  /// A file of another version of Unicode is searched; what renews it is told.
  @Test(arguments: ["value = 901", "value = 9900", ""]) func anotherVersionOfUnicodeIsTold(_ change: String)
    throws
  {
    _ = try run("index", Fixture.example)
    let note = "cand-search reindex updates it"
    for command in ["stats", "check"] { #expect(try !run(command).error.contains(note)) }
    let statement = change.isEmpty ? "DELETE FROM setting" : "UPDATE setting SET \(change)"
    try DatabaseQueue(path: folder.file("i.db")).write {
      try $0.execute(sql: statement + " WHERE name = 'unicode_version'")
    }
    #expect(try run("--count", "").exit == 0)
    for command in ["stats", "check"] {
      let told = try run(command)
      #expect(told.exit == 0 && told.error.contains(note), "\(command): \(told.error)")
    }
    #expect(
      try run("stats").output.contains(change.isEmpty ? "unknown" : change.contains("99") ? "99.0" : "9.1"))
    #expect(try run("reindex").exit == 0)
    for command in ["stats", "check"] { #expect(try !run(command).error.contains(note)) }
  }

  @Test func whatCannotBeUsedIsSaidSo() throws {
    #expect(try run("index").exit == 2)
    for command in ["index", "reindex"] {
      let unnamed = try run(command, Fixture.example, "--rejects", "")
      #expect(unnamed.exit == 2 && unnamed.error.contains("--rejects: takes a path"), "\(unnamed.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("i.db")))
    #expect(try run("index", Fixture.example, "--index", "/proc/none/i.db").exit == 4)
    let rejects = try run("index", Fixture.example, "--rejects", "/proc/none/r")
    #expect(rejects.exit == 2 && rejects.error.contains("--rejects /proc/none/r"))
    #expect(try run("index", Fixture.example, "--index", Fixture.samples).error.contains("not an index"))
  }

  @Test func refusedRecordsDoNotOverwriteStandardInput() throws {
    try folder.write(#"{"id":"a"}"#, to: "in.ndjson")
    let run = try folder.shell(#""$CAND" index --rejects in.ndjson - < in.ndjson"#, environment)
    #expect(run.exit == 2 && run.error.contains("would overwrite"), "\(run.error)")
    #expect(try String(contentsOfFile: folder.file("in.ndjson"), encoding: .utf8).contains("a"))
  }

  @Test func listedIDsAreDeletedAsTheyAre() throws {
    let records = #"{"id":" sp ","first_name":"Spaced"}\n{"id":"sp","first_name":"Other"}\n{"id":"x"}"#
    #expect(try run("index", "-", input: records.replacing(#"\n"#, with: "\n")).exit == 0)
    let run = try folder.shell(#""$CAND" --format ids name:spaced | "$CAND" delete -"#, environment)
    #expect(run.error.contains("deleted 1"), "\(run.error)")
    #expect(try self.run("--format", "ids", "name:other").output == "sp\n")
    #expect(try self.run("delete", "-", input: "x\r\n\n").error.contains("deleted 1"))
  }
}
