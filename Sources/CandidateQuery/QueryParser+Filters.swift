/// Texts that consist of filters.
extension QueryParser {
  /// Returns the tree of a text that consists of filters: each word belongs to a field. Nothing is corrected, since a
  /// correction could admit candidates that the text was meant to exclude.
  ///
  /// - Throws: `QueryError` as `parse` does, and for free text, for a text without filters, and for anything that `parse`
  ///   would correct.
  public static func parseFilters(_ text: String) throws(QueryError) -> QueryTree {
    try checkLength(text)
    var parser = QueryParser(text, isOfFilters: true)
    let tree = try parser.parseQuery()
    let end = parser.scanner.position
    let problem =
      parser.repairs.first ?? (tree == .all ? "it has no filter" : nil)
    if let problem {
      throw QueryError(
        query: text, place: parser.firstRepair ?? SourceRange(start: 0, end: end),
        problem: "filters are read as they are written: \(problem)",
        advice: "write FIELD:VALUE, as in tag:JUNIOR")
    }
    return tree
  }
}
