import TextAnalysis

/// Latin spellings of names in Cyrillic or Greek.
///
/// The rules follow the published ones in outline: for Cyrillic the international passport rule (ICAO 9303),
/// the geographic one (BGN/PCGN), the Ukrainian one of 2010, the South Slavic Latin alphabets, and what
/// newspapers of English, German and French write; for Greek ELOT 743 and how people spell themselves.
/// Folding makes one letter of й and и, of ё and е, of ї and і, so the rules decide by the letters around.
///
/// Other scripts have tables of their own. ICU's Latin transform, measured on the 732 names of
/// `benchmarks/relevance/scripts.txt`, makes a usual spelling of 42 % of them and these tables of 90 %: it writes no
/// vowels for Arabic and Hebrew, reads Japanese as Chinese, and knows no usual spellings of Korean and Thai. Equal fine
/// codes have 61 and 96 %.
///
/// Cost: `latin` makes one pass over the word for each scheme, `skeleton` at most three passes. The tables
/// are parsed once, on first use.
package enum Romanization {
  private static let maximumSpellings = 6

  /// The usual Latin spellings of a word in Cyrillic or Greek, the most usual first, at most 6; empty for a
  /// word of another alphabet, of several, or with unknown letters.
  ///
  /// - Parameter word: a folded token.
  package static func latin(_ word: String) -> [String] {
    guard let alphabet = Alphabet(of: word.unicodeScalars), alphabet != .latin else { return [] }
    let schemes = alphabet == .greek ? RomanizationScheme.greek : RomanizationScheme.cyrillic(word)
    var spellings = established[word] ?? []
    for scheme in schemes {
      guard let letters = scheme.rules.rewrite(Array(word.unicodeScalars)), !letters.isEmpty else { continue }
      let spelling = String(scalars: letters)
      if !spellings.contains(spelling) { spellings.append(spelling) }
    }
    return Array(spellings.prefix(maximumSpellings))
  }

  /// Names whose usual spellings follow no rule.
  private static let established: [String: [String]] = Dictionary(
    NameLine.lines(establishedSpellings).flatMap { line in line.names.map { ($0, line.forms) } },
    uniquingKeysWith: +)
}

/// The alphabets whose spellings of names are compared.
package enum Alphabet {
  case latin, cyrillic, greek

  /// The alphabet of a folded word; nil if it has another, more than one, or characters that are no letters.
  package init?(of word: String.UnicodeScalarView) {
    guard let alphabet = word.first.flatMap(Self.init(letter:)),
      word.allSatisfy({ Self(letter: $0) == alphabet })
    else { return nil }
    self = alphabet
  }

  private init?(letter: Unicode.Scalar) {
    switch letter.value {
    case 0x61...0x7A: self = .latin
    case 0x0430...0x052F: self = .cyrillic
    case 0x03B1...0x03C9: self = .greek
    default: return nil
    }
  }
}
