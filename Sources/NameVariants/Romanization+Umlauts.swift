extension Romanization {
  private static let mostUmlautSpellings = 4

  /// A Latin word with ae, oe, ue in place of ä, ö, ü (which folding makes a, o, u), and the other way, the most
  /// likely first, at most 4. `mueller` gives `muller`, `muller` gives `mueller`.
  ///
  /// A digraph is no umlaut after another vowel or q (Bauer, Quelle) nor at the end (Joe), and what has one is not
  /// spelled out further. Of the other vowels, those that stand alone between consonants are spelled out one at a
  /// time, the first first: the stem stands in front.
  ///
  /// - Parameter word: a folded token; of another script, it has none.
  package static func umlautSpellings(_ word: String) -> [String] {
    guard Alphabet(of: word.unicodeScalars) == .latin else { return [] }
    let letters = Array(word.unicodeScalars)
    let digraphs = letters.indices.filter { isDigraph(letters, at: $0) }
    if !digraphs.isEmpty {
      let single = digraphs.count > 1 ? digraphs.map { [$0] } : []
      return ([digraphs] + single).prefix(mostUmlautSpellings).map { removed in
        text(letters.indices.filter { !removed.contains($0 - 1) }.map { letters[$0] })
      }
    }
    return letters.indices.filter { standsAlone(letters, at: $0) }.prefix(mostUmlautSpellings).map { i in
      text(letters[...i] + ["e"] + letters[(i + 1)...])
    }
  }

  private static func isDigraph(_ letters: [Unicode.Scalar], at i: Int) -> Bool {
    guard canBeUmlaut(letters[i]), i + 2 < letters.count, letters[i + 1] == "e" else { return false }
    return i == 0 || !(isVowel(letters[i - 1]) || letters[i - 1] == "q")
  }

  private static func standsAlone(_ letters: [Unicode.Scalar], at i: Int) -> Bool {
    guard canBeUmlaut(letters[i]), i + 1 < letters.count, !isVowel(letters[i + 1]) else { return false }
    return i == 0 || !isVowel(letters[i - 1])
  }

  private static func canBeUmlaut(_ letter: Unicode.Scalar) -> Bool { "aou".unicodeScalars.contains(letter) }

  private static func isVowel(_ letter: Unicode.Scalar) -> Bool { "aeiou".unicodeScalars.contains(letter) }

  private static func text(_ letters: some Sequence<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(letters))
  }
}
