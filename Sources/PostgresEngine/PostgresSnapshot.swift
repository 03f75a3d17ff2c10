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

  /// Whether parts of a divided index that cannot be read are left out.
  let allowsMissingParts: Bool

  /// - Parameter assumed: the settings to plan with; nil to read them first.
  init(
    _ connection: PostgresConnection, _ state: IndexState, assumed: [String: Int]?,
    allowsMissingParts: Bool = false
  ) {
    self.connection = connection
    self.state = state
    self.allowsMissingParts = allowsMissingParts
    numbers = assumed ?? [:]
    isBegun = false
    isAssumed = assumed != nil
  }

  /// A snapshot within a transaction that has begun.
  init(inTransaction connection: PostgresConnection, _ state: IndexState) {
    self.connection = connection
    self.state = state
    allowsMissingParts = false
    numbers = [:]
    isBegun = true
    isAssumed = false
  }

  /// Whether the settings are those of an earlier snapshot.
  private var isAssumed: Bool

  /// The lock precedes the snapshot: the table is not replaced by one whose rows the snapshot does not see.
  private static let begin = [
    PostgresQuery("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
    PostgresQuery("LOCK TABLE ONLY posting IN ACCESS SHARE MODE"),
  ]
  static let settings = PostgresQuery(
    """
    SELECT name, number FROM setting WHERE number IS NOT NULL \
    UNION ALL SELECT 'generation', coalesce(sum(generation), 0)::bigint + \(ServerTimeline.sql) FROM change
    """)
  /// The same with those of a divided index.
  private static let dividedSettings = PostgresQuery("\(settings.sql) UNION ALL \(ClusterLayout.lackingSQL)")

  /// Runs statements. The first also begins the transaction and reads the settings.
  /// - Throws: `StateHasChanged` if the settings are not what was assumed.
  func run(_ queries: [PostgresQuery], _ body: (Int, PostgresRow) throws -> Void) throws {
    if isBegun { return try connection.run(queries, body) }
    var read: [String: Int] = [:]
    var isChecked = false
    let isAssumed = isAssumed
    isBegun = true
    let isDivided = numbers[ClusterLayout.version] != nil
    let settings = isDivided ? Self.dividedSettings : Self.settings
    // Also if they are not what was assumed, so that the next attempt assumes them.
    defer { if !read.isEmpty { state.note(read) } }
    let first = Self.begin.count
    try connection.run(Self.begin + [settings] + queries) { i, row in
      if i == first {
        read[row.text(0)] = Int(row.integer(orZero: 1))
      } else {
        if isAssumed, !isChecked, read != numbers { throw changed() }
        isChecked = true
        try body(i - first - 1, row)
      }
    }
    if !isDivided, read[ClusterLayout.version] != nil {
      try connection.run([PostgresQuery(ClusterLayout.lackingSQL)]) { read[$1.text(0)] = 1 }
    }
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

  // MARK: Clusters

  /// Where the postings are; nil if the index is not divided over servers.
  func layout() throws -> ClusterLayout? {
    let settings = try settings()
    guard let version = settings[ClusterLayout.version] else { return nil }
    let key = LayoutKey(
      version: version, timeline: ServerTimeline.number(ofGeneration: settings["generation"] ?? 0))
    if let known = state.layout(key) { return known }
    let layout = try ClusterLayout { sql, read in try run([PostgresQuery(sql)]) { try read($1) } }
    if let layout, sharesLookups { state.note(layout, key) }
    return layout
  }

  /// The tables of postings to read.
  /// - Throws: `PartsMissing` if some cannot be read, and are not left out.
  func postingTables() throws -> PostingTables {
    if let knownTables { return knownTables }
    guard let layout = try layout() else { return .undivided }
    let settings = try settings()
    let unreachable = state.unreachableServers
    let missing = layout.partitions.filter { partition in
      unreachable.contains(layout.server(of: partition))
        || settings[ClusterLayout.lacking + "\(partition)"] != nil
    }
    let names = Set(missing.map { layout.name(of: layout.server(of: $0)) }).sorted()
    if !missing.isEmpty, !allowsMissingParts { throw PartsMissing(names: names) }
    let tables = PostingTables(partitions: layout.partitions.filter { !missing.contains($0) }, missing: names)
    if sharesLookups { knownTables = tables }
    return tables
  }
  /// The same for all statements of a snapshot, whatever becomes reachable meanwhile.
  private var knownTables: PostingTables?

  /// The names of the servers whose postings are left out.
  var missingParts: [String] { get throws { try allowsMissingParts ? postingTables().missing : [] } }

  /// A statement in the making that reads the postings.
  func newSQL(hasPartial: Bool) throws -> SearchSQL {
    SearchSQL(hasPartial: hasPartial, tables: try postingTables())
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
    var found: [ExactText: KnownRecord] = [:]
    try run([
      PostgresQuery(
        """
        SELECT c.id, c.number, c.docid, c.modified_at, c.content \(Self.namedCandidates) \
        WHERE c.id = ANY($1::bytea[]) AND n.name = $2
        """, [.byteStrings(ids.map { Array($0.utf8) }), .text(connector)])
    ]) { _, row in
      found[ExactText(row.text(0))] = KnownRecord(
        number: row.integer(orZero: 1), docid: Docid(value: row.integer(orZero: 2)),
        modifiedAt: row.integer(3).map(Timestamp.init(microseconds:)),
        contentHash: Hash128(stored: row.bytes(4)))
    }
    return ids.map { found[ExactText($0)] }
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
