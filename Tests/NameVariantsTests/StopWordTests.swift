import Testing
import TextAnalysis

@testable import NameVariants

@Suite struct VariantsStopWordTests {
  static let runs: [(query: String, runs: [String])] = [
    ("", []),
    ("john smith", []),
    ("Dr. John Smith, M.D.", ["0..<1 honorific", "3..<5 degree", "3..<4 honorific?"]),
    ("Prof. Dr. Anna Meyer", ["0..<2 honorific", "0..<1 honorific", "1..<2 honorific"]),
    ("Dipl.-Ing. Franz Huber", ["0..<2 honorific", "0..<1 honorific", "1..<2 honorific"]),
    ("john smith ph.d.", ["2..<4 degree"]),
    ("Sr. García", ["0..<1 honorific", "0..<1 nameSuffix"]),
    ("john smith III", ["2..<3 nameSuffix"]),
    ("manager of sales", ["1..<2 titlePreposition"]),
    ("leiterin für vertrieb", ["1..<2 titlePreposition"]),
    ("acme limited", ["1..<2 legalForm"]),
    ("Acme Pty Ltd", ["1..<3 legalForm", "2..<3 legalForm"]),
    ("Müller GmbH & Co. KG", ["1..<4 legalForm", "1..<2 legalForm", "2..<3 legalForm?", "3..<4 legalForm?"]),
    (
      "Bimbo S.A. de C.V.",
      ["1..<6 legalForm", "1..<3 legalForm?", "2..<3 titlePreposition?", "5..<6 nameSuffix?"]
    ),
    ("jack ma", ["1..<2 degree?"]),
    ("maria de la cruz", []),
    ("ludwig van der rohe", []),
    ("ursula von der leyen", []),
    ("josé ortega y gasset", []),
    ("山田 🔥", []),
  ]

  @Test(arguments: runs) func findsRuns(_ query: String, _ runs: [String]) {
    let found = StopWords.runs(in: Self.tokens(query)).map {
      "\($0.range) \($0.kind.rawValue)\($0.isAmbiguous ? "?" : "")"
    }
    #expect(found == runs)
  }

  static let removed: [(query: String, words: String?)] = [
    ("dr john smith md", "john smith"),
    ("john smith", nil),
    ("jack ma", nil),
    ("dr", nil),
    ("manager of sales", "manager sales"),
    ("acme limited", "acme"),
    ("acme pty ltd", "acme"),
  ]

  @Test(arguments: removed) func removesThem(_ query: String, _ words: String?) {
    let remaining = StopWords.removing(Set(StopWords.Kind.allCases), from: Self.tokens(query))
    #expect(remaining?.joined(separator: " ") == words)
  }

  @Test func removesOnlyWhatIsWanted() {
    #expect(StopWords.removing([.legalForm], from: ["dr", "acme", "ltd"]) == ["dr", "acme"])
    #expect(StopWords.removing([.degree], from: ["jack", "ma"], leavesAmbiguous: false) == ["jack"])
  }

  static let forms: [(query: String, includes: String?)] = [
    ("ltd", "0..<1 limited"), ("acme limited", "1..<2 ltd"), ("inc", "0..<1 incorporated"),
    ("corporation", "0..<1 corp"), ("GmbH", "0..<1 gesellschaft mit beschrankter haftung"),
    ("acme S.A.", "1..<3 sociedad anonima"), ("Acme Sp. z o.o.", "1..<5 spzoo"), ("ООО ромашка", "0..<1 ooo"),
    ("acme", nil),
  ]

  @Test(arguments: forms) func legalFormsReplaceEachOther(_ query: String, _ rewrite: String?) {
    let rewrites = LegalForms.rewrites(of: Self.tokens(query)).map {
      "\($0.range) \($0.replacement.joined(separator: " "))"
    }
    #expect(rewrite.map(rewrites.contains) ?? rewrites.isEmpty, "\(rewrites)")
    #expect(!rewrites.contains { $0.hasSuffix("gmbh") && query == "ltd" })
  }

  @Test func keysAreFoldedTokens() {
    for entry in StopWords.table.all {
      let text = entry.words.joined(separator: " ")
      #expect(Self.tokens(text) == entry.words)
    }
  }

  @Test func nameParticlesAreNoStopWords() {
    for word in [
      "de", "di", "da", "del", "della", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "y", "e",
    ] {
      #expect(StopWords.runs(in: [word]).isEmpty, "\(word)")
    }
  }

  static func tokens(_ text: String) -> [String] { Analyzer.words(of: text).flatMap(\.tokens) }
}
