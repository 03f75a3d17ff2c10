/// Walks over a query's scalars. Full-width forms count as the ASCII that they look like, every kind of double
/// quote as `"`, and invisible separators as spaces; places stay those of the query as typed.
struct QueryScanner {
  let scalars: [Unicode.Scalar]
  private(set) var position = 0
  /// As in the Stream-Safe Text Format (UAX #15).
  private static let maximumMarks = 30

  init(_ query: String) {
    scalars = query.unicodeScalars.map(Self.normalized)
  }

  private static func normalized(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar }
    return switch scalar {
    case "\u{FF01}"..."\u{FF5E}": Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    case "“", "”", "„", "‟", "«", "»", "‹", "›", "〝", "〞", "〟", "「", "」": "\""
    case "\u{3000}", "\u{200B}", "\u{FEFF}", "\u{2060}": " "
    // Marks of the direction of writing, which surround numbers that were copied from a telephone.
    case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{200E}", "\u{200F}", "\u{061C}": " "
    default: scalar.properties.generalCategory == .control ? " " : scalar
    }
  }

  var isAtEnd: Bool { position >= scalars.count }

  /// What has not been read.
  var rest: ArraySlice<Unicode.Scalar> { scalars[min(position, scalars.count)...] }

  func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    position + ahead < scalars.count ? scalars[position + ahead] : nil
  }

  mutating func advance(_ count: Int = 1) { position += count }

  /// Whether the text that begins here is this.
  func isAt(_ text: String) -> Bool {
    rest.starts(with: text.unicodeScalars)
  }

  mutating func take(_ text: String) -> Bool {
    guard isAt(text) else { return false }
    position += text.unicodeScalars.count
    return true
  }

  mutating func skipSpaces() {
    while let scalar = peek(), scalar.isQuerySpace { position += 1 }
  }

  /// Everything up to a scalar that ends it.
  mutating func take(until ends: (Unicode.Scalar) -> Bool) -> String {
    let start = position
    while let scalar = peek(), !ends(scalar) { position += 1 }
    return text(from: start)
  }

  /// What was read from a place. Of marks in a row only the first are kept: no word has more, and Swift compares and
  /// hashes texts at the square of their number.
  func text(from start: Int) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(position - start)
    var marks = 0
    for scalar in scalars[start..<position] {
      if scalar.isASCII {
        marks = 0
        bytes.append(UInt8(scalar.value))
      } else {
        marks = scalar.properties.canonicalCombiningClass == .notReordered ? 0 : marks + 1
        if marks <= Self.maximumMarks { bytes += UTF8.encode(scalar) ?? .init() }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A word operator: capitals, not followed by a character of a word.
  mutating func takeOperator(_ word: String) -> Bool {
    guard isAt(word) else { return false }
    if let next = peek(word.unicodeScalars.count), !next.isQuerySpace, !next.endsWord { return false }
    position += word.unicodeScalars.count
    return true
  }
}

extension Unicode.Scalar {
  var isQuerySpace: Bool {
    isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
  }

  /// What cannot be part of a bare word.
  var endsWord: Bool { isQuerySpace || self == "(" || self == ")" || self == "\"" || self == "|" }
}
