import CandidateSearch
import Foundation
import TestSupport
import Testing

/// What the documents show is what happens.
@Suite struct DocumentationTests {
  /// A line of a `console` block, and what the document says that it prints.
  struct Example: Sendable, CustomStringConvertible {
    let command: String
    let output: String
    var description: String { command }
  }

  static let examples = ["README.md", "QUERY-LANGUAGE.md"].flatMap { examples(in: $0) }

  private static func examples(in document: String) -> [Example] {
    let text = (try? Fixture.text(document)) ?? ""
    return text.matches(of: /(?s)```console\n(.*?)```/).flatMap { block in
      block.output.1.components(separatedBy: "$ ").dropFirst().map { part in
        let lines = part.split(separator: "\n", maxSplits: 1)
        return Example(command: String(lines[0]), output: lines.count > 1 ? String(lines[1]) : "")
      }
    }
  }

  @Test(arguments: examples) func printsWhatItSays(_ example: Example) throws {
    #expect(Self.steady(try Self.output(of: example.command)) == Self.steady(example.output))
  }

  /// The output without what differs from one run or machine to the next: speed, paths, sizes, versions, times
  /// and users of the search log.
  private static func steady(_ output: String) -> String {
    output.replacing(/\d+ records\/s/, with: "N records/s")
      .replacing(/(?m)^(index|file|versions)  .*$/) { "\($0.output.1)  …" }
      .replacing(/(?m)^\d{4}-\d\d-\d\dT[\d:]+Z  \S+/, with: "TIME  USER")
      .replacing(/[0-9]+ bytes/, with: "N bytes").replacing(/--cursor \S+/, with: "--cursor …")
      .replacing(/cs_[A-Za-z0-9_-]{43}/, with: "cs_…").replacing(/(?m)^added (\S+) \(.*$/) {
        "added \($0.output.1) …"
      }
  }

  @Test func thereAreExamples() { #expect(Self.examples.count >= 8) }

  /// What a person sees of a command on a terminal of 100 columns without colour, over the sample candidates.
  private static func output(of command: String) throws -> String {
    let folder = try TemporaryFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = ["-qec", "stty cols 100; \(command)", "/dev/null"]
    process.currentDirectoryURL = Fixture.root
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = CommandRun.binary("cand-search").deletingLastPathComponent().path + ":/usr/bin:/bin"
    environment["CAND_SEARCH_INDEX"] =
      command.hasPrefix("cand-search index") ? folder.file("new.db") : try Samples.index.get()
    if command.hasPrefix("cand-search keys") {
      environment["CAND_SEARCH_KEYS"] = try keys(in: folder, areNew: command.contains("keys add"))
    }
    if command.contains("cand-search log") { environment["CAND_SEARCH_LOG"] = folder.file("log.db") }
    environment["CAND_SEARCH_CONFIG"] = "none"
    environment["NO_COLOR"] = "1"
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    // What a progress line leaves behind on a terminal is nothing.
    return text.replacing(/\r\u{1B}\[K[^\r\n]*(?=\r\u{1B}\[K)/, with: "").replacing("\r\u{1B}[K", with: "")
      .replacing("\r\n", with: "\n")
  }

  /// The path of a file of keys; unless they are new, with the two that the documents list.
  private static func keys(in folder: TemporaryFolder, areNew: Bool) throws -> String {
    let path = folder.file("keys.ndjson")
    if !areNew {
      try FileManager.default.copyItem(atPath: Fixture.path("Tests/Fixtures/keys.ndjson"), toPath: path)
      chmod(path, 0o600)
    }
    return path
  }

  @Test func theFieldsOfTheTableStandOnThePage() throws {
    let page = try Fixture.text("QUERY-LANGUAGE.md")
    let rows = Field.all.map { field in
      let names = ["`\(field.usage)`"] + field.aliases.map { "`\($0)`" }
      let examples = field.examples.map { "`\($0)`" }.joined(separator: ", ")
      return "| \(names.joined(separator: ", ")) | \(field.summary) | \(examples) |\n"
    }
    let table = "| field | finds | for example |\n|---|---|---|\n" + rows.joined()
    #expect(page.contains("<!-- fields -->\n\(table)<!-- /fields -->"), "the page should hold:\n\(table)")
  }

  @Test(arguments: ["QueryParser", "TimeValue"]) func theGrammarStandsOnThePage(_ file: String) throws {
    let source = try Fixture.text("Sources/CandidateQuery/\(file).swift")
    let comment = try #require(source.firstMatch(of: /(?s)\/\/\/ ```\n(.*?)\/\/\/ ```/)?.output.1)
    #expect(try Fixture.text("QUERY-LANGUAGE.md").contains(comment.replacing("/// ", with: "")))
  }

  @Test func helpAndCompletionKnowEveryField() throws {
    let help = try candSearch("help", "query").output
    let offers = try candSearch("---completion", "search", "--", "query", "0", "0", "").output
    for field in Field.all {
      #expect(help.contains("  \(field.usage):"), "\(field.name)")
      #expect(offers.contains(field.id == .custom ? "custom." : "\(field.name):"), "\(field.name): \(offers)")
    }
    for shell in ["bash", "zsh", "fish"] {
      #expect(try candSearch("completions", shell).output.contains("cand-search"))
    }
  }
}
