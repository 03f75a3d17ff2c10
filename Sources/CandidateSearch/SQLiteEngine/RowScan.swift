import GRDB

/// A query with a condition on `modified_at`, which is in no index: the rows of candidates decide it.
///
/// The rows are visited in the order of docids until that has taken as long as reading all rows in the order in which they
/// are stored, since a page is mostly full by then. The rest is read in that order and sorted: at most twice the time of
/// reading all rows.
struct RowScan {
  /// The part that FTS5 evaluates; `everything` if there is none.
  private let postings: IndexQuery
  /// The conditions on rows.
  private let rows: IndexQuery
  private let maximumVisited: Int?

  /// Visiting a row in the order of docids takes as long as reading this many as they are stored.
  static let rowsPerVisit = 16

  /// Nil unless `modified_at` decides a part of the query that FTS5 does not.
  init?(_ query: IndexQuery, maximumVisited: Int? = nil) {
    let parts: [IndexQuery] = if case .and(let parts) = query { parts } else { [query] }
    rows = .all(parts.filter { !$0.isOfPostings })
    postings = .all(parts.filter(\.isOfPostings))
    self.maximumVisited = maximumVisited
    guard rows.isOfRows, rows.testsModified else { return nil }
  }

  /// Whether FTS5 evaluates a part of the query. Otherwise the rows can be counted as they are stored.
  var readsPostings: Bool { postings != .everything }

  /// Calls `body` with the docids, in ascending order, at most `limit` of them.
  func forEachDocid(limit: Int, _ db: Database, _ body: (Docid) throws -> Void) throws {
    guard limit > 0 else { return }
    let (found, last) = try visit(limit: limit, db)
    for docid in found { try body(Docid(value: docid)) }
    guard found.count < limit, let last, last < .max else { return }
    let rest = IndexQuery.record(.docids((last + 1)...Int64.max))
    let matching = try scan(.all([rows, rest]), db)
    if !readsPostings {
      for docid in matching.prefix(limit - found.count) { try body(Docid(value: docid)) }
    } else {
      try intersect(matching, .all([postings, rest]), limit: limit - found.count, db, body)
    }
  }

  /// The first docids, and the docid of the last row that was visited; nil if no more rows can match.
  private func visit(limit: Int, _ db: Database) throws -> (found: [Int64], last: Int64?) {
    let maximum = try maximumVisited ?? TermStatisticsStore(db: db).candidateCount() / Self.rowsPerVisit + 1
    let statement = SearchStatement(.all([postings, rows]), selectsCondition: true)
    var (found, visited, last): ([Int64], Int, Int64?) = ([], 0, nil)
    try RawStatement(
      cached: "SELECT \(statement.docid), \(statement.condition) \(statement.source) "
        + "ORDER BY \(statement.docid) LIMIT ?", db,
      arguments: statement.arguments + [maximum]
    ).forEach(while: { found.count < limit }) { row in
      let docid = row.integer(orZero: 0)
      (visited, last) = (visited + 1, docid)
      if row.integer(orZero: 1) != 0 { found.append(docid) }
    }
    return (found, visited == maximum ? last : nil)
  }

  /// The docids of the rows that match, sorted.
  private func scan(_ query: IndexQuery, _ db: Database) throws -> [Int64] {
    let statement = SearchStatement(query, inStoredOrder: true)
    var docids: [Int64] = []
    try RawStatement(
      db, "SELECT \(statement.docid) \(statement.source)", arguments: statement.arguments
    ).forEach { docids.append($0.integer(orZero: 0)) }
    return docids.sorted()
  }

  /// Calls `body` with the docids of a query of FTS5 that are in a sorted list.
  private func intersect(
    _ docids: [Int64], _ query: IndexQuery, limit: Int, _ db: Database, _ body: (Docid) throws -> Void
  ) throws {
    var (next, left) = (docids.startIndex, limit)
    guard let highest = docids.last else { return }
    let statement = SearchStatement(query)
    try RawStatement(
      db, "SELECT \(statement.docid) \(statement.source) ORDER BY \(statement.docid)",
      arguments: statement.arguments
    ).forEach(while: { left > 0 && next < docids.endIndex }) { row in
      let docid = row.integer(orZero: 0)
      if docid > highest { next = docids.endIndex }
      while next < docids.endIndex, docids[next] < docid { next += 1 }
      guard next < docids.endIndex, docids[next] == docid else { return }
      left -= 1
      try body(Docid(value: docid))
    }
  }
}

extension IndexQuery {
  /// Whether the times and docids of a candidate decide it.
  fileprivate var isOfRows: Bool {
    switch self {
    case .record(.time), .record(.docids), .everything, .nothing: true
    case .record(.id), .phrase, .together: false
    case .and(let parts), .or(let parts): parts.allSatisfy(\.isOfRows)
    case .not(let part): part.isOfRows
    }
  }

  /// Whether it has a condition on `modified_at`.
  fileprivate var testsModified: Bool {
    switch self {
    case .record(.time(.modified, _, _)): true
    case .record, .phrase, .together, .everything, .nothing: false
    case .and(let parts), .or(let parts): parts.contains(where: \.testsModified)
    case .not(let part): part.testsModified
    }
  }
}
