import CandidateModel
import CandidateQuery
import CandidateSearch
import Foundation

/// A transaction of changes. Changes of candidates are kept until something reads them, or until the end: then those of
/// each table travel together (COPY).
final class PostgresTransaction: PostgresSnapshot, IndexTransaction {
  /// The connector that the transaction is of; nil for one that may change any.
  private let connector: String?
  private let lane: Lane
  private var pending = PendingChanges()
  private var connectorNumbers: [String: Int64] = [:]
  private let members: ClusterMembers
  /// The changes of postings on several servers; nil before the first, and if the index is not divided.
  private(set) var cluster: ClusterChanges?
  private var changesPostings = false

  /// - Parameters:
  ///   - lane: The lane of the candidates that the transaction changes; nil for one that runs alone.
  ///   - members: The other servers, should the index be divided.
  init(
    _ connection: PostgresConnection, _ state: IndexState, connector: String?, lane: Lane?,
    members: ClusterMembers
  ) {
    self.connector = connector
    self.members = members
    self.lane = lane ?? Lane(number: 0)
    super.init(inTransaction: connection, state)
  }

  /// What was kept is written before anything is read.
  override func run(_ queries: [PostgresQuery], _ body: (Int, PostgresRow) throws -> Void) throws {
    try flush()
    try super.run(queries, body)
  }

  /// The transaction changes what others may remember, and they do not see it before its end.
  override var sharesLookups: Bool { false }

  /// Writes what is left. Must precede the end of the transaction.
  func complete() throws {
    try flush()
    guard changesPostings else { return }
    try connection.run([Self.newGeneration(of: connector ?? "")])
    try cluster?.noteUnapplied()
  }

  /// The statement that names a new state of the postings.
  static func newGeneration(of source: String) -> PostgresQuery {
    PostgresQuery(
      """
      INSERT INTO change (source, generation) VALUES ($1, 1) \
      ON CONFLICT (source) DO UPDATE SET generation = change.generation + 1
      """, [.text(source)])
  }

  /// What follows the end of the transaction: the same on the other servers.
  func completeOnMembers() { cluster?.commit(source: connector ?? "") }

  /// Undoes what was written to other servers. Changes nothing if it was committed.
  func abandon() { cluster?.rollBack() }

  /// The changes of postings on several servers; nil if the index is not divided.
  private func clusterChanges() throws -> ClusterChanges? {
    if let cluster { return cluster }
    guard let layout = try layout() else { return nil }
    let changes = ClusterChanges(layout, connection, members)
    cluster = changes
    return changes
  }

  func execute(_ sql: String, _ values: [PostgresValue] = []) throws {
    try flush()
    try connection.execute(sql, values)
  }

  // MARK: Settings

  func store(_ value: Int, as setting: Setting) throws {
    try set(setting.rawValue, "number", .integer(Int64(value)))
    forgetSettings()
  }
  func store(_ value: Data, as key: StoredKey) throws { try set(key.rawValue, "bytes", .bytes(Array(value))) }
  func store(_ value: String, as text: StoredText) throws {
    try set(text.rawValue, "bytes", .bytes(Array(value.utf8)))
  }
  private func set(_ name: String, _ column: String, _ value: PostgresValue) throws {
    try execute(
      """
      INSERT INTO setting (name, \(column)) VALUES ($1, $2) \
      ON CONFLICT (name) DO UPDATE SET \(column) = excluded.\(column)
      """, [.text(name), value])
  }
  func replaceCustomFields(with fields: Set<CustomField>) throws {
    try execute("DELETE FROM custom_field")
    for field in fields.sorted() {
      try execute("INSERT INTO custom_field (name) VALUES ($1)", [.text(field.description)])
    }
  }

  // MARK: Candidates

  private func number(ofConnector name: String) throws -> Int64 {
    if let number = connectorNumbers[name] { return number }
    let insert = "INSERT INTO connector (name) VALUES ($1) ON CONFLICT (name) DO NOTHING"
    try connection.execute(insert, [.text(name)])
    let number =
      try connection.first(PostgresQuery("SELECT number FROM connector WHERE name = $1", [.text(name)])) {
        $0.integer(orZero: 0)
      } ?? 0
    connectorNumbers[name] = number
    return number
  }

  func newNumbers(_ count: Int) throws -> [Int64] {
    if count == 0 { return [] }
    return try rows(
      "SELECT nextval('candidate_number') FROM generate_series(1, $1::int)", [.integer(Int64(count))]
    ) { $0.integer(orZero: 0) * Int64(PostgresEngine.laneCount) + Int64(lane.number) }.sorted()
  }

