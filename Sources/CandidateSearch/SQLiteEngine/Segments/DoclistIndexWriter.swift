/// Writes the index of the postings of a term that span many pages: the first docid of each page. Its pages form a tree.
struct DoclistIndexWriter {
  /// The number of pages without a term from which on the postings have an index.
  static let minimumPages = 4

  private struct Level {
    var bytes: [UInt8] = []
    var page = 0
    var lastDocid: Int64?

    /// The first docid of the page.
    var firstDocid: Int64 {
      bytes.withUnsafeBufferPointer { bytes in
        var offset = 1
        _ = Varint.get(bytes, &offset)
        return Int64(bitPattern: Varint.get(bytes, &offset) ?? 0)
      }
    }
  }

  private let output: SegmentOutput
  private var levels = [Level()]

  init(_ output: SegmentOutput) { self.output = output }

  mutating func beginTerm(page: Int) { levels[0].page = page }

  /// Adds a page with its first docid.
  mutating func append(docid: Int64, page: Int) throws {
    var number = 0
    var isDone = false
    while !isDone {
      isDone = levels[number].bytes.count < SegmentFormat.pageSize
      if !isDone { try divide(number) }
      if let last = levels[number].lastDocid {
        Varint.append(UInt64(bitPattern: docid &- last), to: &levels[number].bytes)
      } else {
        levels[number].bytes.append(isDone ? 0 : 1)
        Varint.append(UInt64(number == 0 ? page : levels[number - 1].page), to: &levels[number].bytes)
        Varint.append(UInt64(bitPattern: docid), to: &levels[number].bytes)
      }
      levels[number].lastDocid = docid
      number += 1
    }
  }

  /// Writes the full page of a level, and begins the next one. Its first docid goes to the level above.
  private mutating func divide(_ number: Int) throws {
    levels[number].bytes[0] = 1
    try write(number)
    if number + 1 == levels.count { levels.append(Level()) }
    if levels[number + 1].bytes.isEmpty {
      let first = levels[number].firstDocid
      levels[number + 1].page = levels[number].page
      levels[number + 1].bytes.append(0)
      Varint.append(UInt64(levels[number].page), to: &levels[number + 1].bytes)
      Varint.append(UInt64(bitPattern: first), to: &levels[number + 1].bytes)
      levels[number + 1].lastDocid = first
    }
    levels[number].bytes = []
    levels[number].lastDocid = nil
    levels[number].page += 1
  }

  /// Adds a page without a docid.
  mutating func appendEmptyPage() {
    if !levels[0].bytes.isEmpty { levels[0].bytes.append(0) }
  }

  private func write(_ number: Int) throws {
    let row = SegmentFormat.doclistIndex(0, level: number, page: levels[number].page)
    try levels[number].bytes.withUnsafeBytes { try output.append($0, as: row) }
  }

  /// Ends the index of a term. Writes it if the postings are long, and returns whether it did.
  mutating func finish(isLong: Bool) throws -> Bool {
    let isWritten = isLong && !levels[0].bytes.isEmpty
    for number in levels.indices {
      if levels[number].bytes.isEmpty { break }
      if isWritten { try write(number) }
      levels[number].bytes = []
      levels[number].lastDocid = nil
    }
    return isWritten
  }
}
