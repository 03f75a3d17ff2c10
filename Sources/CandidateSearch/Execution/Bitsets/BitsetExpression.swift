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

  /// Writes the bits of these words; a word contains the bits of 64 candidates.
  func write(_ words: Range<Int>, to target: UnsafeMutableBufferPointer<UInt64>) {
    switch self {
    case .constant(let isAll): fill(target, isAll ? .max : 0)
    case .set(let set):
      set.bits.withUnsafeBufferPointer { bits in
        for i in 0..<words.count { target[i] = bits[words.lowerBound + i] }
      }
    case .range(let range): write(range, words, to: target)
    case .and(let parts): combine(parts, neutral: .max, words, to: target) { $0 & $1 }
    case .or(let parts): combine(parts, neutral: 0, words, to: target) { $0 | $1 }
    case .not(let part):
      part.write(words, to: target)
      for i in 0..<words.count { target[i] = ~target[i] }
    }
  }

  @inline(__always)
  private func combine(
    _ parts: [BitsetExpression], neutral: UInt64, _ words: Range<Int>,
    to target: UnsafeMutableBufferPointer<UInt64>, by combined: (UInt64, UInt64) -> UInt64
  ) {
    guard let first = parts.first else { return fill(target, neutral) }
    first.write(words, to: target)
    for part in parts.dropFirst() {
      if case .set(let set) = part {
        set.bits.withUnsafeBufferPointer { bits in
          for i in 0..<words.count { target[i] = combined(target[i], bits[words.lowerBound + i]) }
        }
      } else {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words.count) { other in
          part.write(words, to: other)
          for i in 0..<words.count { target[i] = combined(target[i], other[i]) }
        }
      }
    }
  }

  private func fill(_ target: UnsafeMutableBufferPointer<UInt64>, _ bits: UInt64) {
    for i in target.indices { target[i] = bits }
  }

  private func write(
    _ range: Range<Int>, _ words: Range<Int>, to target: UnsafeMutableBufferPointer<UInt64>
  ) {
    for i in 0..<words.count {
      let first = 64 * (words.lowerBound + i)
      let part = range.clamped(to: first..<(first + 64))
      // A shift by 64 results in 0.
      target[i] = part.isEmpty ? 0 : (UInt64.max >> (64 - part.count)) << (part.lowerBound - first)
    }
  }

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
    case .set, .not, .or: 0..<count
    case .range(let range): range
    case .and(let parts): parts.reduce(0..<count) { $1.extent(count).clamped(to: $0) }
    }
  }

  /// The first members, at most `limit`, from the ordinal `start` on, of `count` candidates.
  func first(_ limit: Int, from start: Int, of count: Int) -> [Int] {
    let extent = extent(count).clamped(to: min(start, count)..<count)
    var found: [Int] = []
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.wordsAtOnce) { block in
      var word = extent.lowerBound / 64
      while 64 * word < extent.upperBound, found.count < limit {
        let words = word..<min(word + Self.wordsAtOnce, (extent.upperBound + 63) / 64)
        write(words, to: UnsafeMutableBufferPointer(rebasing: block[..<words.count]))
        for i in 0..<words.count where block[i] != 0 {
          collect(block[i], from: 64 * (word + i), in: extent, limit: limit, into: &found)
        }
        word = words.upperBound
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

  /// The words that are evaluated at once: 1 KiB for each level of an expression, which fits the stack.
  private static let wordsAtOnce = 128
}
