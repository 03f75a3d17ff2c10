/// The scripts whose spellings of names are compared.
package enum Alphabet {
  case latin, cyrillic, greek

  /// The script of a folded word; nil where it has none of these, more than one, or digits and signs.
  package init?(of word: String.UnicodeScalarView) {
    guard let script = word.first.flatMap(Self.init(letter:)),
      word.allSatisfy({ Self(letter: $0) == script })
    else { return nil }
    self = script
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
