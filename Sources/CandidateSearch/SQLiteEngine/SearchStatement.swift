import GRDB

/// A query as SQL. FTS5 evaluates what the postings decide and returns docids in ascending order; a condition on
/// docids narrows the range that it reads, and any other condition is tested on the rows of the candidates that it finds.
struct SearchStatement {
  /// From FROM to the end of WHERE.
  private(set) var source: String
  private(set) var arguments: StatementArguments = []
  /// The column of docids.
  let docid: String

  /// Where SQLite looks for the candidates, in a few words.
  let index: String

  /// With rows, the columns of `candidate c` can be selected whatever the query is.
  init(_ match: IndexQuery, withRows: Bool = false) {
    let parts: [IndexQuery] = if case .and(let parts) = match { parts } else { [match] }
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
      (docid, source) = ("c.docid", "FROM candidate c")
      index = "candidates in the order of docids"
    } else {
      // FTS5 comes first: the rows of candidates are looked up one by one as it finds them.
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
    if !others.isEmpty { conditions.append(combination(others[...], "AND")) }
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

  /// What a row of `candidate` must meet.
  private mutating func condition(_ match: IndexQuery) -> String {
    if match.isOfPostings {
      if match == .everything { return "1" }
      if match == .nothing { return "0" }
      arguments += [match.fts5Expression]
      return "c.docid IN (SELECT rowid FROM posting WHERE posting MATCH ?)"
    }
    if let docids = match.docids { return list(docids, of: "c.docid") }
    switch match {
    case .record(let condition): return self.condition(condition)
    case .and(let parts): return combination(Self.grouped(parts, IndexQuery.all)[...], "AND")
    case .or(let parts): return combination(Self.grouped(parts, IndexQuery.any)[...], "OR")
    case .not(let part): return "NOT " + condition(part)
    case .everything, .nothing, .phrase, .together: return "1"
    }
  }

  private mutating func list(_ docids: [Int64], of column: String) -> String {
    arguments += StatementArguments(docids)
    return "\(column) IN (\(Array(repeating: "?", count: docids.count).joined(separator: ", ")))"
  }

  /// The parts, with all that FTS5 answers as one.
  private static func grouped(_ parts: [IndexQuery], _ combined: ([IndexQuery]) -> IndexQuery) -> [IndexQuery]
  {
    let postings = parts.filter(\.isOfPostings)
    return postings.count < 2 ? parts : [combined(postings)] + parts.filter { !$0.isOfPostings }
  }

  /// The parts in halves of halves: SQLite nests no deeper than 1,000.
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
      // NULL is in no range, and outside of every one: never NULL itself.
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
