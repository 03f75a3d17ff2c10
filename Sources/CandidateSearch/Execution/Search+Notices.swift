/// The notes of a search on how the query was read.
extension Search {
  /// A notice for each run of words that was replaced, if a synonym found a hit.
  func synonymNotices(_ found: some Sequence<TierPass.Hit>) throws -> [QueryNotice] {
    guard found.contains(where: { $0.tier == .synonym }) else { return [] }
    return try plan.synonymRuns().map(SynonymText.notice)
  }

  /// The words that were corrected, if the corrections found a hit.
  func corrections(_ found: some Sequence<TierPass.Hit>) throws -> [Correction] {
    let corrected = found.filter { $0.tier == .corrected }
    guard let text = plan.text, !corrected.isEmpty else { return [] }
    let spelled = try plan.expansion.otherSpellings(of: text).map(plan.expansion.searchable)
    guard corrected.contains(where: { spelled.contains($0.query) }) else { return [] }
    return try zip(text.units, plan.expansion.correctedWords(of: text)).compactMap { unit, words in
      guard let typed = unit.token, !words.isEmpty else { return nil }
      return Correction(typed: typed, words: words)
    }
  }
}

extension QueryNotice {
  /// A notice for a word that was corrected.
  init(_ correction: Correction) {
    self.init("showing results for \(correction.words.joined(separator: ", ")) (typed \(correction.typed))")
  }

  /// A notice for results that begin with these hits.
  init(relaxed hits: RelaxedHits) {
    self.init(
      hits.tier == .dropped
        ? "no candidate matches all words; \(hits.reason)"
        : "no candidate matches what was typed; these are similar (\(hits.reason))")
  }
}

extension ExpansionOptions {
  init(_ options: SearchOptions) {
    self.init(
      findsVariants: options.findsVariants, completesLastWord: options.completesLastWord,
      correctsWords: options.correctsWords)
  }
}
