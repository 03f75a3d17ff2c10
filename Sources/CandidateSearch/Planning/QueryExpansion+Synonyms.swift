/// Other words for what was typed, by the synonyms of the index.
extension QueryExpansion {
  /// The maximum number of runs of words that are replaced, the longest first.
  static let maximumRuns = 8

  /// The queries of the text with runs of its words replaced by synonyms: first the longest runs, at least one of them
  /// replaced; then each run that overlaps one of them. Rules are applied to what was typed, never to what replaces it.
  ///
  /// There are two queries in any case, so that the cursor of a later tier stays valid when the synonyms change.
  func synonyms(of text: RankedText) throws -> [IndexQuery] {
    let runs = try synonymRuns(of: text)
    if runs.isEmpty { return [.nothing, .nothing] }
    let replaced = runs.replaced(in: try words(of: text))
    let isReplaced = IndexQuery.any(runs.withoutOverlaps.map(\.query))
    return [.all([replaced[0], isReplaced]), .any(Array(replaced.dropFirst()))]
  }

  /// The runs of words that synonyms replace, the longest first. Words that were typed as a phrase or with a star are in none.
  func synonymRuns(of text: RankedText) throws -> [SynonymRun] {
    guard options.findsVariants, !text.isLong else { return [] }
    let words = text.units.map { $0.isPhrase || $0.isPrefix ? nil : $0.words.first }
    if words.allSatisfy({ $0 == nil }) { return [] }
    return Array(try synonyms().runs(in: words).prefix(Self.maximumRuns))
  }

  /// The conjunction of filters, with their words replaced by synonyms or not; nil if none is replaced. `compiler` has
  /// compiled the filters.
  func synonyms(of filters: [Query], _ compiler: QueryCompiler) throws -> SynonymFilters? {
    guard options.findsVariants, !filters.isEmpty else { return nil }
    let table = try synonyms()
    if table.isEmpty { return nil }
    let replaced = SynonymFilters(filters, by: table, compiler)
    return replaced.runs.isEmpty ? nil : replaced
  }
}
