/// For each docid, the sum of the hashes of its postings, without the gaps between values: two states of postings are the same if
/// all sums are. 32 bytes a candidate.
struct PostingSums: Sendable {
  /// The generation of the postings.
  let generation: Int
  private let docids: DocidSet
  /// The sums, each at the slot of its docid.
  private var sums: [UInt64]

  /// Adds up every posting of an index.
  init(_ snapshot: any IndexSnapshot) throws {
    generation = try snapshot.generation()
    var all: [Int64] = []
    // The rows of candidates decide on docids, not the postings, which are to be compared with them.
    try snapshot.forEachDocid(of: .record(.docids(.min ... .max)), limit: .max) { all.append($0.value) }
    docids = DocidSet(all)
    sums = Array(repeating: 0, count: docids.slotCount)
    try snapshot.forEachPosting { posting in
      guard !Self.isGap(posting.term), let slot = docids.slot(of: posting.docid.value) else { return }
      sums[slot] &+= Self.hash(posting.term, column: posting.column, offset: posting.offset)
    }
  }

  /// The sum of a docid; nil if no candidate has it.
  subscript(docid: Docid) -> UInt64? { docids.slot(of: docid.value).map { sums[$0] } }

  /// The sum of the postings of a document.
  static func sum(_ document: Document) -> UInt64 {
    var sum: UInt64 = 0
    document.forEachToken { token, column, offset in
      if !isGap(token) { sum &+= hash(token, column: column, offset: offset) }
    }
    return sum
  }

  /// Whether a token is what is between two values. An engine need not store where all of these are.
  private static func isGap(_ token: UnsafeRawBufferPointer) -> Bool {
    token.elementsEqual(FilterTerm.separatorBytes)
  }

  /// The hash of a posting. A damaged file may contain any numbers.
  static func hash(_ token: UnsafeRawBufferPointer, column: Int, offset: Int) -> UInt64 {
    let hash = TableHash().hash(token)
    return (hash ^ UInt64(bitPattern: Int64(column) &* 31 &+ 7))
      &* (UInt64(bitPattern: Int64(offset)) &* 2 &+ 0x9E37_79B9_7F4A_7C15)
  }
}
