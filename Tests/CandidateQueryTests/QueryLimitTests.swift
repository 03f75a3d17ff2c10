import CandidateTime
import Testing

@testable import CandidateQuery

/// Queries beyond a limit are refused where the limit is passed; those at the limit are not.
@Suite struct QueryLimitTests {
  struct Limit: Sendable, CustomTestStringConvertible {
    let name: String
    /// What the error names.
    let maximum: Int
    /// A query that reaches so far.
    let query: @Sendable (Int) -> String
    /// Where the limit is passed.
    let place: @Sendable (Int) -> Int
    var testDescription: String { name }
  }

  /// Words of two letters, all different.
  private static func words(_ count: Int) -> [String] {
    let letters = Array("abcdefghijklmnopqrstuvwxyzäöüßæø")
    return (0..<count).map { "\(letters[$0 / 32])\(letters[$0 % 32])" }
  }

  static let limits = [
    Limit(
      name: "characters", maximum: QueryParser.maximumLength, query: { String(repeating: "é", count: $0) },
      place: { $0 }),
    Limit(
      name: "characters of spaces", maximum: QueryParser.maximumLength,
      query: { String(repeating: " ", count: $0) }, place: { $0 }),
    Limit(
      name: "words", maximum: QueryParser.maximumTerms, query: { words($0).joined(separator: " ") },
      place: { 3 * $0 }),
    Limit(
      name: "words of OR", maximum: QueryParser.maximumTerms, query: { words($0).joined(separator: " | ") },
      place: { 5 * $0 }),
    Limit(
      name: "words in quotes", maximum: QueryParser.maximumTerms,
      query: { words($0).map { "\"\($0)\"" }.joined() }, place: { 4 * $0 }),
    Limit(
      name: "values of a list", maximum: QueryParser.maximumTerms,
      query: { "id:" + words($0).joined(separator: ",") }, place: { 3 + 3 * $0 }),
    Limit(
      name: "values in parentheses", maximum: QueryParser.maximumTerms,
      query: { "tag:(" + words($0).joined(separator: " | ") }, place: { 5 + 5 * $0 }),
    Limit(
      name: "denied values", maximum: QueryParser.maximumTerms,
      query: { "tag:" + words($0).map { "-" + $0 }.joined(separator: ",") }, place: { 5 + 4 * $0 }),
    Limit(
      name: "stars", maximum: QueryParser.maximumPrefixes, query: { words($0).map { $0 + "* " }.joined() },
      place: { 4 * $0 }),
    Limit(
      name: "stars of a field", maximum: QueryParser.maximumPrefixes,
      query: { "title:(" + words($0).map { $0 + "*," }.joined() }, place: { 7 + 4 * $0 }),
    Limit(
      name: "characters of a quotation", maximum: QueryParser.maximumQuotation,
      query: { "nurse -\"" + String(repeating: "x", count: $0) + "\" b" }, place: { _ in 7 }),
    Limit(
      name: "characters of a quotation of a field", maximum: QueryParser.maximumQuotation,
      query: { "title:\"" + String(repeating: "x", count: $0) + "\"" }, place: { _ in 6 }),
    Limit(
      name: "times", maximum: QueryResolver.maximumTimes,
      query: { (1900..<(1900 + $0)).map { "created:\($0) " }.joined() }, place: { 13 * $0 }),
  ]

  private func parse(_ query: String) throws -> Query {
    let context = QueryResolver.Context(now: Timestamp(microseconds: 0))
    return try QueryResolver.resolve(QueryParser.parse(query).tree, of: query, in: context)
  }

  @Test(arguments: limits) func isRefusedWhereItIsPassed(_ limit: Limit) throws {
    _ = try parse(limit.query(limit.maximum))
    let query = limit.query(limit.maximum + 1)
    let error = #expect(throws: QueryError.self) { try parse(query) }
    #expect(error?.place.start == limit.place(limit.maximum))
    #expect(error?.problem.contains("at most \(limit.maximum) ") == true)
    let lines = (error?.description ?? "").split(separator: "\n")
    #expect(lines.count == 4 && lines[2].contains("^"), "\(lines)")
    #expect((error?.description.count ?? 0) < 400)
  }

