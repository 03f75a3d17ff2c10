/// The notes of a search on how the query was read.
extension Search {
  /// A notice for each run of words that was replaced, if a synonym found a hit.
  func synonymNotices(_ found: some Sequence<TierPass.Hit>) throws -> [QueryNotice] {
    guard found.contains(where: { $0.tier == .synonym }) else { return [] }
    return try plan.synonymRuns().map(SynonymText.notice)
  }

  /// A notice for each word that was corrected, if the corrections found a hit.
  func correctionNotices(_ found: some Sequence<TierPass.Hit>) throws -> [QueryNotice] {
    let corrected = found.filter { $0.tier == .corrected }
    guard let text = plan.text, !corrected.isEmpty else { return [] }
    let spelled = try plan.expansion.otherSpellings(of: text).map(plan.expansion.searchable)
    guard corrected.contains(where: { spelled.contains($0.query) }) else { return [] }
    return try zip(text.units, plan.expansion.correctedWords(of: text)).compactMap { unit, words in
      guard let typed = unit.token, !words.isEmpty else { return nil }
      return QueryNotice("showing results for \(words.joined(separator: ", ")) (typed \(typed))")
    }
  }
}

extension QueryNotice {
  /// A notice for results that begin with these hits.
  init(relaxed hits: RelaxedHits) {
    self.init(
      hits.tier == .dropped
        ? "nobody matches all words; \(hits.reason)"
        : "nobody matches what was typed; these are similar (\(hits.reason))")
  }
}

extension ExpansionOptions {
  init(_ options: SearchOptions) {
    self.init(
      findsVariants: options.findsVariants, completesLastWord: options.completesLastWord,
      correctsWords: options.correctsWords)
  }
}
