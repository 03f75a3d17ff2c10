extension Romanization {
  private static let maximumUmlautSpellings = 4

  /// Spellings of a Latin word with ae, oe, ue in place of ä, ö, ü (which folding makes a, o, u), or the
  /// reverse, the most likely first, at most 4: `muller` for `mueller`, `mueller` for `muller`.
  ///
  /// A digraph is no umlaut after another vowel or q (Bauer, Quelle) nor at the end (Joe). In a word without
  /// digraphs, the vowels that are single between consonants are replaced one at a time, from the beginning,
  /// where the stem is.
  ///
  /// - Parameter word: a folded token. A word of another alphabet has no such spellings.
  package static func umlautSpellings(_ word: String) -> [String] {
    guard Alphabet(of: word.unicodeScalars) == .latin else { return [] }
    let letters = Array(word.unicodeScalars)
    let digraphs = letters.indices.filter { isDigraph(letters, at: $0) }
    if !digraphs.isEmpty {
      let single = digraphs.count > 1 ? digraphs.map { [$0] } : []
      return ([digraphs] + single).prefix(maximumUmlautSpellings).map { removed in
        text(letters.indices.filter { !removed.contains($0 - 1) }.map { letters[$0] })
      }
    }
    return letters.indices.filter { isSingle(letters, at: $0) }.prefix(maximumUmlautSpellings).map { i in
      text(letters[...i] + ["e"] + letters[(i + 1)...])
    }
  }

  private static func isDigraph(_ letters: [Unicode.Scalar], at i: Int) -> Bool {
    guard canBeUmlaut(letters[i]), i + 2 < letters.count, letters[i + 1] == "e" else { return false }
    return i == 0 || !(isVowel(letters[i - 1]) || letters[i - 1] == "q")
  }

  private static func isSingle(_ letters: [Unicode.Scalar], at i: Int) -> Bool {
    guard canBeUmlaut(letters[i]), i + 1 < letters.count, !isVowel(letters[i + 1]) else { return false }
    return i == 0 || !isVowel(letters[i - 1])
  }

  private static func canBeUmlaut(_ letter: Unicode.Scalar) -> Bool { "aou".unicodeScalars.contains(letter) }

  private static func isVowel(_ letter: Unicode.Scalar) -> Bool { "aeiou".unicodeScalars.contains(letter) }

  private static func text(_ letters: some Sequence<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(letters))
  }
}
