import CandidateModel
import CandidateQuery
import CandidateSearch

/// Which candidates match, how many, and in which order.
extension PostgresSnapshot {
  func docids(of query: IndexQuery, from start: Int64, limit: Int) throws -> [Docid] {
    if query == .nothing || limit <= 0 { return [] }
    if limit > Self.maximumTogether {
      var docids: [Docid] = []
      let narrowed = start > .min ? IndexQuery.all([query, .record(.docids(start...Int64.max))]) : query
      try forEachDocid(of: narrowed, limit: limit) { docids.append($0) }
      return try verified(docids, query)
    }
    return try firstHits(of: { [QueryStep(query: query, start: start)] }, limit: limit)?.map(\.docid) ?? []
  }

  /// The docids of candidates whose records match a query, as postings on other servers say they do.
  func verified(_ docids: [Docid], _ query: IndexQuery) throws -> [Docid] {
    let compared = query.withoutRows
    if compared == .everything { return docids }
    guard try postingTables().partitions != nil else { return docids }
    var kept: [Docid] = []
    for start in stride(from: 0, to: docids.count, by: Self.maximumTogether) {
      let part = docids[start..<min(start + Self.maximumTogether, docids.count)]
      let stored = try records(Array(part))
      foundRecords.merge(stored) { $1 }
      kept += try part.filter { try matches($0, compared) }
      if docids.count > Self.maximumTogether { foundRecords.removeAll() }
    }
    return kept
  }

  /// With more hits, their records would be read in vain.
  private static let maximumTogether = 200

  func firstHits(
    of steps: () throws -> [QueryStep], limit: Int
  ) throws -> [(step: Int, docid: Docid)]? {
    if limit <= 0 { return [] }
    let steps = try steps()
    var wanted = limit
    while true {
      let (hits, count) = try hits(of: steps, limit: wanted)
      if hits.count >= limit || count < wanted { return Array(hits.prefix(limit)) }
      // Partial documents that do not match took the places of others.
      wanted = wanted * 2 + count
    }
  }

  private func hits(
    of steps: [QueryStep], limit: Int
  ) throws -> (hits: [(step: Int, docid: Docid)], found: Int) {
    let window = try state.window(self)
    let hasPartial = try hasPartial
    let tables = try postingTables()
    var sql = FirstHitsSQL(
      SearchSQL(hasPartial: hasPartial, tables: tables), limit: limit, window: window)
    for (i, step) in steps.enumerated() {
      let isRare = try state.isRare(step.query, in: self)
      sql.add(i, try narrowed(step.query), from: step.start, isRare: isRare)
    }
    guard let query = sql.query else { return ([], 0) }
    var hits: [(step: Int, docid: Docid, isPartial: Bool)] = []
    var rows: [(StoredRow, Candidate)] = []
    var lost = 0
    try run([query]) { _, row in
      if row.isNull(2) || row.isNull(6) {
        lost += 1
        return
      }
      let stored = StoredRow(row)
      hits.append((Int(row.integer(orZero: 0)), stored.docid, row.bool(1)))
      rows.append((stored, try StoredRow.candidate(row, decoder)))
    }
    for (row, candidate) in rows {
      foundRecords[row.docid] = StoredRecord(
        number: row.number, docid: row.docid, connector: try connectorName(row.connector),
        candidate: candidate)
    }
    hits.sort { ($0.step, $0.docid.value) < ($1.step, $1.docid.value) }
    // Postings on other servers can be of another moment than the records here.
    let compared =
      tables.partitions == nil || hasPartial ? steps.map(\.query) : steps.map(\.query.withoutRows)
    let kept = try hits.filter { try !$0.isPartial || matches($0.docid, compared[$0.step]) }
    return (kept.map { ($0.step, $0.docid) }, hits.count + lost)
  }

  /// Whether a candidate matches a query: its document by comparison, its stored values by the tables.
  private func matches(_ docid: Docid, _ query: IndexQuery) throws -> Bool {
    if let matcher = matchers[docid] { return try matches(docid, matcher, query) }
    guard let stored = try records([docid])[docid] else { return false }
    let builder = DocumentBuilders(customFields: try customFields())[stored.connector]
    let matcher = DocumentMatcher(builder.document(of: stored.candidate))
    matchers[docid] = matcher
    return try matches(docid, matcher, query)
  }

  private func matches(_ docid: Docid, _ document: DocumentMatcher, _ query: IndexQuery) throws -> Bool {
    switch query {
    case .record:
      let own = IndexQuery.record(.docids(docid.value...docid.value))
      return try !docids(of: .all([query, own]), from: .min, limit: 1).isEmpty
    case .and(let parts): return try parts.allSatisfy { try matches(docid, document, $0) }
    case .or(let parts): return try parts.contains { try matches(docid, document, $0) }
    case .not(let part): return try !matches(docid, document, part)
    case .everything, .nothing, .phrase, .together: return document.matches(query)
    }
  }

  func count(of query: IndexQuery) throws -> Int {
    if query == .nothing { return 0 }
    if try hasPartial, query.hasPostings {
      var count = 0
      try forEachDocid(of: query, limit: .max) { _ in count += 1 }
      return count
    }
    var sql = try newSQL(hasPartial: false)
    let source = sql.source(try narrowed(query))
    var text = "SELECT count(*) \(source.sql)"
    if let conditions = source.conditions, let partitions = sql.tables.partitions, !partitions.isEmpty {
      let counts = partitions.map {
        "SELECT count(*) AS n FROM \(PostingTables.posting($0)) p WHERE \(conditions)"
      }
      text = "SELECT sum(n)::bigint FROM \(sql.tables.combined(counts)) u"
    }
    return Int(try first(text, sql.values) { $0.integer(0) } ?? 0)
  }

