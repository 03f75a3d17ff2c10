import CandidateQuery

/// Forms of one word in titles and tags: `engineering` finds engineers.
extension QueryExpansion {
  /// The columns in which other forms of a word are searched: names, companies and places are not inflected.
  static let inflectedColumns: [TextColumn] = [.title, .tag]
  /// The maximum number of other forms of a word, the most frequent first.
  private static let maximumForms = 16
  /// The maximum number of words of the index that are compared, the most frequent of those that begin alike.
  private static let maximumCompared = 512

  /// The queries of the other forms of a word that occur in titles or tags within the scope; none for a word that is
  /// mostly a name.
  ///
  /// The words of the index that begin alike are read from the term statistics, as for completions: one range scan and
  /// at most `maximumCompared` stems in each language.
  func inflected(_ token: String, _ frequency: TermFrequency) throws -> [IndexQuery] {
    guard frequency.mostFrequentColumn != .name, let beginning = inflections.commonBeginning(of: token) else {
      return []
    }
    let words = try statistics.completions(
      of: beginning, in: Self.inflectedColumns, limit: Self.maximumCompared
    ).map(
      \.term)
    return inflections.forms(of: token, among: words).prefix(Self.maximumForms)
      .map { .phrase([$0], in: Self.inflectedColumns) }
  }
}
