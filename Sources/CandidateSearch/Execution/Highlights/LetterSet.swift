import TextAnalysis

/// The letters and digits that a text may contain, in any of its forms, as a bitset. A value is not analysed if it
/// lacks letters of every word.
struct LetterSet: Hashable {
  private let bits: UInt64

  init(_ text: String) {
    var bits = text.unicodeScalars.reduce(0) { $0 | Self.bits($1) }
    // `dotnet` also finds `.NET`.
    if text.utf8.contains(UInt8(ascii: ".")) { bits |= Self.bits("d") | Self.bits("o") }
    self.bits = bits
  }

  init(ofToken token: [UInt8]) {
    bits = token.reduce(0) { $0 | ($1 < 0x80 ? Self.bits(Unicode.Scalar($1)) : Self.others) }
  }

  /// Whether it is a superset of any of these sets; true without sets.
  func containsAny(of sets: [LetterSet]?) -> Bool {
    sets?.contains { $0.bits & ~bits == 0 } ?? true
  }

  /// The bit of all letters beyond ASCII.
  private static let others: UInt64 = 1 << 63
  private static let digits: UInt64 = 0x3FF << 26

  private static func bits(_ scalar: Unicode.Scalar) -> UInt64 {
    switch scalar.value {
    case 0x61...0x7A: 1 << UInt64(scalar.value - 0x61)
    case 0x41...0x5A: 1 << UInt64(scalar.value - 0x41)
    case 0x30...0x39: 1 << UInt64(26 + scalar.value - 0x30)
    case ..<0x80: 0
    // Greek, Cyrillic, the scripts of India …: their digits are folded to those of ASCII.
    case 0x0370...0x1CFF: others | digits
    case 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7A3: others
    // Anything else may fold to Latin letters.
    default: .max
    }
  }
}
