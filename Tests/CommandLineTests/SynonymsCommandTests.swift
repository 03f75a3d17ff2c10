import Foundation
import TestSupport
import Testing

/// `cand-search synonyms`, as a person or a script runs it.
@Suite struct SynonymsCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      {"id":"1","title":"JavaScript Developer","company":"Acme"}
      {"id":"2","title":"Ecma Developer","company":"Acme"}
      {"id":"3","title":"Nurse","company":"JavaScript Ltd"}

      """, to: "people.ndjson")
    #expect(try run("index", folder.file("people.ndjson")).exit == 0)
  }

  private func run(
    _ arguments: String..., input: Data = Data(), environment: [String: String] = [:]
  ) throws -> CommandRun {
    let index = ["CAND_SEARCH_INDEX": folder.file("c.db")]
    return try CommandRun(
      "cand-search", arguments, input: input, environment: index.merging(environment) { $1 })
  }

  private static let text = "# team \u{20AC}\r\necma\t= javascript\n\nzq => midwife | nurse"

  @Test func setAndShowKeepEveryByte() throws {
    let file = try folder.write(Self.text, to: "team.txt")
    #expect(try run("synonyms", "show").output == "")
    let set = try run("synonyms", "set", file)
    #expect(set.exit == 0 && set.output == "" && set.error == "set 2 rules\n")
    let show = try run("synonyms", "show")
    #expect(show.exit == 0 && show.error == "")
    #expect(Array(show.output.utf8) == Array(Self.text.utf8))
    #expect(
      try run("synonyms", "show", environment: ["CAND_SEARCH_VISIBILITY": "public"]).output == show.output)

    let other = folder.file("other.db")
    #expect(try run("index", "--index", other, folder.file("people.ndjson")).exit == 0)
    #expect(try run("synonyms", "show", "--index", other).output == "", "another index has its own")
    let piped = try run("synonyms", "set", "--index", other, "-", input: Data(show.output.utf8))
    #expect(piped.exit == 0)
    #expect(try run("synonyms", "show", "--index", other).output == show.output)

    for (file, input) in [("-", ""), ("/dev/null", "")] {
      #expect(try run("synonyms", "set", "-", input: Data("a = b".utf8)).error == "set 1 rule\n")
      let cleared = try run("synonyms", "set", file, input: Data(input.utf8))
      #expect(cleared.exit == 0 && cleared.error == "the index has no synonyms now\n")
      #expect(try run("synonyms", "show").output == "")
    }
  }

  /// A query, options, the exit status, the output, and what standard error contains.
  struct Case: Sendable, CustomTestStringConvertible {
    let query: String
    let options: [String]
    let exit: Int32
    let output: [String]
    let error: String
    var testDescription: String { ([query] + options).joined(separator: " ") }

    init(_ query: String, _ options: String..., exit: Int32 = 0, output: [String], error: String = "") {
      self.query = query
      self.options = options
      self.exit = exit
      self.output = output
      self.error = error
    }
  }

  static let searches = [
    Case("ecma", output: ["2", "1", "3"], error: "note: by your synonym: javascript (typed ecma)\n"),
    Case("title:ecma", output: ["2", "1"], error: "note: by your synonym: javascript (typed ecma)\n"),
    Case("zq acme", exit: 1, output: [], error: "no candidate matches all of:"),
    Case("zq", output: ["3"], error: "note: by your synonym: midwife, nurse (typed zq)\n"),
    Case("\"ecma\"", output: ["2"]),
    Case("-ecma", output: ["1", "3"]),
    Case("ecma", "--no-variants", output: ["2"]),
    Case("ecma", "--count", output: ["3"], error: ""),
    Case("ecma", "--visibility", "public", "--count", output: ["3"]),
  ]

  @Test(arguments: searches) func searchesUseThem(_ search: Case) throws {
    #expect(try run("synonyms", "set", "-", input: Data(Self.text.utf8)).exit == 0)
    let found = try CommandRun(
      "cand-search", ["search", "--format", "ids"] + search.options + ["--", search.query],
      environment: ["CAND_SEARCH_INDEX": folder.file("c.db")])
    #expect(found.exit == search.exit)
    #expect(found.lines.sorted() == search.output.sorted())
    #expect(found.error.hasPrefix(search.error) && (found.error.isEmpty || !search.error.isEmpty))
  }

  @Test func hitsStateTheSynonym() throws {
    #expect(try run("synonyms", "set", "-", input: Data(Self.text.utf8)).exit == 0)
    let json = try run("ecma acme").output
    #expect(
      json.contains(#""_match":{"tier":"synonym","reason":"by your synonym: javascript","connector":"""#))
    let table = try run("ecma acme", "--format", "table").output
    #expect(table.contains("WHY") && table.contains("by your synonym: javascript"))
    #expect(try run("ecma acme", "--explain").error.contains("\nsynonym: "))
  }

  /// A file, and what `check` prints of it.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let name: String
    let text: Data
    let error: String
    var testDescription: String { name }

    init(_ name: String, _ text: Data, _ error: String) {
      self.name = name
      self.text = text
      self.error = error
    }
  }

  static let wrong = [
    Wrong(
      "several lines", Data("a = b\njs javascript\nx = !!!\nc => d\n\u{1B}[2J = q".utf8),
      """
      FILE:2: there is neither = nor => in this line
        js javascript
        ^^^^^^^^^^^^^
      FILE:3: this phrase contains neither a letter nor a digit
        x = !!!
            ^^^
      FILE:5: a control character, or a mark that changes the direction of writing
         [2J = q
        ^
      cand-search: 3 lines are no rules
      """),
    Wrong(
      "not UTF-8", Data([0x61, 0x3D, 0xE9]),
      """
      FILE:1: this is not UTF-8
        a=\u{FFFD}
          ^
      cand-search: 1 line is no rule
      """),
    Wrong(
      "a rule that replaces a phrase by itself", Data("Café => cafe".utf8),
      """
      FILE:1: this phrase is in the rule twice; case, accents and punctuation make no difference
        Café => cafe
                ^^^^
      cand-search: 1 line is no rule
      """),
    Wrong(
      "two megabytes", Data(repeating: 0x0A, count: 2 << 20),
      """
      FILE:1048577: synonyms have at most 1048576 bytes
      cand-search: 1 line is no rule
      """),
    Wrong(
      "NUL", Data("a = b\u{0}c\n".utf8),
      """
      FILE:1: a control character, or a mark that changes the direction of writing
        a = b c
             ^
      cand-search: 1 line is no rule
      """),
  ]

  @Test(arguments: wrong) func checkPrintsEachProblemAndSetChangesNothing(_ wrong: Wrong) throws {
    #expect(try run("synonyms", "set", "-", input: Data(Self.text.utf8)).exit == 0)
    let file = folder.file("wrong.txt")
    try wrong.text.write(to: URL(fileURLWithPath: file))
    let expected = wrong.error + "\n"
    let check = try run("synonyms", "check", file)
    #expect(check.exit == 3 && check.output == "")
    #expect(check.error == expected.replacing("FILE", with: file))
    let set = try run("synonyms", "set", file)
    #expect(set.exit == 2)
    #expect(set.error == check.error.dropLast() + "; the synonyms of the index are as before\n")
    #expect(
      try run("synonyms", "check", "-", input: wrong.text).error == expected.replacing("FILE", with: "-"))
    #expect(try run("synonyms", "show").output == Self.text)
  }

  @Test func checkNeedsNoIndex() throws {
    let sound = try run(
      "synonyms", "check", "-", input: Data(Self.text.utf8),
      environment: ["CAND_SEARCH_INDEX": "/nonexistent"])
    #expect(sound.exit == 0 && sound.error == "sound: 2 rules\n")
  }

  @Test func everyLineThatIsWrongIsPrinted() throws {
    let check = try run("synonyms", "check", "-", input: Data(String(repeating: "a\n", count: 20_000).utf8))
    #expect(check.exit == 3)
    #expect(check.error.split(separator: "\n").count == 60_001)
    #expect(check.error.contains("\n-:20000: "))
  }

  /// Arguments, the environment, the exit status and what standard error begins with.
  static let refused: [(arguments: [String], environment: [String: String], exit: Int32, error: String)] = [
    (["set", "DIR/missing.txt"], [:], 2, "cand-search: DIR/missing.txt: cannot be read: No such file"),
    (["check", "DIR"], [:], 2, "cand-search: DIR: cannot be read: Is a directory"),
    (["check", "DIR/mis\nsing.txt"], [:], 2, "cand-search: DIR/mis sing.txt: cannot be read"),
    (["set", "-"], ["CAND_SEARCH_VISIBILITY": "public"], 2, "cand-search: the public may only search"),
    (["set", "-", "--index", "DIR/new.db"], [:], 4, "cand-search: DIR/new.db: there is no index here"),
    (["show", "--index", "DIR/new.db"], [:], 4, "cand-search: DIR/new.db: there is no index here"),
    (["set"], [:], 2, "Error: Missing expected argument"),
    (["add", "x"], [:], 2, "Error: "),
  ]

  @Test(arguments: refused.indices) func whatCannotBeDoneIsSaid(_ number: Int) throws {
    let refused = Self.refused[number]
    let run = try CommandRun(
      "cand-search", ["synonyms"] + refused.arguments.map { $0.replacing("DIR", with: folder.path) },
      environment: ["CAND_SEARCH_INDEX": folder.file("c.db")].merging(refused.environment) { $1 })
    #expect(run.exit == refused.exit)
    #expect(run.error.hasPrefix(refused.error.replacing("DIR", with: folder.path)), "\(run.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("new.db")))
  }

  @Test func helpIsThere() throws {
    #expect(try run("help", "synonyms").output.contains("sdr => sales development representative"))
    #expect(try run("help").output.contains("  synonyms "))
    #expect(try run("completions", "bash").output.contains("synonyms"))
  }
}
