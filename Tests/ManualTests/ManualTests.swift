import CandidateSearch
import Foundation
import TestSupport
import Testing

/// The manual of the programs that were built.
@Suite(.enabled(if: ManualCheck.isInstalled, "man or mandoc is not installed: the manual was not checked"))
struct ManualTests {
  private let folder: TemporaryFolder
  private let pages: [String]

  init() throws {
    folder = try TemporaryFolder()
    let programs = ["cand-search", "cand-search-sync"].map { CommandRun.binary($0).path }
    let run = try CommandRun(
      "cand-search-manual", ["--output", folder.file("man"), "--date", "2026-11-26"] + programs)
    try #require(run.exit == 0, "\(run.error)")
    let manual = folder.file("man")
    pages = try ["man1", "man7"].flatMap {
      try FileManager.default.contentsOfDirectory(atPath: "\(manual)/\($0)")
    }
  }

  private func path(_ page: String) -> String { folder.file("man/man\(page.suffix(1))/\(page)") }

  @Test func noPageHasAWarning() throws {
    for page in pages { #expect(try ManualCheck.complaints(path(page)) == "", "\(page)") }
  }

  /// A command of the help, with what its page must contain.
  private struct Command {
    let name: String
    let abstract: String
    let options: [String]
  }

  private func commands() throws -> [Command] {
    let dump = try CommandRun("cand-search", ["--experimental-dump-help"]).output
    let root = try #require(try JSONSerialization.jsonObject(with: Data(dump.utf8)) as? [String: Any])
    func list(_ value: Any?, below path: String?) -> [Command] {
      guard let command = value as? [String: Any], let name = command["commandName"] as? String else {
        return []
      }
      let full = path.map { "\($0)-\(name)" } ?? name
      let arguments = command["arguments"] as? [[String: Any]] ?? []
      let options = arguments.compactMap { argument -> String? in
        guard let name = argument["preferredName"] as? [String: Any], name["kind"] as? String == "long" else {
          return nil
        }
        return name["name"] as? String
      }
      let subcommands = command["subcommands"] as? [Any] ?? []
      return [Command(name: full, abstract: command["abstract"] as? String ?? "", options: options)]
        + subcommands.flatMap { list($0, below: full) }
    }
    return list(root["command"], below: nil)
  }

  @Test func everyCommandHasAPage() throws {
    let commands = try commands()
    #expect(commands.count > 20)
    #expect(Set(pages) == Set(commands.map { $0.name + ".1" } + ["cand-search-query.7"]))
  }

  @Test func aPageContainsTheAbstractAndTheOptions() throws {
    for command in try commands() where command.name != "cand-search-help" {
      let text = try ManualCheck.text(path(command.name + ".1")).split(whereSeparator: \.isWhitespace).joined(
        separator: " ")
      #expect(text.contains(command.abstract), "\(command.name): \(command.abstract)")
      for option in command.options { #expect(text.contains("--\(option)"), "\(command.name)") }
    }
  }

  @Test func exitStatusesAndVariablesHaveSections() throws {
    let text = try ManualCheck.text(path("cand-search-sync.1"))
    #expect(text.contains(/EXIT STATUS\n +0 +done\n/))
    #expect(text.contains(/\n +130 +interrupted\n/))
    #expect(text.contains(/ENVIRONMENT\n +BINDBEE_BASE_URL\n/))
    #expect(text.contains(/PROGRAM\n +cand-search-sync: The part/))
    let status = try ManualCheck.text(path("cand-search-status.1"))
    #expect(status.contains(/EXIT STATUS\n +0 +fine\n/) && status.contains(/\n +3 +unknown:\s/), "\(status)")
    #expect(!status.contains("Exit, other"), "\(status)")
    #expect(try ManualCheck.text(path("cand-search-stats.1")).contains(/EXIT STATUS\n +0 +found or done\n/))
  }

  @Test func thePageOfQueriesContainsFieldsAndTiers() throws {
    let text = try ManualCheck.text(path("cand-search-query.7"))
    for field in Field.all { #expect(text.contains("\n       \(field.usage):"), "\(field.usage)") }
    for tier in Tier.allCases where ![.id, .email].contains(tier) {
      #expect(text.contains("\n       \(tier.rawValue)"), "\(tier)")
    }
    #expect(text.contains("Müller"))
  }

  @Test func aDefectIsFound() throws {
    let source = try String(contentsOfFile: path("cand-search.1"), encoding: .utf8)
    let defects = [
      ".SH \"NAME\"\n.XX\n", ".SH \"NAME\"\n\\*[nothing]\n",
      ".SH \"NAME\"\n\(String(repeating: "a", count: 90))\n",
    ]
    for defect in defects {
      let page = try folder.write(source.replacing(".SH \"NAME\"\n", with: defect), to: "defect.1")
      #expect(try !ManualCheck.complaints(page).isEmpty, "\(defect)")
    }
  }
}
