/// Where the members of a record are in it, as an index may store it beside the record: reading the record then needs no
/// parser, which would take a fifth of a search.
///
/// A byte for the version and one for the flags, the length of the record, then each text and each list of
/// `MemberPositions`: the length of a text, and its distance from the end of the one before. A number below 254 is one
/// byte; 254 stands before two, 255 before four, the lowest first.
package enum RecordOutline {
  /// Increases when the decoder finds other members in a record than before.
  fileprivate static let version: UInt8 = 1

  /// Whether an outline is of this version and of a record with this length, in bytes.
  package static func isUsable(_ outline: UnsafeRawBufferPointer, recordBytes: Int) -> Bool {
    OutlineReader(outline, recordBytes: recordBytes) != nil
  }
}

extension CandidateRecord {
  /// The outline of the record; nil where a text differs from what the record spells (escapes, a place of several parts).
  var outline: [UInt8]? {
    guard let positions = positionsInRecord else { return nil }
    var writer = OutlineWriter()
    writer.bytes = [RecordOutline.version, header.flags]
    writer.append(UInt32(recordBytes))
    let value = header.modifiedAtRange
    writer.append(value.map { TextPosition(offset: UInt32($0.lowerBound), length: UInt32($0.count)) })
    for text in MemberPositions.Text.allCases { writer.append(positions[text.rawValue].ifPresent) }
    for list in MemberPositions.List.allCases {
      guard let elements = positions[list.index].ifPresent else {
        writer.append(0)
        continue
      }
      writer.append(elements.length + 1)
      for position in positions[elements.range] { writer.append(position.ifPresent) }
    }
    return writer.bytes
  }
}

extension CandidateMembers {
  /// Reads the members of a record from its outline. Returns false where that is of another version or record, or damaged.
  mutating func read(_ outline: UnsafeRawBufferPointer, recordBytes: Int) -> Bool {
    guard var reader = OutlineReader(outline, recordBytes: recordBytes) else { return false }
    begin(length: recordBytes)
    header = CandidateRecord.Header(flags: reader.flags)
    header.modifiedAtRange = reader.position()?.range
    for text in MemberPositions.Text.allCases { positions[text] = reader.position() }
    for list in MemberPositions.List.allCases {
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
  var bytes: [UInt8] = []
  /// The end of the last position.
  private var end: UInt32 = 0

  mutating func append(_ position: TextPosition?) {
    guard let position else { return append(0) }
    append(position.length + 1)
    let distance = Int32(bitPattern: position.offset &- end)
    // The lowest bit is the sign.
    append(UInt32(bitPattern: distance << 1 ^ distance >> 31))
    end = position.offset + position.length
  }

  mutating func append(_ number: UInt32) {
    switch number {
    case 0..<254: bytes.append(UInt8(number))
    case 254...0xFFFF:
      bytes.append(254)
      append(bytesOf: number, count: 2)
    default:
      bytes.append(255)
      append(bytesOf: number, count: 4)
    }
  }

  private mutating func append(bytesOf number: UInt32, count: Int) {
    for i in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(8 * i))) }
  }
}

/// Reads an outline from its third byte on. Whatever it contains, no position exceeds the record, and there are no more
/// positions than bytes.
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
