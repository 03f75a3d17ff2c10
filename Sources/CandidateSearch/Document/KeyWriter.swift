import CandidateQuery

/// Writes keys as FTS5 is given them, each with a space behind it.
struct KeyWriter {
  private(set) var bytes: [UInt8] = []

  /// The key of a value.
  mutating func add(_ kind: KeyKind, _ value: String) {
    bytes += kind.prefix
    let start = bytes.count
    Folding.fold(value, to: &bytes)
    settle(from: start)
    if kind.isHashed { hash(from: start) }
    end()
  }

  /// The key of a custom field's value.
  mutating func add(_ field: CustomField, _ value: String) {
    bytes += KeyKind.custom.prefix
    bytes += field.description.utf8
    bytes += Key.separatorBytes
    let start = bytes.count
    Folding.fold(value, to: &bytes)
    settle(from: start)
    end()
  }

  /// The key of a whole value, from its tokens with spaces between.
  mutating func add(_ kind: KeyKind, words: ArraySlice<UInt8>) {
    bytes += kind.prefix
    let start = bytes.count
    bytes += words
    settle(from: start)
    end()
  }

  /// A key for each of a text's tokens. What keeps two values apart does so here too.
  mutating func add(_ kind: KeyKind, eachOf tokens: [UInt8]) {
    for token in tokens.split(separator: 0x20) {
      if !token.elementsEqual(Key.separatorBytes) { bytes += kind.prefix }
      bytes += token
      end()
    }
  }

  /// A key that was written before.
  mutating func add(_ token: [UInt8]) {
    bytes += token
    end()
  }

  private mutating func end() { bytes.append(0x20) }

  /// Puts separators for the spaces between the words that begin at a place, and cuts what is too long.
  private mutating func settle(from start: Int) {
    var end = min(bytes.count, start + Key.maximumLength)
    // A character is not cut in two.
    while end < bytes.count, end > start, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    bytes.removeSubrange(end...)
    guard bytes[start...].contains(0x20) else { return }
    let words = bytes[start...].split(separator: 0x20)
    bytes.removeSubrange(start...)
    for (i, word) in words.enumerated() {
      if i > 0 { bytes += Key.separatorBytes }
      bytes += word
    }
  }

  /// Puts the hash of what begins at a place in its stead, in digits of base 32.
  private mutating func hash(from start: Int) {
    var hash = bytes[start...].withUnsafeBytes { UInt64(bitPattern: ContentHash.hash($0, without: nil)) }
    bytes.removeSubrange(start...)
    for _ in 0..<13 {
      bytes.append(Self.digits[Int(hash & 31)])
      hash >>= 5
    }
  }

  private static let digits = Array("0123456789abcdefghijklmnopqrstuv".utf8)
}
