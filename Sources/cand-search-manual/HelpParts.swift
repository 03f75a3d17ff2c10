import Foundation

/// An exit status, as the paragraph of a help text states it that begins with `Exit:`, or with `Exit`, a remark and a colon.
struct ExitStatusHelp {
  let code: String
  let meaning: String

  /// The statuses of a paragraph; nil of any other paragraph.
  static func list(in paragraph: String) -> [ExitStatusHelp]? {
    guard let beginning = paragraph.prefixMatch(of: /Exit(?:,[^:]*)?:\s/) else { return nil }
    let text = paragraph[beginning.range.upperBound...]
      .trimmingCharacters(in: CharacterSet(charactersIn: ". \n"))
    return text.split(separator: /,\s+(?=\d+\s)/).map { part in
      let code = part.prefix { $0.isNumber }
      let meaning = part.dropFirst(code.count).trimmingCharacters(in: .whitespaces)
      return ExitStatusHelp(code: String(code), meaning: meaning)
    }
  }
}

/// A variable of the environment that a help text names with a dollar sign.
struct EnvironmentHelp {
  let name: String
  /// The option that names it, and what that says.
  let text: String

  /// The variables of a command and of those below it, each as it is named first.
  static func variables(of command: CommandHelp) -> [EnvironmentHelp] {
    var names: Set<String> = []
    return all(of: command).filter { names.insert($0.name).inserted }.sorted { $0.name < $1.name }
  }

  private static func all(of command: CommandHelp) -> [EnvironmentHelp] {
    let options = command.visibleArguments.flatMap { argument in
      let abstract = argument.abstract ?? ""
      let label = argument.preferredSpelling ?? argument.valueName ?? ""
      return variables(in: abstract).map { EnvironmentHelp(name: $0, text: "\(label): \(abstract)") }
    }
    let paragraphs = command.paragraphs.flatMap { paragraph in
      variables(in: paragraph).map { EnvironmentHelp(name: $0, text: paragraph) }
    }
    return options + paragraphs + command.visibleSubcommands.flatMap(all)
  }

  private static func variables(in text: String) -> [String] {
    text.matches(of: /\$([A-Z][A-Z0-9_]*[A-Z0-9])/).map { String($0.output.1) }
  }
}
