import CandidateSearch
import Foundation
import TestSupport
import Testing

/// Pages, orders, facets, suggestions and explanations, as a person or a script asks for them.
@Suite struct AnswerCommandTests {
  /// Arguments after the index, the exit status, and what must and must not stand in the output and on standard error.
  struct Case: Sendable, CustomStringConvertible {
    let arguments: [String]
    var exit: Int32 = 0
    var output: [String] = []
    var noOutput: [String] = []
    var error: [String] = []
    var description: String { arguments.joined(separator: " ") }
  }

  static let cases: [Case] = [
    Case(
      arguments: ["enginer", "-n", "1"], output: ["\"tier\":\"corrected\"", "\"fields\":[\"title\"]"],
      error: ["showing results for engineer (typed enginer)"]),
    Case(arguments: ["enginer", "--no-correct"], exit: 1),
    Case(arguments: ["enginee", "-n", "1"], output: ["\"tier\":\"variant\""]),
    Case(arguments: ["enginee", "-n", "1", "--no-prefix", "--no-correct"], exit: 1),
    Case(
      arguments: ["engineer zzzz"], exit: 1,
      error: ["no candidate matches all of:", "  zzzz  0", "without zzzz:"]),
    Case(
      arguments: ["engineer", "--explain", "-n", "1"],
      error: ["query: engineer", "exact:", "postings", "µs", "title: "]),
    Case(arguments: ["engineer", "--cursor", "first", "-n", "1"], error: ["more: --cursor "]),
    Case(
      arguments: ["engineer", "--cursor", "forged"], exit: 2,
      error: ["not issued by this index; search again"]),
    Case(arguments: ["engineer", "--sort", "name"], output: ["\"tier\":\"sorted\""]),
    Case(arguments: ["engineer", "--sort", "name:up"], exit: 2, error: [":asc or :desc"]),
    Case(arguments: ["engineer", "--sort", "relevance", "-n", "1"], noOutput: ["sorted"]),
    Case(
      arguments: ["engineer", "--facet", "tag", "--facet", "can_email"],
      output: ["\"tag\":{\"values\":[", "\"can_email\":", "\"missing\":"]),
    Case(
      arguments: ["engineer", "--facet", "tag", "--format", "table", "-n", "2"],
      output: ["tag: ", " different, "]),
    Case(
      arguments: ["engineer", "--facet", "tag", "--facet", "can_email", "--format", "csv"],
      output: ["\"facet\",\"value\",\"count\"\r\n\"tag\",\"", "\r\n\"can_email\",\""], noOutput: ["\t"]),
    Case(
      arguments: ["engineer", "--facet", "tag", "--format", "ids"], exit: 2,
      error: ["--facet counts values, which --format ids does not print"]),
    Case(
      arguments: ["engineer", "--facet", "tag", "--count"], exit: 2,
      error: ["--count and --facet exclude one another"]),
    Case(
      arguments: ["engineer", "--cursor", "first", "--count"], exit: 2,
      error: ["--count and --cursor exclude one another"]),
    Case(arguments: ["engineer", "--facet", "salary"], exit: 2, error: ["salary"]),
    Case(arguments: ["is_private:true", "--visibility", "public"], exit: 1),
    Case(arguments: ["is_private:true", "--visibility", "all", "--count"], output: ["23"]),
    Case(arguments: ["x", "--visibility", "secret"], exit: 2, error: ["secret"]),
    Case(arguments: ["--scope", "is:private", "--count"], output: ["23\n"]),
    Case(arguments: ["is:private", "--scope", "-is:private"], exit: 1),
    Case(
      arguments: ["engineer", "--scope", "tag:JUNIOR london"], exit: 2,
      error: ["free text is no filter: london", "  tag:JUNIOR london", "             ^^^^^^"]),
    Case(arguments: ["engineer", "--scope", ""], exit: 2, error: ["it has no filter"]),
    Case(
      arguments: ["engineer", "-n", "3", "--no-contacts"], output: ["\"title\""],
      noOutput: ["email_addresses", "phone_numbers", "\"urls\"", "custom_fields"]),
    Case(
      arguments: ["email:john", "--no-contacts"], exit: 2,
      error: ["contacts may not be searched here", "^^^^^^^^^^"]),
    Case(arguments: ["suggest", "eng", "--scope", "tag:nobodyhasthis"], exit: 1),
    Case(
      arguments: ["synonyms", "set", "-", "--no-contacts"], exit: 2, error: ["a scope may only be searched"]),
  ]

