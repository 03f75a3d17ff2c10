/// The candidates that contain a term, as a bit for each ordinal. One operation intersects 64 candidates.
final class DocumentBitset: Sendable {
  let bits: [UInt64]

  /// Evaluates a query on the postings: about 0.1 µs for each match.
  convenience init(
    of query: IndexQuery, _ ordinals: DocidOrdinals, in snapshot: any IndexSnapshot,
    cancellation: Cancellation = .never
  ) throws {
    var members: [Int] = []
    var ordinal = 0
    try snapshot.forEachDocid(of: query, limit: .max) { docid in
      try cancellation.check(row: members.count)
      ordinal = ordinals.first(notBelow: docid.value, from: ordinal)
      guard ordinals.contains(docid.value, at: ordinal) else { return }
      members.append(ordinal)
    }
    self.init(members, of: ordinals.count)
  }

  /// The bitset of some ordinals, of `count` candidates.
  init(_ ordinals: some Sequence<Int>, of count: Int) {
    var bits = [UInt64](repeating: 0, count: (count + 63) / 64)
    for ordinal in ordinals { bits[ordinal / 64] |= 1 << (ordinal % 64) }
    self.bits = bits
  }

  func contains(_ ordinal: Int) -> Bool { bits[ordinal / 64] & (1 << (ordinal % 64)) != 0 }

  /// The memory that it takes, in bytes.
  var size: Int { 8 * bits.count }
}
