extension StringProtocol {
  /// Whether the text contains a character of ASCII. `contains` with a string would call Foundation, which
  /// takes some microseconds.
  package func holds(_ sign: Unicode.Scalar) -> Bool { utf8.contains(UInt8(ascii: sign)) }
}

/// Fast paths of folding for ASCII, as most texts are: no Unicode table is read.
package enum ASCII {
  /// A byte in lower case; white space as a space, nil for other control characters.
  @inlinable @inline(__always) package static func folded(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 0x20
    case 0x09...0x0D: 0x20
    case 0x00..<0x20, 0x7F: nil
    default: byte
    }
  }

  @inlinable package static func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var all: UInt8 = 0
    for byte in text { all |= byte }
    return all < 0x80
  }
}
