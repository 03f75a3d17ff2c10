/// Reads a JSON string (RFC 8259, section 7).
enum JSONString {
  /// The text that a string with its quotes means; nil for anything else, invalid UTF-8 and lone surrogates included.
  static func text(_ spelled: ArraySlice<UInt8>) -> String? {
    guard spelled.count >= 2, spelled.first == quote, spelled.last == quote else { return nil }
    let content = spelled.dropFirst().dropLast()
    guard content.contains(backslash) else { return String(validating: content, as: UTF8.self) }
    var text: [UInt8] = []
    var rest = content
    while let byte = rest.popFirst() {
      if byte != backslash {
        text.append(byte)
      } else if let escape = rest.popFirst(), let scalar = scalar(escape, &rest) {
        text.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
      } else {
        return nil
      }
    }
    return String(validating: text, as: UTF8.self)
  }

  private static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  private static func scalar(_ escape: UInt8, _ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    switch escape {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case quote, backslash, UInt8(ascii: "/"): return Unicode.Scalar(escape)
    case UInt8(ascii: "u"): break
    default: return nil
    }
    guard let unit = hexadecimal(&rest) else { return nil }
    guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) }
    guard rest.popFirst() == backslash, rest.popFirst() == UInt8(ascii: "u"), let trail = hexadecimal(&rest),
      UTF16.isTrailSurrogate(trail)
    else { return nil }
    return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
  }

  private static func hexadecimal(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
    let digits = rest.prefix(4)
    guard digits.count == 4, digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else {
      return nil
    }
    rest = rest.dropFirst(4)
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
