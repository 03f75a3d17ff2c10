import Foundation

/// The manual page of a command, in section 1.
struct CommandPage {
  let help: CommandHelp
  /// The command and those that it is a subcommand of, such as `cand-search`, `log`, `verify`.
  let path: [String]
  /// The exit statuses of a command that states none: those of the program.
  let commonStatuses: [ExitStatusHelp]

  var name: String { path.joined(separator: "-") }

  func write(to page: inout Roff) {
    page.section("NAME")
    page.paragraph([.plain(name + " - " + Self.withoutPeriod(help.abstract ?? path.joined(separator: " ")))])
    page.section("SYNOPSIS")
    page.paragraph(synopsis)
    page.section("DESCRIPTION")
    if let abstract = help.abstract { page.paragraph([.plain(abstract)]) }
    for paragraph in help.paragraphs where ExitStatusHelp.list(in: paragraph) == nil {
      Self.isProse(paragraph) ? page.paragraph([.plain(paragraph)]) : page.example(paragraph)
    }
    writeCommands(to: &page)
    writeArguments(to: &page)
    let statuses = help.paragraphs.compactMap(ExitStatusHelp.list).first ?? commonStatuses
    if !statuses.isEmpty {
      page.section("EXIT STATUS")
      for status in statuses { page.item([.bold(status.code)], [.plain(status.meaning)]) }
    }
    let variables = EnvironmentHelp.variables(of: help)
    if !variables.isEmpty {
      page.section("ENVIRONMENT")
      for variable in variables { page.item([.bold(variable.name)], [.plain(variable.text)]) }
    }
  }

  /// The other pages that a reader may want: the command that contains this one, and the language of queries.
  var references: [(name: String, section: Int)] {
    (path.count > 1 ? [(path.dropLast().joined(separator: "-"), 1)] : []) + [(QueryPage.name, 7)]
  }

  /// A program that runs some of these commands.
  /// - Parameter pages: The names of the pages of its commands.
  static func write(program: CommandHelp, commands: [(help: CommandHelp, page: String)], to page: inout Roff)
  {
    page.section("PROGRAM")
    page.paragraph([.bold(program.commandName), .plain(": \(program.abstract ?? "") Its commands:")])
    for command in commands {
      page.item([.bold(command.help.commandName)], Roff.Span.page(command.page, 1))
    }
  }

  private func writeCommands(to page: inout Roff) {
    guard !help.visibleSubcommands.isEmpty else { return }
    page.section("COMMANDS")
    for command in help.visibleSubcommands {
      page.item(
        Roff.Span.page("\(name)-\(command.commandName)", 1), [.plain(command.abstract ?? "")])
    }
  }

  private func writeArguments(to page: inout Roff) {
    let arguments = help.visibleArguments.filter { $0.kind == .positional }
    let options = help.visibleArguments.filter { $0.kind != .positional }
    for (title, list) in [("ARGUMENTS", arguments), ("OPTIONS", options)] where !list.isEmpty {
      page.section(title)
      for argument in list { page.item(argument.term, argument.meaning) }
    }
  }

  private var synopsis: [Roff.Span] {
    var spans: [Roff.Span] = [.bold(path.joined(separator: " "))]
    for argument in help.visibleArguments where !["--help", "--version"].contains(argument.preferredSpelling)
    {
      let usage = argument.usage
      let optional = argument.isOptional && argument.kind != .positional
      spans += [.plain(" ")] + (optional ? [.plain("[")] + usage + [.plain("]")] : usage)
    }
    if !help.visibleSubcommands.isEmpty {
      let isOptional = help.defaultSubcommand != nil
      spans += [.plain(isOptional ? " [" : " "), .italic("command"), .plain(isOptional ? "] ..." : " ...")]
    }
    return spans
  }

  /// A paragraph ends like a sentence; what does not is an example.
  private static func isProse(_ paragraph: String) -> Bool {
    paragraph.last.map { ".:!?".contains($0) } ?? true
  }

  /// An abstract, as the section NAME has it.
  static func withoutPeriod(_ text: String) -> String {
    String(text.hasSuffix(".") ? text.dropLast() : text[...])
  }
}

extension ArgumentHelp {
  /// As in a synopsis.
  var usage: [Roff.Span] {
    let value = [Roff.Span.italic(valueName ?? "value")]
    let usage: [Roff.Span] =
      switch kind {
      case .positional: (isOptional ? [.plain("[")] : []) + value + (isOptional ? [.plain("]")] : [])
      case .option: [.bold(preferredSpelling ?? ""), .plain(" ")] + value
      case .flag: [.bold(preferredSpelling ?? "")]
      }
    return usage + (isRepeating ? [.plain("...")] : [])
  }

  /// All its names, and the name of its value.
  var term: [Roff.Span] {
    let value = Roff.Span.italic(valueName ?? "value")
    if kind == .positional { return [value] }
    let names = Array(spellings.map { [Roff.Span.bold($0)] }.joined(separator: [.plain(", ")]))
    return names + (kind == .option ? [.plain(" "), value] : [])
  }

  /// What it does; its values and its default if the text does not name them.
  var meaning: [Roff.Span] {
    var sentences = [abstract ?? ""]
    if let allValues, !allValues.allSatisfy({ (abstract ?? "").contains($0) }) {
      sentences.append("Values: \(allValues.joined(separator: ", ")).")
    }
    if let defaultValue { sentences.append("Default: \(defaultValue).") }
    return [.plain(sentences.filter { !$0.isEmpty }.joined(separator: " "))]
  }
}
