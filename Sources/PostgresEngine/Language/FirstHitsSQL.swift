import CandidateSearch

/// The first hits of some steps as one statement: a part for each step, limited, combined by UNION ALL, so that the server
/// stops after the parts that fill the page.
///
/// A step of frequent terms has two parts. The first visits the most recent candidates in order, and ends early; the second
/// finds the rest by the GIN index, which reads every match. Without the first part, a frequent term would cost the sum of
/// its matches; without the second, a pair of frequent terms that hardly occur together the sum of all candidates.
struct FirstHitsSQL {
  private var sql: SearchSQL
  private let limit: Int
  private let window: WindowBound
  private var parts: [String] = []

  /// - Parameters:
  ///   - sql: A new statement.
  ///   - window: Where the most recent candidates end.
  init(_ sql: SearchSQL, limit: Int, window: WindowBound) {
    self.sql = sql
    self.limit = limit
    self.window = window
  }

  /// Adds a step.
  mutating func add(_ step: Int, _ query: IndexQuery, from start: Int64, isRare: Bool) {
    if query == .nothing { return }
    let query = start > .min ? IndexQuery.all([query, .record(.docids(start...Int64.max))]) : query
    let divided = SearchSQL.Parts(query)
    let needsRows = !divided.others.isEmpty
    let needsPostings = !divided.postings.isEmpty || divided.others.contains(where: \.hasPostings)
    guard needsPostings else {
      parts.append(
        "(SELECT \(step) AS step, c.docid, \(partial("c")) FROM candidate c WHERE true"
          + sql.conditions(divided, docid: "c.docid", inOrder: true) + " ORDER BY c.docid LIMIT \(limit))")
      return
    }
    if sql.tables.partitions?.isEmpty == true { return }
    let rows = needsRows ? " JOIN candidate c ON c.docid = p.docid" : ""
    let order = " ORDER BY p.docid LIMIT \(limit)"
    if !divided.lists.isEmpty || divided.postings.isEmpty {
      let match = divided.postings.isEmpty ? "true" : sql.match(divided.postings, inOrder: true)
      let conditions = match + sql.conditions(divided, docid: "p.docid", inOrder: true)
      add(step, inOrder: true) { "SELECT p.docid, \($1) FROM \($0) p\(rows) WHERE \(conditions)\(order)" }
      return
    }
    let bound = isRare ? nil : bound(from: divided.start)
    if let bound {
      let conditions =
        "p.docid <= \(bound) AND " + sql.match(divided.postings, inOrder: true)
        + sql.conditions(divided, docid: "p.docid", inOrder: true)
      add(step, inOrder: true) { "SELECT p.docid, \($1) FROM \($0) p\(rows) WHERE \(conditions)\(order)" }
    }
    let conditions =
      sql.match(divided.postings, inOrder: false) + (bound.map { " AND p.docid + 0 > \($0)" } ?? "")
      + sql.conditions(divided, docid: "p.docid", inOrder: false)
    if sql.tables.partitions != nil {
      add(step, inOrder: false) { "SELECT p.docid, \($1) FROM \($0) p\(rows) WHERE \(conditions)\(order)" }
    } else {
      // OFFSET 0 keeps the order out of the inner query, which would otherwise visit all candidates in it.
      let order = " ORDER BY q.docid LIMIT \(limit)"
      add(step, inOrder: false) { table, partial in
        """
        SELECT q.docid, q.partial FROM (SELECT p.docid, \(partial) FROM \(table) p\(rows) WHERE \(conditions) OFFSET 0) q\(order)
        """
      }
    }
  }

  /// Adds a part: the statement that `select` makes for a table and an expression of whether a hit must be compared. Of a
  /// divided index each partition is limited, so that its server stops there, and all are read at once.
  private mutating func add(
    _ step: Int, inOrder: Bool, _ select: (_ table: String, _ partial: String) -> String
  ) {
    guard let partitions = sql.tables.partitions else {
      parts.append("(SELECT \(step) AS step, h.* FROM (\(select("posting", partial("p")))) h)")
      return
    }
    let selects = partitions.map { i in
      "(" + select(inOrder ? PostingTables.posting(i) : PostingTables.match(i), "true AS partial") + ")"
    }
    // An order that no partition has: otherwise they would be merged, and read one after another.
    parts.append(
      """
      (SELECT \(step) AS step, h.docid, h.partial FROM \(sql.tables.combined(selects)) h \
      ORDER BY h.docid + 0 LIMIT \(limit))
      """)
  }

  /// The docid at which the candidates that are visited in order end.
  private mutating func bound(from start: Int64) -> String {
    if start == .min { return sql.parameter(.integer(window.docid)) + "::bigint" }
    return """
      coalesce((SELECT w.docid FROM candidate w WHERE w.docid >= \(sql.parameter(.integer(start)))::bigint \
      ORDER BY w.docid OFFSET \(WindowBound.size) LIMIT 1), 9223372036854775807)
      """
  }

  /// Whether the document of a row is a partial one.
  private func partial(_ table: String) -> String {
    sql.hasPartial && table == "p" ? SearchSQL.isPartial + " AS partial" : "false AS partial"
  }

  /// The statement, with the record of each hit; nil if no step can have hits. A docid without a candidate has a row, too: it
  /// took the place of another hit.
  var query: PostgresQuery? {
    if parts.isEmpty { return nil }
    return PostgresQuery(
      """
      SELECT h.step, h.partial, \(StoredRow.columns) \
      FROM (SELECT * FROM (\(parts.joined(separator: " UNION ALL "))) u LIMIT \(limit)) h \
      LEFT JOIN LATERAL (SELECT * FROM candidate c WHERE c.docid = h.docid OFFSET 0) c ON true \
      LEFT JOIN LATERAL (SELECT * FROM record r WHERE r.docid = h.docid OFFSET 0) r ON true
      """, sql.values)
  }
}

/// Where the most recent candidates end. The hits are the same for any value.
struct WindowBound: Sendable {
  /// The number of candidates that a step visits in order at most: some ten milliseconds.
  static let size = 4_000

  let docid: Int64
}
