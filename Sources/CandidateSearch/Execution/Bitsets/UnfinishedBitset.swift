/// A bitset that is built in slices, so that no search takes long for it.
struct UnfinishedBitset: Sendable {
  /// The query that is read.
  let missing: IndexQuery
  /// The bitsets of the other parts of the query.
  let known: [DocumentBitset]
  /// The ordinals that were read, ascending.
  private var members: [UInt32] = []
  /// The docid to go on from.
  private var next = Int64.min

  init(missing: IndexQuery, known: [DocumentBitset]) {
    self.missing = missing
    self.known = known
  }

  /// The number of candidates that were read.
  var count: Int { members.count }
  /// The memory that it takes, in bytes.
  var size: Int { DocumentBitset.overhead + 4 * members.count }

  /// Reads the next docids, at most `length`. Returns whether these were the last.
  mutating func readSlice(
    of length: Int, _ ordinals: DocidOrdinals, in snapshot: any IndexSnapshot
  ) throws -> Bool {
    let docids = try snapshot.docids(of: missing.readForBitset, from: next, limit: length)
    add(docids, ordinals)
    guard docids.count == length, let last = docids.last, last.value < .max else { return true }
    next = last.value + 1
    return false
  }

  /// Adds docids, which ascend. A docid without a candidate is left out.
  mutating func add(_ docids: [Docid], _ ordinals: DocidOrdinals) {
    var ordinal = members.last.map(Int.init) ?? 0
    for docid in docids {
      ordinal = ordinals.first(notBelow: docid.value, from: ordinal)
      if ordinals.contains(docid.value, at: ordinal) { members.append(UInt32(ordinal)) }
    }
  }

  /// The bitset of all that was read, and of the other parts, of `count` candidates.
  func bitset(of count: Int) -> DocumentBitset {
    let read = DocumentBitset(members.map(Int.init), of: count)
    return known.isEmpty ? read : DocumentBitset(unionOf: known + [read], of: count)
  }
}
