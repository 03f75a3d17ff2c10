/// One column as FTS5 is given it: the usual forms of all words in order, so that phrases are found; behind them
/// the other forms, each with its neighbours, so that a phrase is found in any spelling. A gap stands between
/// values, and between forms, that no phrase reaches across.
struct ColumnText {
  private var usual: [UInt8] = []
  private var others: [UInt8] = []

  /// Adds a value; gives its usual tokens. An address is taken apart at every sign: `example.net` is not about .NET.
  @discardableResult
  mutating func append(_ value: String, isAddress: Bool = false, _ cache: WordFormsCache) -> ArraySlice<UInt8>
  {
    let end = usual.count
    if end > 0 { WordForms.addGap(to: &usual) }
    let start = usual.count
    if !ASCII.appendPlainTokens(of: value, splitsAtEverySign: isAddress, to: &usual) {
      let forms = cache.forms(of: value, isAddress: isAddress)
      usual += forms.usual
      others += forms.others
    }
    if usual.count == start { usual.removeSubrange(end...) }
    return usual[min(start, usual.count)...]
  }

  func finish() -> [UInt8] { others.isEmpty ? usual : usual + others }
}
