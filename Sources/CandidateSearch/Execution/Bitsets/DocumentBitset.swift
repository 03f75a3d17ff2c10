/// The candidates that match a query, by their ordinals. A frequent query has a bit for each candidate, so that one
/// operation intersects 64 of them; a rare one has the ordinals of its matches, two bytes each.
final class DocumentBitset: Sendable {
  /// The words of 64 bits that are evaluated at once: 1 KiB for each level of an expression, which fits the stack.
  static let wordsInBlock = 128
  /// The candidates of a block.
  static let blockLength = 64 * wordsInBlock
  /// A query that matches fewer than one of this many candidates is rare.
  private static let maximumShare = 64

  typealias Words = UnsafeMutableBufferPointer<UInt64>

  private enum Storage {
    case bits([UInt64])
    /// The positions of the members in their blocks, and the first member of each block, with an end.
    case members([UInt16], starts: [UInt32])
  }

  private let storage: Storage
  /// The number of members.
  let count: Int

  /// Evaluates a query on the postings: about 0.1 µs for each match. Returns nil where more than `limit` match.
  convenience init?(
    of query: IndexQuery, _ ordinals: DocidOrdinals, in snapshot: any IndexSnapshot, limit: Int = .max,
    cancellation: Cancellation = .never
  ) throws {
    var members: [Int] = []
    var (ordinal, row) = (0, 0)
    try snapshot.forEachDocid(of: query, limit: limit < .max ? limit + 1 : .max) { docid in
      try cancellation.check(row: row)
      row += 1
      ordinal = ordinals.first(notBelow: docid.value, from: ordinal)
      guard ordinals.contains(docid.value, at: ordinal) else { return }
      members.append(ordinal)
    }
    if row > limit { return nil }
    self.init(members, of: ordinals.count)
  }

  /// The set of some ordinals, which ascend, of `count` candidates.
  init(_ ordinals: [Int], of count: Int) {
    self.count = ordinals.count
    if ordinals.count > count / Self.maximumShare {
      var bits = [UInt64](repeating: 0, count: (count + 63) / 64)
      for ordinal in ordinals { bits[ordinal / 64] |= 1 << (ordinal % 64) }
      storage = .bits(bits)
    } else if ordinals.isEmpty {
      storage = .members([], starts: [])
    } else {
      var starts: [UInt32] = []
      starts.reserveCapacity(count / Self.blockLength + 2)
      for (i, ordinal) in ordinals.enumerated() {
        while starts.count <= ordinal / Self.blockLength { starts.append(UInt32(i)) }
      }
      let blocks = (count + Self.blockLength - 1) / Self.blockLength
      while starts.count <= blocks { starts.append(UInt32(ordinals.count)) }
      storage = .members(ordinals.map { UInt16($0 % Self.blockLength) }, starts: starts)
    }
  }

  private init(bits: [UInt64], count: Int) {
    storage = .bits(bits)
    self.count = count
  }

  /// The set of the members of any of some sets, of `count` candidates.
  convenience init(unionOf sets: [DocumentBitset], of count: Int) {
    var bits = [UInt64](repeating: 0, count: (count + 63) / 64)
    bits.withUnsafeMutableBufferPointer { bits in
      for first in stride(from: 0, to: bits.count, by: Self.wordsInBlock) {
        let block = Words(rebasing: bits[first..<min(first + Self.wordsInBlock, bits.count)])
        for set in sets { set.insert(from: first, into: block) }
      }
    }
    let size = bits.reduce(0) { $0 + $1.nonzeroBitCount }
    if size > count / Self.maximumShare {
      self.init(bits: bits, count: size)
      return
    }
    var ordinals: [Int] = []
    ordinals.reserveCapacity(size)
    for (i, word) in bits.enumerated() {
      var word = word
      while word != 0 {
        ordinals.append(64 * i + word.trailingZeroBitCount)
        word &= word - 1
      }
    }
    self.init(ordinals, of: count)
  }

  func contains(_ ordinal: Int) -> Bool {
    switch storage {
    case .bits(let bits): return bits[ordinal / 64] & (1 << (ordinal % 64)) != 0
    case .members(let members, let starts):
      if members.isEmpty { return false }
      let position = UInt16(ordinal % Self.blockLength)
      let block = ordinal / Self.blockLength
      var (low, high) = (Int(starts[block]), Int(starts[block + 1]))
      while low < high {
        let middle = (low + high) / 2
        if members[middle] < position { low = middle + 1 } else { high = middle }
      }
      return low < Int(starts[block + 1]) && members[low] == position
    }
  }

  /// Adds its members among the candidates from the word `first` on, the first of a block, to the bits of a block.
  func insert(from first: Int, into target: Words) {
    switch storage {
    case .bits(let bits): Self.combine(bits, from: first, with: target) { $0 | $1 }
    case .members(let members, let starts):
      if members.isEmpty { return }
      let block = first / Self.wordsInBlock
      let range = Int(starts[block])..<Int(starts[block + 1])
      members.withUnsafeBufferPointer { members in
        for position in members[range] { target[Int(position >> 6)] |= 1 << UInt64(position & 63) }
      }
    }
  }

  /// Removes all but its members from the bits of a block.
  func intersect(from first: Int, with target: Words) {
    switch storage {
    case .bits(let bits): Self.combine(bits, from: first, with: target) { $0 & $1 }
    case .members:
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: target.count) { words in
        words.update(repeating: 0)
        insert(from: first, into: words)
        for i in target.indices { target[i] &= words[i] }
      }
    }
  }

  @inline(__always)
  private static func combine(
    _ bits: [UInt64], from first: Int, with target: Words, by combined: (UInt64, UInt64) -> UInt64
  ) {
    bits.withUnsafeBufferPointer { bits in
      let source = UnsafeBufferPointer(rebasing: bits[first..<(first + target.count)])
      for i in target.indices { target[i] = combined(target[i], source[i]) }
    }
  }

  /// The memory that it takes, in bytes, with its query and its place in the cache.
  var size: Int {
    switch storage {
    case .bits(let bits): Self.overhead + 8 * bits.count
    case .members(let members, let starts): Self.overhead + 2 * members.count + 4 * starts.count
    }
  }

  static let overhead = 512
}
