/// The text that FTS5 indexes for a candidate: a pure function of the candidate, the connector and the custom
/// fields that the index contains. So it can be made again, byte for byte, when the candidate is removed.
package struct Document: Equatable, Sendable {
  /// Rises with every change of the documents that the function returns. A file of another version must be
  /// reindexed.
  package static let version = 5

  /// All columns in UTF-8, one after the other, then the end of each as a number of four bytes: one object, since a load
  /// counts the references to each many times.
  private let storage: [UInt8]
  /// The length of the columns, in bytes.
  private let length: Int
  /// The number of columns: the hidden one and those of `TextColumn.allCases`.
  package let columnCount: Int
  /// Whether the candidate is private.
  package let isPrivate: Bool

  /// Joins the hidden column and the others. A token has a space after it unless it is the last of its column.
  ///
  /// - Parameter ends: 0, then the end of each column of `texts`.
  package init(
    keys: UnsafeBufferPointer<UInt8>, texts: UnsafeBufferPointer<UInt8>, ends: [Int], isPrivate: Bool
  ) {
    let length = keys.count + texts.count
    let size = length + ends.count * MemoryLayout<UInt32>.size
    storage = Array(unsafeUninitializedCapacity: size) { storage, count in
      let bytes = UnsafeMutableRawBufferPointer(storage)
      bytes.copyMemory(from: UnsafeRawBufferPointer(keys))
      UnsafeMutableRawBufferPointer(rebasing: bytes[keys.count...]).copyMemory(
        from: UnsafeRawBufferPointer(texts))
      for (i, end) in ends.enumerated() {
        bytes.storeBytes(
          of: UInt32(keys.count + end), toByteOffset: length + i * MemoryLayout<UInt32>.size, as: UInt32.self)
      }
      count = size
    }
    self.length = length
    columnCount = ends.count
    self.isPrivate = isPrivate
  }

  /// All columns, one after the other.
  package var bytes: ArraySlice<UInt8> { storage[..<length] }

  /// Calls `body` with all columns, one after the other.
  @inline(__always) package func withBytes<T>(_ body: (UnsafeBufferPointer<UInt8>) throws -> T) rethrows -> T
  {
    try storage.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[..<length])) }
  }

  /// The range of a column, counted from the hidden one.
  package func range(ofColumn i: Int) -> Range<Int> { (i > 0 ? end(ofColumn: i - 1) : 0)..<end(ofColumn: i) }

  private func end(ofColumn i: Int) -> Int {
    storage.withUnsafeBytes {
      Int($0.loadUnaligned(fromByteOffset: length + i * MemoryLayout<UInt32>.size, as: UInt32.self))
    }
  }

  package func range(of column: TextColumn) -> Range<Int> { range(ofColumn: column.index + 1) }

  /// A column's text.
  package func text(ofColumn i: Int) -> String { String(decoding: bytes[range(ofColumn: i)], as: UTF8.self) }
}

extension Document {
  /// Calls `body` with every token, its column (0 is the hidden one) and its position in the column.
  package func forEachToken(_ body: (UnsafeRawBufferPointer, _ column: Int, _ offset: Int) -> Void) {
    withBytes { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      for column in 0..<columnCount {
        let range = range(ofColumn: column)
        var (start, offset) = (range.lowerBound, 0)
        for end in range.lowerBound...range.upperBound where end == range.upperBound || bytes[end] == 0x20 {
          if end > start {
            body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), column, offset)
            offset += 1
          }
          start = end + 1
        }
      }
    }
  }
}
