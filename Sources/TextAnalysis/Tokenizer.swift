/// Splits a folded text into words.
///
/// - Letters, digits and the marks that belong to them make a token. A Chinese, Japanese, Korean or Thai
///   character is a token of its own, so that a part of a name finds it.
/// - An apostrophe, hyphen, full stop or `&` between letters joins the tokens of one word (`O'Brien`,
///   `AT&T`).
/// - `+` and `#` stay with the letters before them (`C++`, `F#`), and `.NET` keeps its dot.
/// - Everything else separates words.
package enum Tokenizer {
  /// In scalars. Longer tokens are cut: FTS5 would keep them whole, and no query contains them.
  package static let maximumTokenLength = 64

  static func split(_ text: FoldedText) -> AnalyzedText {
    let scalars = text.scalars
    var result = AnalyzedText()
    var word = WordBuilder()
    var previous: Unicode.Scalar?
    for (i, scalar) in scalars.enumerated() {
      let next = i + 1 < scalars.count ? scalars[i + 1] : nil
      switch CharacterClass(scalar) {
      case .letter:
        if word.endsInSuffix { word.finish(into: &result, of: text) }
        word.append(scalar, at: i)
      case .mark: word.appendMark(scalar, at: i)
      case .character:
        if word.isFull { word.finish(into: &result, of: text) }
        word.appendCharacter(scalar, at: i)
      case .joiner where joins(previous, next) && !word.isFull: word.join(scalar)
      case .suffix where word.takesSuffix(scalar, next: next): word.append(scalar, at: i)
      case .joiner where scalar == "." && beginsDotNet(scalars[(i + 1)...]) && word.isEmpty:
        word.append(scalar, at: i)
      default: word.finish(into: &result, of: text)
      }
      previous = scalar
    }
    word.finish(into: &result, of: text)
    return result
  }

  private static func joins(_ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
    guard let previous, let next else { return false }
    let before = CharacterClass(previous)
    return before != .separator && before != .joiner && CharacterClass(next).isWordCharacter
  }

  private static func beginsDotNet(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    guard rest.starts(with: "net".unicodeScalars) else { return false }
    return rest.dropFirst(3).first.map { !CharacterClass($0).isWordCharacter } ?? true
  }
}

/// What a folded character does to the words of a text.
package enum CharacterClass {
  /// Part of a token.
  case letter
  /// Belongs to the token before it.
  case mark
  /// A token of its own.
  case character
  /// Joins two tokens to one word if it is between them.
  case joiner
  /// Stays with the letters before it.
  case suffix
  /// Ends a word.
  case separator

  package var isWordCharacter: Bool { self == .letter || self == .character || self == .mark }

  package init(_ scalar: Unicode.Scalar) {
    if scalar.isASCII {
      switch UInt8(truncatingIfNeeded: scalar.value) {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): self = .letter
      case UInt8(ascii: "'"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "&"): self = .joiner
      case UInt8(ascii: "+"), UInt8(ascii: "#"): self = .suffix
      default: self = .separator
      }
      return
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      self = Self.isUnspaced(scalar) ? .character : .letter
    case .nonspacingMark, .spacingMark, .enclosingMark: self = .mark
    default: self = .separator
    }
  }

  /// Whether a script writes no spaces between words (or is Hangul, where a given name follows without one).
  private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true  // Thai, Lao, Burmese, Khmer
    case 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF: true  // kana
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true  // ideographs
    case 0xAC00...0xD7A3, 0x1100...0x11FF, 0x3130...0x318F: true  // Hangul
    default: false
    }
  }
}
