import ArgumentParser
import CandidateSearch

/// `cand-search QUERY…`, the default command.
struct Search: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find candidates (the default command).",
    discussion: """
      Words must all be found; "in quotes" they stand together; a star ends the beginning of a word. OR, NOT or -, \
      parentheses and fields (tag:JUNIOR) combine: see cand-search help query.

      Without a query, all candidates are listed, the most recent first.
      """)

  @OptionGroup var index: IndexOptions

  @Option(name: [.customShort("n"), .long], help: "Show at most so many candidates.")
  var limit = 10

  @Option(help: "table, json, ndjson, csv or ids; a table on a terminal, ndjson in a pipe.")
  var format: OutputFormat?

  @Flag(help: "Print how many candidates there are, and nothing else.")
  var count = false

  @Argument(
    help: "The query; several arguments are one query.", completion: .custom(QueryCompletion.candidates))
  var query: [String] = []

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit: takes a number from 0") }
  }

  func run() throws {
    let query = DashedWords.restore(self.query.joined(separator: " "))
    let index = try index.openForReading()
    var output = StandardOutput()
    if count {
      for notice in try index.search(query, SearchOptions(limit: 0)).notices {
        StandardError.write("note: \(notice)")
      }
      let count = try index.count(query)
      try output.write("\(count)\n")
      try output.flush()
      if count == 0 { throw ExitStatus.nothingFound }
      return
    }
    let results = try index.search(query, SearchOptions(limit: limit))
    for notice in results.notices { StandardError.write("note: \(notice)") }
    try (format ?? .standard).printer.print(results.hits, to: &output)
    try output.flush()
    if results.hits.isEmpty, limit > 0 { throw ExitStatus.nothingFound }
  }
}
