/// What FTS5 is given for a candidate: a pure function of the candidate, the connector and the custom fields that
/// the index holds, so that it can be given again, word for word, when the candidate is removed.
struct Document: Equatable {
  /// Rises whenever the same candidate gives another document. A file of another version must be reindexed.
  static let version = 4

  /// All columns in UTF-8, one behind the other.
  private(set) var bytes: [UInt8]
  /// Where each column ends: the hidden one, then those of `TextColumn.allCases`.
  private(set) var ends: [Int]
  /// Whether the candidate is private.
  let isPrivate: Bool

  /// The hidden column, then the others, which end at these places of `texts`.
  init(
    keys: UnsafeBufferPointer<UInt8>, texts: UnsafeBufferPointer<UInt8>, ends textEnds: [Int], isPrivate: Bool
  ) {
    self.isPrivate = isPrivate
    bytes = []
    bytes.reserveCapacity(keys.count + texts.count)
    ends = []
    ends.reserveCapacity(1 + textEnds.count)
    add(keys[...])
    var start = 0
    for end in textEnds {
      add(texts[start..<end])
      start = end
    }
  }

  private mutating func add(_ column: Slice<UnsafeBufferPointer<UInt8>>) {
    // The space behind the last token says nothing.
    bytes += UnsafeBufferPointer(rebasing: column.last == 0x20 ? column.dropLast() : column)
    ends.append(bytes.count)
  }

  var columnCount: Int { ends.count }

  func range(ofColumn i: Int) -> Range<Int> { (i > 0 ? ends[i - 1] : 0)..<ends[i] }

  func range(of column: TextColumn) -> Range<Int> { range(ofColumn: column.index + 1) }

  /// A column's text.
  func text(ofColumn i: Int) -> String { String(decoding: bytes[range(ofColumn: i)], as: UTF8.self) }
}
