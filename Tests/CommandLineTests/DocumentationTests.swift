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

  /// The documents whose examples change an index. The examples of one of their blocks run one after another.
  private static let changing = ["docs/operations.md"]
  /// The examples of this one are requests to a server, and its own tests run them.
  private static let ofTheServer = "docs/server.md"

  /// The examples of the other documents; each can be run alone.
  static let examples = Documents.all.filter { !changing.contains($0) && $0 != ofTheServer }
    .flatMap { sessions(in: $0).flatMap(\.examples) }

  /// The examples of a `console` block.
  struct Session: Sendable, CustomStringConvertible {
    let examples: [Example]
    var description: String { examples.first?.command ?? "" }
  }

  private static func sessions(in document: String) -> [Session] {
    let text = (try? Fixture.text(document)) ?? ""
    return text.matches(of: /(?s)```console\n(.*?)```/).map { block in
      let parts = ("\n" + block.output.1).components(separatedBy: "\n$ ").dropFirst()
      return Session(
        examples: parts.map { part in
          let lines = part.split(separator: "\n", maxSplits: 1)
          let output = lines.count > 1 ? lines[1] + (lines[1].hasSuffix("\n") ? "" : "\n") : ""
          return Example(command: String(lines[0]), output: String(output))
        })
    }
  }

  @Test(arguments: examples) func printsWhatItSays(_ example: Example) throws {
    #expect(Self.steady(try Self.output(of: example.command)) == Self.steady(example.output))
  }

  /// In a folder with an index of the sample candidates.
  @Test(arguments: changing.flatMap { sessions(in: $0) }) func theSessionPrintsWhatItSays(_ session: Session)
    throws
  {
    let folder = try TemporaryFolder()
    let index = folder.file("candidates.db")
    try #require(try CommandRun("cand-search", ["index", "--index", index, Fixture.samples]).exit == 0)
    for example in session.examples {
      let output = try Self.output(of: example.command, in: folder.path, folder, index: index)
      #expect(Self.steady(output) == Self.steady(example.output), "\(example)")
    }
  }

  /// The output without what differs from one run or machine to the next: speed, paths, sizes, versions, times
  /// and users of the search log.
  private static func steady(_ output: String) -> String {
    output.replacing(/\d+ records\/s/, with: "N records/s")
      .replacing(/(?m)^(index|file|versions)  .*$/) { "\($0.output.1)  …" }
      .replacing(/(?m)^\d{4}-\d\d-\d\dT[\d:]+Z  \S+/, with: "TIME  USER")
      .replacing(/[0-9]+ bytes/, with: "N bytes").replacing(/--cursor \S+/, with: "--cursor …")
      .replacing(/\/\S*\/candidates-[0-9]{8}T[0-9]{6}Z/, with: "BACKUP").replacing(
        /backup of 2\S+Z/, with: "backup of TIME"
      )
      .replacing(/cs_[A-Za-z0-9_-]{43}/, with: "cs_…").replacing(/(?m)^added (\S+) \(.*$/) {
        "added \($0.output.1) …"
      }
  }

  @Test func thereAreExamples() { #expect(Self.examples.count >= 20) }

  /// What a person sees of a command on a terminal of 100 columns without colour, over the sample candidates.
  private static func output(of command: String) throws -> String {
    let folder = try TemporaryFolder()
    let index = try command.hasPrefix("cand-search index") ? folder.file("new.db") : Samples.index.get()
    return try output(of: command, in: Fixture.root.path, folder, index: index)
  }

  /// `place`: the working folder; `folder`: where files of keys and search logs are created.
  private static func output(
    of command: String, in place: String, _ folder: TemporaryFolder, index: String
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    process.arguments = ["-qec", "stty cols 100; \(command)", "/dev/null"]
    process.currentDirectoryURL = URL(fileURLWithPath: place)
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = CommandRun.binary("cand-search").deletingLastPathComponent().path + ":/usr/bin:/bin"
    environment["CAND_SEARCH_INDEX"] = index
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
