/// The parts of a query that every hit must match, with their places in the text.
struct QueryConjunct {
  let tree: QueryTree
  /// The place, from the operator AND or the spaces before it.
  let place: SourceRange
  /// The place without what is before it.
  let ownPlace: SourceRange
  /// Whether no other part is before it, within the same parentheses.
  let isFirst: Bool
}

extension QueryParser {
  /// The tree of a query, its corrections, and the parts of its conjunction in the order of the text. Parts for which the
  /// text has no place of their own, as in a double negation, are one.
  /// - Throws: `QueryError` as `parse` does.
  static func parseConjuncts(
    _ query: String
  ) throws(QueryError) -> (parsed: Parsed, conjuncts: [QueryConjunct]) {
    try checkLength(query)
    var parser = QueryParser(query, recordsConjuncts: true)
    let parsed = try parser.parsed()
    return (parsed, parser.conjuncts)
  }

  /// Records what was parsed since a number of conjuncts was known: one part, unless it is a conjunction whose parts have
  /// been recorded.
  mutating func record(
    _ part: QueryTree, since known: Int, from start: Int, own ownStart: Int, isFirst: Bool
  ) {
    guard recordsConjuncts else { return }
    if case .and(let inner) = part, conjuncts.count - known == inner.count { return }
    conjuncts.removeSubrange(known...)
    let end = scanner.position
    conjuncts.append(
      QueryConjunct(
        tree: part, place: SourceRange(start: start, end: end),
        ownPlace: SourceRange(start: ownStart, end: end), isFirst: isFirst))
  }

  /// Forgets the parts of alternatives: no hit must match one of them.
  mutating func forgetConjuncts(since known: Int) {
    if recordsConjuncts { conjuncts.removeSubrange(known...) }
  }
}
