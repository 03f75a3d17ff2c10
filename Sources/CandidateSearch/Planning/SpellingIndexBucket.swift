/// The words of one length, as a structure of arrays: the letters, which are compared for every word, are apart.
struct SpellingIndexBucket {
  /// The number of scalars of each word.
  private let length: Int
  /// The letters of each word, as a bitset; some letters share a bit.
  private var letters: [UInt32] = []
  private var counts: [Int] = []
  /// The scalars of all words, concatenated.
  private var scalars: [UInt32] = []

  init(length: Int) { self.length = length }

  mutating func append(_ word: [UInt32], count: Int) {
    letters.append(Self.letters(word))
    counts.append(count)
    scalars += word
  }

  private static func letters(_ word: [UInt32]) -> UInt32 {
    word.reduce(0) { bits, scalar in
      let isLatin = (0x61...0x7A).contains(scalar)
      return bits | 1 << (isLatin ? scalar - 0x61 : 26 + scalar % 5)
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
      for i in letters.indices {
        // Each set bit is a missing or an additional letter.
        let (lacking, others) = (wanted & ~letters[i], letters[i] & ~wanted)
        if withoutAllowed(lacking) | withoutAllowed(others) == 0 { near.append(i) }
      }
    }
    return near
  }

  /// Without the lowest bit that is set.
  private static func withoutOne(_ bits: UInt32) -> UInt32 { bits & (bits &- 1) }
  /// Without the lowest two.
  private static func withoutTwo(_ bits: UInt32) -> UInt32 { withoutOne(withoutOne(bits)) }
}
