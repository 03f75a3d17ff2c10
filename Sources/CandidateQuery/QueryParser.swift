/// Parses a query. Free text never fails: what cannot be parsed is left out, with a notice.
///
/// ```
/// query       = [ disjunction ]
/// disjunction = conjunction { ("OR" | "|" | "||") conjunction }
/// conjunction = negation { [ "AND" | "&" | "&&" | "+" ] negation }
/// negation    = { "NOT" | "-" | "!" } primary
/// primary     = "(" disjunction ")" | clause | text
/// clause      = field ":" [ "=" ] values
/// values      = "(" disjunction ")" | { "-" } text { "," { "-" } text }
/// text        = phone | initials | word [ "*" ] | '"' phrase '"' [ "*" ] | "'" phrase "'" [ "*" ] | "*"
/// phone       = groups of digits with spaces, hyphens or parentheses between: `(415) 555-0123`
/// initials    = single capitals, each with a full stop or none: `J. R.`
/// ```
/// Operators are upper case. NOT binds tightest, then AND, then OR. A list of values matches any of those without a sign, and
/// none of those with one; in a field's parentheses a comma is an OR.
public struct QueryParser {
  /// The maximum depth of nested parentheses.
  public static let maximumDepth = 100
  /// The maximum depth of nested ANDs and ORs: a level takes up to three of the 100 places on the stack of FTS5's
  /// parser.
  public static let maximumHeight = 25

  /// The maximum length of a query, in Unicode scalars: two pages of text.
  public static let maximumLength = 10_000
  /// The maximum number of different words, phrases and values; repetitions count once. Each is looked up in the index.
  public static let maximumTerms = 1_000
  /// The maximum length of a quotation, in Unicode scalars: each of its words is searched beside the others.
  public static let maximumQuotation = 1_000
  /// The maximum number of different prefixes of words and values: the index merges the postings of all terms with a
  /// prefix.
  public static let maximumPrefixes = 20

  /// The maximum length of a typed query, in Unicode scalars. A longer one is pasted text, in which a colon with a
  /// space after it is punctuation: `About us: …`.
  package static let maximumTypedLength = 500

  private let query: String
  var scanner: QueryScanner
  private var depth = 0
  /// Whether the text must consist of filters and is not corrected.
  let isOfFilters: Bool
  /// Whether `conjuncts` is filled.
  let recordsConjuncts: Bool
  /// The parts of the conjunction so far.
  var conjuncts: [QueryConjunct] = []
  var isPasted: Bool { !isOfFilters && scanner.scalars.count > Self.maximumTypedLength }
  /// The place of the first correction.
  var firstRepair: SourceRange?
  /// The corrections, each once.
  var repairs: [String] = []
  /// The notes on words that may have been meant as operators, each once.
  var hints: [QueryNotice] = []
  /// The field whose values are being read, in `field:( … )`.
  private(set) var field: FieldHead?
  /// The different words, phrases and values so far.
  private var terms: Set<Term> = []
  private var prefixes = 0

  private struct Term: Hashable {
    let field: String?
    let text: QueryText
  }

  struct FieldHead {
    let name: String
    let isWhole: Bool
    let start: Int
  }

  init(_ query: String, isOfFilters: Bool = false, recordsConjuncts: Bool = false) {
    self.query = query
    self.isOfFilters = isOfFilters
    self.recordsConjuncts = recordsConjuncts
    scanner = QueryScanner(query)
  }

  /// A parsed query.
  public struct Parsed: Sendable {
    /// The query's tree.
    public let tree: QueryTree
    /// What the parser corrected.
    public let notices: [QueryNotice]
  }

  /// Returns the query's tree and the corrections that were made. The cost is linear in the length of the query.
  ///
  /// - Throws: `QueryError` for a query beyond `maximumLength`, `maximumTerms`, `maximumPrefixes`, `maximumDepth` or
  ///   `maximumHeight`, and for a field without a value.
  public static func parse(_ query: String) throws(QueryError) -> Parsed {
    try checkLength(query)
    var parser = QueryParser(query)
    return try parser.parsed()
  }

