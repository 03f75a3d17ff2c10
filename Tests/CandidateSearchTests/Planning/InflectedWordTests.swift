import Testing

@testable import CandidateSearch

/// Which words of the index are forms of a word of the query.
@Suite struct InflectedWordTests {
  private static func forms(of token: String, _ records: [String], _ scope: Scope = .all) throws -> [String] {
    let index = try CandidateIndex.inMemory()
    try index.add(records.enumerated().map { #"{"id":"\#($0)",\#($1)}"# })
    return try index.snapshot { snapshot in
      let statistics = TermStatistics(snapshot: snapshot, scope: scope)
      let expansion = QueryExpansion(statistics: statistics, options: ExpansionOptions()) {
        try SpellingIndex(statistics)
      }
      return try expansion.inflected(token, statistics.frequency(ofToken: token)).map(\.words)
    }
  }

  @Test func theMostFrequentComeFirst() throws {
    let titles = ["Engineers", "Engineer", "Engineer"].map { #""title":"\#($0)""# }
    #expect(
      try Self.forms(of: "engineering", titles) == ["engineer", "engineers"])
  }

  @Test func thePublicKnowsOnlyWordsOfPublicCandidates() throws {
    let records = [
      #""title":"Engineers","is_private":true"#, #""title":"Engineer","is_private":false"#,
    ]
    #expect(try Self.forms(of: "engineering", records, .public) == ["engineer"])
  }

  /// Words that begin alike: more than are compared, the forms among them the most frequent.
  @Test func theyAreBounded() throws {
    let others = (0..<600).map { #""tags":["design\#(String(UnicodeScalar(UInt8(97 + $0 % 26))))\#($0)"]"# }
    let forms = ["designs", "designer", "designers", "designing"].flatMap { word in
      (0..<2).map { _ in #""tags":["\#(word)"]"# }
    }
    #expect(try Self.forms(of: "design", others + forms).count == 4)
  }
}

extension IndexQuery {
  /// The tokens of a phrase in titles and tags.
  fileprivate var words: String {
    if case .phrase(let tokens, false, [.title, .tag]) = self {
      tokens.joined(separator: " ")
    } else {
      "\(self)"
    }
  }
}
