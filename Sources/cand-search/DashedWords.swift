import CandidateSearch

/// Lets a query begin with a dash: `cand-search "-tag:ARCHIVED engineer"`.
///
/// The argument parser would take it for an option. Options of one letter are `-h`, `-n` and `-0` only, so whatever else
/// begins with a single dash is a part of the query, and passes the parser after a mark.
enum DashedWords {
  private static let mark: Unicode.Scalar = "\u{F8FF}"
  private static let options: Set<String> = ["-", "-h", "-n", "-0"]

  /// Commands whose arguments are no queries, and no ids of this index.
  private static let pathCommands: Set<String> = [
    "index", "reindex", "sync", "get", "backup", "restore", "completions", "help",
  ]

  /// The arguments with the mark before each that is a part of a query.
  static func protect(_ arguments: [String]) -> [String] {
    if let first = arguments.first, pathCommands.contains(first) { return arguments }
    return arguments.map { argument in
      let argument = cut(argument)
      let isWord =
        argument.utf8.starts(with: "-".utf8) && !argument.utf8.starts(with: "--".utf8)
        && !options.contains(argument)
      return isWord ? "\(mark)\(argument)" : argument
    }
  }

  /// As much of an argument as shows that it is too long for a query. To compare texts costs Swift the square of the
  /// number of marks in a row, and the argument parser compares each argument with the names of options.
  private static func cut(_ argument: String) -> String {
    guard argument.utf8.count > QueryParser.maximumLength else { return argument }
    return String(argument.unicodeScalars.prefix(QueryParser.maximumLength + 1))
  }

  /// The text without the mark.
  static func restore(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter { $0 != mark }))
  }
}