  func forEachDocid(of query: IndexQuery, limit: Int, _ body: (Docid) throws -> Void) throws {
    if query == .nothing { return }
    let hasPartial = try hasPartial && query.hasPostings
    var sql = try newSQL(hasPartial: hasPartial)
    let source = sql.source(try narrowed(query))
    let partial =
      hasPartial && source.docid == "p.docid"
      ? SearchSQL.isPartial : "false"
    // OFFSET 0 keeps the order out of the inner query, which would otherwise visit all candidates in it.
    var text =
      "SELECT docid, partial FROM (SELECT \(source.docid) AS docid, \(partial) AS partial \(source.sql) OFFSET 0) q ORDER BY 1"
    if !hasPartial, limit < .max { text += " LIMIT \(sql.parameter(.integer(Int64(limit))))" }
    guard hasPartial else {
      return try forEachRow(text, sql.values) { try body(Docid(value: $0.integer(orZero: 0))) }
    }
    var left = limit
    for (docid, isPartial) in try rows(
      text, sql.values, { (Docid(value: $0.integer(orZero: 0)), $0.bool(1)) })
    where left > 0 {
      if try isPartial && !matches(docid, query) { continue }
      left -= 1
      try body(docid)
    }
  }

  func tally(ofTermsWithPrefix prefix: [UInt8], in query: IndexQuery) throws -> TermTally? {
    if query == .nothing { return TermTally(entries: [], missing: 0) }
    if try hasPartial { return nil }
    if try postingTables().partitions?.isEmpty == true { return TermTally(entries: [], missing: 0) }
    var sql = try newSQL(hasPartial: false)
    let parts = SearchSQL.Parts(query)
    let source = sql.source(try narrowed(parts.postings.isEmpty ? .all([.term(.all), query]) : query))
    let text = String(decoding: prefix, as: UTF8.self)
    let bounds = (sql.parameter(.text(text)), sql.parameter(.text(text + "\u{10FFFF}")))
    let statement =
      if let conditions = source.conditions, let partitions = sql.tables.partitions {
        Self.tally(conditions, bounds, in: partitions, sql.tables)
      } else {
        """
        WITH hit AS MATERIALIZED (SELECT p.docid, p.facets \(source.sql)), \
        value AS MATERIALIZED (SELECT f.term, h.docid FROM hit h, unnest(h.facets) f(term) \
        WHERE f.term > \(bounds.0)::text COLLATE "C" AND f.term < \(bounds.1)::text COLLATE "C") \
        SELECT term, count(*), min(docid) FROM value GROUP BY term UNION ALL \
        SELECT NULL, (SELECT count(*) FROM hit) - (SELECT count(DISTINCT docid) FROM value), NULL \
        ORDER BY 1
        """
      }
    var entries: [TermTally.Entry] = []
    var missing = 0
    try forEachRow(statement, sql.values) { row in
      if row.isNull(0) {
        missing = Int(row.integer(orZero: 1))
      } else {
        entries.append(
          .init(
            hash: Hash128(row.bytes(0)), count: Int(row.integer(orZero: 1)), first: row.integer(orZero: 2)))
      }
    }
    return TermTally(entries: entries, missing: missing)
  }

  /// The statement that counts terms on the server of each partition.
  private static func tally(
    _ conditions: String, _ bounds: (String, String), in partitions: [Int], _ tables: PostingTables
  ) -> String {
    func each(_ select: String, _ table: (Int) -> String, _ rest: String = "") -> String {
      tables.combined(partitions.map { "SELECT \(select) FROM \(table($0)) p WHERE \(conditions)\(rest)" })
    }
    let isOfFacet = " AND p.term > \(bounds.0)::text AND p.term < \(bounds.1)::text"
    let terms = each(
      "p.term, count(*) AS n, min(p.docid) AS d", PostingTables.facet, isOfFacet + " GROUP BY p.term")
    let hits = each("count(*) AS n", PostingTables.posting)
    let tagged = each("-count(DISTINCT p.docid) AS n", PostingTables.facet, isOfFacet)
    return """
      SELECT term, sum(n)::bigint, min(d) FROM \(terms) u GROUP BY term UNION ALL \
      SELECT NULL, (SELECT sum(n) FROM \(tables.combined(["SELECT n FROM \(hits) h", "SELECT n FROM \(tagged) t"])) s)::bigint, \
      NULL ORDER BY 1
      """
  }

  func sortedHits(
    of query: IndexQuery, by sort: SearchSort, limit: Int, after position: SortPosition?
  ) throws -> [SortedHit] {
    try SortedHits(snapshot: self, query: query, sort: sort).hits(limit: limit, after: position)
  }

  func source(of query: IndexQuery) -> String {
    let parts = SearchSQL.Parts(query)
    let hasPostings = !parts.postings.isEmpty || parts.others.contains(where: \.hasPostings)
    return hasPostings
      ? (parts.others.isEmpty ? "postings" : "postings, then the rows of candidates")
      : "candidates in the order of docids"
  }
  func expression(of query: IndexQuery) -> String { query.textSearchQuery }
}
