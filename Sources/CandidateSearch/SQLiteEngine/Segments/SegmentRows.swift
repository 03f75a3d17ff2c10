import TextAnalysis

/// Rows of one segment that were made and are not in the file yet. The number of the segment is decided when they are
/// written. Belongs to one thread at a time.
final class SegmentRows {
  private let bytes = ByteBuffer(capacity: SegmentOutput.size + 2 * SegmentFormat.pageSize)
  /// The number of each row in the segment and where its bytes end.
  private var rows: [(number: Int64, end: Int)] = []
  private var entries: [SegmentEntry] = []

  /// The size of the rows, in bytes.
  var byteCount: Int { bytes.count }

  func append(_ row: UnsafeRawBufferPointer, as number: Int64) {
    bytes.append(row.assumingMemoryBound(to: UInt8.self))
    rows.append((number, bytes.count))
  }

  func append(_ entry: SegmentEntry) { entries.append(entry) }

  /// Writes the rows to the file.
  ///
  /// - Parameter pagesBefore: What is added to the numbers of the pages.
  func write(to storage: SegmentStorage, segment: Int, pagesBefore: Int = 0) throws {
    let all = UnsafeRawBufferPointer(bytes.all)
    var start = 0
    for row in rows {
      let block = UnsafeRawBufferPointer(rebasing: all[start..<row.end])
      let number = SegmentFormat.leaf(segment, page: pagesBefore) + row.number
      if pagesBefore != 0, SegmentFormat.isDoclistIndex(row.number) {
        try SegmentFormat.doclistIndex(block, pagesBefore: pagesBefore).withUnsafeBytes {
          try storage.write($0, as: number)
        }
      } else {
        try storage.write(block, as: number)
      }
      start = row.end
    }
    for entry in entries {
      try storage.write(entry, onPage: entry.page + pagesBefore, segment: segment)
    }
  }
}

/// What leads a search to a page with terms, whose first one is not below `separator`.
struct SegmentEntry {
  let separator: [UInt8]
  let page: Int
  let hasDoclistIndex: Bool
}

/// Takes the rows of a segment, and passes them on some at a time.
final class SegmentOutput {
  private var rows = SegmentRows()
  private let pass: (SegmentRows) throws -> Void

  /// The size from which on rows are passed on, in bytes.
  static let size = 1 << 18

  init(_ pass: @escaping (SegmentRows) throws -> Void) { self.pass = pass }

  func append(_ row: UnsafeRawBufferPointer, as number: Int64) throws {
    rows.append(row, as: number)
    if rows.byteCount >= Self.size { try finish() }
  }

  func append(_ entry: SegmentEntry) { rows.append(entry) }

  /// Passes on what is left.
  func finish() throws {
    try pass(rows)
    rows = SegmentRows()
  }
}

/// A segment that was made and is not in the file yet.
struct BuiltSegment {
  private(set) var rows: [SegmentRows] = []
  let lastPage: Int
  let documentCount: Int
  /// The number of tokens by column.
  let tokenCounts: [Int]

  /// Makes the segment of a buffer.
  init(_ buffer: borrowing PostingBuffer) throws {
    var rows: [SegmentRows] = []
    var writer = SegmentWriter(SegmentOutput { rows.append($0) })
    try buffer.forEachTerm { term, doclist in
      try writer.append(term: term)
      try writer.append(doclist: doclist)
    }
    lastPage = try writer.finish()
    documentCount = buffer.documentCount
    tokenCounts = buffer.tokenCounts
    self.rows = rows
  }
}
