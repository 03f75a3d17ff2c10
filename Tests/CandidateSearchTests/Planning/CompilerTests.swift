import Testing

@testable import CandidateSearch

@Suite struct CompilerTests {
  /// A query and the FTS5 expression of everything that was typed; `·` is the separator of filter terms.
  static let expressions: [(query: String, expression: String)] = [
    ("", #""·a""#),
    ("engineer", #""engineer""#),
    ("engineer tag:JUNIOR", #"("engineer" AND "·tjunior")"#),
    ("a OR b", #"("a" OR "b")"#),
    ("-a", #"("·a" NOT "a")"#),
    ("a -b -c", #"(("a") NOT ("b" OR "c"))"#),
    ("a OR -b", #"(("·a" NOT "b") OR "a")"#),
    ("-a -b", #"(("·a") NOT ("a" OR "b"))"#),
    ("NOT (a OR b)", #"("·a" NOT ("a" OR "b"))"#),
    ("eng*", #""eng" *"#),
    ("\"Senior Engineer\"", #""senior engineer""#),
    ("title:eng* company:\"blue harbor\"", #"(title : "eng" * AND company : "blue harbor")"#),
    ("o'brien", #"("obrien" OR "o brien")"#),
    ("\"a o'brien\"", #"("a obrien" OR "a o brien")"#),
    ("c++", #""c++""#),
    ("tag:camp*", #""·tcamp" *"#),
    ("tag:\"say \"\"", #""·tsay""#),
    ("tag:a\u{201D}b", #"("·ta" AND "b")"#),
    ("email:John@Doe.com", #""·ejohn@doe.com""#),
    ("email:@doe.com", #""·ddoe.com""#),
    ("email:john", #"email : "john""#),
    ("can_email:unknown -is_private:true", #"(("·munknown") NOT "·strue")"#),
    ("title:=Engineer", #""·3engineer""#),
    ("title:*", #"("·a" NOT "·xtitle")"#),
    ("NEAR(a b) {c}: d ^e", #"("near" AND "a" AND "b" AND "c" AND "d" AND "e")"#),
    ("!!! a", #""a""#),
    ("???", #""·a""#),
  ]

  @Test(arguments: expressions) func compiles(query: String, expression: String) throws {
    var compiler = QueryCompiler()
    let parsed = try ParsedQuery(SearchQuery(query), now: .now, customFields: { [] }).query
    let match = compiler.withoutEmptyTexts(parsed).map { compiler.match($0) } ?? .everything
    #expect(
      match.fts5Expression.replacing("\u{E000}", with: "·") == expression)
  }

  @Test(arguments: expressions) func fts5TakesIt(query: String, expression: String) throws {
    let index = try CandidateIndex.holding(#"{"id":"1"}"#)
    #expect(throws: Never.self) { try index.count(query) }
  }

  /// For Swift, a quotation mark and the mark after it are one character; « folds to a quotation mark.
  @Test(arguments: [
    "\"\u{301}a", "\u{AB}\u{7AB}", "\u{AB}\u{7AB}a", "a\"\u{301}\"", "\" OR a", "\"\"\u{20E3}",
  ])
  func fts5TakesBuiltQueries(_ text: String) throws {
    let index = try CandidateIndex.holding(#"{"id":"1","email_addresses":["x@example.com"]}"#)
    for query in [Query.email(text), .whole(.tag, text), .beginning(.tag, text)] {
      #expect(try index.count(SearchQuery(query), .asTyped()) == 0, "\(query)")
    }
    #expect(throws: Never.self) { try index.count(SearchQuery(.text(QueryText(text)))) }
  }

  @Test func aFilterThatCanMatchNobodyHidesEverybody() throws {
    let index = try CandidateIndex.holding(#"{"id":"1","title":"x"}"#)
    #expect(try index.ids("title:??? x") == [])
    #expect(try index.ids("-title:??? x") == ["1"])
    #expect(try index.search("title:???").notices.count == 1)
  }

  @Test func deepAndWideQueriesAreAnswered() throws {
    let index = try CandidateIndex.holding(#"{"id":"1","title":"a"}"#)
    var nested = "a"
    for i in 0..<(QueryParser.maximumHeight / 2) { nested = "(x\(i) OR (a AND \(nested)))" }
    #expect(try index.ids(nested) == ["1"])
    var negated = "a"
    for _ in 0..<(QueryParser.maximumHeight / 2) { negated = "NOT (b OR (\(negated) AND a))" }
    #expect(throws: Never.self) { try index.ids(negated) }
    var taken = "b"
    for _ in 0..<QueryParser.maximumHeight { taken = "(a -\(taken))" }
    #expect(throws: Never.self) { try index.ids(taken + " o'brien") }
    #expect(try index.ids((0..<999).map { "w\($0)" }.joined(separator: " OR ") + " OR a") == ["1"])
    #expect(try index.ids((0..<1000).map { "w\($0)" }.joined(separator: " ")) == [])
  }
}
