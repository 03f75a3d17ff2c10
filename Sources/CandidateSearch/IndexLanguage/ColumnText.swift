import TextAnalysis

/// One column as FTS5 is given it: the usual forms of all words in order, so that phrases are found; behind them
/// the other forms, each with its neighbours, so that a phrase is found in any spelling. A gap stands between
/// values, and between forms, that no phrase reaches across.
struct ColumnText {
  /// What is written so far begins here.
  private let start: Int
  private let bytes: ByteBuffer
  /// The other forms, until all usual ones are written.
  private var others: [UInt8] = []

  /// A column that is appended to these bytes.
  init(in bytes: ByteBuffer) { (self.bytes, start) = (bytes, bytes.count) }

  /// Adds a value; gives its usual tokens, valid until more is written. An address is taken apart at every sign:
  /// `example.net` is not about .NET.
  @discardableResult
  mutating func append(
    _ value: String, isAddress: Bool = false, _ cache: WordFormsCache
  ) -> UnsafeBufferPointer<UInt8> {
    let end = bytes.count
    if end > start { WordForms.addGap(to: bytes) }
    let first = bytes.count
    if !ASCII.appendPlainTokens(of: value, splitsAtEverySign: isAddress, to: bytes) {
      let forms = cache.forms(of: value, isAddress: isAddress)
      bytes.append(forms.usual)
      others += forms.others
    }
    let isEmpty = bytes.count == first
    if isEmpty { bytes.truncate(to: end) }
    return bytes.suffix(from: isEmpty ? end : first)
  }

  /// Ends the column. Gives all of it, valid until more is written.
  @discardableResult
  func finish() -> UnsafeBufferPointer<UInt8> {
    bytes.append(others)
    return bytes.suffix(from: start)
  }
}