  mutating func parsed() throws(QueryError) -> Parsed {
    let tree = try parseQuery()
    return Parsed(tree: tree, notices: notices(tree))
  }

  static func checkLength(_ query: String) throws(QueryError) {
    if query.unicodeScalars.count > maximumLength {
      throw QueryError(
        query: query, place: SourceRange(start: maximumLength, end: maximumLength + 1),
        problem: "a query has at most \(maximumLength) characters", advice: Self.inSteps)
    }
  }

  // query = [ disjunction ]
  mutating func parseQuery() throws(QueryError) -> QueryTree {
    var parts: [QueryTree] = []
    while true {
      let (start, known) = (scanner.position, conjuncts.count)
      if let part = try parseDisjunction() {
        // Alternatives are one part, which no conjunction has recorded.
        if conjuncts.count == known { record(part, since: known, from: start, own: start, isFirst: true) }
        parts.append(part)
      }
      scanner.skipSpaces()
      guard !scanner.isAtEnd else { break }
      // Only a closing parenthesis stops a disjunction before the end.
      scanner.advance()
      note(Repair.closing)
    }
    hintAtLowerCaseOperators(parts)
    return try checked(.conjunction(parts), from: 0) ?? .all
  }

  // disjunction = conjunction { ("OR" | "|" | "||") conjunction }
  private mutating func parseDisjunction() throws(QueryError) -> QueryTree? {
    let known = conjuncts.count
    var parts: [QueryTree] = []
    var isFirst = true
    while true {
      let part = try parseConjunction()
      if let part { parts.append(part) }
      let isOr = takeOr()
      if part == nil, isOr || !isFirst { note(Repair.strayOr) }
      isFirst = false
      if !isOr {
        if parts.count > 1 { forgetConjuncts(since: known) }
        return .disjunction(parts)
      }
    }
  }

  // conjunction = negation { [ "AND" | "&" | "&&" | "+" ] negation }
  private mutating func parseConjunction() throws(QueryError) -> QueryTree? {
    var parts: [QueryTree] = []
    while true {
      let (start, known) = (scanner.position, conjuncts.count)
      let isAnd = takeAnd(hasLeft: !parts.isEmpty)
      scanner.skipSpaces()
      let ownStart = scanner.position
      if scanner.isAtEnd || scanner.peek() == ")" || isAtOr {
        if isAnd { note(Repair.strayAnd) }
        return .conjunction(parts)
      }
      if let part = try parseNegation() {
        record(part, since: known, from: start, own: ownStart, isFirst: parts.isEmpty)
        parts.append(part)
      }
    }
  }

  // negation = { "NOT" | "-" | "!" } primary
  private mutating func parseNegation() throws(QueryError) -> QueryTree? {
    var nots = 0
    repeat { nots += takeNots() } while takeAnd(hasLeft: false)
    guard let part = try parsePrimary(isNegated: nots > 0) else {
      if nots > 0 { note(Repair.strayNot) }
      return nil
    }
    return nots % 2 == 1 ? .negation(part) : part
  }

  // primary = "(" disjunction ")" | clause | text
  private mutating func parsePrimary(isNegated: Bool) throws(QueryError) -> QueryTree? {
    scanner.skipSpaces()
    guard let scalar = scanner.peek(), scalar != ")" else { return nil }
    let start = scanner.position
    if let phone = takePhone(inField: field) { return try leaf(phone, field: field, from: start) }
    if scalar == "(" { return try parseGroup() }
    if isAtOr { return nil }
    if let head = takeFieldHead(isNegated: isNegated) { return try parseValues(of: head) }
    if field == nil, !isNegated { skipFarQuote() } else { try checkQuotation() }
    guard let text = takeText(endsAtComma: field != nil) else { return nil }
    return try leaf(text, field: field, from: start)
  }

