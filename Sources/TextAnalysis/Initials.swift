/// `J. R. Patel` is also found as `JR Patel`.
package enum Initials {
  /// More single letters in a row are no initials.
  private static let longest = 4

  /// Where at least two single letters follow one another.
  package static func runs(in words: [Word]) -> [ClosedRange<Int>] {
    words.indices.split { !isInitial(words[$0]) }
      .filter { (2...longest).contains($0.count) }
      .map { $0.startIndex...($0.endIndex - 1) }
  }

  package static func joined(_ words: ArraySlice<Word>) -> String {
    words.map { $0.tokens[0] }.joined()
  }

  private static func isInitial(_ word: Word) -> Bool {
    guard word.tokens.count == 1, word.tokens[0].unicodeScalars.count == 1,
      let scalar = word.tokens[0].unicodeScalars.first
    else { return false }
    return CharacterRole(scalar) == .letter && scalar.properties.isAlphabetic
  }
}
