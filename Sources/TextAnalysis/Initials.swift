/// Single letters in a row, which are also indexed and searched as one token: `J. R. Patel` is found as `JR Patel`.
package enum Initials {
  /// More single letters in a row are no initials.
  private static let maximumLength = 4

  /// The runs of at least two words that are single letters.
  package static func runs(in words: [Word]) -> [ClosedRange<Int>] {
    words.indices.split { !isInitial(words[$0]) }
      .filter { (2...maximumLength).contains($0.count) }
      .map { $0.startIndex...($0.endIndex - 1) }
  }

  /// The token of a run.
  package static func joined(_ words: ArraySlice<Word>) -> String {
    words.map { $0.tokens[0] }.joined()
  }

  private static func isInitial(_ word: Word) -> Bool {
    guard word.tokens.count == 1, word.tokens[0].unicodeScalars.count == 1,
      let scalar = word.tokens[0].unicodeScalars.first
    else { return false }
    return CharacterClass(scalar) == .letter && scalar.properties.isAlphabetic
  }
}
