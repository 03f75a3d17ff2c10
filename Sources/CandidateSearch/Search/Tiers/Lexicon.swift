import GRDB

/// All words of the index in memory, for finding those that are spelled almost like another: about 30 bytes a word.
final class Lexicon: Sendable {
  /// A word with how often it stands, and a bit for each letter in it.
  private struct Entry {
    let start: Int32
    let length: Int16
    let count: Int32
    let letters: UInt64
  }

  /// The scalars of all words, one behind the other.
  private let scalars: [UInt32]
  private let entries: [Entry]

  /// Reads the vocabulary; its cost grows with the number of words (about 40 ms for 100,000).
  init(_ vocabulary: Vocabulary) throws {
    let count = vocabulary.isPublic ? "sum(documents - hidden)" : "sum(documents)"
    let statement = try RawStatement(
      cached: "SELECT term, \(count) FROM vocabulary WHERE term <> '' GROUP BY term", vocabulary.db)
    var scalars: [UInt32] = []
    var entries: [Entry] = []
    try statement.forEach { row in
      let count = row.integer(orZero: 1)
      guard count > 0 else { return }
      let start = scalars.count
      for scalar in String(decoding: row.text(0), as: UTF8.self).unicodeScalars {
        scalars.append(scalar.value)
      }
      guard scalars.count - start <= WordChunk.maximumTokenLength else {
        return scalars.removeSubrange(start...)
      }
      entries.append(
        Entry(
          start: Int32(truncatingIfNeeded: start), length: Int16(scalars.count - start),
          count: Int32(clamping: count), letters: Self.letters(scalars[start...])))
    }
    (self.scalars, self.entries) = (scalars, entries)
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
    var found: [(entry: Entry, errors: Int)] = []
    for entry in entries {
      // An error changes the length by one at most, and two letters at most.
      guard abs(Int(entry.length) - letters.count) <= most,
        (entry.letters ^ mask).nonzeroBitCount <= 2 * most
      else { continue }
      let errors = distance.to(scalars[Int(entry.start)..<Int(entry.start) + Int(entry.length)], atMost: most)
      if let errors, errors > 0 { found.append((entry, errors)) }
    }
    found.sort {
      ($0.errors, -$0.entry.count, $0.entry.start) < ($1.errors, -$1.entry.count, $1.entry.start)
    }
    return found.prefix(limit).map { (term($0.entry), Int($0.entry.count)) }
  }

  private func term(_ entry: Entry) -> String {
    var text = String.UnicodeScalarView()
    for value in scalars[Int(entry.start)..<Int(entry.start) + Int(entry.length)] {
      if let scalar = Unicode.Scalar(value) { text.append(scalar) }
    }
    return String(text)
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
