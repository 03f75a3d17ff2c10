import ArgumentParser
import Foundation

/// `bench query`: how long the queries of a file take, and what they find.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Measure the queries of a file over an index, in process and warm.",
    discussion: """
      The file holds one query a line; empty lines are skipped, and no line is a comment. A time is from the text
      of the query to the ten best candidates, with all read that a table shows of each; relaxed hits are included unless --strict. With --json, a list with an object
      for each query:
      {"query", "median_us", "p99_us", "count_in_top", "ids"}; in place of the numbers "error" where the query is
      wrong: the others are measured, and the exit code is 2.

      bench query --index candidates.db --queries mine.txt --json
      """)

  @Option(help: "The index.")
  var index: String

  @Option(help: "The file of queries.")
  var queries: String

  @Flag(help: "Print JSON; else a table.")
  var json = false

  @Flag(help: "Count all that each query finds, too (\"matches\").")
  var counts = false

  @Flag(help: "Give each query's times at 0 %, 1 % … 100 % of its calls (\"percentiles_us\").")
  var percentiles = false

  @Flag(help: "Give the tier of each query's first hit, too (\"tier\").")
  var tiers = false

  @Flag(help: "Search no relaxed tiers, as a pipe does.")
  var strict = false

  @Flag(help: "Time the first search of each query alone, on an index that was just opened.")
  var first = false

  @OptionGroup var effort: Effort

  func run() throws {
    let lines = try QueryFile.read(queries)
    // Also with --first: an index that cannot be opened is no problem of a query.
    let library = try LibraryIndex(path: index, isStrict: strict)
    let results = lines.map { first ? measureFirst($0) : measure($0, in: library) }
    try print(results)
    if results.contains(where: { $0.error != nil }) { throw WrongQueries() }
  }

  private func measure(_ line: QueryFile.Line, in library: LibraryIndex) -> QueryResult {
    if let problem = line.problem { return .failed(line.query, problem) }
    do {
      let (ids, tier) = try library.top(line.query)
      let times = try effort.times { _ = try library.top(line.query) }
      var result = QueryResult(
        query: line.query, ids: ids, tier: tiers ? tier : nil, seconds: times, keepsPercentiles: percentiles)
      if counts { result.matches = try library.count(line.query) }
      return result
    } catch {
      return .failed(line.query, "\(error)")
    }
  }

  /// Measures one call on an index of its own, which has no cache yet.
  private func measureFirst(_ line: QueryFile.Line) -> QueryResult {
    if let problem = line.problem { return .failed(line.query, problem) }
    do {
      let library = try LibraryIndex(path: index, isStrict: strict)
      var found: (ids: [String], tier: String?) = ([], nil)
      let time = try Stopwatch.seconds { found = try library.top(line.query) }
      return QueryResult(
        query: line.query, ids: found.ids, tier: tiers ? found.tier : nil, seconds: [time],
        keepsPercentiles: percentiles)
    } catch {
      return .failed(line.query, "\(error)")
    }
  }

  private func print(_ results: [QueryResult]) throws {
    var output = try ByteOutput(path: nil)
    if json {
      try output.append { $0.append(contentsOf: JSONOutput.bytes(results)) }
    } else {
      for result in results { try output.append { $0.append(contentsOf: Self.row(result).utf8) } }
    }
    try output.finish()
  }

  private static func row(_ result: QueryResult) -> String {
    guard let median = result.median, let p99 = result.p99, let count = result.countInTop else {
      return "\(result.query): \(result.error ?? "not measured")"
    }
    return String(format: "%12.1f µs %12.1f µs (p99) %3d  ", median, p99, count) + result.query
  }
}

/// Some of the queries were wrong; each says why in its place.
struct WrongQueries: Error {}
