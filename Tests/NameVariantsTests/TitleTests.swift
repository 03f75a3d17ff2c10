import Testing
import TextAnalysis

@testable import NameVariants

@Suite struct VariantsTitleTests {
  /// A query and its rewrites: the range of a run and its replacement.
  static let rewrites: [(query: String, rewrites: [String])] = [
    ("", []),
    ("zebra", []),
    ("SWE", ["0..<1 software engineer", "0..<1 software development engineer"]),
    ("software engineer", ["0..<2 swe", "0..<2 sde", "1..<2 eng", "1..<2 engr"]),
    ("PM", ["0..<1 product manager", "0..<1 project manager", "0..<1 program manager"]),
    ("project manager", ["0..<2 pm", "1..<2 mgr", "1..<2 mngr"]),
    ("vp sales", ["0..<1 vice president"]),
    (
      "senior vice president sales",
      ["0..<3 svp", "0..<1 sr", "0..<1 snr", "1..<3 vp"]
    ),
    ("Sr. QA", ["0..<1 senior", "1..<2 quality assurance"]),
    ("quality assurance jr", ["0..<2 qa", "2..<3 junior"]),
    ("ta", ["0..<1 talent acquisition", "0..<1 teaching assistant"]),
    ("talent acquisition", ["0..<2 ta"]),
    ("full stack", ["0..<2 fullstack"]),
    ("fullstack", ["0..<1 full stack"]),
    ("frontend js", ["0..<1 front end", "1..<2 javascript"]),
    ("kubernetes", ["0..<1 k8s"]),
    ("maint supr", ["0..<1 maintenance", "1..<2 supervisor"]),
    ("sgt", ["0..<1 sergeant"]),
    (
      "pharm tech",
      ["0..<1 pharmacist", "0..<1 pharmacy", "1..<2 technician", "1..<2 technical", "1..<2 technology"]
    ),
    ("maintenance", ["0..<1 maint"]),
    ("asst secy", ["0..<1 assistant", "1..<2 secretary"]),
    ("be", []),
    ("santa fe", []),
    ("maria de la cruz", []),
    ("fe developer", ["0..<2 frontend developer", "0..<2 front end developer", "1..<2 dev"]),
    ("vice", []),
    ("chief executive", ["1..<2 exec"]),
    ("R&D", ["0..<2 research and development", "0..<2 research development"]),
    ("🔥 \u{0} \u{E000}", []),
    ("山田", []),
  ]

  @Test(arguments: rewrites) func rewritesRuns(_ query: String, _ rewrites: [String]) {
    #expect(Self.describe(Self.tokens(query)) == rewrites)
  }

  private static func tokens(_ text: String) -> [String] {
    Analyzer.words(of: text).flatMap(\.tokens)
  }

  private static func describe(_ words: [String]) -> [String] {
    TitleAbbreviations.rewrites(of: words).map { "\($0.range) \($0.replacement.joined(separator: " "))" }
  }

  @Test func hostileWordsAreNoTitles() {
    #expect(Self.describe(["", " ", ":", "|", "vp ", "vice president", "🔥"]) == [])
    #expect(Self.describe([String(repeating: "vp", count: 100_000)]) == [])
  }

  @Test func manyWordsAreEachRewritten() {
    let words =
      [String](repeating: "vice", count: 5000) + ["president"] + [String](repeating: "vp", count: 5000)
    let rewrites = TitleAbbreviations.rewrites(of: words)
    #expect(rewrites.count == 5001)
    #expect(rewrites.first?.range == 4999..<5001)
  }

  @Test func everyPairHoldsBothWays() {
    for pair in TitleAbbreviations.pairs {
      for (words, other) in [
        (pair.abbreviation, pair.expansion), (pair.expansion, pair.abbreviation),
      ] {
        let rewrites = TitleAbbreviations.rewrites(of: words)
        #expect(rewrites.contains { $0.range == words.indices && $0.replacement == other }, "\(words)")
      }
    }
  }

  @Test func everyEntryIsFoldedAndGivenOnce() {
    let pairs = TitleAbbreviations.pairs
    #expect((80...250).contains(pairs.count))
    #expect(Set(pairs.map { [$0.abbreviation, $0.expansion] }).count == pairs.count)
    for pair in pairs {
      for words in [pair.abbreviation, pair.expansion] {
        #expect(!words.isEmpty)
        #expect(Self.tokens(words.joined(separator: " ")) == words, "\(words)")
      }
    }
  }
}