  @Test(arguments: ["smith ", "tag:JUNIOR ", "a* ", "(a | b) ", "\"a b\" ", "id:1,1,1 "])
  func whatIsRepeatedCountsOnce(
    _ piece: String
  ) throws {
    _ = try parse(String(repeating: piece, count: QueryParser.maximumLength / piece.count))
  }

  /// In free text, what looks like the beginning of a long quotation is a sign.
  @Test func aQuoteThatIsNotClosedSoonIsIgnored() throws {
    let words = Self.words(400).joined(separator: " ")
    let parsed = try QueryParser.parse("screen of 15\" and \(words) \"a b\"")
    let tree = parsed.tree
    #expect(tree.description.hasPrefix("(screen AND of AND 15 AND and AND aa AND ab AND"))
    #expect(tree.description.hasSuffix(" AND \"a b\")"))
    #expect(
      parsed.notices.first?.description.contains("not closed within 1000 characters was ignored") == true)
    // What the end of the query closes stays a quotation.
    #expect(try QueryParser.parse("\"senior engineer").tree.description == "\"senior engineer\"")
  }

  /// Marks that no word has would make each comparison of texts cost the square of their number.
  @Test func textsHoldFewMarksInARow() throws {
    for piece in ["\u{301}\u{316}", "\u{5B0}", "\u{345}"] {
      let query =
        "a" + String(repeating: piece, count: 2_000) + " tag:b" + String(repeating: piece, count: 2_000)
      let tree = try QueryParser.parse(query).tree
      #expect(tree.description.unicodeScalars.count <= "(a AND tag:b)".count + 60)
    }
    #expect(try QueryParser.parse("e\u{323}\u{301}").tree == .text(QueryText("e\u{323}\u{301}")))
  }

  @Test func messagesAreShort() {
    let long = String(repeating: "x", count: 9_000)
    for query in [long + ":a", "is:" + long, "has:\(long)", "modified:\(long)", "custom.\(long):a"] {
      let error = #expect(throws: QueryError.self) { try parse(query) }
      #expect((error?.description.count ?? 0) < 600, "\(query.prefix(20))")
    }
  }

  /// What is put together in a program is bound by the same limits.
  static let programs: [(name: String, maximum: Int, query: @Sendable (Int) -> Query)] = [
    ("words", QueryParser.maximumTerms, { .and((0..<$0).map { .text(QueryText("\($0)")) }) }),
    ("values", QueryParser.maximumTerms, { .or((0..<$0).map { .id("018b18ef-c487-703c-afd9-\($0)") }) }),
    (
      "times", QueryResolver.maximumTimes,
      { .or((0..<$0).map { .lastInteraction(from: Timestamp(microseconds: Int64($0))) }) }
    ),
    ("beginnings", QueryParser.maximumPrefixes, { .or((0..<$0).map { .beginning(.tag, "\($0)") }) }),
    ("characters", QueryParser.maximumLength, { .text(QueryText(String(repeating: "x", count: $0))) }),
    (
      "levels", QueryParser.maximumHeight,
      { (0..<$0).reduce(.tag("a")) { .and([$0, .or([.tag("\($1)")])]) } }
    ),
    ("nots", QueryParser.maximumDepth, { (0..<$0).reduce(.tag("a")) { query, _ in .not(query) } }),
  ]

  @Test(arguments: programs) func queriesOfProgramsAreBound(
    name: String, maximum: Int, query: @Sendable (Int) -> Query
  ) throws {
    try query(name == "levels" ? maximum / 2 : maximum).checkSize()
    let error = #expect(throws: QueryError.self) { try query(maximum + 1).checkSize() }
    #expect(error?.description.contains("at most \(maximum) ") == true)
    #expect(error?.description.contains("^") == false, "there is no text to point at")
  }
}
