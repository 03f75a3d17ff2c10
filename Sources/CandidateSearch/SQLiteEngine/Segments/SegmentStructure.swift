import Foundation

/// The segments of a posting table, level by level: the row `structureRow`.
struct SegmentStructure: Equatable {
  struct Segment: Equatable {
    let id: Int
    /// The first and the last leaf page.
    var first: Int
    var last: Int

    var pageCount: Int { first > 0 ? last - first + 1 : 0 }
  }

  struct Level: Equatable {
    /// The number of segments that a merge has begun to merge into the last one of the next level; 0 for none.
    var merging = 0
    /// From the oldest to the newest; those of a higher level are older.
    var segments: [Segment] = []
  }

  /// Changes whenever the table's configuration changes.
  private let cookie: [UInt8]
  private let writeCounter: UInt64
  var levels: [Level] = []

  /// Parses a row; nil if it is not of the version that is known here.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 7 else { return nil }
    cookie = Array(bytes[..<4])
    var offset = 4
    func next() -> Int? { Varint.get(bytes, &offset).flatMap { $0 <= 1 << 31 ? Int($0) : nil } }
    // A later version begins with a number that is more than there are levels.
    guard let levelCount = next(), levelCount <= 64, let segmentCount = next(),
      let counter = Varint.get(bytes, &offset)
    else { return nil }
    writeCounter = counter
    for _ in 0..<levelCount {
      guard let merging = next(), let count = next(), merging <= count, count <= segmentCount else {
        return nil
      }
      var level = Level(merging: merging)
      for _ in 0..<count {
        guard let id = next(), let first = next(), let last = next(), (1...0xFFFF).contains(id) else {
          return nil
        }
        level.segments.append(Segment(id: id, first: first, last: last))
      }
      levels.append(level)
    }
    guard offset == bytes.count, segmentCount == count else { return nil }
  }

  var bytes: [UInt8] {
    var bytes = cookie
    Varint.append(UInt64(levels.count), to: &bytes)
    Varint.append(UInt64(count), to: &bytes)
    Varint.append(writeCounter, to: &bytes)
    for level in levels {
      Varint.append(UInt64(level.merging), to: &bytes)
      Varint.append(UInt64(level.segments.count), to: &bytes)
      for segment in level.segments {
        for number in [segment.id, segment.first, segment.last] { Varint.append(UInt64(number), to: &bytes) }
      }
    }
    return bytes
  }

  /// The number of segments.
  var count: Int { levels.reduce(0) { $0 + $1.segments.count } }

  /// The lowest unused id of a segment.
  var unusedID: Int {
    let used = Set(levels.flatMap { $0.segments.map(\.id) })
    return (1...).first { !used.contains($0) } ?? 1
  }

  /// Adds a segment that is newer than all others.
  mutating func append(_ segment: Segment) {
    if levels.isEmpty { levels.append(Level()) }
    levels[0].segments.append(segment)
  }
}

/// The number of documents of a posting table and of the tokens of each column: the row `totalsRow`.
struct PostingTotals: Equatable {
  var documents = 0
  var tokens: [Int]

  /// Parses a row, which is empty for a table without documents; nil if it is damaged.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, columnCount: Int) {
    tokens = Array(repeating: 0, count: columnCount)
    if bytes.isEmpty { return }
    var offset = 0
    guard let count = Varint.get(bytes, &offset) else { return nil }
    documents = Int(truncatingIfNeeded: count)
    for column in 0..<columnCount {
      guard let count = Varint.get(bytes, &offset) else { return nil }
      tokens[column] = Int(truncatingIfNeeded: count)
    }
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for count in [documents] + tokens { Varint.append(UInt64(bitPattern: Int64(count)), to: &bytes) }
    return bytes
  }
}
