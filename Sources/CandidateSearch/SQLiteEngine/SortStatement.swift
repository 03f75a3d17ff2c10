import GRDB

/// Hits of a query in an order other than that of tiers. An order by anything but recency reads the row of every match:
/// about two microseconds each, whatever the page.
struct SortStatement {
  let snapshot: SQLiteSnapshot
  let query: IndexQuery
  let sort: SearchSort

  private var db: Database { snapshot.db }

  /// At most `limit` hits, after a position if there is one. Pages that begin after the last position of the one before
  /// neither repeat nor skip a candidate while the index does not change.
  func hits(limit: Int, after: SortPosition?) throws -> [SortedHit] {
    guard query != .nothing, limit > 0 else { return [] }
    let place = try after.map { try Place($0, snapshot) }
    let table = MatchTable(db: db, match: query, by: sort.by)
    let isAscending = sort.order == .ascending
    let found =
      sort.by == .recent
      ? (isAscending
        ? try table.oldestFirst(limit, after: place) : try table.recentFirst(limit, after: place))
      : try table.byValue(limit, isAscending: isAscending, after: place)
    return try found.compactMap { docid, value in
      try position(docid, value).map { SortedHit(docid: Docid(value: docid), position: $0) }
    }
  }

  private func position(_ docid: Int64, _ value: SortPosition.Value) throws -> SortPosition? {
    let statement = try db.cachedStatement(
      sql: "SELECT c.id, n.name FROM candidate c JOIN connector n ON n.number = c.connector WHERE c.docid = ?"
    )
    return try Row.fetchOne(statement, arguments: [docid]).map { row in
      SortPosition(value: value, second: Docid(value: docid).second, id: row[0], connector: row[1])
    }
  }

  /// Where a page begins.
  private struct Place {
    let value: DatabaseValue
    let isTimeless: Bool
    let before: Int64
    let after: Int64

    init(_ position: SortPosition, _ snapshot: SQLiteSnapshot) throws {
      (value, isTimeless) = (position.value.databaseValue, position.second == nil)
      (before, after) = try position.docids(in: snapshot)
    }
  }

  /// The matching candidates, as a table of `docid` and `value`.
  private struct MatchTable {
    let db: Database
    let by: SearchSort.Criterion
    private let table: String
    private let arguments: StatementArguments

    init(db: Database, match: IndexQuery, by: SearchSort.Criterion) {
      (self.db, self.by) = (db, by)
      let statement = SearchStatement(match, withRows: by != .recent)
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

    func recentFirst(_ limit: Int, after place: Place?) throws -> [(Int64, SortPosition.Value)] {
      try rows(limit, where: "docid > ?", [place?.after ?? .min], order: "docid")
    }

    /// Those without a time come last here too.
    func oldestFirst(_ limit: Int, after place: Place?) throws -> [(Int64, SortPosition.Value)] {
      let firstTimeless = Docid.timeless.lowerBound
      let isAfterTimes = place?.isTimeless == true
      let timed =
        isAfterTimes
        ? [] : try rows(limit, where: "docid < ?", [place?.before ?? firstTimeless], order: "docid DESC")
      guard timed.count < limit else { return timed }
      let last = isAfterTimes ? place?.after ?? .min : firstTimeless - 1
      return try timed + rows(limit - timed.count, where: "docid > ?", [last], order: "docid")
    }

    func byValue(
      _ limit: Int, isAscending: Bool, after place: Place?
    ) throws -> [(Int64, SortPosition.Value)] {
      // The sign keeps SQLite from looking rows up in the order of docids, which takes ten times as long as a scan.
      let order = "value IS NULL, value \(isAscending ? "ASC" : "DESC"), +docid"
      guard let place else { return try rows(limit, where: "1", [], order: order) }
      if place.value.isNull {
        return try rows(limit, where: "value IS NULL AND docid > ?", [place.after], order: order)
      }
      return try rows(
        limit, where: "value \(isAscending ? ">" : "<") ? OR value IS NULL OR (value = ? AND docid > ?)",
        [place.value, place.value, place.after], order: order)
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
