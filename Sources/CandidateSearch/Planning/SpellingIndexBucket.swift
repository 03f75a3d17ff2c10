/// The words of one length, as a structure of arrays: the letters, which are compared for most words, are apart. Words
/// that follow one another in the alphabet share their first letters, so that most blocks of them are skipped.
struct SpellingIndexBucket {
  /// The number of words of a block.
  private static let blockSize = 16

  /// The letters of a block of words, as bitsets.
  private struct Block {
    /// The letters that occur in every word.
    var common: UInt32
    /// The letters that occur in any word.
    var all: UInt32
  }

  /// The number of scalars of each word.
  private let length: Int
  /// The letters of each word, as a bitset; some letters share a bit.
  private var letters: [UInt32] = []
  private var blocks: [Block] = []
  private var counts: [Int] = []
  /// The scalars of all words, concatenated.
  private var scalars: [UInt32] = []

  init(length: Int) { self.length = length }

  /// Appends a word that follows all others in the order of scalars.
  mutating func append(_ word: [UInt32], count: Int) {
    let bits = Self.letters(word)
    if letters.count.isMultiple(of: Self.blockSize) {
      blocks.append(Block(common: bits, all: bits))
    } else {
      blocks[blocks.count - 1].common &= bits
      blocks[blocks.count - 1].all |= bits
    }
    letters.append(bits)
    counts.append(count)
    scalars += word
  }

  private static func letters(_ word: [UInt32]) -> UInt32 {
    word.reduce(0) { bits, scalar in
      let isLatin = (0x61...0x7A).contains(scalar)
      return bits | 1 << (isLatin ? scalar - 0x61 : 26 + scalar % 5)
    }
  }

  /// Whether a word of this length is one of them: a binary search.
  func contains(_ word: [UInt32]) -> Bool {
    scalars.withUnsafeBufferPointer { scalars in
      var (low, high) = (0, counts.count)
      while low < high {
        let middle = (low + high) / 2
        let other = scalars[(middle * length)..<((middle + 1) * length)]
        if other.lexicographicallyPrecedes(word) { low = middle + 1 } else { high = middle }
      }
      return low < counts.count && scalars[(low * length)..<((low + 1) * length)].elementsEqual(word)
    }
  }

  /// Calls `body` with each word that lacks at most `errors` letters of another, 1 or 2, and contains at most `errors`
  /// others: a superset of the words within that edit distance.
  func forEach(near word: [UInt32], errors: Int, _ body: (ArraySlice<UInt32>, Int) -> Void) {
    for i in errors == 1
      ? near(Self.letters(word), Self.withoutOne) : near(Self.letters(word), Self.withoutTwo)
    {
      body(scalars[(i * length)..<((i + 1) * length)], counts[i])
    }
  }

  @inline(__always)
  private func near(_ wanted: UInt32, _ withoutAllowed: (UInt32) -> UInt32) -> [Int] {
    var near: [Int] = []
    letters.withUnsafeBufferPointer { letters in
      for (number, block) in blocks.enumerated() {
        // Every word of the block lacks at least these letters, and contains at least these others.
        let (lacking, others) = (wanted & ~block.all, block.common & ~wanted)
        if withoutAllowed(lacking) | withoutAllowed(others) != 0 { continue }
        let start = number * Self.blockSize
        for i in start..<min(start + Self.blockSize, letters.count) {
          // Each set bit is a missing or an additional letter.
          let (lacking, others) = (wanted & ~letters[i], letters[i] & ~wanted)
          if withoutAllowed(lacking) | withoutAllowed(others) == 0 { near.append(i) }
        }
      }
    }
    return near
  }

  /// Without the lowest bit that is set.
  private static func withoutOne(_ bits: UInt32) -> UInt32 { bits & (bits &- 1) }
  /// Without the lowest two.
  private static func withoutTwo(_ bits: UInt32) -> UInt32 { withoutOne(withoutOne(bits)) }
}
