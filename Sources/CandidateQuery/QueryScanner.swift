/// Scans a query by its Unicode scalars. Full-width forms count as the ASCII that they look like, every kind of double
/// quote as `"`, and invisible separators as spaces. Positions are those of the query as typed.
struct QueryScanner {
  let scalars: [Unicode.Scalar]
  private(set) var position = 0
  /// The maximum number of consecutive marks that are kept, as in the Stream-Safe Text Format (UAX #15).
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
    // Marks of the direction of writing: they surround phone numbers that were copied from a telephone.
    case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{200E}", "\u{200F}", "\u{061C}": " "
    default: scalar.properties.generalCategory == .control ? " " : scalar
    }
  }

  var isAtEnd: Bool { position >= scalars.count }

  /// The scalars that have not been read.
  var rest: ArraySlice<Unicode.Scalar> { scalars[min(position, scalars.count)...] }

  func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    position + ahead < scalars.count ? scalars[position + ahead] : nil
  }

  mutating func advance(_ count: Int = 1) { position += count }

  /// Whether the rest begins with a text.
  func isAt(_ text: String) -> Bool {
    rest.starts(with: text.unicodeScalars)
  }

  mutating func take(_ text: String) -> Bool {
    guard isAt(text) else { return false }
    position += text.unicodeScalars.count
    return true
  }

  mutating func skipSpaces() { skip { $0.isQuerySpace } }

  mutating func skip(while isSkipped: (Unicode.Scalar) -> Bool) {
    while let scalar = peek(), isSkipped(scalar) { position += 1 }
  }

  /// Takes the text up to the first scalar that ends it.
  mutating func take(until ends: (Unicode.Scalar) -> Bool) -> String {
    let start = position
    skip { !ends($0) }
    return text(from: start)
  }

  /// The text from a position to the current one. Of consecutive marks at most `maximumMarks` are kept: no word has
  /// more, and comparing and hashing a string takes quadratic time in their number.
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

  /// Takes an operator in capitals; false if a character of a word follows it.
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

  /// Whether the scalar is a letter. Looking properties up takes longer than parsing an ASCII word.
  var isAlphabetic: Bool {
    isASCII ? ("a"..."z").contains(self) || ("A"..."Z").contains(self) : properties.isAlphabetic
  }

  /// Whether the scalar cannot be part of a word without quotes.
  var endsWord: Bool { isQuerySpace || self == "(" || self == ")" || self == "\"" || self == "|" }
}

extension String {
  /// The text without what counts as spaces at its end, or at both ends.
  func trimmedOfSpaces(atStart: Bool = true) -> String {
    let scanned = QueryScanner(self).scalars
    guard let last = scanned.lastIndex(where: { !$0.isQuerySpace }) else { return "" }
    let first = atStart ? scanned.firstIndex { !$0.isQuerySpace } ?? 0 : 0
    if first == 0, last == scanned.count - 1 { return self }
    return String(String.UnicodeScalarView(unicodeScalars.dropFirst(first).prefix(last + 1 - first)))
  }
}
