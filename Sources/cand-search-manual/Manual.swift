import ArgumentParser
import CommandSupport
import Foundation

/// Writes the manual: a page for each command of the first program, one for each other program, and that of queries. What
/// they say is what the programs print as help.
@main
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cand-search-manual", abstract: "Write the manual pages of programs into a folder.")

  @Option(help: "The folder, with a folder for each section of the manual in it, such as man1.")
  var output: String

  @Option(help: "The date of the pages, such as 2026-11-26.")
  var date: PageDate

  @Argument(help: "The program of all commands, then others that run some of them.")
  var programs: [String]

  func run() throws {
    let helps = try programs.map(HelpDump.of(program:))
    guard let root = helps.first else { throw ValidationError("a program is missing") }
    var pages = commandPages(root)
    for help in helps.dropFirst() { add(program: help, root: root.commandName, to: &pages) }
    pages.append(queryPage(root: root.commandName))
    for page in pages {
      let folder = "\(output)/man\(page.section)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let path = "\(folder)/\(page.name).\(page.section)"
      try page.source.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }

  /// The pages of a program and of the commands below it.
  private func commandPages(_ root: CommandHelp) -> [ManualPage] {
    let statuses = root.paragraphs.compactMap(ExitStatusHelp.list).first ?? []
    func pages(_ help: CommandHelp, path: [String]) -> [ManualPage] {
      let command = CommandPage(help: help, path: path + [help.commandName], commonStatuses: statuses)
      var page = ManualPage(name: command.name, section: 1, date: date, references: command.references)
      command.write(to: &page.text)
      return [page] + help.visibleSubcommands.flatMap { pages($0, path: command.path) }
    }
    return pages(root, path: [])
  }

  /// A program that runs commands of the root. Its page is that of the command with the same name, if there is one:
  /// `cand-search sync` is run by `cand-search-sync`.
  private func add(program help: CommandHelp, root: String, to pages: inout [ManualPage]) {
    let names = Set(pages.map(\.name))
    let commands = help.visibleSubcommands.map { (help: $0, page: "\(root)-\($0.commandName)") }
      .filter { names.contains($0.page) }
    if let i = pages.firstIndex(where: { $0.name == help.commandName }) {
      CommandPage.write(program: help, commands: commands, to: &pages[i].text)
    } else {
      var page = ManualPage(name: help.commandName, section: 1, date: date, references: [(root, 1)])
      page.text.section("NAME")
      let abstract = CommandPage.withoutPeriod(help.abstract ?? help.commandName)
      page.text.paragraph([.plain("\(help.commandName) - \(abstract)")])
      CommandPage.write(program: help, commands: commands, to: &page.text)
      pages.append(page)
    }
  }

  private func queryPage(root: String) -> ManualPage {
    let references = [(name: root, section: 1), (name: root + "-search", section: 1)]
    var page = ManualPage(name: QueryPage.name, section: 7, date: date, references: references)
    QueryPage.write(to: &page.text)
    return page
  }
}

/// A page that is being written.
struct ManualPage {
  let name: String
  let section: Int
  /// The pages that it names at its end.
  let references: [(name: String, section: Int)]
  var text: Roff

  init(name: String, section: Int, date: PageDate, references: [(name: String, section: Int)]) {
    self.name = name
    self.section = section
    self.references = references
    text = Roff(
      name: name, section: section, date: date, source: "cand-search \(Program.version)",
      manual: section == 1 ? "User Commands" : "Miscellaneous Information")
  }

  /// The page as a file.
  var source: String {
    var text = text
    text.section("SEE ALSO")
    let names = references.map { Roff.Span.page($0.name, $0.section) }
    text.paragraph(Array(names.joined(separator: [.plain(", ")])))
    return text.source
  }
}
