import GRDB

/// A query as SQL. FTS5 evaluates what the postings decide and returns docids in ascending order; a condition on docids
/// narrows the range that it reads, and any other condition is tested on the rows of the candidates that it finds.
struct SearchStatement {
  /// The SQL from FROM to the end of WHERE.
  private(set) var source: String
  private(set) var arguments: StatementArguments = []
  /// The column of docids.
  let docid: String

  /// The conditions on rows, with `selectsCondition`; they are then not part of `source`.
  private(set) var condition = "1"
  /// The source of the candidates, in a few words, for explanations.
  let index: String

  /// Renders a query. With rows, the columns of `candidate c` can be selected for any query. With `selectsCondition`, the
  /// rows are those of the postings and docids, and `condition` is to be selected, too. With `inStoredOrder`, a query
  /// without postings visits rows as they are stored.
  init(
    _ query: IndexQuery, withRows: Bool = false, selectsCondition: Bool = false, inStoredOrder: Bool = false
  ) {
    let parts: [IndexQuery] = if case .and(let parts) = query { parts } else { [query] }
    let postings = parts.filter { $0.isOfPostings && $0 != .everything }
    var ranges: [ClosedRange<Int64>] = []
    var lists: [[Int64]] = []
    var others: [IndexQuery] = []
    for part in parts where !part.isOfPostings {
      if case .record(.docids(let range)) = part {
        ranges.append(range)
      } else if let docids = part.docids {
        lists.append(docids)
      } else {
        others.append(part)
      }
    }
    var conditions: [String] = []
    if postings.isEmpty {
      docid = "c.docid"
      source = "FROM candidate c" + (inStoredOrder ? " NOT INDEXED" : "")
      index = "candidates in the order of docids"
    } else {
      // CROSS JOIN puts FTS5 first: the row of each candidate that it finds is looked up.
      docid = "posting.rowid"
      let needsRows = withRows || !others.isEmpty
      index = needsRows ? "postings, then the rows of candidates" : "postings"
      source = "FROM posting" + (needsRows ? " CROSS JOIN candidate c ON c.docid = posting.rowid" : "")
      conditions.append("posting MATCH ?")
      arguments += [IndexQuery.all(postings).fts5Expression]
    }
    for range in ranges {
      conditions.append("\(docid) BETWEEN ? AND ?")
      arguments += [range.lowerBound, range.upperBound]
    }
    for docids in lists { conditions.append(list(docids, of: docid)) }
    if selectsCondition {
      // Its arguments come first.
      let rest = arguments
      arguments = []
      if !others.isEmpty { condition = combination(others[...], "AND") }
      arguments += rest
    } else if !others.isEmpty {
      conditions.append(combination(others[...], "AND"))
    }
    if !conditions.isEmpty { source += " WHERE " + conditions.joined(separator: " AND ") }
  }

  /// The first docids, in ascending order.
  func docids(limit: Int, _ db: Database) throws -> [Docid] {
    var docids: [Docid] = []
    try RawStatement(
      cached: "SELECT \(docid) \(source) ORDER BY \(docid) LIMIT ?", db, arguments: arguments + [limit]
    ).forEach { docids.append(Docid(value: $0.integer(orZero: 0))) }
    return docids
  }

  /// Calls `body` with the docids, in ascending order.
  func forEachDocid(limit: Int, _ db: Database, _ body: (Docid) throws -> Void) throws {
    try RawStatement(
      db, "SELECT \(docid) \(source) ORDER BY \(docid) LIMIT ?", arguments: arguments + [limit]
    ).forEach { try body(Docid(value: $0.integer(orZero: 0))) }
  }

  /// The number of docids. FTS5 visits every one.
  func count(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) \(source)", arguments: arguments) ?? 0
  }

  /// A query as a condition on a row of `candidate c`.
  static func condition(_ query: IndexQuery) -> (sql: String, arguments: StatementArguments) {
    var statement = SearchStatement(.everything)
    let sql = statement.condition(query)
    return (sql, statement.arguments)
  }

  /// A query as a condition on a row of `candidate`.
  private mutating func condition(_ query: IndexQuery) -> String {
    // FTS5 would subtract its matches from all candidates.
    if case .not(let part) = query { return "NOT " + condition(part) }
    if query.isOfPostings {
      if query == .everything { return "1" }
      if query == .nothing { return "0" }
      arguments += [query.fts5Expression]
      return "c.docid IN (SELECT rowid FROM posting WHERE posting MATCH ?)"
    }
    if let docids = query.docids { return list(docids, of: "c.docid") }
    switch query {
    case .record(let condition): return self.condition(condition)
    case .and(let parts):
      return combination(IndexQuery.withPostingsCombined(parts, by: IndexQuery.all)[...], "AND")
    case .or(let parts):
      return combination(IndexQuery.withPostingsCombined(parts, by: IndexQuery.any)[...], "OR")
    case .everything, .nothing, .phrase, .together, .not: return "1"
    }
  }

  private mutating func list(_ docids: [Int64], of column: String) -> String {
    arguments += StatementArguments(docids)
    return "\(column) IN (\(Array(repeating: "?", count: docids.count).joined(separator: ", ")))"
  }

  /// The combined parts as a balanced tree: the maximum depth of an expression in SQLite is 1,000.
  private mutating func combination(_ parts: ArraySlice<IndexQuery>, _ sign: String) -> String {
    if parts.count == 1 { return condition(parts[parts.startIndex]) }
    let middle = parts.startIndex + parts.count / 2
    return "(\(combination(parts[..<middle], sign)) \(sign) \(combination(parts[middle...], sign)))"
  }

  private mutating func condition(_ condition: RecordCondition) -> String {
    switch condition {
    case .id(let id):
      arguments += [id, id.lowercased()]
      return "c.id IN (?, ?)"
    case .docids(let range):
      arguments += [range.lowerBound, range.upperBound]
      return "c.docid BETWEEN ? AND ?"
    case .time(let column, let from, let until):
      // NULL is outside of every range; the condition must not be NULL, since NOT would keep it so.
      var parts = ["c.\(column.rawValue) IS NOT NULL"]
      for (sign, bound) in [(">=", from), ("<", until)] {
        guard let bound else { continue }
        parts.append("c.\(column.rawValue) \(sign) ?")
        arguments += [bound]
      }
      return "(" + parts.joined(separator: " AND ") + ")"
    }
  }
}
