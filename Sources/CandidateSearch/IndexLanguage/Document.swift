/// The text that FTS5 indexes for a candidate: a pure function of the candidate, the connector and the custom
/// fields that the index holds. So it can be made again, byte for byte, when the candidate is removed.
package struct Document: Equatable {
  /// Rises with every change of the documents that the function returns. A file of another version must be
  /// reindexed.
  package static let version = 5

  /// All columns in UTF-8, one after the other.
  package private(set) var bytes: [UInt8]
  /// The end of each column: the hidden one, then those of `TextColumn.allCases`.
  package private(set) var ends: [Int]
  /// Whether the candidate is private.
  package let isPrivate: Bool

  /// Joins the hidden column and the others, which end at these offsets of `texts`.
  package init(
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
    // The space after the last token is left out.
    bytes += UnsafeBufferPointer(rebasing: column.last == 0x20 ? column.dropLast() : column)
    ends.append(bytes.count)
  }

  package var columnCount: Int { ends.count }

  package func range(ofColumn i: Int) -> Range<Int> { (i > 0 ? ends[i - 1] : 0)..<ends[i] }

  package func range(of column: TextColumn) -> Range<Int> { range(ofColumn: column.index + 1) }

  /// A column's text.
  package func text(ofColumn i: Int) -> String { String(decoding: bytes[range(ofColumn: i)], as: UTF8.self) }
}
