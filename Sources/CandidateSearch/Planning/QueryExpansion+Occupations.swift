import CandidateQuery
import NameVariants

/// Other titles of the same occupation.
extension QueryExpansion {
  /// The maximum number of other titles of an occupation, the most frequent first.
  private static let maximumTitles = 40

  /// An occupation of a title in a scope: its name, and the other titles that are searched.
  struct Occupation: Sendable {
    let name: String
    let titles: [[String]]
  }

  /// The query of the candidates with another title of an occupation.
  struct OccupationQuery: Sendable {
    let name: String
    let query: IndexQuery
  }

  /// The queries of the candidates with another title of the occupation whose title is in the text, one for each
  /// occupation with the title; none if no words are one. Memoised.
  func occupations(of text: RankedText) throws -> [IndexQuery] {
    guard options.findsVariants, !text.isLong else { return [] }
    let queries = try memoised(text, in: statistics.scope.textsOfOccupations) {
      try lookUpOccupations(of: text)
    }
    for query in queries { note(query.query, ofOccupation: query.name) }
    return queries.map(\.query)
  }

  private func lookUpOccupations(of text: RankedText) throws -> [OccupationQuery] {
    let tokens = text.units.map { $0.token ?? "" }
    guard let title = Occupations.title(in: tokens, where: { Self.canBeTitle(text.units[$0]) }) else {
      return []
    }
    let occupations = try occupations(withTitle: Array(tokens[title]))
    if occupations.isEmpty { return [] }
    let remaining = try remaining(text, tokens, without: title)
    return occupations.map { occupation in
      let titles = IndexQuery.any(occupation.titles.map { .phrase($0, in: [.title]) })
      return OccupationQuery(name: occupation.name, query: searchable(.all([titles, remaining])))
    }
  }

  /// The occupations with a title, without those that have no other title in use; memoised.
  private func occupations(withTitle title: [String]) throws -> [Occupation] {
    try statistics.scope.occupations.value(of: title, in: statistics.snapshot) {
      try Occupations.matches(in: title).compactMap { match in
        let titles = try titlesInUse(match.others, besides: title)
        return titles.isEmpty ? nil : Occupation(name: match.name, titles: titles)
      }
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
    return .any(try rewritten(kept.map { tokens[$0] }, remaining))
  }

  /// Whether words may be a title: not all of them are mostly names (Cook, Baker), and a single one is mostly a title or
  /// a tag if it occurs at all.
  private static func canBeTitle(_ units: ArraySlice<RankedText.Unit>) -> Bool {
    let fields = units.map(\.frequency.mostFrequentColumn)
    return units.count > 1 ? fields.contains { $0 != .name } : [nil, .title, .tag].contains(fields[0])
  }

  /// The titles whose words all occur in titles within the scope, at most `maximumTitles`, those of more frequent words
  /// first. Titles that contain the typed one, or another of them, find no one else.
  private func titlesInUse(_ titles: [[String]], besides typed: [String]) throws -> [[String]] {
    let counted = try titles.filter { title in
      !title.containsRun(typed) && !titles.contains { title.containsRun($0) }
    }.map { title in
      try (title, title.map { try frequency(ofGuess: $0)[.title] }.min() ?? 0)
    }
    return counted.filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }.prefix(Self.maximumTitles).map(\.0)
  }
}

extension [String] {
  /// Whether a shorter list of words occurs in it.
  fileprivate func containsRun(_ words: [String]) -> Bool {
    words.count < count
      && (0...(count - words.count)).contains { start in
        words.indices.allSatisfy { self[start + $0] == words[$0] }
      }
  }
}
