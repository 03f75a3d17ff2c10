/// Rewrites a word of Latin letters to symbols of sounds: `LetterRules` for names of every record, where time
/// matters.
///
/// The syntax is that of `LetterRules`: `letters: symbols` or `before<letters>after: symbols`, with `^` and
/// `$` for the ends of the word, `V` for a vowel and `C` for a consonant. The longest rule that matches is
/// applied, then the one with the most conditions. A letter without a rule disappears.
///
/// Cost: one pass. The rules are plain values in one array, and the word is read and written in place, so that
/// nothing is allocated.
struct SoundRules: Sendable {
  /// More symbols than a rule writes for a letter.
  static let maximumSymbolsPerLetter = 4

  private struct Rule {
    /// Where the letters begin in `texts`, then the symbols.
    let start: UInt16
    let letterCount: UInt8
    let symbolCount: UInt8
    /// The letters that may precede and follow, a bit each; bit 26 is an end of the word.
    let before: UInt32
    let after: UInt32
  }

  private var rules: [Rule] = []
  private var texts: [UInt8] = []
  /// The rules that can match a letter and the one after it (or the end) are
  /// `rules[starts[pair]..<starts[pair + 1]]`.
  private var starts: [Int] = [0]

  private static let edge: UInt32 = 1 << 26
  private static let anything: UInt32 = (1 << 27) - 1

  init(_ table: String) {
    var parsed = table.split(separator: "\n").compactMap(SourceRule.init)
    parsed.sort { ($0.letters.count, $0.conditionCount) > ($1.letters.count, $1.conditionCount) }
    let compiled = parsed.map { rule in
      defer { texts += rule.letters + rule.symbols }
      return Rule(
        start: UInt16(texts.count), letterCount: UInt8(rule.letters.count),
        symbolCount: UInt8(rule.symbols.count),
        before: rule.before.map { Self.mask($0, edge: "^") } ?? Self.anything,
        after: rule.after.map { Self.mask($0, edge: "$") } ?? Self.anything)
    }
    for first in 0..<26 {
      for second in 0...26 {
        for (source, rule) in zip(parsed, compiled) where Self.index(source.letters[0]) == first {
          let matches =
            source.letters.count > 1
            ? Self.index(source.letters[1]) == second : rule.after & 1 << UInt32(second) != 0
          if matches { rules.append(rule) }
        }
        starts.append(rules.count)
      }
    }
  }

  @inline(__always)
  private static func index(_ letter: UInt8) -> Int { Int(letter &- UInt8(ascii: "a")) }

  private static func mask(_ context: Substring, edge end: Unicode.Scalar) -> UInt32 {
    var mask: UInt32 = 0
    for scalar in context.unicodeScalars {
      switch scalar {
      case end: mask |= edge
      case "V": mask |= letters("aeiouy")
      case "C": mask |= letters("bcdfghjklmnpqrstvwxz")
      default: mask |= letters(String(scalar))
      }
    }
    return mask
  }

  private static func letters(_ text: String) -> UInt32 {
    text.utf8.reduce(0) { $0 | 1 << UInt32($1 - UInt8(ascii: "a")) }
  }

  /// Writes the symbols of a word and returns their number.
  ///
  /// - Parameters:
  ///   - word: letters from `a` to `z` only.
  ///   - symbols: at least `maximumSymbolsPerLetter` bytes for each letter.
  func rewrite(
    _ word: UnsafeBufferPointer<UInt8>, to symbols: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    rules.withUnsafeBufferPointer { rules in
      texts.withUnsafeBufferPointer { texts in
        starts.withUnsafeBufferPointer { starts in
          var count = 0
          var i = 0
          while i < word.count {
            let pair = Self.index(word[i]) * 27 + (i + 1 < word.count ? Self.index(word[i + 1]) : 26)
            var candidate = starts[pair]
            let end = starts[pair + 1]
            while candidate < end, !Self.matches(rules[candidate], texts: texts, word: word, at: i) {
              candidate += 1
            }
            guard candidate < end else {
              i += 1
              continue
            }
            let rule = rules[candidate]
            let first = Int(rule.start) + Int(rule.letterCount)
            for k in first..<first + Int(rule.symbolCount) where count < symbols.count {
              symbols[count] = texts[k]
              count += 1
            }
            i += Int(rule.letterCount)
          }
          return count
        }
      }
    }
  }

  /// Whether a rule of the pair of letters at `start` applies there.
  @inline(__always)
  private static func matches(
    _ rule: Rule, texts: UnsafeBufferPointer<UInt8>, word: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> Bool {
    let length = Int(rule.letterCount)
    let end = start + length
    guard end <= word.count else { return false }
    var k = 2
    while k < length {
      if word[start + k] != texts[Int(rule.start) + k] { return false }
      k += 1
    }
    let previous = start > 0 ? 1 << UInt32(index(word[start - 1])) : edge
    let next = end < word.count ? 1 << UInt32(index(word[end])) : edge
    return rule.before & previous != 0 && rule.after & next != 0
  }
}

/// A line of the table of `SoundRules`.
private struct SourceRule {
  let letters: [UInt8]
  let symbols: [UInt8]
  let before: Substring?
  let after: Substring?

  var conditionCount: Int { (before == nil ? 0 : 1) + (after == nil ? 0 : 1) }

  init?(line: Substring) {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    symbols = line[line.index(after: colon)...].utf8.filter { $0 != UInt8(ascii: " ") }
    let parts = line[..<colon].split(omittingEmptySubsequences: false) { $0 == "<" || $0 == ">" }
    letters = Array((parts.count == 3 ? parts[1] : line[..<colon]).utf8)
    before = parts.count == 3 && !parts[0].isEmpty ? parts[0] : nil
    after = parts.count == 3 && !parts[2].isEmpty ? parts[2] : nil
    if letters.isEmpty { return nil }
  }
}
