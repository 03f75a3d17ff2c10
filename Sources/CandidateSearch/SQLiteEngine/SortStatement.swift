import GRDB

/// The hits of a query in an order other than that of tiers. Any order except recency reads the row of every match, for
/// every page: about two microseconds for each match, but no more than a quarter of a microsecond for each candidate.
struct SortStatement {
  let snapshot: SQLiteSnapshot
  let query: IndexQuery
  let sort: SearchSort
  /// The minimum share of matches, as one in this many candidates, with which all rows are read as they are stored.
  var rowsPerMatch = 8

  private var db: Database { snapshot.db }

  /// The hits, at most `limit`, after a position if there is one. Pages that each begin after the last position of the
  /// previous one neither repeat nor skip a candidate, unless the index changes.
  func hits(limit: Int, after: SortPosition?) throws -> [SortedHit] {
    guard query != .nothing, limit > 0 else { return [] }
    let start = try after.map { try PageStart($0, snapshot) }
    let table = MatchTable(db: db, query: query, by: sort.by)
    let isAscending = sort.order == .ascending
    let found =
      sort.by == .recent
      ? (isAscending
        ? try table.oldestFirst(limit, after: start) : try table.recentFirst(limit, after: start))
      : try scanned(limit, after: start) ?? table.byValue(limit, isAscending: isAscending, after: start)
    return try found.compactMap { docid, value in
      try position(docid, value).map { SortedHit(docid: Docid(value: docid), position: $0) }
    }
  }

  /// The hits by value, from a scan of all rows; nil where FTS5 does not evaluate the query, or finds few.
  private func scanned(_ limit: Int, after start: PageStart?) throws -> [(Int64, SortPosition.Value)]? {
    guard query.isOfPostings, query != .everything, sort.by != .created else { return nil }
    let rowCount = try TermStatisticsStore(db: db).candidateCount()
    var matches: [Int64] = []
    try SearchStatement(query).forEachDocid(limit: .max, db) { matches.append($0.value) }
    guard matches.count * rowsPerMatch >= rowCount else { return nil }
    let set = DocidSet(matches)
    var first = FirstByValue(
      limit: limit, isAscending: sort.order == .ascending, isOfNames: sort.by == .name,
      after: start.map { ($0.position, $0.after) })
    let column = sort.by == .name ? "sort_name" : "modified_at"
    try RawStatement(db, "SELECT docid, \(column) FROM candidate NOT INDEXED").forEach { row in
      let docid = row.integer(orZero: 0)
      guard set.contains(docid) else { return }
      if sort.by == .name {
        first.add(docid, name: row.bytes(1))
      } else {
        first.add(docid, time: row.integer(1))
      }
    }
    return first.all
  }

  private func position(_ docid: Int64, _ value: SortPosition.Value) throws -> SortPosition? {
    let statement = try RawStatement(
      cached:
        "SELECT c.id, n.name FROM candidate c JOIN connector n ON n.number = c.connector WHERE c.docid = ?",
      db)
    statement.bind(1, docid)
    return try statement.first { row in
      SortPosition(
        value: value, second: Docid(value: docid).second, id: row.string(0) ?? "",
        connector: row.string(1) ?? "")
    }
  }

  /// The position after which a page begins.
  private struct PageStart {
    let position: SortPosition.Value
    let value: DatabaseValue
    let isTimeless: Bool
    let before: Int64
    let after: Int64

    init(_ position: SortPosition, _ snapshot: SQLiteSnapshot) throws {
      self.position = position.value
      value = position.value.databaseValue
      isTimeless = position.second == nil
      (before, after) = try position.docids(in: snapshot)
    }
  }

  /// The matching candidates, as a table of `docid` and `value`.
  private struct MatchTable {
    let db: Database
    let by: SearchSort.Criterion
    private let table: String
    private let arguments: StatementArguments

    init(db: Database, query: IndexQuery, by: SearchSort.Criterion) {
      self.db = db
      self.by = by
      let statement = SearchStatement(query, withRows: by != .recent)
      let value =
        switch by {
        case .recent: "NULL"
        case .name: "c.sort_name"
        case .created: "c.created_at"
        case .modified: "c.modified_at"
        }
      table = "(SELECT \(statement.docid) AS docid, \(value) AS value \(statement.source))"
      arguments = statement.arguments
    }

    func recentFirst(_ limit: Int, after start: PageStart?) throws -> [(Int64, SortPosition.Value)] {
      try rows(limit, where: "docid > ?", [start?.after ?? .min], order: "docid")
    }

    /// The oldest candidates first; candidates without a time come last in this direction, too.
    func oldestFirst(_ limit: Int, after start: PageStart?) throws -> [(Int64, SortPosition.Value)] {
      let firstTimeless = Docid.timeless.lowerBound
      let isAfterTimes = start?.isTimeless == true
      let timed =
        isAfterTimes
        ? [] : try rows(limit, where: "docid < ?", [start?.before ?? firstTimeless], order: "docid DESC")
      guard timed.count < limit else { return timed }
      let last = isAfterTimes ? start?.after ?? .min : firstTimeless - 1
      return try timed + rows(limit - timed.count, where: "docid > ?", [last], order: "docid")
    }

    func byValue(
      _ limit: Int, isAscending: Bool, after start: PageStart?
    ) throws -> [(Int64, SortPosition.Value)] {
      // The `+` prevents SQLite from reading rows in the order of docids, which takes ten times as long as a scan.
      let order = "value IS NULL, value \(isAscending ? "ASC" : "DESC"), +docid"
      guard let start else { return try rows(limit, where: "1", [], order: order) }
      if start.value.isNull {
        return try rows(limit, where: "value IS NULL AND docid > ?", [start.after], order: order)
      }
      return try rows(
        limit, where: "value \(isAscending ? ">" : "<") ? OR value IS NULL OR (value = ? AND docid > ?)",
        [start.value, start.value, start.after], order: order)
    }

    private func rows(
      _ limit: Int, where condition: String, _ conditionArguments: StatementArguments, order: String
    ) throws -> [(Int64, SortPosition.Value)] {
      var rows: [(Int64, SortPosition.Value)] = []
      try RawStatement(
        db, "SELECT docid, value FROM \(table) WHERE \(condition) ORDER BY \(order) LIMIT ?",
        arguments: arguments + conditionArguments + [limit]
      ).forEach { row in rows.append((row.integer(orZero: 0), value(row))) }
      return rows
    }

    private func value(_ row: RawRow) -> SortPosition.Value {
      guard let number = row.integer(1) else { return .none }
      return by == .name ? .name(String(decoding: row.text(1), as: UTF8.self)) : .time(number)
    }
  }
}

extension SortPosition.Value {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .none: .null
    case .time(let time): time.databaseValue
    case .name(let name): name.databaseValue
    }
  }
}
