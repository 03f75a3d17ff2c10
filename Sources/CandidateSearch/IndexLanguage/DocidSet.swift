/// A set of docids as a hash table, for testing millions of docids in any order: at most 32 bytes a docid.
package struct DocidSet: Sendable {
  /// The docids, each in the first free slot from that of its hash on; `empty` elsewhere.
  private var slots: [Int64]
  private let shift: UInt64

  private static let empty = Int64.min

  /// The docids must be different.
  package init(_ docids: [Int64]) {
    let bits = max(1, Int.bitWidth - docids.count.leadingZeroBitCount + 1)
    shift = UInt64(Int.bitWidth - bits)
    slots = Array(repeating: Self.empty, count: 1 << bits)
    for docid in docids {
      var slot = Self.slot(of: docid, shift)
      while slots[slot] != Self.empty { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = docid
    }
  }

  /// The number of slots.
  package var slotCount: Int { slots.count }

  /// The slot of a docid; nil if the set does not contain it.
  package func slot(of docid: Int64) -> Int? {
    slots.withUnsafeBufferPointer { slots in
      var slot = Self.slot(of: docid, shift)
      while slots[slot] != Self.empty {
        if slots[slot] == docid { return slot }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }
  }

  package func contains(_ docid: Int64) -> Bool { slot(of: docid) != nil }

  private static func slot(of docid: Int64, _ shift: UInt64) -> Int {
    Int((UInt64(bitPattern: docid) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }
}
