import GRDB

/// Looks terms up in the segments. A query of FTS5 takes ten microseconds more, even if there is nothing to find. Belongs to
/// one read transaction.
struct TermLookup {
  private let storage: SegmentStorage
  /// The newest first. Nil where they are many, or are described in another way than is known here.
  private let segments: [SegmentStructure.Segment]?

  /// Each segment takes a look-up of its own, as it does for FTS5.
  private static let maximumSegments = 16

  init(_ db: Database) throws {
    storage = try SegmentStorage(db, table: "posting")
    // Segments without pages are left of a merge.
    let all = try storage.structure()?.levels.flatMap { $0.segments.reversed().filter { $0.last > 0 } }
    segments = all.flatMap { (1...Self.maximumSegments).contains($0.count) ? $0 : nil }
  }

  /// Calls `body` with the docids of the documents that have a term in one of some columns, ascending from `start` on, until
  /// it returns false. Returns false if that is left to FTS5.
  func forEachDocid(
    of term: String, in columns: [TextColumn], from start: Int64, _ body: (Int64) throws -> Bool
  ) throws -> Bool {
    guard let segments else { return false }
    var term = term
    return try term.withUTF8 { term in
      guard !term.isEmpty, term.count < SegmentFormat.maximumToken else { return false }
      var postings = try TermPostings(before: term, storage, segments)
      try postings.forEachDocid(of: term, in: ColumnSet(columns), from: start, body)
      return true
    }
  }

  /// Calls `body` with every term that continues a prefix, in order, and the docids of its documents, ascending and each
  /// once. Returns false if that is left to FTS5.
  func forEachTerm(
    withPrefix prefix: [UInt8], _ body: (UnsafeRawBufferPointer, [Int64]) throws -> Void
  ) throws -> Bool {
    guard let segments else { return false }
    return try prefix.withUnsafeBufferPointer { prefix in
      var postings = try TermPostings(before: prefix, storage, segments)
      try postings.forEachTerm(withPrefix: prefix, body)
      return true
    }
  }

  /// Whether no segment contains a term, or one with this prefix; false where that is not known.
  func lacks(_ term: String, isPrefix: Bool = false) throws -> Bool {
    guard let segments else { return false }
    var term = term
    return try term.withUTF8 { term in
      guard !term.isEmpty, term.count < SegmentFormat.maximumToken else { return false }
      return try segments.allSatisfy { try lacks(term, isPrefix, $0) }
    }
  }

  private func lacks(
    _ term: UnsafeBufferPointer<UInt8>, _ isPrefix: Bool, _ segment: SegmentStructure.Segment
  ) throws -> Bool {
    let page = try storage.page(ofTerm: term, in: segment)
    guard page > 0, page <= segment.last else { return false }
    // The first term with a prefix may be on the next page.
    let last = min(segment.last, isPrefix ? page + 1 : page)
    var reader = SegmentReader(storage, SegmentStructure.Segment(id: segment.id, first: page, last: last))
    while try reader.nextTerm() {
      if isPrefix ? reader.term.starts(with: term) : reader.term.elementsEqual(term) { return false }
      if term.lexicographicallyPrecedes(reader.term) { return true }
    }
    return !isPrefix || last == segment.last
  }
}
