import CandidateModel
import CandidateQuery
import CandidateSearch
import Foundation

/// The error for a search that was planned on what was known of an older state of the index.
struct StateHasChanged: Error {}

/// A transaction for reading: all statements see one state. It begins with the first statement, in the same round trip.
class PostgresSnapshot: IndexSnapshot {
  let connection: PostgresConnection
  let state: IndexState
  private(set) lazy var decoder = CandidateDecoder(origin: .stored)
  /// The settings: what they were when the last snapshot was read, until the first statement shows what they are.
  private var numbers: [String: Int]
  private var isBegun: Bool
  /// The records that came with hits.
  private var records: [Docid: StoredRecord] = [:]
  /// Whether the server's transaction is open.
  var isOpen: Bool { isBegun }

  /// - Parameter assumed: the settings to plan with; nil to read them first.
  init(_ connection: PostgresConnection, _ state: IndexState, assumed: [String: Int]?) {
    self.connection = connection
    self.state = state
    numbers = assumed ?? [:]
    isBegun = false
    isAssumed = assumed != nil
  }

  /// A snapshot within a transaction that has begun.
  init(inTransaction connection: PostgresConnection, _ state: IndexState) {
    self.connection = connection
    self.state = state
    numbers = [:]
    isBegun = true
    isAssumed = false
  }

  /// Whether the settings are those of an earlier snapshot.
  private var isAssumed: Bool

