/// Which part of a name a text is. Scripts without spaces between words leave the border to a rule.
package enum NamePart: Sendable {
  case given, family
  /// A surname and a given name, in the order of the script: the surname first in Chinese, Japanese, Korean.
  case whole
}

/// A word of a name in another script.
package struct RomanizedWord: Hashable, Sendable {
  /// Its usual Latin spellings, the most usual first, at least one and at most `maximumSpellings`.
  package let spellings: [String]

  package static let maximumSpellings = 8

  init(spellings: [String]) {
    self.spellings = Array(spellings.prefix(Self.maximumSpellings))
  }
}

extension Romanization {
  /// The words of a name that are not in Latin letters, each with its usual Latin spellings.
  ///
  /// Consecutive characters of Hangul, kana, Chinese or Thai make one word (Min and Su make minsu). The Arabic
  /// article is a word of its own, and is also written together with the word after it.
  ///
  /// Letters that a table does not contain make no word. Words after about 16 are left out. Cost: one pass for each scheme of a script.
  ///
  /// - Parameters:
  ///   - tokens: folded tokens of the text, in their order.
  ///   - part: which part of the name the text is.
  package static func words(of tokens: [String], part: NamePart) -> [RomanizedWord] {
    var words: [RomanizedWord] = []
    var i = 0
    while i < tokens.count, words.count < maximumWords {
      let script = NameScript(of: tokens[i])
      var end = i + 1
      if script.joinsTokens {
        while end < tokens.count, script == NameScript(of: tokens[end]) { end += 1 }
      }
      // Kana after Chinese characters are the given name.
      let isSurname = script == .han && end < tokens.count && NameScript(of: tokens[end]) == .kana
      words += romanized(
        tokens[i..<end].joined(), script: script, part: isSurname && part == .whole ? .family : part)
      i = end
    }
    return words
  }

  /// The words of a name in a script for which `latin` has no rules, each with its usual Latin spellings; none if any token is
  /// in Latin letters, Cyrillic or Greek, or contains a character that no table has.
  ///
  /// - Parameter tokens: folded tokens, in their order.
  package static func latinWords(of tokens: [String]) -> [RomanizedWord] {
    let scripts = tokens.map(NameScript.init)
    if scripts.contains(.other) || scripts.contains(.cyrillicOrGreek) { return [] }
    return words(of: tokens, part: .whole)
  }

  private static let maximumWords = 16

  private static func romanized(_ text: String, script: NameScript, part: NamePart) -> [RomanizedWord] {
    let letters = Array(text.unicodeScalars.prefix(NameDistance.maximumLetters))
    switch script {
    case .hangul: return korean(letters, part: part)
    case .han: return han(letters, part: part)
    case .arabic: return arabic(text)
    case .kana: return words([kana(letters)])
    case .thai: return words([thai(letters)])
    case .indic: return words([indic(text)])
    case .hebrew: return words([hebrew(text)])
    case .georgian, .armenian: return words([latinByLetter(letters)])
    case .cyrillicOrGreek: return words([latin(text)])
    case .other: return []
    }
  }

  private static func korean(_ syllables: [Unicode.Scalar], part: NamePart) -> [RomanizedWord] {
    switch part {
    case .given: return words([hangul(syllables)])
    case .family: return words([hangulSurname(syllables)])
    case .whole:
      let length = hangulSurnameLength(syllables)
      return words([
        hangulSurname(Array(syllables.prefix(length))), hangul(Array(syllables.dropFirst(length))),
      ])
    }
  }

  private static func words(_ spellings: [[String]]) -> [RomanizedWord] {
    spellings.filter { !$0.isEmpty }.map(RomanizedWord.init)
  }

  /// Without repetitions, in the same order.
  static func unique(_ spellings: [String]) -> [String] {
    spellings.reduce(into: []) { result, spelling in
      if !spelling.isEmpty, !result.contains(spelling) { result.append(spelling) }
    }
  }

  /// The spellings by name of a table that `NameLine` reads. The names are keys by their scalars, since hashing
  /// a string normalises it first.
  static func spellingTable(_ table: String) -> [[Unicode.Scalar]: [String]] {
    Dictionary(
      NameLine.lines(table).flatMap { line in line.names.map { (Array($0.unicodeScalars), line.forms) } },
      uniquingKeysWith: { $0 + $1 })
  }
}

/// The scripts of names that are romanized.
enum NameScript {
  case hangul, han, kana, thai, arabic, hebrew, indic, georgian, armenian, cyrillicOrGreek, other

  /// The script of a token's first character.
  init(of token: String) {
    guard let value = token.unicodeScalars.first?.value else {
      self = .other
      return
    }
    self = Self.ranges.first { $0.range.contains(value) }?.script ?? .other
  }

  /// Whether a token is a character, and the next tokens belong to the same word.
  var joinsTokens: Bool { self == .hangul || self == .han || self == .kana || self == .thai }

  private static let ranges: [(range: ClosedRange<UInt32>, script: NameScript)] = [
    (0x0370...0x052F, .cyrillicOrGreek), (0x0531...0x058F, .armenian), (0x0590...0x05FF, .hebrew),
    (0x0600...0x06FF, .arabic), (0x0750...0x077F, .arabic), (0x0900...0x0D7F, .indic),
    (0x0E00...0x0E7F, .thai), (0x10A0...0x10FF, .georgian), (0x3005...0x3007, .han),
    (0x3040...0x30FF, .kana), (0x3400...0x9FFF, .han), (0xAC00...0xD7A3, .hangul),
    (0xF900...0xFAFF, .han), (0x20000...0x3FFFF, .han),
  ]
}
