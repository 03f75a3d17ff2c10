/// The docids of all candidates, ascending. The position of a docid is its ordinal; a bitset has a bit for each
/// ordinal.
struct DocidOrdinals: Sendable {
  /// The docids, ascending.
  let docids: [Int64]
  /// The first docid of each block: a search among them stays in the processor's cache.
  private let starts: [Int64]

  /// The number of docids of a block.
  private static let blockLength = 16

  /// Reads the docid of every candidate: about 25 ms for a million.
  init(_ snapshot: any IndexSnapshot, _ cancellation: Cancellation = .never) throws {
    var docids: [Int64] = []
    try snapshot.forEachDocid(of: .everything, limit: .max) {
      try cancellation.check(row: docids.count)
      docids.append($0.value)
    }
    self.init(docids)
  }

  /// The ordinals of some docids, which ascend.
  init(_ docids: [Int64]) {
    self.docids = docids
    starts = stride(from: 0, to: docids.count, by: Self.blockLength).map { docids[$0] }
  }

  var count: Int { docids.count }

  /// The ordinal of the first docid that is not below this one, from the ordinal `start` on. The cost is logarithmic in
  /// the distance.
  func first(notBelow docid: Int64, from start: Int = 0) -> Int {
    max(start, first(notBelow: docid, inBlock: block(of: docid, from: start / Self.blockLength)))
  }

  /// Whether a docid has this ordinal.
  func contains(_ docid: Int64, at ordinal: Int) -> Bool { ordinal < count && docids[ordinal] == docid }

  /// Appends the ordinals of some docids, which ascend from those of the ordinals before. Docids without a candidate are
  /// left out.
  func append(_ found: [Docid], to ordinals: inout [UInt32]) {
    var block = ordinals.last.map { Int($0) / Self.blockLength } ?? 0
    for docid in found {
      // The search for the next block does not depend on docids, which come from memory: the processor goes on meanwhile.
      block = self.block(of: docid.value, from: block)
      let ordinal = first(notBelow: docid.value, inBlock: block)
      if contains(docid.value, at: ordinal) { ordinals.append(UInt32(ordinal)) }
    }
  }

  /// The last block that begins below a docid, or else the block `first`, in which the search begins.
  private func block(of docid: Int64, from first: Int) -> Int {
    var (block, step) = (first, 1)
    while block + step < starts.count, starts[block + step] < docid {
      block += step
      step *= 2
    }
    var end = min(block + step, starts.count)
    while block + 1 < end {
      let middle = (block + end) / 2
      if starts[middle] < docid { block = middle } else { end = middle }
    }
    return block
  }

  /// The ordinal after those of a block that are below a docid. A sum without branches takes less than a search whose
  /// steps the processor cannot foresee.
  private func first(notBelow docid: Int64, inBlock block: Int) -> Int {
    let first = Self.blockLength * block
    var below = 0
    for i in first..<min(first + Self.blockLength, docids.count) { below += docids[i] < docid ? 1 : 0 }
    return first + below
  }
}
