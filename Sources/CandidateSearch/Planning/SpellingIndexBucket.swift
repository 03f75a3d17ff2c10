/// The words of one length, as a structure of arrays: the letters, which are compared for every word, are apart.
struct SpellingIndexBucket {
  /// The scalars that each word has.
  private let length: Int
  /// A bit for each letter of a word, which several letters share.
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

  /// Calls `body` with the words that lack at most one letter of another, or two, and have at most as many others; all
  /// that are made of it by so many errors are among them.
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
        // Each set bit is a letter too few, or too many.
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
