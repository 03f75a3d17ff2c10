/// Where the members of a record are in it, as an index may store it beside the record: reading the record then needs no
/// parser, which would take a fifth of a search.
///
/// A byte for the version and one for the flags, then numbers: the length of the record, the position of the value of
/// `modified_at`, that of each text of `MemberPositions`, and for each of its lists one more than the number of elements,
/// followed by their positions; 0 for what is absent. A position is one more than its length, and twice its distance from the end
/// of the one before, less 1 if it is negative. A number below 254 is one byte; before two bytes it is 254, before four 255, the
/// lowest byte first.
package enum RecordOutline {
  /// Increases when the decoder finds other members in a record than before.
  fileprivate static let version: UInt8 = 1

  /// Whether an outline is of this version and of a record with this length, in bytes.
  package static func isUsable(_ outline: UnsafeRawBufferPointer, recordBytes: Int) -> Bool {
    OutlineReader(outline, recordBytes: recordBytes) != nil
  }
}

extension CandidateRecord {
  /// The outline of the record; nil where a member differs from what the record spells (escapes, a place of several parts).
  var outline: [UInt8]? {
    guard isSpelled else { return nil }
    return withPositions { positions in
      withUnsafeTemporaryAllocation(
        of: UInt8.self, capacity: OutlineWriter.maximumLength(positions.count)
      ) { bytes -> [UInt8]? in
        guard let start = bytes.baseAddress else { return nil }
        var writer = OutlineWriter(start)
        append(positions, to: &writer)
        return Array(UnsafeBufferPointer(start: start, count: writer.count))
      }
    }
  }

  private func append(_ positions: UnsafeBufferPointer<TextPosition>, to writer: inout OutlineWriter) {
    writer.append(byte: RecordOutline.version)
    writer.append(byte: header.flags)
    writer.append(UInt32(length))
    let value = header.modifiedAtRange
    writer.append(value.map { TextPosition(offset: UInt32($0.lowerBound), length: UInt32($0.count)) })
    for i in 0..<MemberPositions.textCount { writer.append(positions[i].ifPresent) }
    for i in MemberPositions.textCount..<MemberPositions.headCount {
      guard let elements = positions[i].ifPresent else {
        writer.append(0)
        continue
      }
      writer.append(elements.length + 1)
      for element in elements.range { writer.append(positions[element].ifPresent) }
    }
  }
}

extension CandidateMembers {
  /// Reads the members of a record from its outline. Returns false where that is of another version or record, or damaged.
  mutating func read(_ outline: UnsafeRawBufferPointer, recordBytes: Int) -> Bool {
    guard var reader = OutlineReader(outline, recordBytes: recordBytes) else { return false }
    begin(length: recordBytes)
    header = CandidateRecord.Header(flags: reader.flags)
    header.modifiedAtRange = reader.position()?.range
    for i in 0..<MemberPositions.textCount { positions.setText(i, reader.position()) }
    for list in MemberPositions.List.all {
      guard let count = reader.count(of: list) else { continue }
      positions.set(list) { positions in
        for i in 0..<count { positions.append(reader.element(i, of: list)) }
      }
    }
    return reader.isComplete && positions[.id].map { $0.length > 0 } == true
  }
}

extension CandidateRecord.Header {
  /// Two bits for each flag: 0 unknown, 1 false, 2 true.
  fileprivate var flags: UInt8 { Self.bits(isPrivate) | Self.bits(canEmail) << 2 }

  fileprivate init(flags: UInt8) {
    isPrivate = Self.flag(flags & 3)
    canEmail = Self.flag(flags >> 2)
  }

  private static func bits(_ flag: Bool?) -> UInt8 { flag.map { $0 ? 2 : 1 } ?? 0 }
  private static func flag(_ bits: UInt8) -> Bool? { bits == 0 ? nil : bits == 2 }
}

private struct OutlineWriter {
  private let start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  /// The end of the last position.
  private var end: UInt32 = 0

  /// The maximum length of the outline of a record with a number of positions: two numbers for each, and four others.
  static func maximumLength(_ positions: Int) -> Int { 2 + 5 * (2 * positions + 4) }

  init(_ start: UnsafeMutablePointer<UInt8>) { self.start = start }

  @inline(__always) mutating func append(_ position: TextPosition?) {
    guard let position else { return append(0) }
    append(position.length + 1)
    let distance = Int32(bitPattern: position.offset &- end)
    // The lowest bit is the sign.
    append(UInt32(bitPattern: distance << 1 ^ distance >> 31))
    end = position.offset + position.length
  }

  @inline(__always) mutating func append(_ number: UInt32) {
    if number < 254 { return append(byte: UInt8(truncatingIfNeeded: number)) }
    append(byte: number <= 0xFFFF ? 254 : 255)
    for i in 0..<(number <= 0xFFFF ? 2 : 4) {
      append(byte: UInt8(truncatingIfNeeded: number >> UInt32(8 * i)))
    }
  }

  @inline(__always) mutating func append(byte: UInt8) {
    start[count] = byte
    count += 1
  }
}

/// Reads an outline from its third byte on. Whatever it contains, no position exceeds the record, and there are no more
/// elements of lists than bytes.
private struct OutlineReader {
  let flags: UInt8
  private let outline: UnsafeRawBufferPointer
  private let recordBytes: Int
  private var next = 2
  /// The end of the last position.
  private var end = 0
  private var isDamaged = false

  /// Nil for an outline of another version, or of a record with another length.
  init?(_ outline: UnsafeRawBufferPointer, recordBytes: Int) {
    guard outline.count > 2, outline[0] == RecordOutline.version, outline[1] < 11 else { return nil }
    flags = outline[1]
    self.outline = outline
    self.recordBytes = recordBytes
    guard number() == recordBytes else { return nil }
  }

  /// Whether all was read, and nothing else.
  var isComplete: Bool { !isDamaged && next == outline.count }

  @inline(__always) mutating func position() -> TextPosition? {
    let length = number() - 1
    if length < 0 { return nil }
    let distance = number()
    let offset = end + (distance >> 1 ^ -(distance & 1))
    guard offset >= 0, offset + length <= recordBytes else {
      isDamaged = true
      return nil
    }
    end = offset + length
    return TextPosition(
      offset: UInt32(truncatingIfNeeded: offset), length: UInt32(truncatingIfNeeded: length))
  }

  /// The number of elements of a list; nil if there is no list.
  mutating func count(of list: MemberPositions.List) -> Int? {
    let count = number() - 1
    if count < 0 { return nil }
    // Each takes a byte.
    guard count <= outline.count - next, !list.isOfPairs || count % 2 == 0 else {
      isDamaged = true
      return nil
    }
    return count
  }

  /// The next element of a list. Only the first of a pair may be absent.
  mutating func element(_ i: Int, of list: MemberPositions.List) -> TextPosition? {
    let position = position()
    if position == nil, !list.isOfPairs || i % 2 == 1 { isDamaged = true }
    return position
  }

  /// The next number; 0 after the end.
  @inline(__always) mutating func number() -> Int {
    guard next < outline.count else {
      isDamaged = true
      return 0
    }
    let byte = outline[next]
    next += 1
    return byte < 254 ? Int(byte) : number(ofBytes: byte == 254 ? 2 : 4)
  }

  private mutating func number(ofBytes count: Int) -> Int {
    guard next + count <= outline.count else {
      isDamaged = true
      next = outline.count
      return 0
    }
    defer { next += count }
    return (0..<count).reduce(0) { $0 | Int(outline[next + $1]) << (8 * $1) }
  }
}
