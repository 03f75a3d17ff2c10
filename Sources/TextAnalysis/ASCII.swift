extension StringProtocol {
  /// Whether it holds a sign of ASCII. (`contains` with a string asks Foundation, which takes some microseconds.)
  package func holds(_ sign: Unicode.Scalar) -> Bool { utf8.contains(UInt8(ascii: sign)) }
}

/// The rules of text preparation where a text is ASCII, as most are: no Unicode table need be asked.
package enum ASCII {
  /// A byte without its case; white space as a space, nil for other control characters.
  package static func folded(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 0x20
    case 0x09...0x0D: 0x20
    case 0x00..<0x20, 0x7F: nil
    default: byte
    }
  }

  package static func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var all: UInt8 = 0
    for byte in text { all |= byte }
    return all < 0x80
  }

  /// Appends the tokens of what is indexed of a text, each followed by a space, if all of its words are plain: letters and digits of
  /// ASCII with one form each. Otherwise appends nothing; the text is `WordSplitter`'s.
  package static func appendPlainTokens(of text: String, splitsAtEverySign: Bool, to bytes: ByteBuffer)
    -> Bool
  {
    var text = IndexedText.prefix(of: text)
    return text.withUTF8 { text in
      var isPlain = true
      bytes.append(atMost: text.count + 1) { out in
        let length = appendTokens(text, splitsAtEverySign, to: out)
        isPlain = length != nil
        return length ?? 0
      }
      return isPlain
    }
  }

  /// Gives the number of bytes; nil where a word is not plain.
  private static func appendTokens(
    _ text: UnsafeBufferPointer<UInt8>, _ splitsAtEverySign: Bool, to out: UnsafeMutablePointer<UInt8>
  ) -> Int? {
    var written = 0
    var length = 0
    var followsInitial = false
    var isLetter = false
    // One more byte, which ends the last token.
    for i in 0...text.count {
      let byte = i < text.count ? text[i] : 0x20
      switch kinds[Int(byte)] {
      case .letter, .digit:
        isLetter = kinds[Int(byte)] == .letter
        length += 1
        guard length <= WordChunk.maximumTokenLength else { return nil }
        out[written] = byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
        written += 1
      case .sign where !splitsAtEverySign, .other: return nil
      case .sign, .separator:
        guard length > 0 else { continue }
        // `J R Patel` is also found as `JR Patel`.
        let isInitial = length == 1 && isLetter
        if isInitial, followsInitial { return nil }
        followsInitial = isInitial
        length = 0
        out[written] = 0x20
        written += 1
      }
    }
    return written
  }

  private enum Kind: UInt8 {
    case letter, digit, separator
    /// May join tokens, or belong to one.
    case sign
    /// A control character, or no ASCII.
    case other
  }

  private static let kinds: [Kind] = (UInt8.min...UInt8.max).map { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): .letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case 0x80..., 0x00..<0x20, 0x7F: .other
    default: CharacterRole(Unicode.Scalar(byte)) == .separator ? .separator : .sign
    }
  }
}
