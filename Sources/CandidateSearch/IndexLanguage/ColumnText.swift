import TextAnalysis

/// A column as FTS5 indexes it: the usual forms of all words in order, so that phrases are found; after them
/// the other forms, each with its neighbours, so that a phrase is found in any spelling. Gaps separate values
/// and forms: no phrase matches across one.
package struct ColumnText {
  /// The tokens of a gap.
  package static let gap = FilterTerm.separatorBytes + [0x20]

  /// Where the column begins in `bytes`.
  private let start: Int
  private let bytes: ByteBuffer
  /// Where each token comes from; nil if that is not wanted. A gap comes from nowhere.
  private let offsets: TokenOffsets?
  /// The other forms, until all usual ones are written.
  private var others: [UInt8] = []
  private var otherRanges: [Range<Int>] = []

  /// A column that is appended to these bytes.
  package init(in bytes: ByteBuffer, _ offsets: TokenOffsets? = nil) {
    self.bytes = bytes
    self.offsets = offsets
    start = bytes.count
  }

  /// Adds a value in UTF-8. Returns its usual tokens, valid until more is written.
  ///
  /// - Parameter analyze: analyses the value. Not called for plain text, which takes a fast path.
  @discardableResult
  package mutating func append(
    _ value: UnsafeBufferPointer<UInt8>, as kind: TextKind, analyze: () -> AnalyzedValue?
  ) -> UnsafeBufferPointer<UInt8> {
    let end = bytes.count
    if end > start { bytes.append(Self.gap) }
    let first = bytes.count
    if first > end { offsets?.append(0..<0) }
    if !Analyzer.appendPlainTokens(of: value, as: kind, to: bytes, offsets), let analyzed = analyze() {
      analyzed.usual.withUnsafeBufferPointer(bytes.append)
      offsets?.append(analyzed.usualRanges)
      others += analyzed.others
      otherRanges += analyzed.otherRanges
    }
    guard bytes.count == first else { return bytes.suffix(from: first) }
    bytes.truncate(to: end)
    if first > end { offsets?.removeLast() }
    return bytes.suffix(from: end)
  }

  /// Ends the column. Returns all of it, valid until more is written.
  @discardableResult
  package func finish() -> UnsafeBufferPointer<UInt8> {
    bytes.append(others)
    offsets?.append(otherRanges)
    return bytes.suffix(from: start)
  }
}
