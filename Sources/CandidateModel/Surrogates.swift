/// Half characters: `\ud83d` with no `\udxxx` after it is no character of Unicode.
enum Surrogates {
  /// A copy of a JSON text (with `padding` more bytes) in which every lone surrogate escape is `\ufffd`; nil if
  /// there is none. The copy is as long as the text, so that places in it stay right.
  static func repaired(_ bytes: UnsafeRawBufferPointer, padding: Int) -> [CChar]? {
    var copy = [CChar](repeating: 0, count: bytes.count + padding)
    for (i, byte) in bytes.enumerated() { copy[i] = CChar(bitPattern: byte) }
    var changed = false
    var i = 0
    while i + 1 < bytes.count {
      guard bytes[i] == UInt8(ascii: "\\") else {
        i += 1
        continue
      }
      guard let unit = escape(bytes, at: i), (0xD800...0xDFFF).contains(unit) else {
        i += 2
        continue
      }
      if unit < 0xDC00, let low = escape(bytes, at: i + 6), (0xDC00...0xDFFF).contains(low) {
        i += 12
        continue
      }
      for (k, byte) in "\\ufffd".utf8.enumerated() { copy[i + k] = CChar(bitPattern: byte) }
      changed = true
      i += 6
    }
    return changed ? copy : nil
  }

  /// The code unit of the escape `\uXXXX` at a place.
  private static func escape(_ bytes: UnsafeRawBufferPointer, at i: Int) -> UInt32? {
    guard i + 6 <= bytes.count, bytes[i] == UInt8(ascii: "\\"), bytes[i + 1] == UInt8(ascii: "u") else {
      return nil
    }
    var unit: UInt32 = 0
    for byte in bytes[(i + 2)..<(i + 6)] {
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }
}
