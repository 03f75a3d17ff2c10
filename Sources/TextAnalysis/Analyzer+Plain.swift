/// The fast path for plain text, as most is: letters and digits of ASCII, in words of one form.
extension Analyzer {
  /// Appends the tokens of a plain text in UTF-8, each followed by a space, and their offsets if they are wanted. Of
  /// any other text appends nothing and returns false.
  package static func appendPlainTokens(
    of text: UnsafeBufferPointer<UInt8>, as kind: TextKind = .prose, to bytes: ByteBuffer,
    _ offsets: TokenOffsets? = nil
  ) -> Bool {
    let count = offsets?.ranges.count ?? 0
    return IndexedText.withPrefix(of: text) { text in
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
    let classes = plainClasses
    var written = 0
    var length = 0
    var followsInitial = false
    // The byte after the last ends the last token.
    for i in 0...text.count {
      let byte = i < text.count ? classes[text[i]] : PlainClass.separator
      if byte > PlainClass.last {
        length += 1
        guard length <= Tokenizer.maximumTokenLength else { return nil }
        out[written] = byte
        written += 1
        continue
      }
      if byte == PlainClass.other || (byte == PlainClass.sign && !splitsAtEverySign) { return nil }
      guard length > 0 else { continue }
      // `J R Patel` has another form, `JR Patel`.
      let isInitial = length == 1 && out[written - 1] >= UInt8(ascii: "a")
      if isInitial, followsInitial { return nil }
      followsInitial = isInitial
      if let offsets { offsets.append((i - length)..<i) }
      length = 0
      out[written] = 0x20
      written += 1
    }
    return written
  }

  /// What a byte does to the words of a plain text, where it is no letter or digit.
  private enum PlainClass {
    /// A control character, or not ASCII.
    static let other: UInt8 = 0
    static let separator: UInt8 = 1
    /// May join tokens, or belong to one.
    static let sign: UInt8 = 2
    static let last = sign
  }

  /// The letter or digit that a byte is in lower case, or else its class.
  private static let plainClasses = ByteTable { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 0x20
    case 0x80..., 0x00..<0x20, 0x7F: PlainClass.other
    default:
      CharacterClass(Unicode.Scalar(byte)) == .separator ? PlainClass.separator : PlainClass.sign
    }
  }
}

/// Where tokens that were written one after another come from: ranges of bytes (UTF-8) in their texts.
package final class TokenOffsets {
  package private(set) var ranges: [Range<Int>] = []

  package init() {}

  package func append(_ range: Range<Int>) { ranges.append(range) }

  package func append(_ ranges: some Collection<Range<Int>>) { self.ranges += ranges }

  package func removeLast() { ranges.removeLast() }

  func truncate(to count: Int) { ranges.removeSubrange(count...) }
}
