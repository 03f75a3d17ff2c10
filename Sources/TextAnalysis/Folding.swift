/// Makes spellings that differ only in case, accents, width or Unicode normal form equal.
///
/// The result is lower case without diacritics, in compatibility decomposition (Hangul in whole syllables).
/// Punctuation stays, apostrophes and dashes as `'` and `-`; control and invisible characters disappear; any
/// white space is one U+0020.
package enum Folding {
  /// The folded scalars of what is indexed of a text.
  package static func fold(_ text: String) -> [Unicode.Scalar] {
    let text = IndexedText.prefix(of: text)
    if let ascii = FoldedText(ascii: text, offset: nil) { return ascii.scalars }
    return ScalarFoldings.fold(text)?.usual
      ?? FoldedText(DecomposedText(text, offset: nil), by: .usual).scalars
  }

  /// Appends what is indexed of a text, folded, in UTF-8.
  package static func fold(_ text: String, to bytes: inout [UInt8]) {
    var text = IndexedText.prefix(of: text)
    let isDone = text.withUTF8 { utf8 in
      guard utf8.allSatisfy({ $0 < 0x80 }) else { return false }
      for byte in utf8 {
        if let folded = ASCII.folded(byte) { bytes.append(folded) }
      }
      return true
    }
    if !isDone { for scalar in fold(text) { bytes.append(contentsOf: UTF8.encode(scalar) ?? .init()) } }
  }

  /// How letters are folded that some languages replace by two.
  package enum Rule {
    /// As any letter with a diacritic: `ü` is `u`.
    case usual
    /// ä, ö, ü, ø, å as ae, oe, ue, oe, aa, as German, Danish and Swedish replace them.
    case digraphs
  }

  /// Whether decomposed scalars contain a letter that the rule `digraphs` folds in its own way.
  package static func containDigraphs(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    scalars.contains { $0 == "\u{308}" || $0 == "\u{30A}" || $0 == "ø" || $0 == "Ø" }
  }

  /// Appends a decomposed scalar, folded by a rule.
  package static func append(_ scalar: Unicode.Scalar, to folded: inout [Unicode.Scalar], by rule: Rule) {
    if rule == .digraphs, appendDigraph(scalar, to: &folded) { return }
    append(scalar, to: &folded)
  }

  /// Makes a digraph of a scalar and the one before it; returns false where they make none.
  private static func appendDigraph(_ scalar: Unicode.Scalar, to folded: inout [Unicode.Scalar]) -> Bool {
    switch (folded.last, scalar) {
    case ("a", "\u{308}"), ("o", "\u{308}"), ("u", "\u{308}"): folded.append("e")
    case ("a", "\u{30A}"): folded.append("a")
    case (_, "ø"), (_, "Ø"): folded.append(contentsOf: ["o", "e"])
    default: return false
    }
    return true
  }

  private static func append(_ scalar: Unicode.Scalar, to folded: inout [Unicode.Scalar]) {
    if scalar.isASCII {
      if let byte = ASCII.folded(UInt8(scalar.value)) { folded.append(Unicode.Scalar(byte)) }
      return
    }
    if isDropped(scalar) || composeHangul(scalar, with: &folded) { return }
    if let replacement = replacements[scalar] {
      folded.append(contentsOf: replacement.unicodeScalars)
    } else if scalar.properties.isWhitespace {
      folded.append(" ")
    } else if let digit = scalar.properties.numericType == .decimal ? scalar.properties.numericValue : nil {
      folded.append(Unicode.Scalar(UInt8(ascii: "0") + UInt8(digit)))
    } else {
      for lower in scalar.properties.lowercaseMapping.unicodeScalars where !isDropped(lower) {
        folded.append(contentsOf: replacements[lower].map { Array($0.unicodeScalars) } ?? [lower])
      }
    }
  }

  /// Whether a scalar disappears: accents, vowel points that are not always written, and characters without a
  /// shape. The vowel signs of Indic scripts and Thai and the voicing marks of kana distinguish words, and
  /// stay.
  private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0300...0x036F, 0x0483...0x0489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF,
      0xFE20...0xFE2F:
      true
    case 0x0591...0x05BD, 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7: true  // Hebrew points
    case 0x0610...0x061A, 0x0640, 0x064B...0x065F, 0x0670, 0x06D6...0x06ED: true  // Arabic marks, tatweel
    case 0xE000...0xF8FF: true  // private use, so that callers can separate tokens by it
    default:
      scalar.properties.isDefaultIgnorableCodePoint
        || scalar.properties.generalCategory == .control
        || scalar.properties.generalCategory == .format
    }
  }

  /// Letters that Unicode does not decompose, and punctuation that people use interchangeably.
  private static let replacements: [Unicode.Scalar: String] = [
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ȷ": "j", "ŋ": "n",
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ĸ": "k", "ſ": "s", "ə": "e", "ς": "σ",
    "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "ʻ": "'", "´": "'", "′": "'", "＇": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"",
  ]

  /// Composes Hangul (The Unicode Standard, 3.12): people search by syllables.
  private static func composeHangul(_ scalar: Unicode.Scalar, with folded: inout [Unicode.Scalar]) -> Bool {
    guard let last = folded.last?.value else { return false }
    if (0x1161...0x1175).contains(scalar.value), (0x1100...0x1112).contains(last) {
      return replaceLast(0xAC00 + ((last - 0x1100) * 21 + scalar.value - 0x1161) * 28)
    }
    if (0x11A8...0x11C2).contains(scalar.value), (0xAC00...0xD7A3).contains(last), (last - 0xAC00) % 28 == 0 {
      return replaceLast(last + scalar.value - 0x11A7)
    }
    return false

    func replaceLast(_ value: UInt32) -> Bool {
      guard let syllable = Unicode.Scalar(value) else { return false }
      folded[folded.count - 1] = syllable
      return true
    }
  }
}
