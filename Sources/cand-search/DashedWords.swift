/// Lets a query begin with a dash: `cand-search "-tag:ARCHIVED engineer"`.
///
/// The argument parser would take it for an option. Options of one letter are `-h`, `-n` and `-0` only, so whatever else
/// begins with a single dash is a part of the query, and travels past the parser behind a mark.
enum DashedWords {
  private static let mark: Character = "\u{F8FF}"
  private static let options: Set<String> = ["-", "-h", "-n", "-0"]

  /// Commands whose arguments are no queries, and no ids of this index.
  private static let pathCommands: Set<String> = [
    "index", "reindex", "sync", "get", "backup", "restore", "completions", "help",
  ]

  /// The arguments with the mark before each that is a part of a query.
  static func protect(_ arguments: [String]) -> [String] {
    if let first = arguments.first, pathCommands.contains(first) { return arguments }
    return arguments.map { argument in
      let isWord = argument.hasPrefix("-") && !argument.hasPrefix("--") && !options.contains(argument)
      return isWord ? "\(mark)\(argument)" : argument
    }
  }

  /// The text without the mark.
  static func restore(_ text: String) -> String { text.filter { $0 != mark } }
}
