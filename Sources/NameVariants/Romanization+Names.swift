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
    for run in runs(of: tokens, part: part) where words.count < maximumWords { words += romanized(run) }
    return words
  }

  /// The ways to read a whole name in a script for which `latin` has no rules, each with all of its words: a name in Chinese
  /// characters may be Chinese or Japanese. The Arabic article is left out. None if any token is in Latin letters, Cyrillic or
  /// Greek, or if a part of the name cannot be read.
  ///
  /// - Parameter tokens: folded tokens, in their order; of more than 16, there is no way.
  package static func readings(of tokens: [String]) -> [[RomanizedWord]] {
    guard (1...maximumWords).contains(tokens.count) else { return [] }
    var readings: [[RomanizedWord]] = [[]]
    for run in runs(of: tokens, part: .whole) {
      let ofRun = Self.readings(of: run)
      readings = readings.flatMap { before in ofRun.map { before + $0 } }
      if readings.isEmpty || readings.count > maximumReadings { return [] }
    }
    return readings
  }

  private static let maximumReadings = 4

  private static func readings(of run: NameRun) -> [[RomanizedWord]] {
    let letters = run.letters
    switch run.script {
    case .other, .cyrillicOrGreek: return []
    case .han where run.part == .whole: return hanReadings(letters).compactMap(completeWords)
    case .hangul where run.part == .whole: return [koreanSpellings(letters)].compactMap(completeWords)
    // The last word: the article may come before it.
    default: return romanized(run).last.map { [[$0]] } ?? []
    }
  }

  /// The words of a reading; nil if one of them has no spelling.
  private static func completeWords(_ spellings: [[String]]) -> [RomanizedWord]? {
    spellings.contains(where: \.isEmpty) ? nil : spellings.map(RomanizedWord.init)
  }

  /// A part of a name that is one word or, as a whole name without spaces, several.
  private struct NameRun {
    let text: String
    let script: NameScript
    let part: NamePart

    var letters: [Unicode.Scalar] { Array(text.unicodeScalars.prefix(NameDistance.maximumLetters)) }
  }

  private static func runs(of tokens: [String], part: NamePart) -> [NameRun] {
    var runs: [NameRun] = []
    var i = 0
    while i < tokens.count {
      let script = NameScript(of: tokens[i])
      var end = i + 1
      if script.joinsTokens {
        while end < tokens.count, script == NameScript(of: tokens[end]) { end += 1 }
      }
      // Kana after Chinese characters are the given name.
      let isSurname = script == .han && end < tokens.count && NameScript(of: tokens[end]) == .kana
      runs.append(
        NameRun(
          text: tokens[i..<end].joined(), script: script, part: isSurname && part == .whole ? .family : part))
      i = end
    }
    return runs
  }

  private static let maximumWords = 16

  private static func romanized(_ run: NameRun) -> [RomanizedWord] {
    let (text, letters, part) = (run.text, run.letters, run.part)
    switch run.script {
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
    case .whole: return words(koreanSpellings(syllables))
    }
  }

  /// The spellings of a surname and of the given name after it, if there is one.
  private static func koreanSpellings(_ syllables: [Unicode.Scalar]) -> [[String]] {
    let length = hangulSurnameLength(syllables)
    let (surname, given) = (Array(syllables.prefix(length)), Array(syllables.dropFirst(length)))
    return [hangulSurname(surname)] + (given.isEmpty ? [] : [hangul(given)])
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
