/// Reads a query. Free text never fails: what makes no sense is left out, with a notice.
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
/// Operators are upper case. NOT binds tightest, then AND, then OR. A list of values means any of them,
/// and in a field's parentheses a comma is an OR.
public struct QueryParser {
  /// Parentheses may be nested so deep.
  public static let maximumDepth = 100
  /// AND and OR may be nested so deep: a level takes up to three of the 100 places on the stack of FTS5's parser.
  public static let maximumHeight = 25

  /// A reading is shown in so many characters.
  private static let longestReading = 200

  private let query: String
  var scanner: QueryScanner
  private var depth = 0
  /// What was put right, each once.
  private var repairs: [String] = []
  private var hints: [QueryNotice] = []
  /// The field whose values are being read, in `field:( … )`.
  private(set) var field: FieldHead?

  struct FieldHead {
    let name: String
    let isWhole: Bool
    let start: Int
  }

  private init(_ query: String) {
    self.query = query
    scanner = QueryScanner(query)
  }

  /// The query's tree, and what was put right on the way. Throws `QueryError` only for nesting beyond
  /// `maximumDepth` or `maximumHeight`, and for a field without a value.
  public static func parse(_ query: String) throws(QueryError) -> (tree: QueryTree, notices: [QueryNotice]) {
    var parser = QueryParser(query)
    let tree = try parser.parseQuery()
    return (tree, parser.notices(tree))
  }

  // query = [ disjunction ]
  private mutating func parseQuery() throws(QueryError) -> QueryTree {
    var parts: [QueryTree] = []
    while true {
      if let part = try parseDisjunction() { parts.append(part) }
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
    var parts: [QueryTree] = []
    var isFirst = true
    while true {
      let part = try parseConjunction()
      if let part { parts.append(part) }
      let isOr = takeOr()
      if part == nil, isOr || !isFirst { note(Repair.strayOr) }
      isFirst = false
      if !isOr { return .disjunction(parts) }
    }
  }

  // conjunction = negation { [ "AND" | "&" | "&&" | "+" ] negation }
  private mutating func parseConjunction() throws(QueryError) -> QueryTree? {
    var parts: [QueryTree] = []
    while true {
      let isAnd = takeAnd(hasLeft: !parts.isEmpty)
      scanner.skipSpaces()
      if scanner.isAtEnd || scanner.peek() == ")" || isAtOr {
        if isAnd { note(Repair.strayAnd) }
        return .conjunction(parts)
      }
      if let part = try parseNegation() { parts.append(part) }
    }
  }

  // negation = { "NOT" | "-" | "!" } primary
  private mutating func parseNegation() throws(QueryError) -> QueryTree? {
    var nots = 0
    repeat { nots += takeNots() } while takeAnd(hasLeft: false)
    guard let part = try parsePrimary() else {
      if nots > 0 { note(Repair.strayNot) }
      return nil
    }
    return nots % 2 == 1 ? .negation(part) : part
  }

  // primary = "(" disjunction ")" | clause | text
  private mutating func parsePrimary() throws(QueryError) -> QueryTree? {
    scanner.skipSpaces()
    guard let scalar = scanner.peek(), scalar != ")" else { return nil }
    if let phone = takePhone(inField: field) { return leaf(phone, field: field) }
    if scalar == "(" { return try parseGroup() }
    if isAtOr { return nil }
    if let head = takeFieldHead() { return try parseValues(of: head) }
    guard let text = takeText(endsAtComma: field != nil) else { return nil }
    return leaf(text, field: field)
  }

  private mutating func parseGroup() throws(QueryError) -> QueryTree? {
    let start = scanner.position
    scanner.advance()
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw error(
        "more than \(Self.maximumDepth) parentheses within one another", from: start,
        advice: "leave out parentheses that change nothing, or ask in two steps")
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
      advice: "ask in two steps")
  }

  // values = "(" disjunction ")" | text { "," text }
  private mutating func parseValues(of head: FieldHead) throws(QueryError) -> QueryTree? {
    scanner.skipSpaces()
    if scanner.peek() == "(", phoneLength(inField: head) == nil {
      let outer = field
      field = head
      defer { field = outer }
      return try parseGroup()
    }
    var values: [QueryTree] = []
    repeat {
      // `title:-intern` means what `-title:intern` does.
      let signs = takeSigns() ?? 0
      if let text = takePhone(inField: head) ?? takeText(endsAtComma: true) {
        values.append(signs % 2 == 1 ? .negation(leaf(text, field: head)) : leaf(text, field: head))
      }
    } while scanner.take(",")
    guard let clause = QueryTree.disjunction(values) else {
      throw error(
        "\(head.name): has no value", from: head.start,
        advice: "write \(head.name):VALUE, or \"\(head.name):\" in quotes to search for it as text")
    }
    return clause
  }

  private func leaf(_ text: QueryText, field: FieldHead?) -> QueryTree {
    guard let field else {
      return text.text.isEmpty ? .all : .text(text)
    }
    let place = SourceRange(start: field.start, end: scanner.position)
    return .field(FieldClause(name: field.name, isWhole: field.isWhole, value: text, place: place))
  }

  func error(_ problem: String, from start: Int, advice: String) -> QueryError {
    QueryError(
      query: query, place: SourceRange(start: start, end: scanner.position), problem: problem, advice: advice)
  }

  mutating func note(_ repair: String) {
    if !repairs.contains(repair) { repairs.append(repair) }
  }

  /// All that was put right in one line, with the reading that came of it; then the hints.
  private func notices(_ tree: QueryTree) -> [QueryNotice] {
    if repairs.isEmpty { return hints }
    let reading = tree.description
    let shown = reading.count > Self.longestReading ? reading.prefix(Self.longestReading) + "…" : reading[...]
    return [QueryNotice("\(repairs.joined(separator: "; ")); read as: \(shown)")] + hints
  }

  /// `java or php`: words, as typed; but perhaps not what was meant.
  private mutating func hintAtLowerCaseOperators(_ parts: [QueryTree]) {
    for part in parts {
      guard case .and(let words) = part, words.count > 2 else { continue }
      for case .text(let text) in words.dropFirst().dropLast()
      where ["and", "or", "not"].contains(text.text) && !text.isPhrase {
        let hint = QueryNotice(
          "“\(text.text)” was taken as a word; as an operator it is written \(text.text.uppercased())")
        if !hints.contains(hint) { hints.append(hint) }
      }
    }
  }
}
