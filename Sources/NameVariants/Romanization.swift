/// Names that are written in Cyrillic or Greek, and their many spellings in Latin letters.
///
/// The rules are the published ones in outline: for Cyrillic the international passport rule (ICAO 9303), the
/// geographic one (BGN/PCGN), the Ukrainian one of 2010, the South Slavic Latin alphabets, and what newspapers of
/// English, German and French write; for Greek ELOT 743 and how people spell themselves. Folding has already made
/// one letter of й and и, of ё and е, of ї and і, so the rules decide by the letters around.
///
/// Cost: of `latin`, a pass over the word for each scheme; of `skeleton`, three passes at most. The tables are read
/// once, on first use.
package enum Romanization {
  private static let mostSpellings = 6

  /// The usual Latin spellings of a word in Cyrillic or Greek, the most usual first, at most 6; empty for a word of
  /// another script, of several, or with letters that are not known.
  ///
  /// - Parameter word: a folded token.
  package static func latin(_ word: String) -> [String] {
    guard let script = Alphabet(of: word.unicodeScalars), script != .latin else { return [] }
    let schemes = script == .greek ? RomanizationScheme.greek : RomanizationScheme.cyrillic(word)
    var spellings = established[word] ?? []
    for scheme in schemes {
      guard let letters = scheme.rules.rewrite(Array(word.unicodeScalars)), !letters.isEmpty else { continue }
      let spelling = String(String.UnicodeScalarView(letters))
      if !spellings.contains(spelling) { spellings.append(spelling) }
    }
    return Array(spellings.prefix(mostSpellings))
  }

  /// Names whose usual spellings follow no rule.
  private static let established: [String: [String]] = Dictionary(
    NameLine.lines(establishedSpellings).flatMap { line in line.names.map { ($0, line.forms) } },
    uniquingKeysWith: +)
}
