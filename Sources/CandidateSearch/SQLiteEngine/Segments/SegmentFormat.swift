import GRDB

/// How FTS5 stores postings, as the comments of its source `fts5_index.c` document it (public domain, structure records of
/// version 1, `detail=full`): rows of the table `…_data`, of which most are leaf pages of segments.
enum SegmentFormat {
  /// The size at which a page is full, in bytes: FTS5's default.
  static let pageSize = 4_050
  /// The first byte of each term: it belongs to the main index, not to one of prefixes.
  static let mainIndex: UInt8 = 0x30
  /// The maximum length of a token, in bytes; FTS5 cuts longer ones.
  static let maximumToken = 32_768
  /// The length of a page's header: the offsets of the first docid and of the end of the postings, two bytes each.
  static let headerLength = 4

  /// The rows that describe the whole table.
  static let (totalsRow, structureRow): (Int64, Int64) = (1, 10)

  /// The row of a leaf page, counted from 1.
  static func leaf(_ segment: Int, page: Int) -> Int64 { Int64(segment) << 37 + Int64(page) }

  /// The row of a page of a segment's doclist indexes.
  static func doclistIndex(_ segment: Int, level: Int, page: Int) -> Int64 {
    leaf(segment, page: page) + 1 << 36 + Int64(level) << 31
  }

  /// Whether the row of the segment 0 is one of a doclist index.
  static func isDoclistIndex(_ row: Int64) -> Bool { row >> 36 != 0 }

  /// A page of a doclist index whose pages follow others: after a byte comes the number of the first page below it.
  static func doclistIndex(_ block: UnsafeRawBufferPointer, pagesBefore: Int) throws -> [UInt8] {
    let bytes = block.bindMemory(to: UInt8.self)
    var offset = 1
    guard let page = Varint.get(bytes, &offset) else { throw damage }
    var moved = Array(bytes.prefix(1))
    Varint.append(page &+ UInt64(bitPattern: Int64(pagesBefore)), to: &moved)
    return moved + bytes[offset...]
  }

  /// The rows of a segment.
  static func rows(of segment: Int) -> ClosedRange<Int64> {
    leaf(segment, page: 0)...(leaf(segment + 1, page: 0) - 1)
  }

  /// The error for postings that are not as FTS5 writes them.
  static var damage: DatabaseError { DatabaseError(resultCode: .SQLITE_CORRUPT_VTAB) }
}
