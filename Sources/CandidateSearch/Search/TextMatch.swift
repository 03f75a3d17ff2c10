import CandidateQuery

/// What words match.
enum TextMatch {
  /// A phrase in which so many spellings are possible is asked in its usual spelling only.
  private static let maximumSpellings = 8

  /// A text's words at a place; nil if it holds none.
  static func match(_ text: QueryText, in place: TextPlace) -> Match? {
    let words = WordSplitter.words(text.text)
    guard !words.isEmpty else { return nil }
    if text.isPhrase || text.text.contains("@") {
      return phrase(words, isPrefix: text.isPrefix, in: place)
    }
    let last = words.count - 1
    return .all(
      words.enumerated().map { i, word in phrase([word], isPrefix: text.isPrefix && i == last, in: place) })
  }

  /// Words that follow one another, each in any of its forms.
  static func phrase(_ words: [Word], isPrefix: Bool = false, in place: TextPlace = .anywhere) -> Match {
    .any(spellings(of: words).map { place.phrase($0, isPrefix: isPrefix) })
  }

  private static func spellings(of words: [Word]) -> [[String]] {
    let count = words.reduce(1) { min($0 * $1.forms.count, maximumSpellings + 1) }
    guard count <= maximumSpellings else { return [words.flatMap(\.tokens)] }
    return words.reduce([[]]) { spellings, word in
      spellings.flatMap { spelling in word.forms.map { spelling + $0 } }
    }
  }
}
