import TestSupport
import Testing
import TextAnalysis

@testable import CandidateSearch

/// The words that are spelled almost like another, against the plain table of distances.
@Suite struct SpellingIndexTests {
  private static func randomWord(_ random: inout SplitMix64, _ lengths: ClosedRange<Int>) -> String {
    let letters = Array("abcé")
    return String(
      (0..<Int.random(in: lengths, using: &random)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &random)]
      })
  }

  @Test(.slow, arguments: [3...6, 6...10]) func theNearestAreFound(_ lengths: ClosedRange<Int>) throws {
    var random = SplitMix64(state: 11)
    let words = Set((0..<1_500).map { _ in Self.randomWord(&random, lengths) }).sorted()
    let index = try CandidateIndex.empty()
    try index.add(words.enumerated().map { #"{"id":"\#($0)","title":"\#($1)"}"# })
    // Indexed without their accents.
    let known = Set(words.map { $0.replacing("é", with: "e") })
    let spellingIndex = try index.snapshot { try SpellingIndex(TermStatistics(snapshot: $0, scope: .all)) }
    for _ in 0..<200 {
      let word = Self.randomWord(&random, lengths).replacing("é", with: "e")
      let most = word.count >= 8 ? 2 : 1
      let distances = known.map { (Self.distance(word, $0), $0) }
      #expect(distances.allSatisfy { EditDistance.between(word, $0.1) == $0.0 }, "\(word)")
      let expected = distances.filter { (1...most).contains($0.0) }.map(\.1).sorted()
      #expect(spellingIndex.nearest(to: word, limit: .max).map(\.term).sorted() == expected, "\(word)")
    }
  }

  @Test func itContainsItsWordsOnly() throws {
    var random = SplitMix64(state: 12)
    let words = (0..<400).map { _ in Self.randomWord(&random, 2...5).replacing("é", with: "e") }
    let index = try CandidateIndex.empty()
    try index.add(words.prefix(200).enumerated().map { #"{"id":"\#($0)","title":"\#($1)"}"# })
    let spellingIndex = try index.snapshot { try SpellingIndex(TermStatistics(snapshot: $0, scope: .all)) }
    let known = Set(words.prefix(200))
    for word in words { #expect(spellingIndex.contains(word) == known.contains(word), "\(word)") }
    #expect(spellingIndex.contains("") == false)
    #expect(spellingIndex.contains(String(repeating: "a", count: 64)) == false)
    #expect(spellingIndex.contains(String(repeating: "a", count: 65)) == nil, "too long to be known")
  }

  /// The plain table of distances (optimal string alignment).
  private static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        let change = rows[i][j] + (a[i] == b[j] ? 0 : 1)
        var best = min(change, rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }

  @Test func fewerErrorsComeFirstThenFrequentWords() throws {
    let titles = ["abcdefgh", "abcdefxy", "abcdefxy", "abcdefgx", "abcdefgy", "abcdefgy", "bacdefgh"]
    let index = try CandidateIndex.empty()
    try index.add(titles.enumerated().map { #"{"id":"\#($0)","title":"\#($1)"}"# })
    let spellingIndex = try index.snapshot { try SpellingIndex(TermStatistics(snapshot: $0, scope: .all)) }
    let nearest = spellingIndex.nearest(to: "abcdefgh", limit: 4)
    #expect(nearest.map(\.term) == ["abcdefgy", "abcdefgx", "bacdefgh", "abcdefxy"])
    #expect(nearest.map(\.count) == [2, 1, 1, 2])
  }
}
