import CandidateQuery
import TextAnalysis

/// Writes filter terms into a document, each followed by a space.
struct FilterTermWriter {
  let bytes: ByteBuffer

  /// Adds the term of a value.
  func add(_ kind: TermPrefix, _ value: String) {
    var value = value
    value.withUTF8 { add(kind, $0) }
  }

  /// Adds the term of a value in UTF-8.
  func add(_ kind: TermPrefix, _ value: UnsafeBufferPointer<UInt8>) {
    bytes.append(kind.prefix)
    addValue(value, isHashed: kind.isHashed)
  }

  /// Adds the term of a custom field's value.
  func add(_ field: CustomField, _ value: String) {
    bytes.append(TermPrefix.custom.prefix)
    bytes.append(Array(field.description.utf8))
    bytes.append(FilterTerm.separatorBytes)
    var value = value
    value.withUTF8 { addValue($0, isHashed: false) }
  }

  /// Adds the term of two phonetic codes, which are in ASCII.
  func add(_ kind: TermPrefix, coarse: String, fine: String) {
    bytes.append(kind.prefix)
    addLowercased(coarse)
    bytes.append(FilterTerm.separatorBytes)
    addLowercased(fine)
    end()
  }

  private func addLowercased(_ letters: String) {
    for letter in letters.utf8 { bytes.append(letter | 0x20) }
  }

  /// Adds the term of a whole value, from its tokens with spaces between.
  func add(_ kind: TermPrefix, words: UnsafeBufferPointer<UInt8>) {
    bytes.append(kind.prefix)
    addWords(words)
    end()
  }

  /// Adds a term for each token of a text. A gap between values remains a gap.
  func add(_ kind: TermPrefix, eachOf tokens: UnsafeBufferPointer<UInt8>) {
    for token in tokens.split(separator: 0x20) {
      let token = UnsafeBufferPointer(rebasing: token)
      if !token.elementsEqual(FilterTerm.separatorBytes) { bytes.append(kind.prefix) }
      bytes.append(token)
      end()
    }
  }

  /// Adds a term for each two tokens of a text that follow one another. A pair that is longer than
  /// `FilterTerm.maximumLength` has none.
  func add(_ kind: TermPrefix, pairsOf tokens: UnsafeBufferPointer<UInt8>) {
    var previous: Slice<UnsafeBufferPointer<UInt8>>?
    for token in tokens.split(separator: 0x20) {
      let isGap = token.elementsEqual(FilterTerm.separatorBytes)
      if !isGap, let previous, previous.count + token.count <= FilterTerm.maximumLength {
        bytes.append(kind.prefix)
        bytes.append(UnsafeBufferPointer(rebasing: previous))
        bytes.append(FilterTerm.separatorBytes)
        bytes.append(UnsafeBufferPointer(rebasing: token))
        end()
      }
      previous = isGap ? nil : token
    }
  }

  /// Adds the bytes of a term.
  func add(_ token: [UInt8]) {
    bytes.append(token)
    end()
  }

  private func end() { bytes.append(0x20) }

  private func addValue(_ value: UnsafeBufferPointer<UInt8>, isHashed: Bool) {
    let start = bytes.count
    if value.count <= FilterTerm.maximumLength, ASCII.isASCII(value) {
      Self.appendKey(value, to: bytes)
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
    Self.appendKey(UnsafeBufferPointer(rebasing: words[..<end]), to: bytes)
  }

  /// Appends a text without its case and surplus space, with separators between its words. Bytes that are not
  /// ASCII stay as they are.
  static func appendKey(_ text: UnsafeBufferPointer<UInt8>, to bytes: ByteBuffer) {
    bytes.append(atMost: text.count * FilterTerm.separatorBytes.count) { out in
      var length = 0
      var isBetweenWords = false
      for byte in text {
        guard let folded = ASCII.folded(byte) else { continue }
        if folded == 0x20 {
          isBetweenWords = length > 0
          continue
        }
        if isBetweenWords {
          for byte in FilterTerm.separatorBytes {
            out[length] = byte
            length += 1
          }
          isBetweenWords = false
        }
        out[length] = folded
        length += 1
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
