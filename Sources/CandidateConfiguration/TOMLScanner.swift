/// The characters of a TOML text, with a position.
struct TOMLScanner {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var line = 1
  private var lineStart = 0

  /// A byte order mark at the beginning is skipped.
  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    if next == "\u{FEFF}" {
      position = 1
      lineStart = 1
    }
  }

  var isAtEnd: Bool { position == scalars.count }
  var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }
  var place: ConfigurationError.Place { .init(line: line, column: position - lineStart + 1) }

  /// Whether a line break is next: LF, or CR and LF.
  var isAtLineBreak: Bool { next == "\n" || follows("\r\n") }

  func follows(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= scalars.count else { return false }
    return (0..<count).allSatisfy { scalars[position + $0].value == UInt32(text.utf8Start[$0]) }
  }

  /// Moves over a character that is no line break.
  mutating func advance() { if position < scalars.count { position += 1 } }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  /// Takes a run of one character and returns its length.
  mutating func takeAll(_ scalar: Unicode.Scalar, atMost maximum: Int) -> Int {
    var count = 0
    while count < maximum, take(scalar) { count += 1 }
    return count
  }

  mutating func takeLineBreak() -> Bool {
    guard isAtLineBreak else { return false }
    position += next == "\r" ? 2 : 1
    line += 1
    lineStart = position
    return true
  }

  mutating func skipBlanks() {
    while next == " " || next == "\t" { position += 1 }
  }

  /// A name without quotes; empty if there is none.
  mutating func takeBareKey() -> String {
    taken { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_")
    }
  }

  /// What may be a number or `true`; empty if there is none.
  mutating func takeBareValue() -> String {
    taken { !$0.properties.isWhitespace && !",]}#=\"'[{".unicodeScalars.contains($0) }
  }

  private mutating func taken(_ belongs: (Unicode.Scalar) -> Bool) -> String {
    let start = position
    while let next, belongs(next) { position += 1 }
    return String(String.UnicodeScalarView(scalars[start..<position]))
  }

  /// Takes a backslash at the end of a line, with the white space around the line break.
  mutating func takeEscapedLineBreak() -> Bool {
    var end = self
    end.advance()
    end.skipBlanks()
    guard end.takeLineBreak() else { return false }
    repeat { end.skipBlanks() } while end.takeLineBreak()
    self = end
    return true
  }

  /// Takes an escape sequence and returns the character that it encodes; nil if it encodes none. NUL is no part of a text.
  mutating func takeEscape() -> Unicode.Scalar? {
    advance()
    guard let letter = next else { return nil }
    advance()
    switch letter {
    case "b": return "\u{8}"
    case "t": return "\t"
    case "n": return "\n"
    case "f": return "\u{C}"
    case "r": return "\r"
    case "\"", "\\": return letter
    case "u": return takeHexadecimal(4)
    case "U": return takeHexadecimal(8)
    default: return nil
    }
  }

  private mutating func takeHexadecimal(_ count: Int) -> Unicode.Scalar? {
    let digits = scalars[position...].prefix(count)
    guard digits.count == count, digits.allSatisfy({ $0.isASCII && $0.properties.isASCIIHexDigit }),
      let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16), value != 0
    else { return nil }
    position += count
    return Unicode.Scalar(value)
  }

  /// Whether TOML forbids a character in texts and comments.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\t" && (scalar.value < 0x20 || scalar.value == 0x7F)
  }

  /// A truth value or a whole number; nil for any other text.
  static func bareValue(_ text: String) -> ConfigurationValue.Kind? {
    switch text {
    case "true": .boolean(true)
    case "false": .boolean(false)
    default: integer(text).map { .integer($0) }
    }
  }

  /// A whole number as TOML writes it: `-1_000`, `0xFF`, `0o600`, `0b11`.
  private static func integer(_ text: String) -> Int? {
    let radixes: [(prefix: String, radix: Int)] = [("0x", 16), ("0o", 8), ("0b", 2)]
    for (prefix, radix) in radixes where text.hasPrefix(prefix) {
      return digits(text.dropFirst(2)).flatMap { Int($0, radix: radix) }
    }
    let isSigned = text.hasPrefix("-") || text.hasPrefix("+")
    guard let digits = digits(text.dropFirst(isSigned ? 1 : 0)),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), digits.utf8.count == 1 || !digits.hasPrefix("0")
    else { return nil }
    return Int((text.hasPrefix("-") ? "-" : "") + digits)
  }

  /// The text without its underscores, each of which must be between two digits; nil without a digit.
  private static func digits(_ text: Substring) -> String? {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    let isSound = parts.allSatisfy { part in
      !part.isEmpty && part.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isASCIIHexDigit }
    }
    return isSound ? parts.joined() : nil
  }
}
