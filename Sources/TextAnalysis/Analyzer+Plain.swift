/// The fast path for plain text, as most is: letters and digits of ASCII, in words of one form.
extension Analyzer {
  /// Appends the tokens of a plain text, each followed by a space, and their offsets if they are wanted. Of
  /// any other text appends nothing and returns false.
  package static func appendPlainTokens(
    of text: String, as kind: TextKind = .prose, to bytes: ByteBuffer, _ offsets: TokenOffsets? = nil
  ) -> Bool {
    var text = IndexedText.prefix(of: text)
    let count = offsets?.ranges.count ?? 0
    return text.withUTF8 { text in
      var isPlain = true
      bytes.append(atMost: text.count + 1) { out in
        let length = writePlainTokens(of: text, as: kind, to: out, offsets)
        isPlain = length != nil
        return length ?? 0
      }
      if !isPlain { offsets?.truncate(to: count) }
      return isPlain
    }
  }

  /// Returns the number of bytes written; nil if the text is not plain.
  private static func writePlainTokens(
    of text: UnsafeBufferPointer<UInt8>, as kind: TextKind, to out: UnsafeMutablePointer<UInt8>,
    _ offsets: TokenOffsets?
  ) -> Int? {
    let splitsAtEverySign = kind == .address
    var written = 0
    var length = 0
    var followsInitial = false
    var isLetter = false
    // The byte after the last ends the last token.
    for i in 0...text.count {
      let byte = i < text.count ? text[i] : 0x20
      switch plainClasses[Int(byte)] {
      case .letter, .digit:
        isLetter = plainClasses[Int(byte)] == .letter
        length += 1
        guard length <= Tokenizer.maximumTokenLength else { return nil }
        out[written] = byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
        written += 1
      case .sign where !splitsAtEverySign, .other: return nil
      case .sign, .separator:
        guard length > 0 else { continue }
        // `J R Patel` has another form, `JR Patel`.
        let isInitial = length == 1 && isLetter
        if isInitial, followsInitial { return nil }
        followsInitial = isInitial
        if let offsets { offsets.append((i - length)..<i) }
        length = 0
        out[written] = 0x20
        written += 1
      }
    }
    return written
  }

  private enum PlainClass: UInt8 {
    case letter, digit, separator
    /// May join tokens, or belong to one.
    case sign
    /// A control character, or not ASCII.
    case other
  }

  private static let plainClasses: [PlainClass] = (UInt8.min...UInt8.max).map { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): .letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case 0x80..., 0x00..<0x20, 0x7F: .other
    default: CharacterClass(Unicode.Scalar(byte)) == .separator ? .separator : .sign
    }
  }
}

/// Where tokens that were written one after another come from: ranges of bytes (UTF-8) in their texts.
package final class TokenOffsets {
  package private(set) var ranges: [Range<Int>] = []

  package init() {}

  package func append(_ range: Range<Int>) { ranges.append(range) }

  package func append(_ ranges: [Range<Int>]) { self.ranges += ranges }

  package func removeLast() { ranges.removeLast() }

  func truncate(to count: Int) { ranges.removeSubrange(count...) }
}
