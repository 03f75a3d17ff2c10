import Foundation
import TestSupport
import Testing

/// Similar candidates are shown to people and never handed to other programs unless requested.
@Suite struct RelaxedCommandTests {
  private let folder: TemporaryFolder
  private var environment: [String: String] { ["CAND_SEARCH_INDEX": folder.file("i.db")] }

  init() throws {
    folder = try TemporaryFolder()
    let records = [
      #"{"id":"1","first_name":"Joel","last_name":"Schneider","can_email":true}"#,
      #"{"id":"2","first_name":"Joel","last_name":"Miller","tags":["A"]}"#,
    ]
    let run = try cand("index", "-", input: records.joined(separator: "\n"))
    #expect(run.exit == 0, "\(run.error)")
  }

  private func cand(_ arguments: String..., input: String = "") throws -> CommandRun {
    try CommandRun("cand-search", arguments, input: Data(input.utf8), environment: environment)
  }

  private func terminal(_ arguments: String) throws -> CommandRun {
    try folder.shell(
      #"script -qec "$CAND \#(arguments)" /dev/null"#, environment.merging(["NO_COLOR": "1"]) { $1 })
  }

  @Test func aTerminalShowsThemWithTheReason() throws {
    let run = try terminal("joel shnayder")
    #expect(run.exit == 0)
    let lines = run.output.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
    #expect(lines.first == "note: no candidate matches what was typed; these are similar (same sound)")
    #expect(lines.dropFirst(1).first?.hasSuffix("WHY") == true, "\(run.output)")
    #expect(lines.dropFirst(2).first?.hasPrefix("~") == true)
    #expect(lines.dropFirst(2).first?.hasSuffix("same sound") == true)
    #expect(lines.last?.contains("~ similar") == true)
    #expect(!run.output.contains("Miller"))
  }

  /// Arguments on a terminal that print no similar candidate.
  static let hidden = [
    "--strict joel shnayder", "--relaxed never joel shnayder", "--format ids joel shnayder",
    "--format csv joel shnayder", "--format json joel shnayder", "--format ndjson joel shnayder",
    "--count joel shnayder", "--facet tag joel shnayder",
  ]

  @Test(arguments: hidden) func evenATerminalShowsThemInNoOtherFormat(_ arguments: String) throws {
    let run = try terminal(arguments)
    #expect(run.exit == 1 && !run.output.contains("Schneider"), "\(run.output)")
  }

  static let formats = ["table", "ids", "csv", "json", "ndjson"]

  @Test(arguments: formats) func aPipeContainsThemOnRequestOnly(_ format: String) throws {
    for arguments in [[], ["--relaxed", "auto"], ["--relaxed", "never"], ["--strict"]] {
      let run = try CommandRun(
        "cand-search", ["joel shnayder", "--format", format] + arguments, environment: environment)
      #expect(run.exit == 1 && !run.output.contains("1"), "\(arguments): \(run.output)")
    }
    let run = try cand("joel shnayder", "--format", format, "--relaxed", "always")
    #expect(run.exit == 0 && run.output.contains(format == "ids" ? "1" : "Schneider"), "\(run.output)")
    #expect(run.error == "note: no candidate matches what was typed; these are similar (same sound)\n")
  }

  @Test func countsAndFacetsContainThemOnRequestOnly() throws {
    #expect(try cand("--count", "joel shnayder").output == "0\n")
    #expect(try cand("--count", "joel shnayder", "--relaxed", "always").output == "1\n")
    #expect(try cand("--facet", "can_email", "joel shnayder").exit == 1)
    #expect(try cand("--facet", "can_email", "joel shnayder", "--relaxed", "always").output.contains("1"))
  }

  @Test func aDeletionNeverActsOnThem() throws {
    let run = try folder.shell(#""$CAND" --format ids "joel shnayder" | "$CAND" delete -"#, environment)
    #expect(run.error.contains("deleted 0") || run.error.contains("no candidate"), "\(run.error)")
    #expect(try cand("--count", "").output == "2\n")
  }

  @Test func contradictionsAreRefused() throws {
    let run = try cand("--strict", "--relaxed", "always", "joel")
    #expect(run.exit == 2 && run.error.contains("--strict and --relaxed always contradict each other"))
    #expect(try cand("--relaxed", "often", "joel").exit == 2)
    #expect(try cand("--strict", "--relaxed", "never", "joel").exit == 0)
  }

  @Test func explanationsListTheirTiers() throws {
    let run = try cand("--explain", "--relaxed", "always", "joel shnayder")
    #expect(run.error.contains("similar: ") && run.error.contains(" rows, "), "\(run.error)")
    #expect(run.error.contains("\nsound: every word occurs, or a name that sounds the same"), "\(run.error)")
    #expect(
      run.error.contains("1: sound (same sound); first_name: Joel; last_name: Schneider"), "\(run.error)")
  }
}
