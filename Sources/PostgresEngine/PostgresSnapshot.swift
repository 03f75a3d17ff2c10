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
  var foundRecords: [Docid: StoredRecord] = [:]
  /// The documents that were compared, while they are few.
  var matchers = Bounded<Docid, DocumentMatcher>(maximumCount: 64)
  /// The names of connectors, in a transaction that may have added some.
  var ownConnectors: [Int64: String] = [:]
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
    UNION ALL SELECT 'generation', coalesce(sum(generation), 0)::bigint + \(ServerTimeline.sql) FROM change
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

  /// Whether any document is a partial one.
  var hasPartial: Bool { get throws { try settings()[IndexState.partial] == 1 } }

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

  /// What was looked up in this generation, or what `read` returns.
  func lookup<T: Sendable>(
    _ path: any WritableKeyPath<Lookups, T?> & Sendable, _ read: () throws -> T
  ) throws -> T {
    guard sharesLookups else { return try read() }
    let generation = try generation()
    if let known = state.lookups.withState(of: generation, { $0[keyPath: path] }) ?? nil { return known }
    let value = try read()
    _ = state.lookups.withState(of: generation) { $0[keyPath: path] = value }
    return value
  }

  /// Remembers the name of a connector.
  func note(connector name: String, _ number: Int64) throws {
    if sharesLookups { state.noteConnector(number, name, generation: try generation()) }
  }

  // MARK: What transactions answer otherwise

  /// Whether what is looked up holds for other snapshots of this generation.
  var sharesLookups: Bool { true }

  func known(id: String, connector: String) throws -> KnownRecord? {
    try known(ids: [id], connector: connector)[0]
  }
  func known(ids: [String], connector: String) throws -> [KnownRecord?] {
    var found: [ExactID: KnownRecord] = [:]
    try run([
      PostgresQuery(
        """
        SELECT c.id, c.number, c.docid, c.modified_at, c.content \(Self.namedCandidates) \
        WHERE c.id = ANY($1::bytea[]) AND n.name = $2
        """, [.byteStrings(ids.map { Array($0.utf8) }), .text(connector)])
    ]) { _, row in
      found[ExactID(row.text(0))] = KnownRecord(
        number: row.integer(orZero: 1), docid: Docid(value: row.integer(orZero: 2)),
        modifiedAt: row.integer(3).map(Timestamp.init(microseconds:)), content: Hash128(stored: row.bytes(4)))
    }
    return ids.map { found[ExactID($0)] }
  }
  func firstCandidate(in range: ClosedRange<Int64>) throws -> DocidEntry? {
    try first(
      "SELECT number, docid FROM candidate WHERE docid BETWEEN $1 AND $2 ORDER BY docid LIMIT 1",
      [.integer(range.lowerBound), .integer(range.upperBound)]
    ) { DocidEntry(number: $0.integer(orZero: 0), docid: Docid(value: $0.integer(orZero: 1))) }
  }
  func docidKey(of entry: DocidEntry) throws -> DocidKey {
    try first("SELECT n.name, c.id \(Self.namedCandidates) WHERE c.docid = $1", [.integer(entry.docid.value)])
    {
      DocidKey(second: entry.docid.second, connector: $0.text(0), id: $0.text(1))
    } ?? DocidKey(second: entry.docid.second, connector: "", id: "")
  }
  func prefetchDocids(for keys: [DocidKey]) throws {}
}
