import ArgumentParser
import CandidateSearch
import CommandSupport
import PostgresEngine
import SearchLog

/// `cand-search QUERY…`, the default command: finds candidates.
struct Search: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find candidates (the default command).",
    discussion: """
      All words must occur; words "in quotes" must follow one another; a star ends the prefix of a word. They combine with \
      OR, NOT or -, parentheses and fields (tag:JUNIOR): see cand-search help query.

      Candidates that match the query as typed come first, then those that match it by your synonyms (see synonyms) or in \
      other forms (Bob for Robert, a longer last word), then those that match corrections of typing errors; within each, \
      the most recent first. If there are none, a table on a terminal shows similar candidates, marked with ~, and why. \
      Without a query, all candidates are listed, the most recent first.

      In a script, write cand-search search -- "$query": a query may be the name of another command (stats), or begin \
      with a dash.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Option(
    name: [.customShort("n"), .long], help: "The maximum number of candidates, or of values of a facet.")
  var limit = 10

  @Option(help: "table, json, ndjson, csv or ids; a table on a terminal, ndjson in a pipe.")
  var format: OutputFormat?

  @Flag(
    name: [.customShort("0"), .customLong("null")],
    help: "With --format ids: end each id with a NUL, for delete -0 - and forget -0 -.")
  var endWithNUL = false

  @Option(
    help:
      "Continue after the page that printed this cursor on standard error; \"first\" prints one in a pipe, too."
  )
  var cursor: String?

  @Option(
    help: "relevance, or recent, name, created, modified; optionally with :asc or :desc after it.",
    transform: Order.init)
  var sort: Order?

  @Option(
    help: "Count the values of a field over the whole result, in place of hits. May be repeated.")
  var facet: [Facet] = []

  @Flag(help: "Print the number of candidates, and nothing else.")
  var count = false

  @Flag(help: "Print on standard error the queries that the index evaluated, and how long they took.")
  var explain = false

  @Flag(
    help:
      "Search without the servers of the index that cannot be reached; a note on standard error names them.")
  var partial = false

  @Flag(
    help:
      "Do not search other forms of words: your synonyms, nicknames, initials, spellings, abbreviations of titles."
  )
  var noVariants = false

  @Flag(help: "Do not complete the last word.")
  var noPrefix = false

  @Flag(help: "Do not correct typing errors.")
  var noCorrect = false

  @Option(
    help: """
      Where similar candidates appear if nothing else is found: auto (in a table on a terminal), always (also in pipes, \
      counts and facets) or never.
      """)
  var relaxed: RelaxedChoice?

  @Flag(help: "Short for --relaxed never.")
  var strict = false

  @OptionGroup var logging: LoggingOptions

  @Argument(
    help: "The query; several arguments are one query.",
    completion: .custom { _, _, prefix in QueryCompletion.completions(of: prefix) })
  var query: [String] = []

  private static let firstPage = "first"

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit: takes a number from 0") }
    if endWithNUL, format != .ids { throw ValidationError("-0 needs --format ids") }
    if format == .ids, !facet.isEmpty {
      throw ValidationError("--facet counts values, which --format ids does not print")
    }
    if count, !facet.isEmpty { throw ValidationError("--count and --facet exclude one another") }
    if count, cursor != nil { throw ValidationError("--count and --cursor exclude one another") }
    if strict, let relaxed, relaxed != .never {
      throw ValidationError("--strict and --relaxed \(relaxed.rawValue) contradict each other")
    }
  }

  func run() throws {
    let query = DashedWords.restore(self.query.joined(separator: " "))
    let settings = try index.settings(scope)
    let log = try logging.log(settings.found)
    let index = try settings.openForReading()
    let results = try index.search(SearchQuery(query), options)
    // Nothing is shown that the log cannot record.
    try log.append(
      printsRecords ? .export : .search, results.loggedCandidates, of: index, generation: results.generation
    ) { entry in
      entry.query = query
      entry.canonicalQuery = (try? QueryParser.parse(query))?.tree.description
      entry.count = results.count
    }
    for notice in results.notices { StandardError.write("note: \(notice)") }
    if !results.missingParts.isEmpty {
      StandardError.write(
        "note: candidates are missing: \(IndexError.statement(ofMissingParts: results.missingParts))")
    }
    if let explanation = results.explanation {
      StandardError.write(lines: ExplanationText.lines(of: explanation, results.hits))
    }
    var output = StandardOutput()
    if let count = results.count {
      try output.write("\(count)\n")
    } else if !facet.isEmpty {
      try (format ?? .standard).print(results.facets, without: results.missingParts, to: &output)
    } else {
      try (format ?? .standard).printer(endWithNUL: endWithNUL).print(results, to: &output)
    }
    try output.flush()
    if !listsNoHits, cursor != nil || Terminal.isOutput, let next = results.nextCursor {
      StandardError.write("more: --cursor \(next)")
    }
    if let diagnosis = results.diagnosis { StandardError.write(lines: DiagnosisText.lines(of: diagnosis)) }
    if isEmpty(results) { throw ExitStatus.nothingFound }
  }

  /// Whether a count or facets are printed in place of hits.
  private var listsNoHits: Bool { count || !facet.isEmpty }

  /// Whether whole records are printed, and no table or ids.
  private var printsRecords: Bool {
    switch format ?? .standard {
    case .json, .ndjson, .csv: !listsNoHits
    case .table, .ids: false
    }
  }

  private func isEmpty(_ results: SearchResults) -> Bool {
    if let count = results.count { return count == 0 }
    if !facet.isEmpty { return results.facets.allSatisfy { $0.values.isEmpty && $0.missing == 0 } }
    return results.hits.isEmpty && results.identities.isEmpty && limit > 0
  }

  private var options: SearchOptions {
    var options = SearchOptions(
      limit: listsNoHits ? 0 : limit,
      cursor: cursor == Self.firstPage ? nil : cursor.map(DashedWords.restore))
    if case .by(let sort) = sort { options.sort = sort }
    // An explanation contains the highlights of each record.
    options.includesRecords = format != .ids || explain
    options.includesCount = count
    options.facets = facet
    options.facetLimit = limit
    options.allowsMissingParts = partial
    options.explains = explain
    options.diagnosesEmptyResult = true
    options.findsVariants = !noVariants
    options.completesLastWord = !noPrefix
    options.correctsWords = !noCorrect
    options.relaxed = strict ? .never : relaxedTiers
    return options
  }

  /// What relaxed tiers add to.
  private var relaxedTiers: Relaxed {
    switch relaxed ?? .auto {
    case .auto: Terminal.isOutput && (format ?? .standard) == .table ? .hits : .never
    case .always: .always
    case .never: .never
    }
  }

  /// A value of `--sort`.
  enum Order {
    case relevance
    case by(SearchSort)

    init(_ text: String) throws { self = text == "relevance" ? .relevance : .by(try SearchSort(text)) }
  }

  /// A value of `--relaxed`.
  enum RelaxedChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
  }
}
