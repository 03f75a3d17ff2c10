import TextAnalysis

/// The tokens of a column, as `ColumnText` writes them, with the range of the value that each comes from.
struct ColumnTokens {
  private struct Token {
    /// Its range in `bytes`.
    let bytes: Range<Int>
    /// The number of the value that it comes from.
    let value: Int
    /// Its range in the value, in bytes of UTF-8; empty for a gap.
    let source: Range<Int>
  }

  private var tokens: [Token] = []
  /// The tokens, each followed by a space.
  private let bytes = ByteBuffer(capacity: 256)
  /// For each value, the range of the tokens of its words' usual forms.
  private var usual: [Range<Int>] = []
  private let values: [String]

  /// Analyses the values of a column.
  ///
  /// - Parameter wanted: Values that contain none of these sets are left out, unless they are plain text.
  init(_ values: [String], as kind: TextKind = .prose, lookingFor wanted: [LetterSet]? = nil) {
    self.values = values
    let offsets = TokenOffsets()
    var text = ColumnText(in: bytes, offsets)
    var numbers: [Int] = []
    var otherNumbers: [Int] = []
    for (i, value) in values.enumerated() {
      var value = IndexedText.prefix(of: value)
      let start = offsets.ranges.count
      value.withUTF8 { utf8 in
        _ = text.append(utf8, as: kind) {
          if let wanted, !LetterSet(utf8).containsAny(of: wanted) { return nil }
          let analyzed = AnalyzedValue(
            String(decoding: utf8, as: UTF8.self), as: kind, withOffsets: true)
          otherNumbers += repeatElement(i, count: analyzed.otherRanges.count)
          return analyzed
        }
      }
      let end = offsets.ranges.count
      numbers += repeatElement(i, count: end - start)
      // The first token is a gap, except in the first value.
      usual.append(min(start + (start > 0 ? 1 : 0), end)..<end)
    }
    text.finish()
    addTokens(from: zip(numbers + otherNumbers, offsets.ranges))
  }

  private mutating func addTokens(from sources: some Sequence<(Int, Range<Int>)>) {
    var start = 0
    for (value, source) in sources {
      let end = bytes.all[start...].firstIndex(of: 0x20) ?? bytes.count
      tokens.append(Token(bytes: start..<end, value: value, source: source))
      start = end + 1
    }
  }

  var indices: Range<Int> { tokens.indices }

  /// The first byte of a token.
  func firstByte(_ i: Int) -> UInt8 { bytes.all[tokens[i].bytes.lowerBound] }

  /// A token.
  func text(_ i: Int) -> String { String(decoding: bytes.all[tokens[i].bytes], as: UTF8.self) }

  /// The number of the value that a token comes from.
  func value(_ i: Int) -> Int { tokens[i].value }

  /// Whether a phrase begins at a token.
  func contains(_ phrase: TokenPhrase, at start: Int) -> Bool {
    guard start + phrase.tokens.count <= tokens.count else { return false }
    return phrase.tokens.indices.allSatisfy { i in
      let token = UnsafeBufferPointer(rebasing: bytes.all[tokens[start + i].bytes])
      return phrase.isOpen(i) ? token.starts(with: phrase.tokens[i]) : token.elementsEqual(phrase.tokens[i])
    }
  }

  /// The ranges in the value of the tokens of a phrase that begins at a token.
  func ranges(of phrase: TokenPhrase, at start: Int) -> [Range<Int>] {
    tokens[start..<(start + phrase.tokens.count)].map(\.source)
  }

  // MARK: - Whole values

  /// A value and its marked range, in bytes of UTF-8.
  struct Mark {
    let value: Int
    let range: Range<Int>
  }

  /// The values whose filter term matches one of these phrases. All of a value is marked; for a prefix, the words that
  /// it contains in full or in part.
  func marks(of phrases: [TokenPhrase], _ prefix: TermPrefix) -> [Mark] {
    if phrases.isEmpty { return [] }
    return values.indices.flatMap { value -> [Mark] in
      guard let term = filterTerm(prefix, of: value) else { return [] }
      return phrases.filter { $0.matches(term) }.map { phrase in
        guard phrase.isOpen(0) else { return Mark(value: value, range: 0..<values[value].utf8.count) }
        let words = usual[value].prefix(phrase.wordCount).map { tokens[$0].source }
        return Mark(value: value, range: words[0].lowerBound..<words[words.count - 1].upperBound)
      }
    }
  }

  /// The filter term of a whole value; nil if the value contains no words.
  private func filterTerm(_ prefix: TermPrefix, of value: Int) -> [UInt8]? {
    guard let first = usual[value].first, let last = usual[value].last else { return nil }
    let writer = FilterTermWriter(bytes: ByteBuffer())
    let words = bytes.all[tokens[first].bytes.lowerBound...tokens[last].bytes.upperBound]
    writer.add(prefix, words: UnsafeBufferPointer(rebasing: words))
    return Array(writer.bytes.all.dropLast())
  }
}
