/// Rewrites a word from left to right by a table of rules: the longest that matches at a letter is applied.
///
/// A rule `letters: replacement` applies anywhere. A rule `before<letters>after: replacement` applies after
/// one of the letters `before` and before one of `after`. There, `^` is the beginning of the word, `$` its
/// end, `V` a vowel and `C` a Latin consonant. A later rule with the same left side replaces an earlier one.
///
/// Cost: one look-up a letter, then one comparison for each rule that begins with it.
package struct LetterRules: Sendable {
  /// The lowest scalar value of a first letter.
  private let lowest: Int
  /// By the scalar value of the first letter, from the lowest to the highest of the tables; the longest first,
  /// then those with the most conditions.
  private let rules: [[LetterRule]]

  /// - Parameter tables: one rule a line.
  package init(_ tables: [String]) {
    var byPattern: [String: LetterRule] = [:]
    for line in tables.flatMap({ $0.split(separator: "\n") }) {
      let sides = line.split(separator: ":").map { $0.filter { $0 != " " } }
      guard let pattern = sides.first else { continue }
      byPattern[pattern] = LetterRule(pattern: pattern, replacement: sides.dropFirst().first ?? "")
    }
    let firstLetters = byPattern.values.map { Int($0.letters[0].value) }
    let lowest = firstLetters.min() ?? 0
    let count = firstLetters.max().map { $0 - lowest + 1 } ?? 0
    var rules = [[LetterRule]](repeating: [], count: count)
    for rule in byPattern.values { rules[Int(rule.letters[0].value) - lowest].append(rule) }
    self.lowest = lowest
    self.rules = rules.map {
      $0.sorted { ($0.letters.count, $0.conditionCount) > ($1.letters.count, $1.conditionCount) }
    }
  }

  /// The rewritten word; Latin letters without a rule stay. Nil if another letter has no rule.
  package func rewrite(_ word: [Unicode.Scalar]) -> [Unicode.Scalar]? {
    var result: [Unicode.Scalar] = []
    result.reserveCapacity(word.count + 8)
    var i = 0
    while i < word.count {
      let letter = Int(word[i].value) - lowest
      if rules.indices.contains(letter), let rule = rules[letter].first(where: { $0.matches(word, at: i) }) {
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
  /// One of these must precede; empty without condition.
  private let before: [Unicode.Scalar]
  /// One of these must follow; empty without condition.
  private let after: [Unicode.Scalar]

  /// Nil if the pattern has no letters.
  package init?(pattern: String, replacement: String) {
    let parts = pattern.split(omittingEmptySubsequences: false) { $0 == "<" || $0 == ">" }
    letters = Array((parts.count == 3 ? parts[1] : pattern[...]).unicodeScalars)
    self.replacement = Array(replacement.unicodeScalars)
    before = parts.count == 3 ? Self.context(parts[0]) : []
    after = parts.count == 3 ? Self.context(parts[2]) : []
    guard !letters.isEmpty else { return nil }
  }

  /// The number of its conditions.
  package var conditionCount: Int { (before.isEmpty ? 0 : 1) + (after.isEmpty ? 0 : 1) }

  /// Whether the rule applies at a letter of a word.
  package func matches(_ word: [Unicode.Scalar], at start: Int) -> Bool {
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
