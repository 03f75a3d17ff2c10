import CandidateSearch

/// Lets a query begin with a dash: `cand-search "-tag:ARCHIVED engineer"`.
///
/// The argument parser would take such a query for an option. The only options of one letter are `-h`, `-n` and `-0`.
/// Any other argument with a single dash is a part of the query: a mark before it hides the dash from the parser.
enum DashedWords {
  private static let mark: Unicode.Scalar = "\u{F8FF}"
  private static let options: Set<String> = ["-", "-h", "-n", "-0"]

  /// Commands whose arguments are no queries, and no ids of this index.
  private static let pathCommands: Set<String> = [
    "index", "reindex", "sync", "get", "synonyms", "keys", "backup", "restore", "config", "doctor",
    "completions",
    "help",
  ]

  /// The arguments with the mark before each that is a part of a query.
  static func protect(_ arguments: [String]) -> [String] {
    if let first = arguments.first, pathCommands.contains(first) { return arguments }
    return arguments.indices.map { i in
      let argument = cut(arguments[i])
      // The parser takes the value of this option as it is.
      if i > 0, arguments[i - 1] == "--scope" { return argument }
      let isWord =
        argument.utf8.starts(with: "-".utf8) && !argument.utf8.starts(with: "--".utf8)
        && !options.contains(argument)
      return isWord ? "\(mark)\(argument)" : argument
    }
  }

  /// The argument; unless it is in ASCII, as a cursor is, cut to just above the maximum length of a query. Comparing
  /// strings takes quadratic time in the number of consecutive marks, and the argument parser compares each argument
  /// with the names of options.
  private static func cut(_ argument: String) -> String {
    guard argument.utf8.count > QueryParser.maximumLength, !argument.utf8.allSatisfy({ $0 < 0x80 }) else {
      return argument
    }
    return String(argument.unicodeScalars.prefix(QueryParser.maximumLength + 1))
  }

  /// The text without the mark.
  static func restore(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter { $0 != mark }))
  }
}
