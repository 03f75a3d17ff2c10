import CandidateModel
import TestSupport
import Testing

@testable import CandidateSearch

/// The terms of word pairs find exactly what a phrase finds.
@Suite struct WordPairTests {
  private static func docids(_ query: IndexQuery, in index: CandidateIndex) throws -> [Docid] {
    try index.snapshot { try $0.docids(of: query, from: .min, limit: .max) }
  }

  @Test func pairsFindWhatPhrasesFind() throws {
    var random = SplitMix64(state: 17)
    let index = try CandidateIndex.empty()
    let builder = DocumentBuilder(connector: "", customFields: [])
    var titles: [[String]] = []
    var candidates: [Candidate] = []
    for i in 0..<600 {
      let candidate = try RandomPeople.person(&random).candidate(id: "\(i)")
      candidates.append(candidate)
      let text = builder.document(of: candidate).text(ofColumn: TextColumn.title.index + 1)
      titles.append(text.unicodeScalars.split(separator: " ").map { String($0) })
    }
    try index.ingest(candidates, connector: "")
    var found = 0
    for _ in 0..<1_500 {
      let title = titles[Int(random.next() % UInt64(titles.count))].filter { $0 != "\u{E000}" }
      let length = 2 + Int(random.next() % 2)
      guard title.count >= length else { continue }
      var tokens = Array(title[Int(random.next() % UInt64(title.count - length + 1))...].prefix(length))
      if random.next() % 4 == 0 { tokens.shuffle() }
      for fields in [[TextColumn.title], [.title, .company], [.name, .tag, .title]] {
        let plain = try Self.docids(.phrase(tokens, in: fields), in: index)
        #expect(try Self.docids(TextQuery.adjacent(tokens, in: fields), in: index) == plain, "\(tokens)")
        found += plain.count
      }
    }
    #expect(found > 1_000)
  }

  static let cases: [(title: String, query: String, isFound: Bool)] = [
    ("Senior Engineer", "senior engineer", true),
    ("Engineer, Senior", "senior engineer", false),
    ("Senior Software Engineer", "senior engineer", false),
    ("Senior Software Engineer", "senior software engineer", true),
    ("Senior Software Engineer Senior Engineer", "software engineer senior", true),
    ("Node.js Developer", "node js developer", true),
    ("Node.js Developer", "nodejs developer", true),
    ("Node.js Developer", "node.js developer", true),
    ("C++ Developer", "c developer", false),
    (
      String(repeating: "x", count: 300) + " " + String(repeating: "y", count: 300),
      String(repeating: "x", count: 300) + " " + String(repeating: "y", count: 300), true
    ),
    ("Développeur Sénior", "developpeur senior", true),
    ("山田 太郎", "山田 太郎", true),
  ]

  @Test(arguments: cases) func phrasesOfTitles(_ title: String, _ query: String, _ isFound: Bool) throws {
    let index = try CandidateIndex.holding(
      #"{"id":"1","title":"\#(title) x"}"#, #"{"id":"2","company":"other"}"#)
    let tiers = try index.tiers(query)
    #expect(tiers.contains("1 phrase") == isFound, "\(tiers)")
  }

  @Test func onlyNeighboursWithTermsHavePairs() {
    #expect(FilterTerm.pairs(.titlePair, ["a"]) == nil && FilterTerm.pairs(.titlePair, []) == nil)
    #expect(
      FilterTerm.pairs(.titlePair, ["a", "b", "c"])?.map(\.token) == [
        "\u{E000}ga\u{E000}b", "\u{E000}gb\u{E000}c",
      ])
    let long = String(repeating: "x", count: FilterTerm.maximumLength)
    #expect(FilterTerm.pairs(.titlePair, ["a", long]) == nil)
  }
}
