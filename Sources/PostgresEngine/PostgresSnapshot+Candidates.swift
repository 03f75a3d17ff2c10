import CandidateModel
import CandidateQuery
import CandidateSearch
import Foundation

/// The rows of candidates, and their records.
extension PostgresSnapshot {
  func connectorName(_ number: Int64) throws -> String {
    if let name = state.connectorName(number, generation: try generation()) { return name }
    let names = try rows("SELECT number, name FROM connector") { ($0.integer(orZero: 0), $0.text(1)) }
    for (number, name) in names {
      try note(connector: name, number)
      ownConnectors[number] = name
    }
    return ownConnectors[number] ?? ""
  }

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
    for docid in docids { found[docid] = foundRecords[docid] }
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
  static let namedCandidates = "FROM candidate c JOIN connector n ON n.number = c.connector"
  func docid(id: String, connector: String) throws -> Docid? {
    try first(
      "SELECT c.docid \(Self.namedCandidates) WHERE c.id = $1::bytea AND n.name = $2",
      [.bytes(Array(id.utf8)), .text(connector)]
    ) { Docid(value: $0.integer(orZero: 0)) }
  }
  func numbers(id: String, connector: String?) throws -> [Int64] {
    try rows(
      "SELECT c.number \(Self.namedCandidates) WHERE c.id = ANY($1::bytea[]) AND ($2::text IS NULL OR n.name = $2::text)",
      [Self.ids(id), connector.map { .text($0) } ?? .null]
    ) { $0.integer(orZero: 0) }
  }
  func numbers(idInAnyCase id: String, connector: String?) throws -> [Int64] {
    let folded = Array(id.lowercased().utf8)
    return try rows(
      "SELECT c.number, c.id \(Self.namedCandidates) WHERE $1::text IS NULL OR n.name = $1::text",
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
          contentHash: Hash128(stored: row.bytes(7)), created: row.integer(8), updated: row.integer(9),
          sortName: row.optionalText(10)))
    }
  }
  func isEmpty() throws -> Bool {
    try first("SELECT NOT EXISTS (SELECT 1 FROM candidate)") { $0.bool(0) } ?? true
  }
  func highestNumber() throws -> Int64 {
    let drawn =
      try first("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM candidate_number") {
        $0.integer(0)
      }
      ?? 0
    return (drawn + 1) * Int64(PostgresEngine.laneCount) - 1
  }
  /// Numbers are not committed in their order, but those of one connector and lane are.
  func highestNumbers(ofConnector connector: String) throws -> [Int64] {
    var highest = [Int64](repeating: 0, count: PostgresEngine.laneCount)
    let numbers = try rows(
      """
      SELECT max(c.number) FROM candidate c JOIN connector n ON n.number = c.connector WHERE n.name = $1 \
      GROUP BY c.number % \(PostgresEngine.laneCount)
      """, [.text(connector)]
    ) { $0.integer(orZero: 0) }
    for number in numbers { highest[Lane(ofNumber: number, count: highest.count).number] = number }
    return highest
  }
  private static func state(_ row: PostgresRow) -> CandidateState {
    CandidateState(
      number: row.integer(orZero: 0), id: row.text(1), contentHash: Hash128(stored: row.bytes(2)),
      modifiedAt: row.integer(3))
  }
  func forEachState(connector: String, _ body: (CandidateState) throws -> Void) throws {
    try forEachRow(
      "SELECT c.number, c.id, c.content, c.modified_at \(Self.namedCandidates) WHERE n.name = $1",
      [.text(connector)]
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
    var sql = try newSQL(hasPartial: false)
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
    var sql = try newSQL(hasPartial: false)
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
}
