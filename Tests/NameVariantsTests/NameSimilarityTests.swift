import Testing

@testable import NameVariants

@Suite struct NameSimilarityTests {
  private static func words(_ text: String) -> [NameWord] {
    text.split(separator: " ").map { NameWord(String($0)) }
  }

  static let levels: [(query: String, name: String, level: NameSimilarity)] = [
    ("anna meyer", "anna meyer", .equal),
    ("meyer anna", "anna meyer", .equal),
    ("a meyer", "anna meyer", .equal),
    ("anna m", "anna meyer", .equal),
    ("anna meyer", "a meyer", .initial),
    ("meyer", "anna meyer", .equal),
    ("anna meyer", "anna maria meyer", .equal),
    ("bob miller", "robert miller", .nickname),
    ("catherine jones", "kathryn jones", .nickname),
    ("anna maier", "anna meyer", .sameSound),
    ("john garner", "john gardner", .oneLetter),
    ("dnaiel garner", "daniel garner", .oneLetter),
    ("ann morton", "ann martin", .similarSound),
    ("alexandra emixer", "alexandra elixir", .similar),
    ("thomas mason", "matthew mason", .different),
    ("anna meyer", "meyer", .different),
    ("kim", "tim", .different),
    ("b meyer", "anna meyer", .different),
    ("j j", "john smith", .different),
    ("j j", "john james", .equal),
    ("", "anna", .different),
    ("иван", "иван", .equal),
  ]

  @Test(arguments: levels) func levelOf(_ query: String, _ name: String, _ level: NameSimilarity) {
    #expect(NameSimilarity.of(query: Self.words(query), name: Self.words(name)) == level)
  }

  @Test func levelsHaveDifferentWords() {
    let descriptions = NameSimilarity.allCases.map(\.description)
    #expect(Set(descriptions).count == descriptions.count)
    #expect(NameSimilarity.equal < .sameSound)
  }

  static let distances: [(a: String, b: String, edits: Int)] = [
    ("", "", 0), ("a", "", 1), ("", "ab", 2), ("smith", "smith", 0), ("smith", "smyth", 1),
    ("smith", "simth", 1), ("smith", "smit", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
    ("abcdef", "badcfe", 3), ("ab", "ba", 1), ("schmidt", "smith", 4),
  ]

  @Test(arguments: distances) func edits(_ a: String, _ b: String, _ edits: Int) {
    let (first, second) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
    for limit in 0...6 {
      let expected = edits <= limit ? edits : nil
      #expect(NameDistance.edits(first, second, atMost: limit) == expected, "\(limit)")
      #expect(NameDistance.edits(second, first, atMost: limit) == expected, "\(limit)")
    }
  }

  /// Compared with the plain recurrence over random words of few letters.
  @Test func editsAreThoseOfTheWholeMatrix() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let words = (0..<2).map { _ in
        (0..<Int.random(in: 0...9, using: &generator)).map { _ in
          Unicode.Scalar(UInt8.random(in: 97...99, using: &generator))
        }
      }
      let distance = Self.matrix(words[0], words[1])
      for limit in 0...4 {
        #expect(
          NameDistance.edits(words[0], words[1], atMost: limit) == (distance <= limit ? distance : nil),
          "\(words) \(limit)")
      }
    }
  }

  private static func matrix(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var rows = [Array(0...b.count)]
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }

  /// The values that Winkler published (1990).
  @Test(arguments: [
    ("martha", "marhta", 0.961), ("dwayne", "duane", 0.840), ("dixon", "dicksonx", 0.813), ("abc", "xyz", 0),
    ("", "", 1), ("a", "", 0), ("same", "same", 1),
  ])
  func jaroWinkler(_ a: String, _ b: String, _ expected: Double) {
    let found = NameDistance.jaroWinkler(Array(a.unicodeScalars), Array(b.unicodeScalars))
    #expect(abs(found - expected) < 0.001)
  }

  @Test func longWordsAreNoTrouble() {
    let long = Array(String(repeating: "ab", count: 10_000).unicodeScalars)
    #expect(NameDistance.edits(long, long, atMost: 3) == 0)
    #expect(NameDistance.jaroWinkler(long, long) == 1)
    let words = (0..<1_000).map { NameWord(String(repeating: "x", count: $0)) }
    #expect(NameSimilarity.of(query: words, name: words) == .equal)
  }

  static let levelsByWord: [(query: String, name: [[String]], levels: [NameSimilarity])] = [
    ("anna meyer", [["anna"], ["meyer"]], [.equal, .equal]),
    ("anna berlin", [["anna"], ["meyer"]], [.equal, .different]),
    ("wang xiaoming", [["wang", "ong"], ["xiaoming", "hsiaoming"]], [.equal, .equal]),
    ("anna anna", [["anna"], ["meyer"]], [.equal, .different]),
    ("yasm reid", [["yasmin"], ["reid"]], [.beginning, .equal]),
    ("john smith", [["j"], ["smith"]], [.initial, .equal]),
    ("j smith", [["john"], ["smith"]], [.equal, .equal]),
    ("anna", [], [.different]),
  ]

  @Test(arguments: levelsByWord) func levelsOfEachWord(
    _ query: String, _ name: [[String]], _ levels: [NameSimilarity]
  ) {
    #expect(
      NameSimilarity.levels(
        query: Self.words(query), name: name.map { $0.map { NameWord($0, isTyped: false) } }) == levels)
  }

  @Test func otherVowelsSoundSimilar() throws {
    let code = try #require(PhoneticCode("shaun"))
    #expect(code.withOtherVowels.count == 2)
    #expect(code.withOtherVowels.allSatisfy { $0.coarse == code.coarse && $0.fine != code.fine })
    let dean = try #require(PhoneticCode("dean"))
    let dawn = try #require(PhoneticCode("dan"))
    #expect(dean.withOtherVowels.contains(dawn))
    // One consonant: the vowel is part of the coarse code.
    #expect(try #require(PhoneticCode("lee")).withOtherVowels == [])
    #expect(try #require(PhoneticCode("b")).withOtherVowels == [])
  }
}
