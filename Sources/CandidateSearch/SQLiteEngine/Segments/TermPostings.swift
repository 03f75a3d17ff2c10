import TextAnalysis

/// The postings of some segments, term by term, each in the order of docids. FTS5 takes twice the time for each.
struct TermPostings: ~Copyable {
  private let readers: SegmentReaders
  /// The positions of the readers that are at a term, the newest segment first.
  private var open: [Int]
  /// Those at the current term that have postings left, the newest segment first.
  private var active: [Int] = []

  /// Begins before a term.
  /// - Parameter segments: The newest first: of several postings of a document, the newest applies.
  init(
    before term: UnsafeBufferPointer<UInt8>, _ storage: SegmentStorage,
    _ segments: [SegmentStructure.Segment]
  ) throws {
    let rests = try segments.map { segment in
      let page = try storage.page(ofTerm: term, in: segment)
      return SegmentStructure.Segment(id: segment.id, first: page, last: segment.last)
    }
    let readers = SegmentReaders(storage, rests)
    open = try (0..<readers.count).filter { try readers[$0].nextTerm(notBelow: term) }
    self.readers = readers
  }

  /// Calls `body` with the docids of the documents that have a term in one of some columns, from `start` on, until it
  /// returns false.
  mutating func forEachDocid(
    of term: UnsafeBufferPointer<UInt8>, in columns: ColumnSet, from start: Int64,
    _ body: (Int64) throws -> Bool
  ) throws {
    active = open.filter { readers[$0].term.elementsEqual(term) }
    for i in active.reversed() {
      if start > .min { try readers[i].skipPages(below: start) }
      repeat { try advance(i) } while active.contains(i) && readers[i].docid < start
    }
    try forEachDocid(in: columns, body)
  }

  /// Calls `body` with each term that continues a prefix, in order, and the docids of its documents.
  mutating func forEachTerm(
    withPrefix prefix: UnsafeBufferPointer<UInt8>, _ body: (UnsafeRawBufferPointer, [Int64]) throws -> Void
  ) throws {
    var docids: [Int64] = []
    while let first = open.min(by: { readers[$0].term.lexicographicallyPrecedes(readers[$1].term) }),
      readers[first].term.starts(with: prefix)
    {
      let same = open.filter { readers[$0].term.elementsEqual(readers[first].term) }
      if readers[first].term.count > prefix.count {
        active = same
        for i in same { try advance(i) }
        docids.removeAll(keepingCapacity: true)
        try forEachDocid(in: ColumnSet([])) { docid in
          docids.append(docid)
          return true
        }
        if !docids.isEmpty { try body(UnsafeRawBufferPointer(readers[first].term), docids) }
      }
      for i in same where try !readers[i].nextTerm() { open.removeAll { $0 == i } }
    }
  }

  /// Calls `body` with the docids of the current term, from the readers' postings on, until it returns false.
  private mutating func forEachDocid(in columns: ColumnSet, _ body: (Int64) throws -> Bool) throws {
    var last: Int64?
    while let first = active.count == 1 ? active[0] : newest() {
      let docid = readers[first].docid
      if let last, docid <= last { throw SegmentFormat.damage }
      last = docid
      // A posting without positions is a removal.
      if columns.contains(readers[first].positions), try !body(docid) { return }
      if active.count == 1 {
        try advance(first)
      } else {
        for i in active where readers[i].docid == docid { try advance(i) }
      }
    }
  }

  /// Of the readers with the lowest docid, that of the newest segment; nil if no postings are left.
  private func newest() -> Int? {
    active.min { (readers[$0].docid, $0) < (readers[$1].docid, $1) }
  }

  private mutating func advance(_ reader: Int) throws {
    if try !readers[reader].nextPosting() { active.removeAll { $0 == reader } }
  }
}

/// Some columns of the postings.
struct ColumnSet {
  /// A bit for each column of the table; nil for all of them.
  private let bits: UInt64?

  /// The columns of some texts; all columns of the table if none is named.
  init(_ columns: [TextColumn]) {
    bits =
      columns.isEmpty
      ? nil
      : TextColumn.allCases.enumerated().reduce(0) { bits, column in
        // The hidden column is the first.
        columns.contains(column.element) ? bits | 1 << UInt64(column.offset + 1) : bits
      }
  }

  /// Whether a position list has a position in one of the columns. In it, a byte 1 comes before the number of a column,
  /// and positions without one are in the first column.
  @inline(__always) func contains(_ positions: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let bits, let first = positions.first else { return !positions.isEmpty }
    if first != 1, bits & 1 != 0 { return true }
    var offset = 0
    while offset < positions.count {
      let byte = positions[offset]
      offset += 1
      if byte == 1, offset < positions.count {
        if bits & 1 << UInt64(positions[offset]) != 0 { return true }
        offset += 1
      } else if byte >= 0x80 {
        while offset < positions.count, positions[offset] >= 0x80 { offset += 1 }
        offset += 1
      }
    }
    return false
  }
}