  func insert(_ candidates: [NewCandidate], connector: String) throws {
    let number = try number(ofConnector: connector)
    for candidate in candidates {
      pending.insert(
        .init(number: candidate.number, docid: candidate.docid, record: candidate.record, connector: number),
        name: connector)
    }
  }

  func update(_ record: PreparedRecord, number: Int64, docid: Docid, connector: String) throws {
    let connectorNumber = try self.number(ofConnector: connector)
    let former =
      try pending.docid(ofNumber: number) ?? knownDocids[number]
      ?? connection.first(PostgresQuery("SELECT docid FROM candidate WHERE number = $1", [.integer(number)]))
    {
      $0.integer(orZero: 0)
    }
    pending.replace(
      former: former, by: .init(number: number, docid: docid, record: record, connector: connectorNumber),
      name: connector)
  }

  /// The docids of candidates that were looked up, by number, while none of the tables' rows has moved.
  private var knownDocids: [Int64: Int64] = [:]

  override func known(ids: [String], connector: String) throws -> [KnownRecord?] {
    let known = try super.known(ids: ids, connector: connector)
    for case let record? in known { knownDocids[record.number] = record.docid.value }
    return known
  }

  func touch(_ number: Int64, with record: ReceivedRecord) throws {
    pending.touches.append(
      .init(
        number: number, modifiedAt: record.modifiedAt?.microseconds,
        json: record.modifiedAtRange.map { Array(record.json.all[$0]) }))
  }

  func replaceDerivedValues(of number: Int64, with values: DerivedValues) throws {
    pending.renewals.append((number, values))
    if pending.renewals.count >= 10_000 { try flush() }
  }

  func move(_ entry: DocidEntry, to docid: Docid) throws { pending.move(entry, to: docid) }

  func assignDocids(_ entries: [DocidEntry]) throws {
    try flush()
    let docids = [PostgresValue.integers(entries.map(\.number)), .integers(entries.map(\.docid.value))]
    // Unique again only at the end of the statement.
    try connection.execute(
      """
      CREATE TEMPORARY TABLE moved_record ON COMMIT DROP AS SELECT m.docid AS new, t.* \
      FROM record t JOIN candidate c ON c.docid = t.docid \
      JOIN unnest($1::bigint[], $2::bigint[]) m(number, docid) ON m.number = c.number
      """, docids)
    try connection.execute("DELETE FROM record")
    try connection.execute("INSERT INTO record (docid, json) SELECT new, json FROM moved_record")
    try connection.execute(
      """
      UPDATE candidate c SET docid = m.docid FROM unnest($1::bigint[], $2::bigint[]) m(number, docid) \
      WHERE m.number = c.number AND c.docid <> m.docid
      """, docids)
  }

  func removeRecords(_ numbers: [Int64]) throws {
    try execute(
      "DELETE FROM record WHERE docid IN (SELECT docid FROM candidate WHERE number = ANY($1::bigint[]))",
      [.integers(numbers)])
    try execute("DELETE FROM candidate WHERE number = ANY($1::bigint[])", [.integers(numbers)])
  }

  func removeUnreadable() throws -> Int {
    var unreadable: [Int64] = []
    try forEachRow(
      "SELECT NULL, NULL, c.docid, c.number, c.connector, NULL, r.json FROM candidate c LEFT JOIN record r ON r.docid = c.docid",
      fetching: Self.fetchedRecords
    ) { row in
      let isReadable = !row.isNull(6) && (try? StoredRow.candidate(row, decoder)) != nil
      if !isReadable { unreadable.append(row.integer(orZero: 2)) }
    }
    try execute("DELETE FROM candidate WHERE docid = ANY($1::bigint[])", [.integers(unreadable)])
    try execute("DELETE FROM record r WHERE NOT EXISTS (SELECT 1 FROM candidate c WHERE c.docid = r.docid)")
    return unreadable.count
  }

  // MARK: Compression

  func setRecordCompression(_ isEnabled: Bool) throws -> Bool {
    if isEnabled { throw PostgresError(kind: .other, message: "PostgreSQL compresses long records itself") }
    return false
  }
  func prepareCompression(adding count: Int, _ json: (Int) -> [UInt8]) throws {}
  func retrainCompression() throws {}

  // MARK: Docids

