import CandidateQuery
import NameVariants

/// Other titles of the same occupation.
extension QueryExpansion {
  /// The maximum number of other titles of an occupation, the most frequent first.
  private static let maximumTitles = 40

  /// The queries of the candidates with another title of the occupation whose title is in the text, one for each
  /// occupation with the title; none if no words are one.
  func occupations(of text: RankedText) throws -> [IndexQuery] {
    guard options.findsVariants, !text.isPrefix, !text.isLong else { return [] }
    let tokens = text.units.map { $0.token ?? "" }
    return try Occupations.matches(in: tokens) { Self.canBeTitle(text.units[$0]) }.compactMap { match in
      let titles = try titlesInUse(match.others, besides: Array(tokens[match.range]))
      guard !titles.isEmpty else { return nil }
      let query = searchable(
        .all([
          .any(titles.map { .phrase($0, in: [.title]) }), try remaining(text, tokens, without: match.range),
        ]))
      occupations[query] = match.name
      return query
    }
  }

  /// The query of the words beside a title, in all of their variants, without stop words.
  private func remaining(
    _ text: RankedText, _ tokens: [String], without title: Range<Int>
  ) throws -> IndexQuery {
    let words = try words(of: text)
    let others = words.indices.filter { !title.contains($0) }
    let kept = Self.withoutStopWords(others.map { tokens[$0] })?.map { others[$0] } ?? others
    let remaining = kept.map { words[$0] }
    return .any([.all(remaining)] + (try rewritten(kept.map { tokens[$0] }, remaining)))
  }

  /// Whether words may be a title: not all of them are mostly names (Cook, Baker), and a single one is mostly a title or
  /// a tag if it occurs at all.
  private static func canBeTitle(_ units: ArraySlice<RankedText.Unit>) -> Bool {
    let fields = units.map(\.frequency.columns.first)
    return units.count > 1 ? fields.contains { $0 != .name } : [nil, .title, .tag].contains(fields[0])
  }

  /// The titles whose words all occur in titles within the scope, at most `maximumTitles`, those of more frequent words
  /// first. Titles that contain the typed one, or another of them, find nobody else.
  private func titlesInUse(_ titles: [[String]], besides typed: [String]) throws -> [[String]] {
    let counted = try titles.filter { title in
      !([typed] + titles).contains { $0.count < title.count && title.contains($0) }
    }.map { title in
      try (title, title.map { try frequency(ofGuess: $0)[.title] }.min() ?? 0)
    }
    return counted.filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }.prefix(Self.maximumTitles).map(\.0)
  }
}
