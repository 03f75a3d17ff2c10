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

  /// - Parameter window: where the most recent candidates end.
  init(limit: Int, window: WindowBound, hasPartial: Bool) {
    sql = SearchSQL(hasPartial: hasPartial)
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
    let rows = needsRows ? " JOIN candidate c ON c.docid = p.docid" : ""
    if !divided.lists.isEmpty || divided.postings.isEmpty {
      let match = divided.postings.isEmpty ? "true" : sql.match(divided.postings, inOrder: true)
      parts.append(
        "(SELECT \(step) AS step, p.docid, \(partial("p")) FROM posting p\(rows) WHERE \(match)"
          + sql.conditions(divided, docid: "p.docid", inOrder: true) + " ORDER BY p.docid LIMIT \(limit))")
      return
    }
    let bound = isRare ? nil : bound(from: divided.start)
    if let bound {
      parts.append(
        "(SELECT \(step) AS step, p.docid, \(partial("p")) FROM posting p\(rows) WHERE p.docid <= \(bound) AND "
          + sql.match(divided.postings, inOrder: true)
          + sql.conditions(divided, docid: "p.docid", inOrder: true) + " ORDER BY p.docid LIMIT \(limit))")
    }
    // OFFSET 0 keeps the order out of the inner query, which would otherwise visit all candidates in it.
    parts.append(
      "(SELECT \(step) AS step, q.docid, q.partial FROM (SELECT p.docid, \(partial("p")) FROM posting p\(rows) WHERE "
        + sql.match(divided.postings, inOrder: false)
        + (bound.map { " AND p.docid + 0 > \($0)" } ?? "")
        + sql.conditions(divided, docid: "p.docid", inOrder: false)
        + " OFFSET 0) q ORDER BY q.docid LIMIT \(limit))")
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

  /// The statement, with the record of each hit; nil if no step can have hits.
  var query: PostgresQuery? {
    if parts.isEmpty { return nil }
    return PostgresQuery(
      """
      SELECT h.step, h.partial, \(StoredRow.columns) \
      FROM (SELECT * FROM (\(parts.joined(separator: " UNION ALL "))) u LIMIT \(limit)) h \
      JOIN LATERAL (SELECT * FROM candidate c WHERE c.docid = h.docid OFFSET 0) c ON true \
      JOIN LATERAL (SELECT * FROM record r WHERE r.docid = h.docid OFFSET 0) r ON true
      """, sql.values)
  }
}

/// Where the most recent candidates end. The hits are the same for any value.
struct WindowBound: Sendable {
  /// The number of candidates that a step visits in order at most: some ten milliseconds.
  static let size = 4_000

  let docid: Int64
}
