import CandidateQuery
import CandidateSearch

/// The hits of a query in an order other than that of tiers. Any order except recency reads the row of every match.
struct SortedHits {
  let snapshot: PostgresSnapshot
  let query: IndexQuery
  let sort: SearchSort

  /// The position after which a page begins.
  private struct PageStart {
    let value: SortPosition.Value
    let isTimeless: Bool
    let before: Int64
    let after: Int64
  }

  func hits(limit: Int, after position: SortPosition?) throws -> [SortedHit] {
    guard query != .nothing, limit > 0 else { return [] }
    let start = try position.map { position in
      let (before, after) = try position.docids(in: snapshot)
      return PageStart(
        value: position.value, isTimeless: position.second == nil, before: before, after: after)
    }
    let query = try snapshot.exact(query)
    if query == .nothing { return [] }
    var found: [Row] = []
    var wanted = limit
    while true {
      found =
        switch (sort.by, sort.order) {
        case (.recent, .ascending): try oldestFirst(query, wanted, after: start)
        case (.recent, _): try rows(query, wanted, ("docid > ", start?.after), order: "docid")
        default: try byValue(query, wanted, after: start)
        }
      let isAll = found.count < wanted
      let kept = Set(try snapshot.verified(found.map { Docid(value: $0.docid) }, query).map(\.value))
      found = Array(found.lazy.filter { kept.contains($0.docid) }.prefix(limit))
      if isAll || found.count >= limit { break }
      // Those that do not match took the places of others.
      wanted *= 2
    }
    let identities = try snapshot.identities(found.map { Docid(value: $0.docid) })
    return found.compactMap { docid, value in
      identities[Docid(value: docid)].map { identity in
        SortedHit(
          docid: Docid(value: docid),
          position: SortPosition(
            value: value, second: Docid(value: docid).second, id: identity.id, connector: identity.connector))
      }
    }
  }

  private typealias Row = (docid: Int64, value: SortPosition.Value)

  /// The oldest candidates first; candidates without a time come last in this direction, too.
  private func oldestFirst(_ query: IndexQuery, _ limit: Int, after start: PageStart?) throws -> [Row] {
    let firstTimeless = Docid.timeless.lowerBound
    let isAfterTimes = start?.isTimeless == true
    let timed =
      isAfterTimes
      ? []
      : try rows(query, limit, ("docid < ", start?.before ?? firstTimeless), order: "docid DESC")
    guard timed.count < limit else { return timed }
    let last = isAfterTimes ? start?.after ?? .min : firstTimeless - 1
    return try timed + rows(query, limit - timed.count, ("docid > ", last), order: "docid")
  }

  private func rows(
    _ query: IndexQuery, _ limit: Int, _ condition: (sql: String, docid: Int64?), order: String
  ) throws -> [Row] {
    var sql = try snapshot.newSQL(hasPartial: false)
    let source = sql.source(query)
    let bound = condition.docid.map { "WHERE \(condition.sql)\(sql.parameter(.integer($0)))::bigint" } ?? ""
    return try snapshot.rows(
      "SELECT docid FROM (SELECT \(source.docid) AS docid \(source.sql)) m \(bound) ORDER BY \(order) LIMIT \(sql.parameter(.integer(Int64(limit))))",
      sql.values
    ) { ($0.integer(orZero: 0), .none) }
  }

  private func byValue(_ query: IndexQuery, _ limit: Int, after start: PageStart?) throws -> [Row] {
    let column =
      switch sort.by {
      case .name: "c.sort_name"
      case .created: "c.created_at"
      case .modified, .recent: "c.modified_at"
      }
    let isAscending = sort.order == .ascending
    var sql = try snapshot.newSQL(hasPartial: false)
    let source = sql.source(query, withRows: true)
    var condition = ""
    if let start {
      let docid = sql.parameter(.integer(start.after)) + "::bigint"
      switch start.value {
      case .none: condition = "WHERE value IS NULL AND docid > \(docid)"
      case .time(let time) where sort.by != .name:
        condition = after(sql.parameter(.integer(time)) + "::bigint", docid, isAscending)
      case .name(let name) where sort.by == .name:
        condition = after(sql.parameter(.bytes(Array(name.utf8))) + "::bytea", docid, isAscending)
      // A position of another order.
      case .time, .name: condition = "WHERE value IS NULL AND \(docid) IS NOT NULL"
      }
    }
    return try snapshot.rows(
      """
      SELECT docid, value FROM (SELECT c.docid, \(column) AS value \(source.sql)) m \(condition) \
      ORDER BY value \(isAscending ? "ASC" : "DESC") NULLS LAST, docid LIMIT \(sql.parameter(.integer(Int64(limit))))
      """, sql.values
    ) { row in
      let value: SortPosition.Value =
        row.isNull(1) ? .none : sort.by == .name ? .name(row.text(1)) : .time(row.integer(orZero: 1))
      return (row.integer(orZero: 0), value)
    }
  }

  private func after(_ value: String, _ docid: String, _ isAscending: Bool) -> String {
    "WHERE value \(isAscending ? ">" : "<") \(value) OR value IS NULL OR (value = \(value) AND docid > \(docid))"
  }
}

extension PostgresSnapshot {
  /// The query with its columns, or where partial documents must be compared, the docids of its matches.
  func exact(_ query: IndexQuery) throws -> IndexQuery {
    guard try hasPartial, query.hasPostings else { return try narrowed(query) }
    var docids: [IndexQuery] = []
    try forEachDocid(of: query, limit: .max) { docids.append(.record(.docids($0.value...$0.value))) }
    return .any(docids)
  }
}
