import TextAnalysis

/// What a column of the index holds of some values, token for token as `ColumnText` writes it, and where each token
/// comes from.
struct PlacedColumn {
  private struct Token {
    /// Where it stands in `bytes`.
    let bytes: Range<Int>
    /// Which value it comes from.
    let value: Int
    /// Where in that value; empty for a gap.
    let place: Range<Int>
  }

  private var tokens: [Token] = []
  /// The tokens, each with a space behind it.
  private let bytes = ByteBuffer(capacity: 256)
  /// For each value, the tokens of its words' usual forms.
  private var usual: [Range<Int>] = []
  private let values: [String]

  /// The column of some values. Where it is known what is looked for, those without are left out.
  init(_ values: [String], isAddress: Bool = false, lookingFor wanted: [LetterSet]? = nil) {
    self.values = values
    var others: [(value: Int, forms: [PlacedToken])] = []
    for (i, value) in values.enumerated() {
      let value = IndexedText.prefix(of: value)
      let start = tokens.count
      if !addPlain(value, i, isAddress), LetterSet(value).containsAny(of: wanted) {
        let words = isAddress ? WordSplitter.placedWordsOfAddress(value) : WordSplitter.placedWords(value)
        if start > 0, !words.isEmpty { addGap() }
        for word in words { add(word.usual, i) }
        others += Self.otherForms(of: words).map { (i, $0) }
      }
      usual.append(min(start + (start > 0 ? 1 : 0), tokens.count)..<tokens.count)
    }
    for (value, forms) in others {
      addGap()
      add(forms, value)
    }
  }

  var indices: Range<Int> { tokens.indices }

  /// What a token begins with.
  func firstByte(_ i: Int) -> UInt8 { bytes.all[tokens[i].bytes.lowerBound] }

  /// Which value a token comes from.
  func value(_ i: Int) -> Int { tokens[i].value }

  /// Whether a phrase begins at a token.
  func holds(_ phrase: TokenPhrase, at start: Int) -> Bool {
    guard start + phrase.tokens.count <= tokens.count else { return false }
    return phrase.tokens.indices.allSatisfy { i in
      let token = UnsafeBufferPointer(rebasing: bytes.all[tokens[start + i].bytes])
      return phrase.isOpen(i) ? token.starts(with: phrase.tokens[i]) : token.elementsEqual(phrase.tokens[i])
    }
  }

  /// Where the tokens of a phrase that begins at a token come from.
  func places(of phrase: TokenPhrase, at start: Int) -> [Range<Int>] {
    tokens[start..<(start + phrase.tokens.count)].map(\.place)
  }

  // MARK: - Whole values

  /// Where values stand whose key one of some phrases takes: all of a value, or the words that the beginning of a key
  /// reaches.
  func places(of phrases: [TokenPhrase], _ kind: TermPrefix) -> [(value: Int, place: Range<Int>)] {
    if phrases.isEmpty { return [] }
    return values.indices.flatMap { value -> [(value: Int, place: Range<Int>)] in
      guard let key = key(kind, of: value) else { return [] }
      return phrases.filter { $0.takes(key) }.map { phrase in
        guard phrase.isOpen(0) else { return (value, 0..<values[value].utf8.count) }
        let words = usual[value].prefix(phrase.wordCount).map { tokens[$0].place }
        return (value, words[0].lowerBound..<words[words.count - 1].upperBound)
      }
    }
  }

  /// The key of a whole value; nil if it holds no words.
  private func key(_ kind: TermPrefix, of value: Int) -> [UInt8]? {
    guard let first = usual[value].first, let last = usual[value].last else { return nil }
    let writer = FilterTermWriter(bytes: ByteBuffer())
    let words = bytes.all[tokens[first].bytes.lowerBound...tokens[last].bytes.upperBound]
    writer.add(kind, words: UnsafeBufferPointer(rebasing: words))
    return Array(writer.bytes.all.dropLast())
  }

  // MARK: - Writing

  /// Adds a value if all of its words are plain: runs of letters and digits of ASCII.
  private mutating func addPlain(_ value: String, _ number: Int, _ isAddress: Bool) -> Bool {
    let start = bytes.count
    let gap = tokens.isEmpty ? 0 : FilterTerm.separatorBytes.count + 1
    if gap > 0 { WordForms.addGap(to: bytes) }
    guard ASCII.appendPlainTokens(of: value, splitsAtEverySign: isAddress, to: bytes),
      bytes.count > start + gap
    else {
      bytes.truncate(to: start)
      return false
    }
    if gap > 0 { noteGap(at: start) }
    var next = start + gap
    var length = 0
    for (i, byte) in value.utf8.enumerated() {
      if Self.isPlain(byte) {
        length += 1
      } else if length > 0 {
        note(length, endingAt: i)
      }
    }
    if length > 0 { note(length, endingAt: value.utf8.count) }
    return true

    func note(_ count: Int, endingAt end: Int) {
      tokens.append(Token(bytes: next..<(next + count), value: number, place: (end - count)..<end))
      next += count + 1
      length = 0
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  private mutating func add(_ added: [PlacedToken], _ value: Int) {
    for token in added {
      let start = bytes.count
      bytes.append(Array(token.text.utf8))
      tokens.append(Token(bytes: start..<bytes.count, value: value, place: token.place))
      bytes.append(0x20)
    }
  }

  private mutating func addGap() {
    noteGap(at: bytes.count)
    WordForms.addGap(to: bytes)
  }

  private mutating func noteGap(at start: Int) {
    tokens.append(Token(bytes: start..<(start + FilterTerm.separatorBytes.count), value: 0, place: 0..<0))
  }

  /// The forms that stand behind the usual ones, each with its neighbours: what `WordForms.others` holds.
  private static func otherForms(of words: [PlacedWord]) -> [[PlacedToken]] {
    var forms: [[PlacedToken]] = []
    func add(_ form: [PlacedToken], for place: ClosedRange<Int>) {
      let before = place.lowerBound > 0 ? words[place.lowerBound - 1].usual : []
      let behind = place.upperBound + 1 < words.count ? words[place.upperBound + 1].usual : []
      forms.append(before + form + behind)
    }
    for (i, word) in words.enumerated() { for form in word.others { add(form, for: i...i) } }
    let plain = words.map(\.word)
    for run in Initials.runs(in: plain) {
      let place = words[run.lowerBound].place.lowerBound..<words[run.upperBound].place.upperBound
      add([PlacedToken(text: Initials.joined(plain[run]), place: place)], for: run)
    }
    return forms
  }
}
