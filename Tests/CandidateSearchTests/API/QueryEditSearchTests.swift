import Foundation
import TestSupport
import Testing

@testable import CandidateQuery
@testable import CandidateSearch

/// The clauses that facets and diagnoses return are those that `QueryEdit` adds and removes.
@Suite struct QueryEditSearchTests {
  private static let samples = Result {
    let index = try CandidateIndex.empty()
    try index.add(
      try Fixture.text("docs/samples/candidates.ndjson").split(separator: "\n").map(String.init),
      connector: "our ATS")
    return index
  }

  @Test(arguments: Facet.allCases) func theClauseOfAValueFindsWhatTheFacetCounts(_ facet: Facet) throws {
    let index = try Self.samples.get()
    try Self.check(facet, of: index)
  }

  private static func check(_ facet: Facet, of index: CandidateIndex, isComplete: Bool = true) throws {
    var options = SearchOptions(limit: 0)
    (options.facets, options.facetLimit) = ([facet], 10_000)
    let counts = try index.search("", options).facets[0]
    #expect(!counts.values.isEmpty)
    for value in counts.values {
      guard let clause = facet.field.clause(whole: value.value) else {
        #expect(!isComplete, "\(facet): \(value.value.debugDescription) has no clause")
        continue
      }
      #expect(try index.count(clause) == value.count, "\(clause)")
      let narrowed = try QueryEdit.adding(clause, to: "a OR -zzzz")
      #expect(try index.count(narrowed) == value.count, "\(narrowed)")
      #expect(QueryEdit.contains(clause, in: narrowed))
    }
  }

  /// Values that differ from one another only in what an exact filter does not compare, or in what it does.
  static let values = [
    "a,b", "-x", "=x", "//x", "a*", "(a)", "C++", "C", "C#", ".NET", "'a b'", "a b", "a  b", "A B", "é", "e",
    "👍",
    "a\nb", "a\u{202E}b", "（株）山田", "(株)山田", "say \"hi\"", "say hi", "x OR y", "NOT x", "|", "a:b", "a\u{7}b",
    "“q”", "q", "J. R.", "JR", "(415) 555-0123",
  ]

  @Test(arguments: [Facet.tag, .company, .title, .location]) func hostileValuesAreFoundByTheirClause(
    _ facet: Facet
  ) throws {
    let index = try CandidateIndex.empty()
    let member = try #require(Field.all.first { $0.id == facet.field }).recordName
    try index.add(
      try Self.values.enumerated().map { i, value in
        let text = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        let isList = facet == .tag || facet == .location
        return #"{"id":"\#(i)","\#(member)":\#(isList ? "[\(text)]" : text)}"#
      })
    try Self.check(facet, of: index, isComplete: false)
  }

  // MARK: - Diagnosis

  static let queries = [
    "engineer zzzz", "zzzz", "zzzz engineer tag:JUNIOR", "software engineer zzzz -is:private",
    "zzzz (java OR php)",
    "zzzz xxxx OR qxqx", "(a zzzz) b", "zzzz NOT (a b)", "zzzz -tag:a,b", "zzzz tag:(a b)",
    "tag:zzzz tags:zzzz",
    "J. R. zzzz", "zzzz \"senior engineer\"", "Smith smith zzzz", "zzzz (415) 555-0123",
    "zzzz company:=\"Q & Co\"",
    "\"zzzz yyyy", "(zzzz yyyy", "zzzz yyyy) xxxx", "zzzz* yyyy", "O'Brien zzzz",
    "zzzz has:email missing:phone",
    "zzzz last_interaction:<90d", "zzzz - yyyy", "+zzzz +yyyy", "zzzz AND yyyy AND xxxx", "zzzz zzzz",
  ]

  @Test(arguments: queries) func thePartsOfADiagnosisAreRemoved(_ query: String) throws {
    var options = SearchOptions()
    (options.relaxed, options.diagnosesEmptyResult) = (.never, true)
    let diagnosis = try #require(try Self.samples.get().search(query, options).diagnosis)
    #expect(!diagnosis.clauses.isEmpty)
    for clause in diagnosis.clauses {
      let removed = try QueryEdit.removing(clause.text, from: query)
      try Self.expect(removed, is: query, without: clause.text)
      guard query != "Smith smith zzzz" else { continue }
      #expect(try Self.samples.get().count(removed, .asTyped()) == clause.countWithout, "\(removed)")
    }
  }

  @Test(.mustEnd) func thePartsOfRandomQueriesAreRemoved() throws {
    var random = SplitMix64(state: 7)
    let pieces = [
      "a", "b", "c d", "\"e f\"", "(", ")", " OR ", " AND ", "NOT ", "-", "+", " ", " ", " ", "tag:x",
      "tag:(y z)",
      "title:x,y", "is:private", "J R", "x-y", "\"", "*", "e*", "'g h'", "(415) 555-0123",
    ]
    var count = 0
    for _ in 0..<3_000 {
      let query = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      guard let parsed = try? ParsedQuery(SearchQuery(query), now: .now, customFields: { [] }),
        !query.allSatisfy(\.isWhitespace)
      else { continue }
      for clause in parsed.clauses {
        try Self.expect(QueryEdit.removing(clause.text, from: query), is: query, without: clause.text)
        count += 1
      }
    }
    #expect(count > 3_000)
  }

  private static func expect(_ removed: String, is query: String, without clause: String) throws {
    let parts = try QueryParser.parse(query).tree.parts
    let part = try #require(parts.first { $0.description == clause })
    let rest = QueryTree.conjunction(parts.filter { $0.comparable != part.comparable }) ?? .all
    #expect(try QueryParser.parse(removed).tree == rest, "\(query) - \(clause): \(removed)")
  }
}
