import Testing

@testable import CandidateSearch

/// Which words and titles of the index a query is expanded by.
@Suite struct QueryExpansionTests {
  private static func expand<T>(
    _ records: [String], _ scope: Scope, readsWords: Bool = false, _ body: (QueryExpansion) throws -> T
  ) throws -> T {
    let index = try CandidateIndex.empty()
    try index.add(records.enumerated().map { #"{"id":"\#($0)",\#($1)}"# })
    return try index.snapshot { snapshot in
      let statistics = TermStatistics(snapshot: snapshot, scope: ScopeCache().withoutFilter(scope))
      return try body(
        QueryExpansion(
          statistics: statistics, options: ExpansionOptions(),
          spellingIndex: { try SpellingIndex(statistics) },
          readSpellingIndex: { readsWords ? try SpellingIndex(statistics) : nil },
          synonyms: { SynonymTable(Synonyms()) }))
    }
  }

  private static func forms(of token: String, _ records: [String], _ scope: Scope = .all) throws -> [String] {
    try expand(records, scope) { expansion in
      try expansion.inflected(token, expansion.statistics.frequency(ofToken: token)).map(\.words)
    }
  }

  /// The queries for other titles of the occupation of a text.
  private static func occupations(_ text: String, _ records: [String], _ scope: Scope = .all) throws
    -> [IndexQuery]
  {
    try expand(records, scope) { expansion in
      try SearchPlan(ParsedQuery(SearchQuery(text), now: .now, customFields: { [] }), expansion)
        .tiers.first { $0.tier == .occupation }?.queries() ?? []
    }
  }

  /// The words in memory decide how fast words that do not occur are ruled out, and nothing else.
  @Test(arguments: [
    "maryanne", "mary anne", "delacruz", "de la cruz", "vandenberg", "mueller", "muller", "nurse", "lawyer",
    "zzzqwv",
    "saledirector", "山田太郎", "",
  ])
  func wordsInMemoryChangeNothing(_ text: String) throws {
    let records = [
      #""first_name":"Mary Anne","last_name":"De la Cruz","is_private":true"#, #""first_name":"Maryanne""#,
      #""last_name":"van den Berg""#, #""last_name":"Muller""#, #""last_name":"Mueller""#,
      #""title":"Attorney""#,
      #""title":"Sale Director""#, #""last_name":"山田","first_name":"太郎""#,
    ]
    for scope in [Scope.all, .public] {
      let plans = try [true, false].map { readsWords in
        try Self.expand(records, scope, readsWords: readsWords) { expansion in
          try SearchPlan(ParsedQuery(SearchQuery(text), now: .now, customFields: { [] }), expansion)
            .tiers.map { try $0.queries() }
        }
      }
      #expect(plans[0] == plans[1])
    }
  }

  @Test func variantsAreThoseOfTheStateThatIsRead() throws {
    let index = try CandidateIndex.holding(#"{"id":"a","last_name":"Maryanne"}"#)
    #expect(try index.search("maryanne").hits.map(\.candidate.id) == ["a"])
    try index.add([#"{"id":"b","first_name":"Mary Anne"}"#])
    #expect(try index.search("maryanne").hits.map(\.tier) == [.exact, .variant])
  }

  @Test func theMostFrequentComeFirst() throws {
    let titles = ["Engineers", "Engineer", "Engineer"].map { #""title":"\#($0)""# }
    #expect(try Self.forms(of: "engineering", titles) == ["engineer", "engineers"])
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

  @Test func titlesThatFindNobodyElseAreLeftOut() throws {
    let titles = ["Attorney", "Lawyer", "Patent Lawyer", "Corporate Attorney", "Judge"].map {
      #""title":"\#($0)""#
    }
    #expect(
      try Set(Self.occupations("attorney", titles)) == [.phrase(["lawyer"], in: [.title])])
    #expect(try Self.occupations("attorney", [titles[0], titles[4]]) == [])
  }

  @Test func thePublicKnowsOnlyTitlesOfPublicCandidates() throws {
    let records = [#""title":"Lawyer","is_private":true"#, #""title":"Attorney""#]
    #expect(try Self.occupations("attorney", records) != [])
    #expect(try Self.occupations("attorney", records, .public) == [])
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
