import TextAnalysis

/// Corrections of typing errors.
extension QueryExpansion {
  /// The maximum document frequency of a word that is taken for a typing error.
  private static let maximumDocuments = 2
  /// A word that occurs is corrected only to a word that is at least this many times as frequent.
  private static let timesAsFrequent = 50
  /// The minimum length of a word that is corrected: shorter words are similar to too many others.
  private static let minimumWordLength = 3
  /// The maximum number of corrections of a word.
  private static let maximumCorrections = 3

  /// The text with its rare words replaced by others, the likeliest first, then by initials; empty if there are none.
  func corrections(of text: RankedText) throws -> [IndexQuery] {
    let spelled = try otherSpellings(of: text)
    guard !spelled.isEmpty, options.findsVariants else { return spelled }
    // `Jennifre Smith` is more likely Jennifer than J.
    let corrected = try correctedWords(of: text)
    let shortened = Self.shortenedNames(of: text) { !corrected[$0].isEmpty }
    return shortened.isEmpty ? spelled : spelled + [.any(shortened)]
  }

  /// The text with its rare words replaced: by the likeliest, with the other words as typed; then by any, with the
  /// other words in all of their variants.
  func otherSpellings(of text: RankedText) throws -> [IndexQuery] {
    let corrected = try correctedWords(of: text)
    guard corrected.contains(where: { !$0.isEmpty }) else { return [] }
    let likeliest = zip(text.units, corrected).map { unit, corrections in
      IndexQuery.any([unit.match()] + corrections.prefix(1).map { .phrase([$0]) })
    }
    let any = zip(try words(of: text), corrected).map { word, corrections in
      IndexQuery.any([word] + corrections.map { .phrase([$0]) })
    }
    let tokens = text.units.map { $0.token ?? "" }
    let all = IndexQuery.any(options.findsVariants ? try rewritten(tokens, any) : [.all(any)])
    return all == .all(likeliest) ? [all] : [.all(likeliest), all]
  }

  /// The corrections of each unit of the text, the likeliest first; memoised.
  func correctedWords(of text: RankedText) throws -> [[String]] {
    guard options.correctsWords, !text.isLong else { return text.units.map { _ in [] } }
    if let known = corrections[text.units] { return known }
    let corrected = try text.units.map { unit -> [String] in
      guard let token = unit.token, unit.frequency.sum <= Self.maximumDocuments,
        token.count >= Self.minimumWordLength, !token.containsNumber, !CommonWords.contain(token)
      else { return [] }
      try statistics.cancellation.check()
      let likeliest = try nearestWords(to: token, limit: Self.maximumCorrections)
      return likeliest.filter { $0.count >= unit.frequency.sum * Self.timesAsFrequent }.map(\.term)
    }
    corrections[text.units] = corrected
    return corrected
  }
}
