import GRDB

/// The rows in which FTS5 stores the segments of a posting table. Belongs to one thread. It keeps no row, so that it may be
/// used in several transactions, one after the other.
final class SegmentStorage {
  private let db: Database
  private let table: String
  private let select: RawStatement
  private lazy var replace = Result {
    try RawStatement(db, "REPLACE INTO \(table)_data (id, block) VALUES (?, ?)")
  }
  private lazy var remove = Result {
    try RawStatement(db, "DELETE FROM \(table)_data WHERE id BETWEEN ? AND ?")
  }
  private lazy var insertEntry = Result {
    try RawStatement(db, "INSERT INTO \(table)_idx (segid, term, pgno) VALUES (?, ?, ?)")
  }

  init(_ db: Database, table: String) throws {
    self.db = db
    self.table = table
    select = try RawStatement(cached: "SELECT block FROM \(table)_data WHERE id = ?", db)
  }

  func write(_ bytes: UnsafeRawBufferPointer, as row: Int64) throws {
    let replace = try replace.get()
    replace.bind(1, row)
    replace.bind(2, blob: bytes)
    try replace.run()
  }

  /// Calls `body` with the bytes of a row.
  /// - Throws: The error for damage, if there is no such row.
  func read<T>(_ row: Int64, _ body: (UnsafeBufferPointer<UInt8>) throws -> T) throws -> T {
    select.bind(1, row)
    let result = try select.first { try body($0.blob(0).assumingMemoryBound(to: UInt8.self)) }
    guard let result else { throw SegmentFormat.damage }
    return result
  }

  func write(_ entry: SegmentEntry, onPage page: Int, segment: Int) throws {
    let insertEntry = try insertEntry.get()
    insertEntry.bind(1, Int64(segment))
    insertEntry.bind(3, Int64(page) << 1 | (entry.hasDoclistIndex ? 1 : 0))
    do {
      try entry.separator.withUnsafeBytes {
        insertEntry.bind(2, blob: $0)
        try insertEntry.run()
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      // Another segment has the same number.
      throw SegmentFormat.damage
    }
  }

  /// The page of a segment that contains a term, if any does.
  func page(ofTerm term: UnsafeBufferPointer<UInt8>, in segment: SegmentStructure.Segment) throws -> Int {
    let entry = try RawStatement(
      cached: "SELECT pgno FROM \(table)_idx WHERE segid = ? AND term <= ? ORDER BY term DESC LIMIT 1", db)
    entry.bind(1, Int64(segment.id))
    let separator = [SegmentFormat.mainIndex] + term
    let page = try separator.withUnsafeBytes { bytes in
      entry.bind(2, blob: bytes)
      return try entry.first { Int($0.integer(orZero: 0) >> 1) }
    }
    return max(page ?? 0, segment.first)
  }

  /// The first page of a segment whose first term is above this one; nil if there is none.
  func page(after term: UnsafeBufferPointer<UInt8>, in segment: SegmentStructure.Segment) throws -> Int? {
    let entry = try RawStatement(
      cached: "SELECT pgno FROM \(table)_idx WHERE segid = ? AND term > ? ORDER BY term LIMIT 1", db)
    entry.bind(1, Int64(segment.id))
    return try ([SegmentFormat.mainIndex] + term).withUnsafeBytes { bytes in
      entry.bind(2, blob: bytes)
      return try entry.first { Int($0.integer(orZero: 0) >> 1) }
    }
  }

  /// Calls `body` with each page of a segment that a term begins on, and a text that separates the terms of the pages before
  /// from those of this one, until it returns false.
  func forEachEntry(
    of segment: SegmentStructure.Segment, _ body: (_ page: Int, _ separator: UnsafeRawBufferPointer) -> Bool
  ) throws {
    let entries = try RawStatement(
      cached: "SELECT pgno, term FROM \(table)_idx WHERE segid = ? ORDER BY term", db)
    entries.bind(1, Int64(segment.id))
    var shouldContinue = true
    try entries.forEach(while: { shouldContinue }) { row in
      shouldContinue = body(
        Int(row.integer(orZero: 0) >> 1), UnsafeRawBufferPointer(rebasing: row.blob(1).dropFirst()))
    }
  }

  /// Whether a page of a segment is in the file.
  func hasPage(_ page: Int, of segment: SegmentStructure.Segment) throws -> Bool {
    select.bind(1, SegmentFormat.leaf(segment.id, page: page))
    return try select.first { _ in true } ?? false
  }

  /// The first docid that begins on a page; nil if none does.
  func firstDocid(ofPage page: Int, in segment: SegmentStructure.Segment) throws -> Int64? {
    try read(SegmentFormat.leaf(segment.id, page: page)) { bytes in
      guard bytes.count >= SegmentFormat.headerLength else { throw SegmentFormat.damage }
      var offset = Int(bytes[0]) << 8 | Int(bytes[1])
      return offset == 0 ? nil : Varint.get(bytes, &offset).map { Int64(bitPattern: $0) }
    }
  }

  /// Removes pages of a segment.
  func removePages(_ pages: ClosedRange<Int>, of segment: Int) throws {
    try removeRows(
      SegmentFormat.leaf(
        segment, page: pages.lowerBound)...SegmentFormat.leaf(segment, page: pages.upperBound))
  }

  /// Removes everything of a segment.
  func remove(_ segment: Int) throws {
    try removeRows(SegmentFormat.rows(of: segment))
    try db.execute(sql: "DELETE FROM \(table)_idx WHERE segid = ?", arguments: [segment])
  }

  private func removeRows(_ rows: ClosedRange<Int64>) throws {
    let remove = try remove.get()
    remove.bind(1, rows.lowerBound)
    remove.bind(2, rows.upperBound)
    try remove.run()
  }

  // MARK: The rows of the whole table

  /// The segments; nil if their description is not of the version that is known here.
  func structure() throws -> SegmentStructure? {
    try read(SegmentFormat.structureRow) { SegmentStructure($0) }
  }

  func store(_ structure: SegmentStructure) throws {
    try structure.bytes.withUnsafeBytes { try write($0, as: SegmentFormat.structureRow) }
  }

  func totals(columnCount: Int) throws -> PostingTotals {
    guard let totals = try read(SegmentFormat.totalsRow, { PostingTotals($0, columnCount: columnCount) })
    else {
      throw SegmentFormat.damage
    }
    return totals
  }

  func store(_ totals: PostingTotals) throws {
    try totals.bytes.withUnsafeBytes { try write($0, as: SegmentFormat.totalsRow) }
  }

  // MARK: What FTS5 has in memory

  /// Makes FTS5 write what it has gathered in this transaction, as it must when a savepoint begins.
  func flushFTS5() throws { try db.execute(sql: "SAVEPOINT segments; RELEASE segments") }

  /// Makes FTS5 read the description of the segments again, as it must when a savepoint is rolled back. The merge of no
  /// pages in it makes FTS5 part of the transaction.
  func refreshFTS5() throws {
    try db.execute(
      sql: """
        SAVEPOINT segments;
        INSERT INTO \(table) (\(table), rank) VALUES ('merge', 0);
        ROLLBACK TO segments;
        RELEASE segments
        """)
  }
}
