import GRDB

/// Looks terms up in the segments. A query of FTS5 takes ten microseconds more, even if there is nothing to find. Belongs to
/// one read transaction.
struct TermLookup {
  private let storage: SegmentStorage
  /// Nil where the segments are many, are being merged, or are described in another way than is known here.
  private let segments: [SegmentStructure.Segment]?

  /// Each segment takes a look-up of its own, as it does for FTS5.
  private static let maximumSegments = 4

  init(_ db: Database) throws {
    storage = try SegmentStorage(db, table: "posting")
    let levels = try storage.structure()?.levels ?? []
    let all = levels.flatMap(\.segments)
    let isSettled = !all.isEmpty && all.count <= Self.maximumSegments && levels.allSatisfy { $0.merging == 0 }
    segments = isSettled ? all : nil
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
    // A segment without pages is left of a merge.
    if segment.last == 0 { return true }
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
