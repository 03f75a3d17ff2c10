import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search QUERY…`, the default command.
struct Search: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find candidates (the default command).",
    discussion: """
      Words must all be found; "in quotes" they stand together; a star ends the beginning of a word. OR, NOT or -, \
      parentheses and fields (tag:JUNIOR) combine: see cand-search help query.

      Who matches exactly what was typed comes first, then other forms of it (Bob for Robert, a longer last word), then \
      what may have been mistyped; within that the most recent. Without a query, all candidates are listed, the most \
      recent first.

      In a script, write cand-search search -- "$query": a query may be the name of another command (stats), or begin \
      with a dash.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var visibility: VisibilityOptions

  @Option(name: [.customShort("n"), .long], help: "Show at most so many candidates, or values of a facet.")
  var limit = 10

  @Option(help: "table, json, ndjson, csv or ids; a table on a terminal, ndjson in a pipe.")
  var format: OutputFormat?

  @Flag(
    name: [.customShort("0"), .customLong("null")],
    help: "With --format ids: end each id with a NUL, for delete -0 - and forget -0 -.")
  var endWithNUL = false

  @Option(
    help: "Go on behind a page with what it printed on standard error; \"first\" prints that in a pipe, too.")
  var cursor: String?

  @Option(
    help: "relevance, or recent, name, created, modified; with :asc or :desc behind it if you like.",
    transform: Order.init)
  var sort: Order?

  @Option(
    help: "Count the values of a field over the whole result, in place of hits; may be given several times.")
  var facet: [Facet] = []

  @Flag(help: "Print how many candidates there are, and nothing else.")
  var count = false

  @Flag(help: "Tell on standard error what the index was asked, and how long it took.")
  var explain = false

  @OptionGroup var expansion: ExpansionFlags

  @Argument(
    help: "The query; several arguments are one query.", completion: .custom(QueryCompletion.candidates))
  var query: [String] = []

  private static let firstPage = "first"

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit: takes a number from 0") }
    if endWithNUL, format != .ids { throw ValidationError("-0 needs --format ids") }
  }

  func run() throws {
    let query = DashedWords.restore(self.query.joined(separator: " "))
    let index = try index.openForReading(visibility: visibility.resolved())
    if count { return try printCount(query, index) }
    if !facet.isEmpty { return try printFacets(query, index) }
    let results = try index.search(query, options)
    for notice in results.notices { StandardError.write("note: \(notice)") }
    if explain { StandardError.write(lines: ExplanationText.lines(of: results)) }
    var output = StandardOutput()
    try (format ?? .standard).printer(endWithNUL: endWithNUL).print(results.hits, to: &output)
    try output.flush()
    if let next = results.nextCursor, cursor != nil || Terminal.isOutput {
      StandardError.write("more: --cursor \(next)")
    }
    if results.hits.isEmpty, limit > 0 { try tellWhyNobody(query, index) }
  }

  private var options: SearchOptions {
    var options = SearchOptions(
      limit: limit, cursor: cursor == Self.firstPage ? nil : cursor.map(DashedWords.restore))
    if case .by(let sort) = sort { options.sort = sort }
    expansion.apply(to: &options)
    return options
  }

  /// What `--sort` takes.
  enum Order {
    case relevance
    case by(SearchSort)

    init(_ text: String) throws { self = text == "relevance" ? .relevance : .by(try SearchSort(text)) }
  }

  private func printFacets(_ query: String, _ index: CandidateIndex) throws {
    let counts = try index.facets(query, of: facet, limit: limit, options)
    var output = StandardOutput()
    try (format ?? .standard).print(counts, to: &output)
    try output.flush()
    if counts.allSatisfy({ $0.values.isEmpty && $0.missing == 0 }) { try tellWhyNobody(query, index) }
  }

  private func printCount(_ query: String, _ index: CandidateIndex) throws {
    var options = options
    options.limit = 0
    for notice in try index.search(query, options).notices { StandardError.write("note: \(notice)") }
    let count = try index.count(query, options)
    var output = StandardOutput()
    try output.write("\(count)\n")
    try output.flush()
    if count == 0 { try tellWhyNobody(query, index) }
  }

  private func tellWhyNobody(_ query: String, _ index: CandidateIndex) throws {
    if cursor == nil {
      let diagnosis = try index.diagnosis(of: query, options)
      StandardError.write(lines: DiagnosisText.lines(of: diagnosis))
    }
    throw ExitStatus.nothingFound
  }
}

/// Whether words that were not typed are looked for.
struct ExpansionFlags: ParsableArguments {
  @Flag(help: "Find no other forms of words: nicknames, initials, spellings, abbreviations of titles.")
  var noVariants = false

  @Flag(help: "Do not take the last word for the beginning of one.")
  var noPrefix = false

  @Flag(help: "Correct no typing errors.")
  var noCorrect = false

  func apply(to options: inout SearchOptions) {
    options.findsVariants = !noVariants
    options.completesLastWord = !noPrefix
    options.correctsWords = !noCorrect
  }
}
