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

  /// Writes the bits of the block that begins with a word; a word contains the bits of 64 candidates.
  private func write(from first: Int, to target: Words) {
    switch self {
    case .constant(let isAll): target.update(repeating: isAll ? .max : 0)
    case .range(let range): Self.write(range, from: first, to: target)
    case .and(let parts):
      guard let smallest = parts.first else { return target.update(repeating: .max) }
      smallest.write(from: first, to: target)
      for part in parts.dropFirst() {
        if Self.isEmpty(target) { return }
        part.intersect(from: first, with: target)
      }
    case .set, .or:
      target.update(repeating: 0)
      insert(from: first, into: target)
    case .not(let part):
      part.write(from: first, to: target)
      for i in target.indices { target[i] = ~target[i] }
    }
  }

  private func intersect(from first: Int, with target: Words) {
    if case .set(let set) = self { return set.intersect(from: first, with: target) }
    withWords(from: first, count: target.count) { words in
      for i in target.indices { target[i] &= words[i] }
    }
  }

  private func insert(from first: Int, into target: Words) {
    switch self {
    case .set(let set): set.insert(from: first, into: target)
    case .or(let parts): for part in parts { part.insert(from: first, into: target) }
    default:
      withWords(from: first, count: target.count) { words in
        for i in target.indices { target[i] |= words[i] }
      }
    }
  }

  private func withWords(from first: Int, count: Int, _ body: (Words) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { words in
      write(from: first, to: words)
      body(words)
    }
  }

  private static func isEmpty(_ words: Words) -> Bool {
    var all: UInt64 = 0
    for i in words.indices { all |= words[i] }
    return all == 0
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
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: DocumentBitset.wordsInBlock) { block in
      var word = extent.lowerBound / DocumentBitset.blockLength * DocumentBitset.wordsInBlock
      while 64 * word < extent.upperBound, found.count < limit {
        let end = min(word + DocumentBitset.wordsInBlock, (count + 63) / 64)
        let words = Words(rebasing: block[..<(end - word)])
        write(from: word, to: words)
        if !Self.isEmpty(words) {
          for i in words.indices where words[i] != 0 {
            collect(words[i], from: 64 * (word + i), in: extent, limit: limit, into: &found)
          }
        }
        word = end
      }
    }
    return found
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
