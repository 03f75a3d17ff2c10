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

  /// Joins the hidden column and the others. A token has a space after it unless it is the last of its column.
  ///
  /// - Parameter ends: 0, then the end of each column of `texts`.
  package init(
    keys: UnsafeBufferPointer<UInt8>, texts: UnsafeBufferPointer<UInt8>, ends: [Int], isPrivate: Bool
  ) {
    bytes = []
    bytes.reserveCapacity(keys.count + texts.count)
    bytes += keys
    bytes += texts
    self.ends = ends
    for i in ends.indices { self.ends[i] += keys.count }
    self.isPrivate = isPrivate
  }

  package var columnCount: Int { ends.count }

  package func range(ofColumn i: Int) -> Range<Int> { (i > 0 ? ends[i - 1] : 0)..<ends[i] }

  package func range(of column: TextColumn) -> Range<Int> { range(ofColumn: column.index + 1) }

  /// A column's text.
  package func text(ofColumn i: Int) -> String { String(decoding: bytes[range(ofColumn: i)], as: UTF8.self) }
}
