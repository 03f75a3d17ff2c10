/// How records are put together: UTF-8 appended to a buffer that its caller keeps.
extension [UInt8] {
  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Appends text as it stands between the quotes of JSON.
  mutating func appendEscaped(_ text: some Sequence<UInt8>) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): append(#"\""#)
      case UInt8(ascii: "\\"): append(#"\\"#)
      case UInt8(ascii: "\n"): append(#"\n"#)
      case UInt8(ascii: "\r"): append(#"\r"#)
      case UInt8(ascii: "\t"): append(#"\t"#)
      case 0..<0x20:
        append(#"\u00"#)
        appendHex(UInt64(byte), digits: 2)
      default: append(byte)
      }
    }
  }

  /// Appends a JSON string whose content is escaped already.
  mutating func appendQuoted(_ escaped: some Collection<UInt8>) {
    append(UInt8(ascii: "\""))
    append(contentsOf: escaped)
    append(UInt8(ascii: "\""))
  }

  /// Appends a JSON string, or null for an empty one.
  mutating func appendQuotedOrNull(_ escaped: some Collection<UInt8>) {
    if escaped.isEmpty { append("null") } else { appendQuoted(escaped) }
  }

  mutating func appendBool(_ value: Bool?) {
    switch value {
    case true?: append("true")
    case false?: append("false")
    case nil: append("null")
    }
  }

  /// Appends a number in decimal, with zeros before it up to the width.
  mutating func appendDecimal(_ value: Int, width: Int = 1) {
    var divisor = 1
    var digits = 1
    while digits < width || value / divisor >= 10 {
      divisor *= 10
      digits += 1
    }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends the lowest digits in lower-case hex.
  mutating func appendHex(_ value: UInt64, digits: Int) {
    var shift = digits * 4
    while shift > 0 {
      shift -= 4
      let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }

  /// Makes the ASCII letters from a position on capitals (or small), leaving escapes alone.
  mutating func changeCase(from start: Int, toUpper: Bool) {
    let first = toUpper ? UInt8(ascii: "a") : UInt8(ascii: "A")
    var position = start
    while position < count {
      if self[position] == UInt8(ascii: "\\") {
        position += 1
      } else if self[position] >= first, self[position] < first + 26 {
        self[position] ^= 0x20
      }
      position += 1
    }
  }
}