  private mutating func parseGroup() throws(QueryError) -> QueryTree? {
    let start = scanner.position
    scanner.advance()
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw error(
        "more than \(Self.maximumDepth) parentheses within one another", from: start,
        advice: "leave out parentheses that change nothing, or search in several steps")
    }
    let part = try parseDisjunction()
    scanner.skipSpaces()
    if !scanner.take(")") { note(Repair.opening) }
    if part == nil { note(Repair.emptyParentheses) }
    return try checked(part, from: start)
  }

  private func checked(_ tree: QueryTree?, from start: Int) throws(QueryError) -> QueryTree? {
    guard let tree, tree.height > Self.maximumHeight else { return tree }
    throw error(
      "more than \(Self.maximumHeight) levels of AND and OR within one another", from: start,
      advice: Self.inSteps)
  }

  // values = "(" disjunction ")" | { "-" } text { "," { "-" } text }
  private mutating func parseValues(of head: FieldHead) throws(QueryError) -> QueryTree? {
    scanner.skipSpaces()
    if scanner.peek() == "(", phoneLength(inField: head) == nil {
      let outer = field
      field = head
      defer { field = outer }
      guard let clause = try parseGroup() else { throw missingValue(of: head) }
      return clause
    }
    var values: [QueryTree] = []
    var excluded: [QueryTree] = []
    repeat {
      // `title:-intern` means what `-title:intern` does, and `tag:-A,-B` excludes both.
      let signs = takeSigns() ?? 0
      let start = scanner.position
      try checkQuotation()
      if let text = takePhone(inField: head) ?? takeText(endsAtComma: true) {
        let value = try leaf(text, field: head, from: start)
        if signs % 2 == 1 { excluded.append(.negation(value)) } else { values.append(value) }
      }
    } while scanner.take(",")
    let parts = [QueryTree.disjunction(values)].compactMap(\.self) + excluded
    guard let clause = QueryTree.conjunction(parts) else { throw missingValue(of: head) }
    return clause
  }

  private func missingValue(of head: FieldHead) -> QueryError {
    error(
      "\(head.name): has no value", from: head.start,
      advice: "write \(head.name):VALUE, or \"\(head.name):\" in quotes to search for it as text")
  }

  private mutating func leaf(
    _ text: QueryText, field: FieldHead?, from start: Int
  ) throws(QueryError) -> QueryTree {
    try count(text, field, from: start)
    guard let field else {
      if isOfFilters {
        throw error(
          "free text is no filter: \(text.description.cut)", from: start,
          advice: "write FIELD:VALUE, as in title:engineer")
      }
      return text.text.isEmpty ? .all : .text(text)
    }
    let place = SourceRange(start: field.start, end: scanner.position)
    return .field(FieldClause(name: field.name, isWhole: field.isWhole, value: text, place: place))
  }

  private mutating func count(_ text: QueryText, _ field: FieldHead?, from start: Int) throws(QueryError) {
    guard terms.insert(Term(field: field?.name, text: text)).inserted else { return }
    if terms.count > Self.maximumTerms {
      throw error(
        "a query has at most \(Self.maximumTerms) different words and values", from: start,
        advice: Self.inSteps)
    }
    // `*` alone, and `field:*`, are not prefixes.
    if text.isPrefix, !text.text.isEmpty { prefixes += 1 }
    if prefixes > Self.maximumPrefixes {
      throw error(
        "a query has at most \(Self.maximumPrefixes) different words with a star", from: start,
        advice: "leave out stars, or search in several steps")
    }
  }

  private func checkQuotation() throws(QueryError) {
    guard isAtFarQuote else { return }
    throw QueryError(
      query: query,
      place: SourceRange(start: scanner.position, end: scanner.position + Self.maximumQuotation),
      problem: "a quotation has at most \(Self.maximumQuotation) characters",
      advice: "close the quote, or leave it out")
  }

  static let inSteps = "search in several steps"

  func error(_ problem: String, from start: Int, advice: String) -> QueryError {
    QueryError(
      query: query, place: SourceRange(start: start, end: scanner.position), problem: problem, advice: advice)
  }
}
