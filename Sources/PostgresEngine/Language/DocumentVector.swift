import CandidateSearch
import Foundation

/// Writes documents as `tsvector`, in PostgreSQL's binary format. Reuses its memory; belongs to one thread.
struct DocumentVector {
  /// A lexeme of the document, at a position, or 0 without one.
  private struct Entry {
    let start: Int
    let length: Int
    let position: UInt16
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// Whether positions, or lexemes, of the last document could not be written.
  private var lacksPositions = false
  private var lacksLexemes = false
  var isPartial: Bool { lacksPositions || lacksLexemes }

  /// Appends a document: the length, then the vector.
  mutating func write(_ document: Document, to writer: inout BinaryWriter) {
    bytes.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    (lacksPositions, lacksLexemes) = (false, false)
    collect(document)
    var vector = BinaryWriter(capacity: bytes.count + 4 * entries.count)
    let count = appendLexemes(to: &vector)
    writer.raw(Int32(4 + vector.buffer.count))
    writer.raw(Int32(count))
    writer.raw(vector.buffer)
  }

  private mutating func collect(_ document: Document) {
    for column in 0..<document.columnCount {
      let range = document.range(ofColumn: column)
      let letter = column > 0 ? Lexeme.letter(of: TextColumn.allCases[column - 1]) : nil
      var (start, offset) = (range.lowerBound, 0)
      for end in range.lowerBound...range.upperBound
      where end == range.upperBound || document.bytes[end] == 0x20 {
        if end > start {
          add(document.bytes[start..<end], letter, offset)
          offset += 1
        }
        start = end + 1
      }
    }
  }

  private mutating func add(_ token: ArraySlice<UInt8>, _ letter: UInt8?, _ offset: Int) {
    guard token.count < Lexeme.maximumLength else {
      lacksLexemes = true
      return
    }
    let first = bytes.count
    if let letter { bytes.append(letter) }
    for byte in token { bytes.append(byte &- 0x41 < 26 ? byte + 0x20 : byte) }
    if offset < Lexeme.maximumPosition {
      entries.append(Entry(start: first, length: bytes.count - first, position: UInt16(offset + 1)))
    } else {
      lacksPositions = true
      entries.append(Entry(start: first, length: bytes.count - first, position: 0))
    }
  }

  /// Appends the different lexemes in their order, with their positions. Returns their number.
  private mutating func appendLexemes(to writer: inout BinaryWriter) -> Int {
    let order = bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return entries }
      return entries.sorted { a, b in
        let order = memcmp(start + a.start, start + b.start, min(a.length, b.length))
        if order != 0 { return order < 0 }
        return a.length != b.length ? a.length < b.length : a.position < b.position
      }
    }
    var (count, size, i) = (0, 2, 0)
    while i < order.count {
      var end = i + 1
      while end < order.count, isSame(order[i], order[end]) { end += 1 }
      let positions = order[i..<end].map(\.position).filter { $0 > 0 }
      let kept = positions.prefix(Lexeme.maximumPositions)
      // Each lexeme also takes four bytes, and may be aligned.
      size += order[i].length + 2 * kept.count + 8
      guard size < Lexeme.maximumSize else {
        lacksLexemes = true
        break
      }
      // No query contains a gap.
      if kept.count < positions.count, !isGap(order[i]) { lacksPositions = true }
      writer.raw(bytes[order[i].start..<(order[i].start + order[i].length)])
      writer.raw([0])
      writer.raw(UInt16(kept.count))
      for position in kept { writer.raw(position) }
      count += 1
      i = end
    }
    for marker in [lacksPositions ? Lexeme.withoutPositions : nil, lacksLexemes ? Lexeme.incomplete : nil] {
      guard let marker else { continue }
      writer.raw(Array(marker.utf8) + [0])
      writer.raw(UInt16(0))
      count += 1
    }
    return count
  }

  /// Whether it is what is between two values of a column.
  private func isGap(_ entry: Entry) -> Bool {
    let gap = FilterTerm.separatorBytes
    return entry.length <= gap.count + 1
      && bytes[entry.start..<(entry.start + entry.length)].suffix(gap.count).elementsEqual(gap)
  }

  private func isSame(_ a: Entry, _ b: Entry) -> Bool {
    a.length == b.length
      && bytes[a.start..<(a.start + a.length)].elementsEqual(bytes[b.start..<(b.start + b.length)])
  }

  /// Calls `body` with each lexeme of a vector in the binary format, and its positions.
  static func forEachLexeme(
    of vector: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, [Int]) throws -> Void
  ) rethrows {
    var offset = 4
    var positions: [Int] = []
    while offset < vector.count {
      var end = offset
      while end < vector.count, vector[end] != 0 { end += 1 }
      guard end + 3 <= vector.count else { return }
      let lexeme = UnsafeRawBufferPointer(rebasing: vector[offset..<end])
      let count = Int(vector[end + 1]) << 8 | Int(vector[end + 2])
      offset = end + 3
      positions.removeAll(keepingCapacity: true)
      for _ in 0..<count where offset + 2 <= vector.count {
        positions.append((Int(vector[offset]) << 8 | Int(vector[offset + 1])) & 0x3FFF)
        offset += 2
      }
      try body(lexeme, positions)
    }
  }
}
