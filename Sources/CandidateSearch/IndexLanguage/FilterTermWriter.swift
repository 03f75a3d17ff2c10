import CandidateQuery
import TextAnalysis

/// Writes filter terms into a document, each followed by a space.
package struct FilterTermWriter {
  package let bytes: ByteBuffer
  /// The bytes of a separator, each by itself: references to an array would be counted for every term.
  private let separator: (UInt8, UInt8, UInt8)

  package init(bytes: ByteBuffer) {
    self.bytes = bytes
    let separator = FilterTerm.separatorBytes
    self.separator = (separator[0], separator[1], separator[2])
  }

  /// Adds the term of a value.
  package func add(_ kind: TermPrefix, _ value: String) {
    var value = value
    value.withUTF8 { add(kind, $0) }
  }

  /// Adds the term of a value in UTF-8.
  package func add(_ kind: TermPrefix, _ value: UnsafeBufferPointer<UInt8>) {
    begin(kind)
    addValue(value, isHashed: kind.isHashed)
  }

  /// Adds the term of a custom field's value.
  package func add(_ field: CustomField, _ value: String) {
    begin(.custom)
    bytes.append(Array(field.description.utf8))
    appendSeparator()
    var value = value
    value.withUTF8 { addValue($0, isHashed: false) }
  }

  /// Adds the term of two phonetic codes, which are in ASCII.
  package func add(_ kind: TermPrefix, coarse: String, fine: String) {
    begin(kind)
    addLowercased(coarse)
    appendSeparator()
    addLowercased(fine)
    end()
  }

  private func addLowercased(_ letters: String) {
    for letter in letters.utf8 { bytes.append(letter | 0x20) }
  }

  /// Adds the term of a whole value, from its tokens with spaces between.
  package func add(_ kind: TermPrefix, words: UnsafeBufferPointer<UInt8>) {
    begin(kind)
    addWords(words)
    end()
  }

  /// Adds a term for each token of a text. A gap between values remains a gap.
  package func add(_ kind: TermPrefix, eachOf tokens: UnsafeBufferPointer<UInt8>) {
    Self.forEachToken(of: tokens) { token, isGap in
      if !isGap { begin(kind) }
      bytes.append(token)
      end()
    }
  }

  /// Adds a term for each two tokens of a text that follow one another. A pair that is longer than
  /// `FilterTerm.maximumLength` has none.
  package func add(_ kind: TermPrefix, pairsOf tokens: UnsafeBufferPointer<UInt8>) {
    var previous: UnsafeBufferPointer<UInt8>?
    Self.forEachToken(of: tokens) { token, isGap in
      if !isGap, let previous, previous.count + token.count <= FilterTerm.maximumLength {
        begin(kind)
        bytes.append(previous)
        appendSeparator()
        bytes.append(token)
        end()
      }
      previous = isGap ? nil : token
    }
  }

  /// Calls a function with each token of a text and whether it is a gap.
  private static func forEachToken(
    of text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>, _ isGap: Bool) -> Void
  ) {
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count, text[end] != 0x20 { end += 1 }
      if end > start {
        let token = UnsafeBufferPointer(rebasing: text[start..<end])
        body(token, token.count == 3 && token.elementsEqual(FilterTerm.separatorBytes))
      }
      start = end + 1
    }
  }

  /// Adds the bytes of a term.
  package func add(_ token: UnsafeBufferPointer<UInt8>) {
    bytes.append(token)
    end()
  }

  private func begin(_ kind: TermPrefix) {
    appendSeparator()
    bytes.append(kind.letter)
  }

  private func appendSeparator() { bytes.append(atMost: Self.separatorLength, write(separatorTo:)) }

  @inline(__always) private func write(separatorTo out: UnsafeMutablePointer<UInt8>) -> Int {
    (out[0], out[1], out[2]) = separator
    return Self.separatorLength
  }

  private static let separatorLength = 3

  private func end() { bytes.append(0x20) }

  private func addValue(_ value: UnsafeBufferPointer<UInt8>, isHashed: Bool) {
    let start = bytes.count
    if value.count <= FilterTerm.maximumLength, ASCII.isASCII(value) {
      appendKey(value)
    } else {
      var folded: [UInt8] = []
      Folding.fold(String(decoding: value, as: UTF8.self), to: &folded)
      folded.withUnsafeBufferPointer(addWords)
    }
    if isHashed { hash(from: start) }
    end()
  }

  /// Appends words with separators instead of the spaces between, at most `FilterTerm.maximumLength` bytes of
  /// them.
  private func addWords(_ words: UnsafeBufferPointer<UInt8>) {
    var end = min(words.count, FilterTerm.maximumLength)
    // Not within a character.
    while end < words.count, end > 0, words[end] & 0xC0 == 0x80 { end -= 1 }
    appendKey(UnsafeBufferPointer(rebasing: words[..<end]))
  }

  /// Appends a text without its case and surplus space, with separators between its words. Bytes that are not
  /// ASCII stay as they are.
  private func appendKey(_ text: UnsafeBufferPointer<UInt8>) {
    let foldings = ASCII.foldings
    bytes.append(atMost: text.count * Self.separatorLength) { out in
      var length = 0
      var isBetweenWords = false
      for byte in text {
        let folded = foldings[byte]
        if folded > 0x20 {
          if isBetweenWords {
            length += write(separatorTo: out + length)
            isBetweenWords = false
          }
          out[length] = folded
          length += 1
        } else if folded == 0x20 {
          isBetweenWords = length > 0
        }
      }
      return length
    }
  }

  /// Replaces the bytes from an offset by their hash, in digits of base 32.
  private func hash(from start: Int) {
    let hash = Hash128(UnsafeRawBufferPointer(bytes.suffix(from: start)))
    bytes.truncate(to: start)
    for var word in [hash.prefix, hash.suffix] {
      bytes.append(atMost: Self.digitsPerWord) { digits in
        for i in 0..<Self.digitsPerWord {
          digits[i] = Self.digits[Int(word & 31)]
          word >>= 5
        }
        return Self.digitsPerWord
      }
    }
  }

  /// 64 bits at 5 bits a digit.
  private static let digitsPerWord = 13

  private static let digits = Array("0123456789abcdefghijklmnopqrstuv".utf8)
}
