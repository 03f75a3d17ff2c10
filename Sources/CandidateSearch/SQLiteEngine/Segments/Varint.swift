/// SQLite's variable-length integers: seven bits in each byte, the highest first; the ninth byte has eight.
enum Varint {
  static let maximumLength = 9

  /// Writes a number, and returns the number of bytes. There must be room for `maximumLength`.
  @inline(__always) static func put(_ value: UInt64, at out: UnsafeMutablePointer<UInt8>) -> Int {
    if value < 0x80 {
      out[0] = UInt8(truncatingIfNeeded: value)
      return 1
    }
    if value < 0x4000 {
      out[0] = UInt8(truncatingIfNeeded: value >> 7) | 0x80
      out[1] = UInt8(truncatingIfNeeded: value) & 0x7F
      return 2
    }
    return putLong(value, at: out)
  }

  @inline(__always) private static func putLong(
    _ value: UInt64, at out: UnsafeMutablePointer<UInt8>
  ) -> Int {
    guard value < 1 << 56 else { return putLongest(value, at: out) }
    let count = (70 - value.leadingZeroBitCount) / 7
    // Moves each seven bits to a byte of their own.
    var groups = value & 0x0FFF_FFFF | (value & 0x00FF_FFFF_F000_0000) << 4
    groups = groups & 0x0000_3FFF_0000_3FFF | (groups & 0x0FFF_C000_0FFF_C000) << 2
    groups = groups & 0x007F_007F_007F_007F | (groups & 0x3F80_3F80_3F80_3F80) << 1
    groups |= 0x8080_8080_8080_8000
    UnsafeMutableRawPointer(out).storeBytes(
      of: (groups.byteSwapped >> UInt64(64 - 8 * count)).littleEndian, as: UInt64.self)
    return count
  }

  /// Writes a number of eight or nine bytes.
  private static func putLongest(_ value: UInt64, at out: UnsafeMutablePointer<UInt8>) -> Int {
    var rest = value >> 8
    out[8] = UInt8(truncatingIfNeeded: value)
    for i in (0..<8).reversed() {
      out[i] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
    }
    return maximumLength
  }

  /// Reads the number at an offset, and moves the offset after it; nil if the bytes end before.
  @inline(__always) static func get(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> UInt64? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    if first < 0x80 {
      offset += 1
      return UInt64(first)
    }
    return getLong(bytes, &offset)
  }

  @inline(__always) private static func getLong(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int)
    -> UInt64?
  {
    guard offset + 8 <= bytes.count, let start = bytes.baseAddress else { return getAtEnd(bytes, &offset) }
    let word = UInt64(littleEndian: UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self))
    // The last byte is the first one whose highest bit is not set.
    let count = (~word & 0x8080_8080_8080_8080).trailingZeroBitCount / 8 + 1
    guard count <= 8 else { return getAtEnd(bytes, &offset) }
    offset += count
    var groups = (word << UInt64(64 - 8 * count)).byteSwapped & 0x7F7F_7F7F_7F7F_7F7F
    groups = groups & 0x007F_007F_007F_007F | (groups & 0x7F00_7F00_7F00_7F00) >> 1
    groups = groups & 0x0000_3FFF_0000_3FFF | (groups & 0x3FFF_0000_3FFF_0000) >> 2
    return groups & 0x0FFF_FFFF | (groups & 0x0FFF_FFFF_0000_0000) >> 4
  }

  /// Reads a number of nine bytes, or one near the end.
  private static func getAtEnd(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> UInt64? {
    var value: UInt64 = 0
    for i in 0..<maximumLength {
      guard offset < bytes.count else { return nil }
      let byte = bytes[offset]
      offset += 1
      if i == maximumLength - 1 { return value << 8 | UInt64(byte) }
      value = value << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return value }
    }
    return nil
  }

  static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: maximumLength) { buffer in
      guard let start = buffer.baseAddress else { return }
      let count = put(value, at: start)
      bytes += UnsafeBufferPointer(start: start, count: count)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Eight bytes from an offset on, as a number: texts are ordered as these numbers are. Zeros after the end.
  @inline(__always) func orderedBytes(from offset: Int) -> UInt64 {
    var bytes: UInt64 = 0
    if count >= offset + 8, let start = baseAddress {
      bytes = UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self)
    } else if count > offset {
      withUnsafeMutableBytes(of: &bytes) { $0.copyBytes(from: self[offset...]) }
    }
    return UInt64(bigEndian: bytes)
  }

  /// The first sixteen bytes as a number, as `orderedBytes`.
  @inline(__always) var orderedPrefix: UInt128 {
    UInt128(orderedBytes(from: 0)) << 64 | UInt128(orderedBytes(from: 8))
  }
}

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
