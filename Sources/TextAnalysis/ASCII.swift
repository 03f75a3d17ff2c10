extension StringProtocol {
  /// Whether the text contains a character of ASCII. `contains` with a string would call Foundation, which
  /// takes some microseconds.
  @inlinable package func holds(_ sign: Unicode.Scalar) -> Bool { utf8.contains(UInt8(ascii: sign)) }
}

/// Looking up the properties of a character takes longer than reading an ASCII word.
extension String {
  /// Whether the text contains white space.
  package var containsWhiteSpace: Bool {
    isASCII
      ? utf8.contains { $0 == 0x20 || (0x09...0x0D).contains($0) }
      : unicodeScalars.contains(where: \.properties.isWhitespace)
  }

  /// Whether all characters of the text are letters.
  package var isOfLetters: Bool {
    isASCII
      ? utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 } : allSatisfy(\.isLetter)
  }

  /// Whether a character of the text is a number.
  package var containsNumber: Bool {
    isASCII ? utf8.contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } : contains(where: \.isNumber)
  }

  private var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}

/// Fast paths of folding for ASCII, as most texts are: no Unicode table is read. Public so that they are inlined, as
/// `ByteBuffer` is.
public enum ASCII {
  /// A byte in lower case; white space as a space, nil for other control characters.
  @inlinable @inline(__always) public static func folded(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 0x20
    case 0x09...0x0D: 0x20
    case 0x00..<0x20, 0x7F: nil
    default: byte
    }
  }

  /// What `folded` returns for each byte; zero for nil.
  public static let foldings = ByteTable { folded($0) ?? 0 }

  /// Whether all bytes are ASCII.
  @inlinable public static func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var all: UInt8 = 0
    for byte in text { all |= byte }
    return all < 0x80
  }
}

/// A byte for each byte, made once. An array would be retained and its bounds checked at every access.
public struct ByteTable: Sendable {
  /// Never freed, nor changed.
  @usableFromInline nonisolated(unsafe) let bytes: UnsafePointer<UInt8>

  package init(_ value: (UInt8) -> UInt8) {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    for byte in UInt8.min...UInt8.max { bytes[Int(byte)] = value(byte) }
    self.bytes = UnsafePointer(bytes)
  }

  /// The byte for a byte.
  @inlinable @inline(__always) public subscript(byte: UInt8) -> UInt8 { bytes[Int(byte)] }
}
