/// Other forms of a text's words: what one search looks up for it, each once.
final class QueryExpansion {
  let statistics: TermStatistics
  let options: ExpansionOptions
  /// All words, for corrections.
  let spellingIndex: () throws -> SpellingIndex
  /// The results for a text, memoised: several tiers need them.
  var words: [[RankedText.Unit]: [IndexQuery]] = [:]
  var corrections: [[RankedText.Unit]: [[String]]] = [:]

  init(
    statistics: TermStatistics, options: ExpansionOptions, spellingIndex: @escaping () throws -> SpellingIndex
  ) {
    (self.statistics, self.options, self.spellingIndex) = (statistics, options, spellingIndex)
  }
}

/// Whether words that were not typed are looked for.
struct ExpansionOptions: Sendable, Hashable {
  /// Whether other forms of words are looked for.
  var findsVariants = true
  /// Whether the last word may be the beginning of one.
  var completesLastWord = true
  /// Whether typing errors are corrected.
  var correctsWords = true
}
