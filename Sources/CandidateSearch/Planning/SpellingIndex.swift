import TextAnalysis

/// All words of the index in memory, for finding those that are spelled almost like another: about 30 bytes a word.
final class SpellingIndex: Sendable {
  /// By the number of scalars.
  private let shelves: [SpellingIndexShelf]

  /// Reads the term statistics; its cost grows with the number of words (about 40 ms for 100,000).
  init(_ statistics: TermStatistics) throws {
    var shelves = (0...Tokenizer.maximumTokenLength).map(SpellingIndexShelf.init)
    var rows = 0
    try statistics.snapshot.forEachTerm(in: statistics.scope) { term, count in
      try statistics.cancellation.check(row: rows)
      rows += 1
      guard count > 0 else { return }
      let scalars = String(decoding: term, as: UTF8.self).unicodeScalars.map(\.value)
      guard scalars.count < shelves.count else { return }
      shelves[scalars.count].append(scalars, count: count)
    }
    self.shelves = shelves
  }

  /// Two typing errors are allowed from so many letters.
  private static let lettersForTwoErrors = 8

  /// The words that a typing error or two make of this one, or this one of them: fewer errors first, then the more
  /// frequent. An error is a letter changed, added, dropped or swapped with its neighbour.
  func nearest(to word: String, limit: Int) -> [(term: String, count: Int)] {
    let letters = word.unicodeScalars.map(\.value)
    let most = letters.count >= Self.lettersForTwoErrors ? 2 : 1
    var distance = ScalarDistance(from: letters)
    var found: [(term: ArraySlice<UInt32>, count: Int, errors: Int)] = []
    // An error changes the length by one at most, and two letters at most.
    for length in max(1, letters.count - most)...max(1, letters.count + most) where length < shelves.count {
      shelves[length].forEach(near: letters, errors: most) { term, count in
        if let errors = distance.to(term, atMost: most), errors > 0 { found.append((term, count, errors)) }
      }
    }
    found.sort { a, b in
      if a.errors != b.errors { return a.errors < b.errors }
      return a.count != b.count ? a.count > b.count : a.term.lexicographicallyPrecedes(b.term)
    }
    return found.prefix(limit).map { (Self.text($0.term), $0.count) }
  }

  private static func text(_ scalars: ArraySlice<UInt32>) -> String {
    String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
  }
}

/// The number of errors between one word and many others (optimal string alignment), in memory that serves again.
private struct ScalarDistance {
  private let word: [UInt32]
  /// Three rows of the table of distances, one behind the other.
  private var cells: [Int]

  init(from word: [UInt32]) {
    self.word = word
    cells = Array(repeating: 0, count: 3 * (word.count + 1))
  }

  /// The distance; nil if it is more than `most`. Only the places near the diagonal are looked at: as many errors as
  /// one lies beside it have been made on the way there.
  mutating func to(_ other: ArraySlice<UInt32>, atMost most: Int) -> Int? {
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
        // Behind the band of the row before stands what a row before that has left.
        let added = j < i + most ? cells[old + j + 1] + 1 : tooMany
        var best = min(cells[old + j] + (word[j] == letter ? 0 : 1), added, cells[new + j] + 1)
        if j > 0, i > 0, word[j] == previous, word[j - 1] == letter {
          best = min(best, cells[older + j - 1] + 1)
        }
        cells[new + j + 1] = best
        smallest = min(smallest, best)
      }
      // A swap leaves out the row that was made last.
      if smallest > most, smallestBefore > most { return nil }
      (previous, smallestBefore) = (letter, smallest)
      (older, old, new) = (old, new, older)
    }
    return cells[old + word.count] <= most ? cells[old + word.count] : nil
  }
}
