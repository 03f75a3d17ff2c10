import GRDB

/// All words of the index in memory, for finding those that are spelled almost like another: about 30 bytes a word.
final class Lexicon: Sendable {
  /// Where the words of a length stand. What is looked at for every word stands apart from what is needed of few.
  private struct Shelf {
    /// A bit for each letter of a word.
    var letters: [UInt64] = []
    var counts: [Int] = []
    /// The scalars of all words, one behind the other.
    var scalars: [UInt32] = []
  }

  /// By the number of scalars.
  private let shelves: [Shelf]

  /// Reads the vocabulary; its cost grows with the number of words (about 40 ms for 100,000).
  init(_ vocabulary: Vocabulary) throws {
    let count = vocabulary.isPublic ? "sum(documents - hidden)" : "sum(documents)"
    let statement = try RawStatement(
      cached: "SELECT term, \(count) FROM vocabulary WHERE term <> '' GROUP BY term", vocabulary.db)
    var shelves = [Shelf](repeating: Shelf(), count: WordChunk.maximumTokenLength + 1)
    try statement.forEach { row in
      let count = row.integer(orZero: 1)
      guard count > 0 else { return }
      let scalars = String(decoding: row.text(0), as: UTF8.self).unicodeScalars.map(\.value)
      guard scalars.count < shelves.count else { return }
      shelves[scalars.count].letters.append(Self.letters(scalars))
      shelves[scalars.count].counts.append(Int(count))
      shelves[scalars.count].scalars += scalars
    }
    self.shelves = shelves
  }

  private static func letters(_ scalars: some Sequence<UInt32>) -> UInt64 {
    scalars.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  /// Two typing errors are allowed from so many letters.
  private static let lettersForTwoErrors = 8

  /// The words that a typing error or two make of this one, or this one of them: fewer errors first, then the more
  /// frequent. An error is a letter changed, added, dropped or swapped with its neighbour.
  func nearest(to word: String, limit: Int) -> [(term: String, count: Int)] {
    let letters = word.unicodeScalars.map(\.value)
    let most = letters.count >= Self.lettersForTwoErrors ? 2 : 1
    let mask = Self.letters(letters)
    var distance = ScalarDistance(from: letters)
    var found: [(term: ArraySlice<UInt32>, count: Int, errors: Int)] = []
    // An error changes the length by one at most, and two letters at most.
    for length in max(1, letters.count - most)...max(1, letters.count + most) where length < shelves.count {
      let shelf = shelves[length]
      for i in shelf.letters.indices where (shelf.letters[i] ^ mask).nonzeroBitCount <= 2 * most {
        let term = shelf.scalars[(i * length)..<((i + 1) * length)]
        if let errors = distance.to(term, atMost: most), errors > 0 {
          found.append((term, shelf.counts[i], errors))
        }
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
  private var rows: [[Int]]

  init(from word: [UInt32]) {
    self.word = word
    rows = Array(repeating: Array(repeating: 0, count: word.count + 1), count: 3)
  }

  /// The distance; nil if it is more than `most`.
  mutating func to(_ other: ArraySlice<UInt32>, atMost most: Int) -> Int? {
    for j in 0...word.count { rows[1][j] = j }
    var previous: UInt32?
    for (i, letter) in other.enumerated() {
      rows[2][0] = i + 1
      var smallest = i + 1
      for j in word.indices {
        var best = min(rows[1][j] + (word[j] == letter ? 0 : 1), rows[1][j + 1] + 1, rows[2][j] + 1)
        if j > 0, i > 0, word[j] == previous, word[j - 1] == letter { best = min(best, rows[0][j - 1] + 1) }
        rows[2][j + 1] = best
        smallest = min(smallest, best)
      }
      if smallest > most + 1 { return nil }
      previous = letter
      rows.swapAt(0, 1)
      rows.swapAt(1, 2)
    }
    return rows[1][word.count] <= most ? rows[1][word.count] : nil
  }
}
