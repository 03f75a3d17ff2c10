import Testing

@testable import CandidateSearch

@Suite struct CompilerTests {
  /// A query and what FTS5 is asked for it at its most relaxed; `·` stands for the separator of keys.
  static let expressions: [(query: String, expression: String)] = [
    ("", #""·all·""#),
    ("engineer", #""engineer""#),
    ("engineer tag:JUNIOR", #"("engineer" AND "·tag·junior")"#),
    ("a OR b", #"("a" OR "b")"#),
    ("-a", #"("·all·" NOT "a")"#),
    ("a -b -c", #"(("a") NOT ("b" OR "c"))"#),
    ("a OR -b", #"(("·all·" NOT "b") OR "a")"#),
    ("-a -b", #"(("·all·") NOT ("a" OR "b"))"#),
    ("NOT (a OR b)", #"("·all·" NOT ("a" OR "b"))"#),
    ("eng*", #""eng" *"#),
    ("\"Senior Engineer\"", #""senior engineer""#),
    ("title:eng* company:\"blue harbor\"", #"(title : "eng" * AND company : "blue harbor")"#),
    ("o'brien", #"("obrien" OR "o brien")"#),
    ("\"a o'brien\"", #"("a obrien" OR "a o brien")"#),
    ("c++", #""c++""#),
    ("tag:camp*", #""·tag·camp" *"#),
    ("tag:\"say \"\"", #""·tag·say""#),
    ("tag:a\u{201D}b", #"("b" AND "·tag·a")"#),
    ("email:John@Doe.com", #""·email·john@doe.com""#),
    ("email:@doe.com", #""·domain·doe.com""#),
    ("email:john", #"email : "john""#),
    ("can_email:unknown -is_private:true", #"(("·can_email·unknown") NOT "·is_private·true")"#),
    ("title:=Engineer", #""·title·engineer""#),
    ("title:*", #"("·all·" NOT "·missing·title")"#),
    ("NEAR(a b) {c}: d ^e", #"("near" AND "a" AND "b" AND "c" AND "d" AND "e")"#),
    ("!!! a", #""a""#),
    ("???", #""·all·""#),
  ]

  @Test(arguments: expressions.indices) func compiles(_ i: Int) throws {
    let (query, expression) = Self.expressions[i]
    let plan = try SearchPlan(query, in: .init(now: .now))
    #expect(plan.everyHit.description.replacing("\u{E000}", with: "·") == expression, "\(query)")
  }

  @Test(arguments: expressions.indices) func fts5TakesIt(_ i: Int) throws {
    let index = try CandidateIndex.holding(#"{"id":"1"}"#)
    #expect(throws: Never.self) { try index.count(Self.expressions[i].query) }
  }

  @Test func aFilterThatCanMatchNobodyHidesEverybody() throws {
    let index = try CandidateIndex.holding(#"{"id":"1","title":"x"}"#)
    #expect(try index.ids("title:!!! x") == [])
    #expect(try index.ids("-title:!!! x") == ["1"])
    #expect(try index.search("title:!!!").notices.count == 1)
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
    #expect(try index.ids((0..<5000).map { "w\($0)" }.joined(separator: " OR ") + " OR a") == ["1"])
    #expect(try index.ids((0..<5000).map { "w\($0)" }.joined(separator: " ")) == [])
  }
}