  override func prefetchDocids(for keys: [DocidKey]) throws {
    if keys.isEmpty { return }
    let ranges = keys.map { key in
      let slots = Docid.slots(ofSecond: key.second)
      return (key.slot(in: slots), slots.upperBound)
    }
    try flush()
    var entries: [PendingChanges.Found] = []
    try connection.run([
      PostgresQuery(
        """
        SELECT s.slot, c.docid, c.number, c.id, n.name \
        FROM unnest($1::bigint[], $2::bigint[]) s(slot, last) LEFT JOIN LATERAL \
        (SELECT * FROM candidate c WHERE c.docid BETWEEN s.slot AND s.last ORDER BY c.docid LIMIT 1) c ON true \
        LEFT JOIN connector n ON n.number = c.connector
        """, [.integers(ranges.map(\.0)), .integers(ranges.map(\.1))])
    ]) { _, row in
      entries.append(
        .init(
          slot: row.integer(orZero: 0),
          entry: row.isNull(1)
            ? nil
            : (
              DocidEntry(number: row.integer(orZero: 2), docid: Docid(value: row.integer(orZero: 1))),
              row.text(3), row.text(4)
            )))
    }
    pending.note(entries)
  }

  override func firstCandidate(in range: ClosedRange<Int64>) throws -> DocidEntry? {
    try pending.first(in: range) { range in
      try connection.first(
        PostgresQuery(
          """
          SELECT c.number, c.docid, c.id, n.name FROM candidate c LEFT JOIN connector n ON n.number = c.connector \
          WHERE c.docid BETWEEN $1 AND $2 ORDER BY c.docid LIMIT 1
          """, [.integer(range.lowerBound), .integer(range.upperBound)])
      ) { row in
        (
          DocidEntry(number: row.integer(orZero: 0), docid: Docid(value: row.integer(orZero: 1))),
          row.text(2),
          row.text(3)
        )
      }
    }
  }

  override func docidKey(of entry: DocidEntry) throws -> DocidKey {
    if let (id, connector) = pending.identities[entry.number] {
      return DocidKey(second: entry.docid.second, connector: connector, id: id)
    }
    return try super.docidKey(of: entry)
  }

  // MARK: Postings

  func apply(_ changes: [PostingChange], while store: () throws -> Void) throws {
    try store()
    guard !changes.isEmpty else { return }
    try flush()
    var statistics = TermStatisticsChanges()
    var removed: [Int64] = []
    for change in changes {
      if change.isInsertion {
        statistics.insert(change.document)
      } else {
        statistics.remove(change.document)
        removed.append(change.docid.value)
      }
    }
    let inserted = changes.lazy.filter(\.isInsertion).map { ($0.document, $0.docid) }
    if let cluster = try clusterChanges() {
      try note(partial: cluster.apply(removing: removed, inserting: Array(inserted)))
    } else {
      try postings.remove(removed)
      try note(partial: postings.insert(inserted))
    }
    try append(statistics)
    changesPostings = true
  }

  func deferMerging() throws {}

  func replacePostings(_ body: (_ insert: (Document, Docid) throws -> Void) throws -> Void) throws {
    try flush()
    let cluster = try clusterChanges()
    if let cluster { try cluster.removeAll() } else { try postings.removeAll() }
    try set(IndexState.partial, "number", .integer(0))
    var statistics = TermStatisticsChanges()
    var batch: [(Document, Docid)] = []
    func write() throws {
      try note(partial: cluster?.apply(removing: [], inserting: batch) ?? postings.insert(batch))
      batch.removeAll(keepingCapacity: true)
    }
    try body { document, docid in
      statistics.insert(document)
      batch.append((document, docid))
      if batch.count >= Self.rebuiltBatch { try write() }
    }
    try write()
    try connection.execute("DELETE FROM vocabulary")
    try connection.execute("DELETE FROM vocabulary_change")
    try append(statistics)
    changesPostings = true
  }

  private static let rebuiltBatch = 20_000

  /// The postings of an index that is not divided.
  private var postings: PostingCopy { PostingCopy(connection: connection, table: "posting") }

  /// Stores that documents exist that a `tsvector` does not contain in full, if so.
  func note(partial hasPartial: Bool) throws {
    if hasPartial { try set(IndexState.partial, "number", .integer(1)) }
  }

  private func append(_ statistics: TermStatisticsChanges) throws {
    let sorted = statistics.sorted.filter { $0.documents != 0 || $0.privateDocuments != 0 }
    if sorted.isEmpty { return }
    try connection.copy("COPY vocabulary_change (term, field, documents, hidden) FROM STDIN BINARY") { rows in
      for change in sorted {
        try rows.add(columns: 4) { writer in
          writer.bytes(change.term)
          writer.bytes([Lexeme.letter(of: change.column)])
          writer.integer(Int64(change.documents))
          writer.integer(Int64(change.privateDocuments))
        }
      }
    }
  }

  // MARK: Flushing

  private func flush() throws {
    guard !pending.isEmpty else { return }
    let changes = pending
    if changes.hasMoves { knownDocids.removeAll() }
    pending = PendingChanges()
    try changes.write(connection)
  }
}
