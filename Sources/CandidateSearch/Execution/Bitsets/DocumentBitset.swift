/// The candidates that match a query, by their ordinals. A frequent query has a bit for each candidate, so that one
/// operation intersects 64 of them; a rare one has the ordinals of its matches, two bytes each.
final class DocumentBitset: Sendable {
  /// The words of 64 bits that are evaluated at once: 4 KiB for each level of an expression.
  static let wordsInBlock = 512
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
    var members: [UInt32] = []
    var docids: [Docid] = []
    var row = 0
    try snapshot.forEachDocid(of: query, limit: limit < .max ? limit + 1 : .max) { docid in
      try cancellation.check(row: row)
      row += 1
      docids.append(docid)
      if docids.count == Self.blockLength {
        ordinals.append(docids, to: &members)
        docids.removeAll(keepingCapacity: true)
      }
    }
    if row > limit { return nil }
    ordinals.append(docids, to: &members)
    self.init(members, of: ordinals.count)
  }

  /// The set of some ordinals, which ascend, of `count` candidates.
  init(_ ordinals: [UInt32], of count: Int) {
    self.count = ordinals.count
    if ordinals.count > count / Self.maximumShare {
      var bits = [UInt64](repeating: 0, count: (count + 63) / 64)
      for ordinal in ordinals { bits[Int(ordinal / 64)] |= 1 << UInt64(ordinal % 64) }
      storage = .bits(bits)
    } else if ordinals.isEmpty {
      storage = .members([], starts: [])
    } else {
      var starts: [UInt32] = []
      starts.reserveCapacity(count / Self.blockLength + 2)
      for (i, ordinal) in ordinals.enumerated() {
        while starts.count <= Int(ordinal) / Self.blockLength { starts.append(UInt32(i)) }
      }
      let blocks = (count + Self.blockLength - 1) / Self.blockLength
      while starts.count <= blocks { starts.append(UInt32(ordinals.count)) }
      storage = .members(ordinals.map { UInt16(Int($0) % Self.blockLength) }, starts: starts)
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
    var ordinals: [UInt32] = []
    ordinals.reserveCapacity(size)
    for (i, word) in bits.enumerated() {
      var word = word
      while word != 0 {
        ordinals.append(UInt32(64 * i + word.trailingZeroBitCount))
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

  // MARK: Blocks

  /// Writes the bits of the block that begins with the word `first`. Returns false if it is known that all of them are 0:
  /// then none is written.
  func write(from first: Int, to target: Words) -> Bool {
    let isCopied = withBits(from: first) {
      _ = target.update(fromContentsOf: $0[..<target.count])
      return true
    }
    return isCopied
      ?? withMembers(from: first) {
        target.update(repeating: 0)
        Self.insert($0, into: target)
        return true
      } ?? false
  }

  /// Adds its members among the candidates of a block to its bits.
  func insert(from first: Int, into target: Words) {
    withMembers(from: first) { Self.insert($0, into: target) }
    withBits(from: first) { _ = target.combine(with: $0) { $0 | $1 } }
  }

  /// Removes all but its members from the bits of a block. Returns false if none is left: then the bits are not specified.
  func intersect(from first: Int, with target: Words) -> Bool {
    withBits(from: first) { target.combine(with: $0) { $0 & $1 } }
      ?? withMembers(from: first) { Self.intersect($0, with: target) } ?? false
  }

  /// Whether the positions of its members are stored, rather than bits.
  var isRare: Bool { if case .members = storage { true } else { false } }

  /// Calls `body` with the words from one on; nil if it is rare.
  func withBits<T>(from first: Int, _ body: (UnsafeBufferPointer<UInt64>) -> T) -> T? {
    guard case .bits(let bits) = storage else { return nil }
    return bits.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[first...])) }
  }

  /// Calls `body` with the positions of its members in a block, if it is rare and there are any.
  @discardableResult func withMembers<T>(
    from first: Int, _ body: (UnsafeBufferPointer<UInt16>) -> T
  ) -> T? {
    guard case .members(let members, let starts) = storage, !members.isEmpty else { return nil }
    let block = first / Self.wordsInBlock
    let range = Int(starts[block])..<Int(starts[block + 1])
    if range.isEmpty { return nil }
    return members.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  private static func insert(_ members: UnsafeBufferPointer<UInt16>, into target: Words) {
    for position in members { target[Int(position >> 6)] |= 1 &<< UInt64(position & 63) }
  }

  private static func intersect(_ members: UnsafeBufferPointer<UInt16>, with target: Words) -> Bool {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: members.count) { kept in
      _ = kept.initialize(from: members)
      let count = kept.keep(members.count, in: UnsafeBufferPointer(target))
      if count == 0 { return false }
      target.update(repeating: 0)
      insert(UnsafeBufferPointer(rebasing: kept[..<count]), into: target)
      return true
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

extension DocumentBitset.Words {
  /// Combines its words, in groups of four, with as many others. Returns whether any bit is set in the results.
  @discardableResult @inline(__always) func combine(
    with others: UnsafeBufferPointer<UInt64>, by combined: (SIMD4<UInt64>, SIMD4<UInt64>) -> SIMD4<UInt64>
  ) -> Bool {
    guard let target = UnsafeMutableRawPointer(baseAddress),
      let source = UnsafeRawPointer(others.baseAddress),
      others.count >= count
    else { return false }
    var all = SIMD4<UInt64>(repeating: 0)
    let end = MemoryLayout<UInt64>.stride * count
    var offset = 0
    while offset + MemoryLayout<SIMD4<UInt64>>.size <= end {
      let words = combined(
        target.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self),
        source.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self))
      target.storeBytes(of: words, toByteOffset: offset, as: SIMD4<UInt64>.self)
      all |= words
      offset += MemoryLayout<SIMD4<UInt64>>.size
    }
    for i in (offset / MemoryLayout<UInt64>.stride)..<count {
      let word = combined(SIMD4(self[i], 0, 0, 0), SIMD4(others[i], 0, 0, 0))
      self[i] = word[0]
      all |= word
    }
    return all != SIMD4(repeating: 0)
  }

  /// Calls `body` with each word that is not 0, and its index. Few are: they are looked at in groups.
  @inline(__always) func forEachNotEmpty(_ body: (Int, UInt64) -> Void) {
    var start = 0
    while start < count {
      let end = Swift.min(start + 4, count)
      if end < start + 4 || self[start] | self[start + 1] | self[start + 2] | self[start + 3] != 0 {
        for i in start..<end where self[i] != 0 { body(i, self[i]) }
      }
      start = end
    }
  }
}

extension UnsafeMutableBufferPointer<UInt16> {
  /// Moves those of its first `count` positions to its beginning whose bits are set, and returns how many these are.
  func keep(_ count: Int, in words: UnsafeBufferPointer<UInt64>) -> Int {
    var kept = 0
    for i in 0..<count {
      let position = self[i]
      // Overwritten by the next one, unless its bit is set: a branch would mostly be mispredicted.
      self[kept] = position
      kept &+= Int((words[Int(position >> 6)] &>> UInt64(position & 63)) & 1)
    }
    return kept
  }
}
