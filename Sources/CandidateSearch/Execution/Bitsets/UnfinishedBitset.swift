/// A bitset that is built in slices, so that no search takes long for it.
struct UnfinishedBitset: Sendable {
  /// The parts of the query that are not read yet; the first may have been begun.
  private(set) var missing: [IndexQuery]
  /// The bitsets of the other parts.
  private var known: [DocumentBitset]
  /// The ordinals that were read of the first missing part, ascending.
  private var members: [UInt32] = []
  /// The docid to go on from.
  private var next = Int64.min

  init(missing: [IndexQuery], known: [DocumentBitset] = []) {
    self.missing = missing
    self.known = known
  }

  /// The number of candidates that were read of the first missing part.
  var count: Int { members.count }
  /// The memory that it takes, in bytes.
  var size: Int { known.reduce(DocumentBitset.overhead + 4 * members.count) { $0 + $1.size } }

  /// Reads the next docids, at most `length`. Returns whether these were the last.
  mutating func readSlice(
    of length: Int, _ ordinals: DocidOrdinals, in snapshot: any IndexSnapshot
  ) throws -> Bool {
    guard let part = missing.first else { return true }
    let docids = try snapshot.docids(of: part.readForBitset, from: next, limit: length)
    ordinals.append(docids, to: &members)
    if docids.count == length, let last = docids.last, last.value < .max {
      next = last.value + 1
      return false
    }
    missing.removeFirst()
    known.append(DocumentBitset(members, of: ordinals.count))
    (members, next) = ([], .min)
    return missing.isEmpty
  }

  /// The bitset of all that was read, and of the other parts, of `count` candidates.
  func bitset(of count: Int) -> DocumentBitset {
    known.count == 1 ? known[0] : DocumentBitset(unionOf: known, of: count)
  }
}
