import Foundation
import TestSupport
import Testing

@Suite struct SearchCommandTests {
  /// Arguments, the exit code, and a part of what is printed on standard error; nothing if that is empty.
  struct Exit: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    let code: Int32
    let error: String
    var testDescription: String { name }

    init(_ name: String, _ arguments: [String], code: Int32 = 0, error: String = "") {
      self.name = name
      self.arguments = arguments
      self.code = code
      self.error = error
    }
  }

  static let exits: [Exit] = [
    Exit("found", ["nurse"]),
    Exit("nothing found", ["zzzz"], code: 1),
    Exit("nothing counted", ["--count", "zzzz"], code: 1),
    Exit("an unknown field", ["engineer salery:high"], code: 2, error: "there is no field “salery”"),
    Exit(
      "too long a query", [String(repeating: "engineer ", count: 2_000)], code: 2,
      error: "a query has at most 10000 characters\n  …"
    ),
    Exit(
      "too many words with a star", [(0..<30).map { "w\($0)*" }.joined(separator: " ")], code: 2,
      error: "a query has at most 20 different words with a star"
    ),
    Exit(
      "a hundred thousand marks", ["a" + String(repeating: "\u{301}", count: 50_000)], code: 2,
      error: "a query has at most 10000"
    ),
    Exit("a word 1,000 times", [String(repeating: "nurse ", count: 1_000)]),
    Exit(
      "nobody has all of many", [(0..<200).map { "w\($0)" }.joined(separator: " ")], code: 1,
      error: "  and 188 more"),
    Exit("an id", ["018b18ef-0000-7dde-8044-23993fefa621"]),
    Exit("an impossible value", ["can_email:maybe"], code: 2, error: "write can_email:true"),
    Exit("an unknown option", ["--frobnicate", "x"], code: 2, error: "--frobnicate"),
    Exit("a wrong limit", ["--limit", "-1", "x"], code: 2, error: "limit"),
    Exit("a wrong format", ["--format", "xml", "x"], code: 2, error: "format"),
    Exit("without missing servers, of which a file has none", ["--partial", "nurse"]),
    Exit("a query that begins with a dash", ["-tag:ARCHIVED engineer"]),
    Exit("dashes in words of their own", ["engineer", "-tag:ARCHIVED", "-nurse"]),
    Exit("a query that is a subcommand's name", ["search", "index"], code: 1),
    Exit("behind two dashes", ["--", "-nurse"]),
    Exit("a repaired query", ["(nurse"], error: "note: a parenthesis that was never closed"),
    Exit("no query", []),
    Exit("help", ["--help"]),
    Exit("the version", ["--version"]),
    Exit(
      "no such index", ["--index", "/nonexistent/i.db", "x"], code: 4,
      error: "there is no index here; make one with"),
    Exit(
      "no index at all", ["--index", Fixture.samples, "x"], code: 4, error: "not an index of cand-search"),
    Exit("show without an id", ["show"], code: 2, error: "ids"),
    Exit("show nobody", ["show", "nobody"], code: 1, error: "nobody: not in the index"),
  ]

  @Test(arguments: exits) func exitsWith(_ exit: Exit) throws {
    let run = try CommandRun(
      "cand-search", exit.arguments, environment: ["CAND_SEARCH_INDEX": try Samples.index.get()])
    #expect(run.exit == exit.code, "\(run.error)")
    #expect(exit.error.isEmpty ? run.error.isEmpty : run.error.contains(exit.error), "\(run.error)")
    if exit.code > 1 { #expect(run.output.isEmpty) }
  }

  @Test func aCaretStandsUnderWhatIsWrong() throws {
    let run = try candSearch("engineer tga:JUNIOR")
    #expect(
      run.error == """
        cand-search: there is no field “tga”
          engineer tga:JUNIOR
                   ^^^^^^^^^^
        Did you mean tag:? To search for it as text, put it in quotes: "tga:JUNIOR"

        """)
  }

  @Test func ofManyPartsThoseThatFindFewestAreShown() throws {
    let run = try candSearch((0..<20).map { "w\($0)" }.joined(separator: " ") + " engineer")
    let lines = run.error.split(separator: "\n").map(String.init)
    #expect(lines.count == 14 && lines[0] == "no candidate matches all of:" && lines[13] == "  and 9 more")
    #expect(lines[1..<13].allSatisfy { $0.hasSuffix("  0") })
  }

  @Test func everyFormatTellsOfTheSameCandidates() throws {
    let ids = try candSearch("engineer", "--limit", "7", "--format", "ids").lines
    #expect(ids.count == 7)
    let lines = try candSearch("engineer", "--limit", "7").lines
    #expect(try lines.map { try Self.object($0)["id"] as? String } == ids, "a pipe gets NDJSON")
    let list = try JSONSerialization.jsonObject(
      with: Data(try candSearch("engineer", "--limit", "7", "--format", "json").output.utf8))
    #expect((list as? [[String: Any]])?.map { $0["id"] as? String } == ids)
    let csv = try candSearch("engineer", "--limit", "7", "--format", "csv").output.components(
      separatedBy: "\r\n")
    #expect(csv.first?.hasPrefix(#""id","first_name","last_name","#) == true)
    #expect(csv.dropFirst().dropLast().map { String($0.prefix { $0 != "," }) } == ids.map { "\"\($0)\"" })
    #expect(try candSearch("engineer", "--limit", "7", "--format", "table").lines.count >= 8)
    #expect(
      try candSearch("engineer", "--count").output
        == "\(try candSearch("engineer", "--limit", "9999", "--format", "ids").lines.count)\n")
  }

  private static func object(_ line: String) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
  }

  @Test func aLineIsTheStoredRecordAndItsMatch() throws {
    let line = try #require(try candSearch("tag:JUNIOR engineer", "-n", "1").lines.first)
    let object = try Self.object(line)
    let id = try #require(object["id"] as? String)
    let stored = try candSearch("show", id).output.dropLast()
    #expect(line.hasPrefix(stored.dropLast()))
    #expect((object["_match"] as? [String: Any])?["tier"] as? String != nil)
  }

  @Test func theTableFitsAndHasNoColourInAPipe() throws {
    for columns in [20, 40, 80, 200] {
      let run = try candSearch("engineer", "--format", "table", environment: ["COLUMNS": "\(columns)"])
      #expect(run.lines.allSatisfy { $0.count <= columns }, "\(columns)")
      #expect(!run.output.contains("\u{1B}"))
    }
    #expect(try candSearch("is_private:true", "--format", "table").output.contains("P private"))
  }

  @Test func escapeSequencesOfARecordNeverReachTheTerminal() throws {
    let folder = try TemporaryFolder()
    let record = #"{"id":"1","first_name":"\u001b[2Jred\u202e","title":"a\nb\u0007"}"#
    let environment = ["CAND_SEARCH_INDEX": folder.file("i.db")]
    _ = try CommandRun("cand-search", ["index", "-"], input: Data(record.utf8), environment: environment)
    let output = try CommandRun("cand-search", ["--format", "table"], environment: environment).output
    #expect(!output.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    #expect(!output.contains("\u{202E}"))
  }

  @Test func aReaderThatLeavesIsNoError() throws {
    let binary = CommandRun.binary("cand-search").path
    let script = "'\(binary)' --limit 100000 --format json | head -c 10; echo \"${PIPESTATUS[0]}\""
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.environment = ["PATH": "/usr/bin:/bin", "CAND_SEARCH_INDEX": try Samples.index.get()]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(text.hasSuffix("0\n"), "\(text)")
    #expect(try errors.fileHandleForReading.readToEnd() ?? Data() == Data())
  }

  @Test func statsCount() throws {
    let run = try candSearch("stats", "--format", "json")
    let stats = try Self.object(run.output)
    let all = try #require(Int(try candSearch("--count").output.dropLast()))
    #expect(stats["candidates"] as? Int == all)
    #expect(stats["private"] as? Int == Int(try candSearch("--count", "is_private:true").output.dropLast()))
    #expect(stats["emailable"] as? Int == Int(try candSearch("--count", "can_email:true").output.dropLast()))
    #expect(try candSearch("stats").output.contains("candidates"))
  }
}
