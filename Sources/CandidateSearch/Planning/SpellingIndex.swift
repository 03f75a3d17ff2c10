import CandidateQuery
import TextAnalysis

/// All words of the index in memory, for finding words within a small edit distance: about 30 bytes a word.
final class SpellingIndex: Sendable {
  /// The words by the number of their scalars.
  private let buckets: [SpellingIndexBucket]

  /// Reads the term statistics; its cost grows with the number of words (about 40 ms for 100,000).
  init(_ statistics: TermStatistics) throws {
    var buckets = (0...Tokenizer.maximumTokenLength).map(SpellingIndexBucket.init)
    var rows = 0
    try statistics.snapshot.forEachTerm(includesPrivate: statistics.scope.scope.includesPrivate) {
      term, count in
      try statistics.cancellation.check(row: rows)
      rows += 1
      guard count > 0 else { return }
      let scalars = String(decoding: term, as: UTF8.self).unicodeScalars.map(\.value)
      guard scalars.count < buckets.count else { return }
      buckets[scalars.count].append(scalars, count: count)
    }
    self.buckets = buckets
  }

  /// Whether a word occurs; nil for a word that is too long to be one of the words.
  func contains(_ word: String) -> Bool? {
    let scalars = word.unicodeScalars.map(\.value)
    return scalars.count < buckets.count ? buckets[scalars.count].contains(scalars) : nil
  }

  /// The minimum number of letters for two typing errors.
  static let lettersForTwoErrors = 8

  /// A word within a small edit distance of another.
  struct Neighbor {
    let term: String
    /// Its document frequency.
    let count: Int
    /// The edit distance.
    let errors: Int
  }

  /// The words within an edit distance of one of this one, or of two if it has at least `lettersForTwoErrors` letters:
  /// fewer errors first, then the more frequent. An error is a letter changed, added, dropped or swapped with its
  /// neighbour.
  func nearest(
    to word: String, limit: Int, lettersForTwoErrors: Int = SpellingIndex.lettersForTwoErrors
  ) -> [Neighbor] {
    let letters = word.unicodeScalars.map(\.value)
    let maximum = letters.count >= lettersForTwoErrors ? 2 : 1
    var distance = EditDistance(from: letters)
    var found: [(term: ArraySlice<UInt32>, count: Int, errors: Int)] = []
    // An error changes the length by at most one, and at most two letters.
    for length in max(1, letters.count - maximum)...max(1, letters.count + maximum)
    where length < buckets.count {
      buckets[length].forEach(near: letters, errors: maximum) { term, count in
        if let errors = distance.to(term, atMost: maximum), errors > 0 { found.append((term, count, errors)) }
      }
    }
    found.sort { a, b in
      if a.errors != b.errors { return a.errors < b.errors }
      return a.count != b.count ? a.count > b.count : a.term.lexicographicallyPrecedes(b.term)
    }
    return found.prefix(limit).map { Neighbor(term: Self.text($0.term), count: $0.count, errors: $0.errors) }
  }

  private static func text(_ scalars: ArraySlice<UInt32>) -> String {
    String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
  }
}
