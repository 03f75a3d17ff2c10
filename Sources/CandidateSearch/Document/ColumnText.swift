/// One column as FTS5 is given it: the usual forms of all words in order, so that phrases are found; behind them
/// the other forms, each with its neighbours, so that a phrase is found in any spelling. A gap stands between
/// values, and between forms, that no phrase reaches across.
struct ColumnText {
  /// Tokens in UTF-8, each with a space behind it.
  private var usual: [UInt8] = []
  private var others: [UInt8] = []

  /// Adds a value; gives its usual tokens. An address is taken apart at every sign: `example.net` is not about .NET.
  @discardableResult
  mutating func append(_ value: String, isAddress: Bool = false) -> ArraySlice<UInt8> {
    let end = usual.count
    if end > 0 { addGap(to: &usual) }
    let start = usual.count
    if !ASCII.appendPlainTokens(of: value, splitsAtEverySign: isAddress, to: &usual) {
      append(isAddress ? WordSplitter.wordsOfAddress(value) : WordSplitter.words(value))
    }
    if usual.count == start { usual.removeSubrange(end...) }
    return usual[min(start, usual.count)...]
  }

  private mutating func append(_ words: [Word]) {
    for (i, word) in words.enumerated() {
      add(word.tokens, to: &usual)
      for form in word.forms.dropFirst() { addOther(form, for: i...i, of: words) }
      for form in word.indexedForms { addOther(form, for: i...i, of: words) }
    }
    for run in Initials.runs(in: words) { addOther([Initials.joined(words[run])], for: run, of: words) }
  }

  private mutating func addOther(_ form: [String], for place: ClosedRange<Int>, of words: [Word]) {
    addGap(to: &others)
    if place.lowerBound > 0 { add(words[place.lowerBound - 1].tokens, to: &others) }
    add(form, to: &others)
    if place.upperBound + 1 < words.count { add(words[place.upperBound + 1].tokens, to: &others) }
  }

  private func add(_ tokens: [String], to bytes: inout [UInt8]) {
    for token in tokens {
      bytes += token.utf8
      bytes.append(0x20)
    }
  }

  private func addGap(to bytes: inout [UInt8]) {
    bytes += Key.separatorBytes
    bytes.append(0x20)
  }

  func finish() -> [UInt8] { others.isEmpty ? usual : usual + others }
}