  private static let begin = PostgresQuery("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
  static let settings = PostgresQuery(
    """
    SELECT name, number FROM setting WHERE number IS NOT NULL \
    UNION ALL SELECT 'generation', coalesce(sum(generation), 0)::bigint FROM change
    """)

  /// Runs statements. The first also begins the transaction and reads the settings.
  /// - Throws: `StateHasChanged` if the settings are not what was assumed.
  func run(_ queries: [PostgresQuery], _ body: (Int, PostgresRow) throws -> Void) throws {
    if isBegun { return try connection.run(queries, body) }
    var read: [String: Int] = [:]
    var isChecked = false
    let isAssumed = isAssumed
    isBegun = true
    try connection.run([Self.begin, Self.settings] + queries) { i, row in
      if i == 1 {
        read[row.text(0)] = Int(row.integer(orZero: 1))
      } else {
        if isAssumed, !isChecked, read != numbers { throw changed() }
        isChecked = true
        try body(i - 2, row)
      }
    }
    state.note(read)
    if isAssumed, read != numbers { throw changed() }
    numbers = read
    self.isAssumed = false
  }

  /// Verifies the assumed settings, if no statement has. What was computed with others does not count, whatever became of
  /// the error.
  func finish() throws {
    if hasChanged { throw StateHasChanged() }
    if !isBegun, isAssumed { try run([]) { _, _ in } }
  }
  private var hasChanged = false

  private func changed() -> StateHasChanged {
    hasChanged = true
    return StateHasChanged()
  }

  func rows<T>(_ sql: String, _ values: [PostgresValue] = [], _ read: (PostgresRow) throws -> T) throws -> [T]
  {
    var rows: [T] = []
    try run([PostgresQuery(sql, values)]) { rows.append(try read($1)) }
    return rows
  }

  func first<T>(
    _ sql: String, _ values: [PostgresValue] = [], _ read: (PostgresRow) throws -> T?
  ) throws -> T? {
    var found: T?
    try run([PostgresQuery(sql, values)]) { if found == nil { found = try read($1) } }
    return found
  }

  /// Calls `body` with each row. Rows come through a cursor, some at a time: the result need not fit in memory, and `body`
  /// may run other statements.
  func forEachRow(
    _ sql: String, _ values: [PostgresValue] = [], fetching count: Int = 10_000,
    _ body: (PostgresRow) throws -> Void
  ) throws {
    cursorCount += 1
    let cursor = "rows\(cursorCount)"
    try run([PostgresQuery("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)", values)]) { _, _ in }
    while true {
      let result = try connection.result(PostgresQuery("FETCH \(count) FROM \(cursor)"))
      for row in result.rows { try body(row) }
      if result.rows.count < count { break }
    }
    try connection.execute("CLOSE \(cursor)")
  }
  private var cursorCount = 0
  /// The number of records that are fetched at once.
  static let fetchedRecords = 500

  // MARK: Settings

  private func settings() throws -> [String: Int] {
    if !isAssumed, numbers.isEmpty {
      if isBegun {
        try connection.run([Self.settings]) { numbers[$1.text(0)] = Int($1.integer(orZero: 1)) }
      } else {
        try run([]) { _, _ in }
      }
    }
    return numbers
  }

  /// Forgets the settings that were read, after a change of them.
  func forgetSettings() { if isBegun { numbers = [:] } }

  func value(of setting: Setting) throws -> Int? { try settings()[setting.rawValue] }
  func key(_ key: StoredKey) throws -> Data? { try bytes(key.rawValue).map { Data($0) } }
  func text(_ text: StoredText) throws -> String? {
    try bytes(text.rawValue).map { String(decoding: $0, as: UTF8.self) }
  }
  private func bytes(_ name: String) throws -> [UInt8]? {
    try first("SELECT bytes FROM setting WHERE name = $1", [.text(name)]) {
      $0.isNull(0) ? nil : Array($0.bytes(0))
    }
  }
  func customFields() throws -> Set<CustomField> {
    try lookup(\.customFields) {
      Set(try rows("SELECT name FROM custom_field") { CustomField($0.text(0)) }.compactMap(\.self))
    }
  }

  /// What was looked up in this generation, or what `read` returns. A transaction reads again, since it changes things.
  func lookup<T: Sendable>(
    _ path: any WritableKeyPath<Lookups, T?> & Sendable, _ read: () throws -> T
  ) throws -> T {
    if self is PostgresTransaction { return try read() }
    let generation = try generation()
    if let known = state.lookups.withState(of: generation, { $0[keyPath: path] }) ?? nil { return known }
    let value = try read()
    _ = state.lookups.withState(of: generation) { $0[keyPath: path] = value }
    return value
  }

  // MARK: Queries

  var hasPartial: Bool { get throws { try settings()[IndexState.partial] == 1 } }

  func docids(of query: IndexQuery, from start: Int64, limit: Int) throws -> [Docid] {
    if query == .nothing || limit <= 0 { return [] }
    if limit > Self.maximumTogether {
      var docids: [Docid] = []
      let narrowed = start > .min ? IndexQuery.all([query, .record(.docids(start...Int64.max))]) : query
      try forEachDocid(of: narrowed, limit: limit) { docids.append($0) }
      return docids
    }
    return try firstHits(of: [QueryStep(query: query, start: start)], limit: limit)?.map(\.docid) ?? []
  }

  /// With more hits, their records would be read in vain.
  private static let maximumTogether = 200

  func firstHits(of steps: [QueryStep], limit: Int) throws -> [(step: Int, docid: Docid)]? {
    if limit <= 0 { return [] }
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
    var sql = FirstHitsSQL(limit: limit, window: window, hasPartial: try hasPartial)
    for (i, step) in steps.enumerated() {
      sql.add(i, step.query, from: step.start, isRare: try state.isRare(step.query, in: self))
    }
    guard let query = sql.query else { return ([], 0) }
    var hits: [(step: Int, docid: Docid, isPartial: Bool)] = []
    var rows: [(StoredRow, Candidate)] = []
    try run([query]) { _, row in
      let stored = StoredRow(row)
      hits.append((Int(row.integer(orZero: 0)), stored.docid, row.bool(1)))
      rows.append((stored, try StoredRow.candidate(row, decoder)))
    }
    for (row, candidate) in rows {
      records[row.docid] = StoredRecord(
        number: row.number, docid: row.docid, connector: try connectorName(row.connector),
        candidate: candidate)
    }
    hits.sort { ($0.step, $0.docid.value) < ($1.step, $1.docid.value) }
    let kept = try hits.filter { try !$0.isPartial || matches($0.docid, steps[$0.step].query) }
    return (kept.map { ($0.step, $0.docid) }, hits.count)
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
  /// The documents that were compared, while they are few.
  private var matchers = Bounded<Docid, DocumentMatcher>(maximumCount: 64)

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
    var sql = SearchSQL(hasPartial: false)
    let source = sql.source(query)
    return Int(try first("SELECT count(*) \(source.sql)", sql.values) { $0.integer(0) } ?? 0)
  }

  func forEachDocid(of query: IndexQuery, limit: Int, _ body: (Docid) throws -> Void) throws {
    if query == .nothing { return }
    let hasPartial = try hasPartial && query.hasPostings
    var sql = SearchSQL(hasPartial: hasPartial)
    let source = sql.source(query)
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
    var sql = SearchSQL(hasPartial: false)
    let parts = SearchSQL.Parts(query)
    let source = sql.source(parts.postings.isEmpty ? .all([.term(.all), query]) : query)
    let text = String(decoding: prefix, as: UTF8.self)
    let bounds = (sql.parameter(.text(text)), sql.parameter(.text(text + "\u{10FFFF}")))
    let statement = """
      WITH hit AS MATERIALIZED (SELECT p.docid, p.facets \(source.sql)), \
      value AS MATERIALIZED (SELECT f.term, h.docid FROM hit h, unnest(h.facets) f(term) \
      WHERE f.term > \(bounds.0)::text COLLATE "C" AND f.term < \(bounds.1)::text COLLATE "C") \
      SELECT term, count(*), min(docid) FROM value GROUP BY term UNION ALL \
      SELECT NULL, (SELECT count(*) FROM hit) - (SELECT count(DISTINCT docid) FROM value), NULL \
      ORDER BY 1
      """
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

  // MARK: Candidates

  func connectorName(_ number: Int64) throws -> String {
    if let name = state.connectorName(number) { return name }
    let names = try rows("SELECT number, name FROM connector") { ($0.integer(orZero: 0), $0.text(1)) }
    for (number, name) in names {
      if !(self is PostgresTransaction) { state.noteConnector(number, name) }
      ownConnectors[number] = name
    }
    return ownConnectors[number] ?? ""
  }
  /// The names of connectors, in a transaction that may have added some.
  private var ownConnectors: [Int64: String] = [:]

  private static let recordSource = "FROM candidate c JOIN record r ON r.docid = c.docid"

  private func stored(_ sql: String, _ values: [PostgresValue]) throws -> [StoredRecord] {
    try rows("SELECT NULL, NULL, \(StoredRow.columns) \(Self.recordSource) WHERE \(sql)", values) {
      (StoredRow($0), try StoredRow.candidate($0, decoder))
    }.map { row, candidate in
      StoredRecord(
        number: row.number, docid: row.docid, connector: try connectorName(row.connector),
        candidate: candidate)
    }
  }

  func records(_ docids: [Docid]) throws -> [Docid: StoredRecord] {
    var found: [Docid: StoredRecord] = [:]
    for docid in docids { found[docid] = records[docid] }
    let missing = docids.filter { found[$0] == nil }
    if missing.isEmpty { return found }
    for stored in try stored("c.docid = ANY($1::bigint[])", [.integers(missing.map(\.value))]) {
      found[stored.docid] = stored
    }
    return found
  }
  func identities(_ docids: [Docid]) throws -> [Docid: StoredIdentity] {
    var found: [Docid: StoredIdentity] = [:]
    let rows = try rows(
      "SELECT docid, connector, id FROM candidate WHERE docid = ANY($1::bigint[])",
      [.integers(docids.map(\.value))]
    ) { (Docid(value: $0.integer(orZero: 0)), $0.integer(orZero: 1), $0.text(2)) }
    for (docid, connector, id) in rows {
      found[docid] = StoredIdentity(id: id, connector: try connectorName(connector))
    }
    return found
  }
  func sortNames(_ docids: [Docid]) throws -> [Docid: String] {
    let rows = try rows(
      "SELECT docid, sort_name FROM candidate WHERE docid = ANY($1::bigint[]) AND sort_name IS NOT NULL",
      [.integers(docids.map(\.value))]
    ) { (Docid(value: $0.integer(orZero: 0)), $0.text(1)) }
    return Dictionary(rows) { first, _ in first }
  }
  func record(number: Int64) throws -> StoredRecord? { try records(numbers: [number]).first }
  func records(numbers: [Int64]) throws -> [StoredRecord] {
    if numbers.isEmpty { return [] }
    return try stored("c.number = ANY($1::bigint[])", [.integers(numbers)])
  }
  func records(id: String) throws -> [StoredRecord] {
    try stored("c.id = ANY($1::bytea[]) ORDER BY c.connector, c.id", [Self.ids(id)])
  }
  private static func ids(_ id: String) -> PostgresValue {
    .byteStrings([Array(id.utf8), Array(id.lowercased().utf8)])
  }

  func docids(id: String) throws -> [Docid] {
    try lookup(\.docids[id]) {
      try rows("SELECT docid FROM candidate WHERE id = ANY($1::bytea[]) ORDER BY docid", [Self.ids(id)]) {
        Docid(value: $0.integer(orZero: 0))
      }
    }
  }
  private static let named = "FROM candidate c JOIN connector n ON n.number = c.connector"
  func docid(id: String, connector: String) throws -> Docid? {
    try first(
      "SELECT c.docid \(Self.named) WHERE c.id = $1::bytea AND n.name = $2",
      [.bytes(Array(id.utf8)), .text(connector)]
    ) { Docid(value: $0.integer(orZero: 0)) }
  }
  func numbers(id: String, connector: String?) throws -> [Int64] {
    try rows(
      "SELECT c.number \(Self.named) WHERE c.id = ANY($1::bytea[]) AND ($2::text IS NULL OR n.name = $2::text)",
      [Self.ids(id), connector.map { .text($0) } ?? .null]
    ) { $0.integer(orZero: 0) }
  }
  func numbers(idInAnyCase id: String, connector: String?) throws -> [Int64] {
    let folded = Array(id.lowercased().utf8)
    return try rows(
      "SELECT c.number, c.id \(Self.named) WHERE $1::text IS NULL OR n.name = $1::text",
      [connector.map { .text($0) } ?? .null]
    ) { row in
      row.text(1).lowercased().utf8.elementsEqual(folded) ? row.integer(orZero: 0) : nil
    }.compactMap(\.self)
  }
  func forEachRecord(ofEvery step: Int, _ body: (StoredRecord, DerivedValues) throws -> Void) throws {
    _ = try rows("SELECT number, name FROM connector") { ownConnectors[$0.integer(orZero: 0)] = $0.text(1) }
    try forEachRow(
      """
      SELECT NULL, NULL, \(StoredRow.columns), c.content, c.created_at, c.updated_at, c.sort_name \
      \(Self.recordSource) WHERE c.number % $1::bigint = 0 ORDER BY c.docid
      """, [.integer(Int64(step))], fetching: Self.fetchedRecords
    ) { row in
      let values = StoredRow(row)
      try body(
        StoredRecord(
          number: values.number, docid: values.docid, connector: ownConnectors[values.connector] ?? "",
          candidate: try StoredRow.candidate(row, decoder)),
        DerivedValues(
          content: Hash128(stored: row.bytes(7)), created: row.integer(8), updated: row.integer(9),
          sortName: row.optionalText(10)))
    }
  }
  func known(id: String, connector: String) throws -> KnownRecord? {
    try known(ids: [id], connector: connector)[0]
  }
  func known(ids: [String], connector: String) throws -> [KnownRecord?] {
    var found: [ExactID: KnownRecord] = [:]
    try run([
      PostgresQuery(
        """
        SELECT c.id, c.number, c.docid, c.modified_at, c.content \(Self.named) \
        WHERE c.id = ANY($1::bytea[]) AND n.name = $2
        """, [.byteStrings(ids.map { Array($0.utf8) }), .text(connector)])
    ]) { _, row in
      found[ExactID(row.text(0))] = KnownRecord(
        number: row.integer(orZero: 1), docid: Docid(value: row.integer(orZero: 2)),
        modifiedAt: row.integer(3).map(Timestamp.init(microseconds:)), content: Hash128(stored: row.bytes(4)))
    }
    return ids.map { found[ExactID($0)] }
  }
  func isEmpty() throws -> Bool {
    try first("SELECT NOT EXISTS (SELECT 1 FROM candidate)") { $0.bool(0) } ?? true
  }
  func highestNumber() throws -> Int64 {
    try first("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM candidate_number") { $0.integer(0) }
      ?? 0
  }
  /// Numbers of different connectors are not committed in their order, but those of one are.
  func highestNumber(ofConnector connector: String) throws -> Int64 {
    try first(
      """
      SELECT coalesce(max(c.number), 0) FROM candidate c JOIN connector n ON n.number = c.connector WHERE n.name = $1
      """, [.text(connector)]
    ) { $0.integer(0) } ?? 0
  }
  private static func state(_ row: PostgresRow) -> CandidateState {
    CandidateState(
      number: row.integer(orZero: 0), id: row.text(1), content: Hash128(stored: row.bytes(2)),
      modifiedAt: row.integer(3))
  }
  func forEachIdentity(connector: String, _ body: (CandidateState) throws -> Void) throws {
    try forEachRow(
      "SELECT c.number, c.id, c.content, c.modified_at \(Self.named) WHERE n.name = $1", [.text(connector)]
    ) { try body(Self.state($0)) }
  }
  func state(number: Int64) throws -> CandidateState? {
    try first(
      "SELECT number, id, content, modified_at FROM candidate WHERE number = $1", [.integer(number)],
      Self.state)
  }

  func candidateCount(of query: IndexQuery) throws -> Int {
    if query == .everything { return Int(try first("SELECT count(*) FROM candidate") { $0.integer(0) } ?? 0) }
    return try count(of: query)
  }
  func countsByConnector(of query: IndexQuery) throws -> [ConnectorCount] {
    let query = try exact(query)
    if query == .nothing {
      return try rows("SELECT name FROM connector ORDER BY name") {
        ConnectorCount(name: $0.text(0), candidates: 0)
      }
    }
    var sql = SearchSQL(hasPartial: false)
    let source = sql.source(query, withRows: true)
    return try rows(
      """
      SELECT n.name, count(m.docid) FROM connector n \
      LEFT JOIN (SELECT c.docid, c.connector \(source.sql)) m ON m.connector = n.number GROUP BY n.name ORDER BY n.name
      """, sql.values
    ) { ConnectorCount(name: $0.text(0), candidates: Int($0.integer(orZero: 1))) }
  }
  func recencies(of query: IndexQuery) throws -> (newest: Timestamp?, oldest: Timestamp?) {
    let query = try exact(query)
    if query == .nothing { return (nil, nil) }
    var sql = SearchSQL(hasPartial: false)
    let source = sql.source(query)
    let limit = sql.parameter(.integer(Docid.timeless.lowerBound))
    return
      try first(
        "SELECT min(m.docid), max(m.docid) FROM (SELECT \(source.docid) AS docid \(source.sql)) m WHERE m.docid < \(limit)::bigint",
        sql.values
      ) { row in
        func time(_ column: Int32) -> Timestamp? {
          row.integer(column).flatMap { Docid(value: $0).second }.map {
            Timestamp(microseconds: $0 * 1_000_000)
          }
        }
        return (time(0), time(1))
      } ?? (nil, nil)
  }

  func firstCandidate(in range: ClosedRange<Int64>) throws -> DocidEntry? {
    try first(
      "SELECT number, docid FROM candidate WHERE docid BETWEEN $1 AND $2 ORDER BY docid LIMIT 1",
      [.integer(range.lowerBound), .integer(range.upperBound)]
    ) { DocidEntry(number: $0.integer(orZero: 0), docid: Docid(value: $0.integer(orZero: 1))) }
  }
  func docidKey(of entry: DocidEntry) throws -> DocidKey {
    try first("SELECT n.name, c.id \(Self.named) WHERE c.docid = $1", [.integer(entry.docid.value)]) {
      DocidKey(second: entry.docid.second, connector: $0.text(0), id: $0.text(1))
    } ?? DocidKey(second: entry.docid.second, connector: "", id: "")
  }
  func prefetchDocids(for keys: [DocidKey]) throws {}
}