  private func command(_ arguments: [String]) throws -> CommandRun {
    try CommandRun("cand-search", arguments, environment: ["CAND_SEARCH_INDEX": Samples.index.get()])
  }

  @Test(arguments: cases) func asks(_ case: Case) throws {
    let run = try command(`case`.arguments)
    #expect(run.exit == `case`.exit, "\(run.error)")
    for text in `case`.output { #expect(run.output.contains(text), "\(run.output)") }
    for text in `case`.noOutput { #expect(!run.output.contains(text)) }
    for text in `case`.error { #expect(run.error.contains(text), "\(run.error)") }
  }

  @Test func pagesFollowOneAnother() throws {
    var ids: [String] = []
    var cursor = "first"
    while true {
      let run = try candSearch("engineer", "-n", "7", "--format", "ids", "--cursor", cursor)
      ids += run.output.split(separator: "\n").map(String.init)
      guard let next = run.error.firstMatch(of: /more: --cursor (\S+)/)?.output.1 else { break }
      cursor = String(next)
    }
    let all = try candSearch("engineer", "-n", "1000", "--format", "ids").output
    #expect(ids == all.split(separator: "\n").map(String.init))
    #expect(ids.count > 20)
  }

  @Test func suggestionsCount() throws {
    let lines = try candSearch("suggest", "senior eng").output.split(separator: "\n")
    #expect(lines.contains("67\ttitle\tengineer"))
    #expect(try candSearch("suggest", "zzzz").exit == 1)
    let json = try candSearch("suggest", "--json", "eng").output
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((object["words"] as? [Any])?.isEmpty == false)
  }

  @Test func theEnvironmentHidesWhoIsPrivate() throws {
    let id = try #require(
      try candSearch("is_private:true", "-n", "1", "--format", "ids").output
        .split(separator: "\n").first)
    let hidden = ["CAND_SEARCH_VISIBILITY": "public"]
    #expect(try candSearch("show", String(id)).exit == 0)
    #expect(try candSearch("show", String(id), environment: hidden).exit == 1)
    #expect(try candSearch("--count", "", environment: hidden).output == "317\n")
    #expect(try candSearch("x", environment: ["CAND_SEARCH_VISIBILITY": "pubic"]).exit == 2)
  }

  /// Options, the scope that the environment sets, and the number of candidates.
  static let scopes: [(arguments: [String], environment: String, count: String)] = [
    ([], "", "340\n"), ([], "is:private", "23\n"), (["--visibility", "all"], "is:private", "23\n"),
    (["--visibility", "public"], "is:private", "0\n"), (["--scope", "-is:private"], "is:private", "0\n"),
    (["--scope", "is:private OR -is:private"], "is:private", "23\n"),
    (["--scope", "is:private OR -is:private"], "", "340\n"), ([], "private", ""),
    (["--scope", "x"], "is:private", ""),
  ]

  @Test(arguments: scopes) func anOptionDoesNotWidenTheScopeOfTheEnvironment(
    _ case: (arguments: [String], environment: String, count: String)
  ) throws {
    let run = try CommandRun(
      "cand-search", ["--count", ""] + `case`.arguments,
      environment: ["CAND_SEARCH_INDEX": Samples.index.get(), "CAND_SEARCH_SCOPE": `case`.environment])
    #expect(run.output == `case`.count, "\(run.error)")
    #expect(run.exit == (`case`.count.isEmpty ? 2 : `case`.count == "0\n" ? 1 : 0))
  }
}
