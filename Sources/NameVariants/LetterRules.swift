/// Rewrites a word from left to right by a table of rules: the longest that fits at a letter is applied.
///
/// A rule `letters: replacement` holds anywhere; in `before<letters>after: replacement` one of the letters `before`
/// must stand in front and one of `after` behind. There, `^` is the beginning of the word, `$` its end, `V` a vowel
/// and `C` a consonant of Latin script. A later rule for the same letters in the same place replaces an earlier one.
///
/// Cost: one look-up a letter, then a comparison for each rule that begins with it.
package struct LetterRules: Sendable {
  /// No letter of a table is beyond Cyrillic.
  private static let letterLimit = 0x530

  /// By the first letter's scalar value, the longest and the most narrow first.
  private let rules: [[LetterRule]]

  /// - Parameter tables: a rule a line.
  package init(_ tables: [String]) {
    var byPlace: [String: LetterRule] = [:]
    for line in tables.flatMap({ $0.split(separator: "\n") }) {
      let sides = line.split(separator: ":").map { $0.filter { $0 != " " } }
      guard let place = sides.first else { continue }
      byPlace[place] = LetterRule(place: place, replacement: sides.dropFirst().first ?? "")
    }
    var rules = [[LetterRule]](repeating: [], count: Self.letterLimit)
    for rule in byPlace.values where rule.letters[0].value < Self.letterLimit {
      rules[Int(rule.letters[0].value)].append(rule)
    }
    self.rules = rules.map { $0.sorted { ($0.letters.count, $0.contexts) > ($1.letters.count, $1.contexts) } }
  }

  /// The rewritten word. Letters of Latin script without a rule stay as they are; nil if there is another without.
  package func rewrite(_ word: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(word.count + 8)
    var i = 0
    while i < word.count {
      let letter = Int(word[i].value)
      if letter < Self.letterLimit, let rule = rules[letter].first(where: { $0.fits(word, at: i) }) {
        result.append(contentsOf: rule.replacement)
        i += rule.letters.count
      } else {
        guard word[i].isASCII else { return nil }
        result.append(word[i])
        i += 1
      }
    }
    return result
  }
}

/// A rule of `LetterRules`.
package struct LetterRule: Sendable {
  package let letters: [Unicode.Scalar]
  package let replacement: [Unicode.Scalar]
  /// What must stand in front and behind; empty where anything may.
  private let before: [Unicode.Scalar]
  private let after: [Unicode.Scalar]

  /// Nil where the place has no letters.
  package init?(place: String, replacement: String) {
    let parts = place.split(omittingEmptySubsequences: false) { $0 == "<" || $0 == ">" }
    letters = Array((parts.count == 3 ? parts[1] : place[...]).unicodeScalars)
    self.replacement = Array(replacement.unicodeScalars)
    before = parts.count == 3 ? Self.context(parts[0]) : []
    after = parts.count == 3 ? Self.context(parts[2]) : []
    guard !letters.isEmpty else { return nil }
  }

  /// How many of its sides are bound.
  package var contexts: Int { (before.isEmpty ? 0 : 1) + (after.isEmpty ? 0 : 1) }

  package func fits(_ word: [Unicode.Scalar], at start: Int) -> Bool {
    let end = start + letters.count
    guard end <= word.count else { return false }
    for i in 1..<max(1, letters.count) where word[start + i] != letters[i] { return false }
    return (before.isEmpty || before.contains(start > 0 ? word[start - 1] : "^"))
      && (after.isEmpty || after.contains(end < word.count ? word[end] : "$"))
  }

  private static func context(_ letters: Substring) -> [Unicode.Scalar] {
    letters.unicodeScalars.flatMap { letter in
      switch letter {
      case "V": Array("aeiouyаеиоуыэюяієαεηιουω".unicodeScalars)
      case "C": Array("bcdfghjklmnpqrstvwxz".unicodeScalars)
      default: [letter]
      }
    }
  }
}
