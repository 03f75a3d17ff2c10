/// The limits of queries that programs build; they equal those of typed queries.
extension Query {
  /// Checks the size of the query.
  /// - Throws: `QueryError` for a query beyond the limits of `QueryParser` and `QueryResolver`.
  package func checkSize() throws(QueryError) {
    var size = QuerySize()
    try size.add(self, height: 0, depth: 0)
  }
}

/// The different words and values of a query.
private struct QuerySize {
  private var terms: Set<Query> = []
  private var length = 0
  private var prefixes = 0
  private var times = 0

  mutating func add(_ query: Query, height: Int, depth: Int) throws(QueryError) {
    try check(height, atMost: QueryParser.maximumHeight, of: "levels of AND and OR within one another")
    try check(depth, atMost: QueryParser.maximumDepth, of: "levels within one another")
    switch query {
    case .and(let parts), .or(let parts):
      for part in parts { try add(part, height: height + 1, depth: depth + 1) }
    case .not(let part): try add(part, height: height, depth: depth + 1)
    default: if terms.insert(query).inserted { try add(term: query) }
    }
  }

  private mutating func add(term: Query) throws(QueryError) {
    try check(terms.count, atMost: QueryParser.maximumTerms, of: "different words and values")
    switch term {
    case .text(let text), .words(_, let text):
      length += text.text.unicodeScalars.count
      prefixes += text.isPrefix ? 1 : 0
      if text.isPhrase {
        try check(
          text.text.unicodeScalars.count, atMost: QueryParser.maximumQuotation,
          of: "characters of a quotation")
      }
    case .custom(_, let text): prefixes += text.isPrefix ? 1 : 0
    case .beginning: prefixes += 1
    case .url(let address): length += address.unicodeScalars.count
    case .time: times += 1
    default: break
    }
    try check(length, atMost: QueryParser.maximumLength, of: "characters of text")
    try check(
      prefixes, atMost: QueryParser.maximumPrefixes, of: "different prefixes of words and values")
    try check(times, atMost: QueryResolver.maximumTimes, of: "times")
  }

  private func check(_ count: Int, atMost maximum: Int, of what: String) throws(QueryError) {
    guard count > maximum else { return }
    throw QueryError(
      query: "", place: SourceRange(start: 0, end: 0), problem: "a query has at most \(maximum) \(what)",
      advice: QueryParser.inSteps)
  }
}
