/// The number of typing errors between one word and many others: a scalar changed, added, dropped or swapped with its
/// neighbour (optimal string alignment). Reuses its memory from word to word.
package struct EditDistance {
  private let word: [UInt32]
  /// Three rows of the table of distances.
  private var cells: [Int]

  package init(from word: [UInt32]) {
    self.word = word
    cells = Array(repeating: 0, count: 3 * (word.count + 1))
  }

  /// Returns the distance between two words. The cost is the product of their lengths.
  package static func between(_ a: String, _ b: String) -> Int {
    var distance = EditDistance(from: a.unicodeScalars.map(\.value))
    let other = b.unicodeScalars.map(\.value)
    let longest = max(distance.word.count, other.count)
    return distance.to(other[...], atMost: longest) ?? longest
  }

  /// Returns the distance to another word; nil if it is more than `most`. Only the cells within `most` of the diagonal are
  /// computed, since every cell beyond has a larger distance.
  package mutating func to(_ other: ArraySlice<UInt32>, atMost most: Int) -> Int? {
    guard abs(word.count - other.count) <= most else { return nil }
    let (tooMany, width) = (most + 1, word.count + 1)
    var (older, old, new) = (0, width, 2 * width)
    for j in 0...word.count { cells[old + j] = j }
    var (previous, smallestBefore) = (UInt32(0), 0)
    for (i, letter) in other.enumerated() {
      let band = max(0, i - most)..<min(word.count, i + most + 1)
      cells[new + band.lowerBound] = band.lowerBound == 0 ? i + 1 : tooMany
      var smallest = cells[new + band.lowerBound]
      for j in band {
        // Beyond the band of the previous row, the cell is of an older row.
        let added = j < i + most ? cells[old + j + 1] + 1 : tooMany
        var best = min(cells[old + j] + (word[j] == letter ? 0 : 1), added, cells[new + j] + 1)
        if j > 0, i > 0, word[j] == previous, word[j - 1] == letter {
          best = min(best, cells[older + j - 1] + 1)
        }
        cells[new + j + 1] = best
        smallest = min(smallest, best)
      }
      // A swap skips the previous row, so that two rows must be beyond the limit.
      if smallest > most, smallestBefore > most { return nil }
      (previous, smallestBefore) = (letter, smallest)
      (older, old, new) = (old, new, older)
    }
    return cells[old + word.count] <= most ? cells[old + word.count] : nil
  }
}
