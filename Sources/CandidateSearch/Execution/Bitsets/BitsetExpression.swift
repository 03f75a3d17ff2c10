/// A Boolean expression of bitsets.
indirect enum BitsetExpression: Sendable {
  /// All candidates, or none.
  case constant(Bool)
  case set(DocumentBitset)
  /// The candidates with these ordinals.
  case range(Range<Int>)
  case and([BitsetExpression])
  case or([BitsetExpression])
  case not(BitsetExpression)

  typealias Words = DocumentBitset.Words

  var isEverything: Bool { if case .constant(true) = self { true } else { false } }

  /// Whether it is known without an evaluation that it has no members.
  var isEmpty: Bool {
    switch self {
    case .constant(let isAll): !isAll
    case .set(let set): set.count == 0
    case .range(let range): range.isEmpty
    case .and, .or, .not: false
    }
  }

  /// The conjunction, with the smallest parts first: the others are not evaluated where those have no members.
  static func all(_ parts: [BitsetExpression]) -> BitsetExpression {
    if parts.count < 2 { return parts.first ?? .constant(true) }
    let sizes = parts.map(\.estimatedCount)
    return .and(parts.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }.map { parts[$0] })
  }

  /// About how many members it has, from above for a conjunction and from below for a disjunction.
  private var estimatedCount: Int {
    switch self {
    case .constant(let isAll): isAll ? .max : 0
    case .set(let set): set.count
    case .range(let range): range.count
    case .and(let parts): parts.first?.estimatedCount ?? .max
    case .or(let parts): parts.reduce(0) { max($0, $1.estimatedCount) }
    case .not: .max
    }
  }

  // MARK: - Blocks

  /// Writes the bits of the block that begins with a word; a word contains the bits of 64 candidates. Returns false if it is
  /// known that all of them are 0: then they are not specified.
  private func write(from first: Int, to target: Words) -> Bool {
    switch self {
    case .constant(let isAll):
      if isAll { target.update(repeating: .max) }
      return isAll
    case .range(let range):
      Self.write(range, from: first, to: target)
      return true
    case .set(let set): return set.write(from: first, to: target)
    case .and(let parts):
      guard let smallest = parts.first else {
        target.update(repeating: .max)
        return true
      }
      return smallest.write(from: first, to: target)
        && parts.dropFirst().allSatisfy { $0.intersect(from: first, with: target) }
    case .or(let parts):
      var isWritten = false
      for part in parts {
        if isWritten {
          part.insert(from: first, into: target)
        } else {
          isWritten = part.write(from: first, to: target)
        }
      }
      return isWritten
    case .not(let part):
      guard part.write(from: first, to: target) else {
        target.update(repeating: .max)
        return true
      }
      for i in target.indices { target[i] = ~target[i] }
      return true
    }
  }

  /// Removes all but its members from the bits of a block. Returns false if none is left: then the bits are
  /// not specified.
  private func intersect(from first: Int, with target: Words) -> Bool {
    if case .set(let set) = self { return set.intersect(from: first, with: target) }
    return withWords(from: first, count: target.count) {
      target.combine(with: UnsafeBufferPointer($0)) { $0 & $1 }
    } ?? false
  }

  private func insert(from first: Int, into target: Words) {
    if case .set(let set) = self { return set.insert(from: first, into: target) }
    withWords(from: first, count: target.count) {
      target.combine(with: UnsafeBufferPointer($0)) { $0 | $1 }
    }
  }

  /// Calls `body` with its bits in a block, unless it is known that all of them are 0.
  @discardableResult private func withWords<T>(
    from first: Int, count: Int, _ body: (Words) -> T
  ) -> T? {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { words in
      write(from: first, to: words) ? body(words) : nil
    }
  }

  private static func write(_ range: Range<Int>, from first: Int, to target: Words) {
    for i in target.indices {
      let start = 64 * (first + i)
      let part = range.clamped(to: start..<(start + 64))
      // A shift by 64 results in 0.
      target[i] = part.isEmpty ? 0 : (UInt64.max >> (64 - part.count)) << (part.lowerBound - start)
    }
  }

  // MARK: - Members

  /// Whether the candidate with an ordinal belongs to it.
  func contains(_ ordinal: Int) -> Bool {
    switch self {
    case .constant(let isAll): isAll
    case .set(let set): set.contains(ordinal)
    case .range(let range): range.contains(ordinal)
    case .and(let parts): parts.allSatisfy { $0.contains(ordinal) }
    case .or(let parts): parts.contains { $0.contains(ordinal) }
    case .not(let part): !part.contains(ordinal)
    }
  }

  /// A range of ordinals that contains all of its members, of `count` candidates.
  private func extent(_ count: Int) -> Range<Int> {
    switch self {
    case .constant(let isAll): isAll ? 0..<count : 0..<0
    case .set(let set): set.count > 0 ? 0..<count : 0..<0
    case .not: 0..<count
    case .range(let range): range
    case .and(let parts): parts.reduce(0..<count) { $1.extent(count).clamped(to: $0) }
    case .or(let parts): parts.allSatisfy { $0.extent(count).isEmpty } ? 0..<0 : 0..<count
    }
  }

  /// The first members, at most `limit`, from the ordinal `start` on, of `count` candidates.
  func first(_ limit: Int, from start: Int, of count: Int) -> [Int] {
    let extent = extent(count).clamped(to: min(start, count)..<count)
    var found: [Int] = []
    if extent.isEmpty { return found }
    let rarest = rarestSet
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: DocumentBitset.wordsInBlock) { block in
      var word = extent.lowerBound / DocumentBitset.blockLength * DocumentBitset.wordsInBlock
      while 64 * word < extent.upperBound, found.count < limit {
        let end = min(word + DocumentBitset.wordsInBlock, (count + 63) / 64)
        let words = Words(rebasing: block[..<(end - word)])
        if let (set, others) = rarest {
          set.withMembers(from: word) {
            collect($0, from: word, in: extent, limit: limit, besides: others, words, into: &found)
          }
        } else if write(from: word, to: words) {
          words.forEachNotEmpty {
            collect($1, from: 64 * (word + $0), in: extent, limit: limit, into: &found)
          }
        }
        word = end
      }
    }
    return found
  }

  /// The first part of a conjunction, if it is a rare set, and the others.
  private var rarestSet: (DocumentBitset, others: ArraySlice<BitsetExpression>)? {
    guard case .and(let parts) = self, case .set(let set)? = parts.first, set.isRare else { return nil }
    return (set, parts.dropFirst())
  }

  /// Collects the members of a block that belong to some other parts, too.
  /// - Parameter words: Memory for the bits of the block.
  private func collect(
    _ members: UnsafeBufferPointer<UInt16>, from first: Int, in allowed: Range<Int>, limit: Int,
    besides parts: ArraySlice<BitsetExpression>, _ words: Words, into found: inout [Int]
  ) {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: members.count) { kept in
      _ = kept.initialize(from: members)
      var count = members.count
      for part in parts where count > 0 {
        if case .set(let set) = part, let isKept = set.withBits(from: first, { kept.keep(count, in: $0) }) {
          count = isKept
        } else {
          count = part.write(from: first, to: words) ? kept.keep(count, in: UnsafeBufferPointer(words)) : 0
        }
      }
      for position in kept[..<count] where found.count < limit {
        let ordinal = 64 * first + Int(position)
        if allowed.contains(ordinal) { found.append(ordinal) }
      }
    }
  }

  private func collect(
    _ bits: UInt64, from first: Int, in allowed: Range<Int>, limit: Int, into found: inout [Int]
  ) {
    var bits = bits
    while bits != 0, found.count < limit {
      let ordinal = first + bits.trailingZeroBitCount
      if allowed.contains(ordinal) { found.append(ordinal) }
      bits &= bits - 1
    }
  }
}
