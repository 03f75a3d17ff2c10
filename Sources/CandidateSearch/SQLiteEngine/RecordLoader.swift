import CandidateModel
import GRDB
import Synchronization

/// Reads stored records, byte for byte as they were last received.
final class RecordLoader {
  private let db: Database
  private let decoder = DecoderPool.take()
  /// The length of the longest record that was read, in bytes.
  private var longest = 0
  private let decompressor: RecordDecompressor
  private let usesOutlines: Bool
  /// The connector of the last record: most are of one.
  private var connector: (number: Int64, name: String)?

  /// - Parameter usesOutlines: Whether records are read by their outlines, rather than parsed.
  init(_ db: Database, _ decompressor: RecordDecompressor, usesOutlines: Bool = true) {
    self.db = db
    self.decompressor = decompressor
    self.usesOutlines = usesOutlines
  }

  deinit { DecoderPool.release(decoder, longest: longest) }

  /// The record of the candidate with a number; nil if there is none.
  func load(number: Int64) throws -> StoredRecord? {
    let statement = try RawStatement(cached: Self.sql() + "WHERE c.number = ?", db)
    statement.bind(1, number)
    return try statement.first(stored)
  }

  /// The record of a candidate; nil if there is none.
  func load(_ docid: Docid) throws -> StoredRecord? { try load([docid])[docid] }

  /// The records of candidates, read in batches. That takes two thirds of the time of single reads.
  func load(_ docids: [Docid]) throws -> [Docid: StoredRecord] {
    try values(of: docids, Self.recordsWithDocids, stored)
  }

  /// The identities of candidates, read as records are.
  func identities(_ docids: [Docid]) throws -> [Docid: StoredIdentity] {
    try values(of: docids, Self.identitiesWithDocids) { row in
      StoredIdentity(id: row.string(2) ?? "", connector: try connector(row.integer(orZero: 1)))
    }
  }

  /// What `read` returns for the row of each candidate. The first column is the docid.
  private func values<Value>(
    of docids: [Docid], _ sql: String, _ read: (RawRow) throws -> Value
  ) throws -> [Docid: Value] {
    var found: [Docid: Value] = [:]
    found.reserveCapacity(docids.count)
    for start in stride(from: 0, to: docids.count, by: Self.batchSize) {
      let statement = try RawStatement(cached: sql, db)
      for i in 0..<Self.batchSize {
        statement.bind(Int32(i + 1), start + i < docids.count ? docids[start + i].value : nil)
      }
      try statement.forEach { found[Docid(value: $0.integer(orZero: 0))] = try read($0) }
    }
    return found
  }

  /// The sort names of candidates that have one.
  func sortNames(_ docids: [Docid]) throws -> [Docid: String] {
    var names: [Docid: String] = [:]
    let statement = try RawStatement(cached: "SELECT sort_name FROM candidate WHERE docid = ?", db)
    for docid in docids {
      statement.bind(1, docid.value)
      names[docid] = try statement.first { $0.string(0) } ?? nil
    }
    return names
  }

  /// The records with this id, or with it in lower case, one for each connector that has one.
  func load(id: String) throws -> [StoredRecord] {
    let statement = try RawStatement(
      cached: Self.sql() + "WHERE c.id IN (?1, ?2) ORDER BY c.connector", db)
    var found: [StoredRecord] = []
    var (id, folded) = (id, id.lowercased())
    try id.withUTF8 { id in
      try folded.withUTF8 { folded in
        statement.bind(1, UnsafeRawBufferPointer(id))
        statement.bind(2, UnsafeRawBufferPointer(folded))
        try statement.forEach { found.append(try stored($0)) }
      }
    }
    return found
  }

  /// Removes the candidates whose records are lost or cannot be decoded, and records without a candidate. Returns the
  /// number of these candidates.
  func removeUnreadable() throws -> Int {
    // Any of them may be long.
    longest = .max
    var docids: [Int64] = []
    try RawStatement(
      db,
      """
      SELECT c.docid, r.number, NULL, NULL, NULL, r.* FROM candidate c LEFT JOIN record r ON r.number = c.number
      """
    ).forEach { row in
      let isReadable =
        row.integer(1) != nil
        && (try? candidate(row, 5, usingOutline: false)) != nil
      if !isReadable { docids.append(row.integer(orZero: 0)) }
    }
    for docid in docids { try db.execute(sql: "DELETE FROM candidate WHERE docid = ?", arguments: [docid]) }
    try db.execute(sql: "DELETE FROM record WHERE number NOT IN (SELECT number FROM candidate)")
    return docids.count
  }

  /// Every record, or one of every `step` of them, in the order of docids, with the derived values of its row. Each is
  /// parsed. No statement reads while `body` runs: a savepoint that it rolls back would end the statement.
  func forEach(ofEvery step: Int = 1, _ body: (StoredRecord, DerivedValues) throws -> Void) throws {
    let statement = try RawStatement(
      db,
      Self.sql(and: ", c.created_at, c.updated_at, c.sort_name")
        + "WHERE c.number % ?1 = 0 AND c.docid >= ?2 ORDER BY c.docid")
    statement.bind(1, Int64(step))
    var next: Int64? = .min
    while let start = next {
      next = nil
      var batch: [(StoredRecord, DerivedValues)] = []
      var length = 0
      statement.bind(2, start)
      try statement.forEach(while: { next == nil }) { row in
        let stored = try stored(row, record: 8, usingOutline: false)
        // A damaged file may contain a docid twice, and its index may descend.
        if length >= Self.batchBytes, stored.docid.value > max(start, batch.last?.0.docid.value ?? .min) {
          next = stored.docid.value
          return
        }
        let values = DerivedValues(
          contentHash: Hash128(stored: row.blob(4)), created: row.integer(5), updated: row.integer(6),
          sortName: row.string(7), isOutlineWrong: try isOutlineWrong(row, 8, stored.candidate))
        batch.append((stored, values))
        length += stored.candidate.withJSON { $0.count }
      }
      for (stored, values) in batch { try body(stored, values) }
    }
  }

  /// The bytes of JSON at which a batch of `forEach` ends.
  private static let batchBytes = 1 << 20

  private static func sql(and columns: String = "") -> String { select(columns) + "FROM " + tables }

  /// The last columns are those of the record: its number, its JSON, since version 7 of the tables its frame, and since
  /// version 8 its outline.
  private static func select(_ columns: String = "") -> String {
    "SELECT c.docid, c.connector, c.modified_json, c.number, c.content\(columns), r.* "
  }

  private static let tables = "candidate c JOIN record r ON r.number = c.number "

  /// The number of records that are read at once: a page.
  private static let batchSize = 10
  /// The docids of a batch as a table. SQLite would copy a list to a table of its own, which takes as long as reading
  /// three records.
  private static let docids =
    "(VALUES \(Array(repeating: "(?)", count: batchSize).joined(separator: ", "))) d CROSS JOIN "
  private static let recordsWithDocids = select() + "FROM \(docids)\(tables)WHERE c.docid = d.column1"
  private static let identitiesWithDocids =
    "SELECT c.docid, c.connector, c.id FROM \(docids)candidate c WHERE c.docid = d.column1"

  private func stored(_ row: RawRow) throws -> StoredRecord {
    try stored(row, record: 5, usingOutline: usesOutlines)
  }

  /// The record of a row; `record` is the first column of its table.
  private func stored(_ row: RawRow, record: Int32, usingOutline: Bool) throws -> StoredRecord {
    StoredRecord(
      number: row.integer(orZero: 3), docid: Docid(value: row.integer(orZero: 0)),
      connector: try connector(row.integer(orZero: 1)),
      candidate: try candidate(row, record, usingOutline: usingOutline))
  }

  /// The candidate of a row, with the value of `modified_at` as it was last received.
  private func candidate(_ row: RawRow, _ record: Int32, usingOutline: Bool) throws -> Candidate {
    let (modified, outline) = (row.blob(2), usingOutline ? outline(row, record) : nil)
    return try withJSON(of: row, record) { try decoder.decode($0, modifiedAt: modified, outline: outline) }
  }

  /// Calls `body` with the stored JSON of a row.
  private func withJSON<T>(
    of row: RawRow, _ record: Int32, _ body: (UnsafeRawBufferPointer) throws -> T
  ) throws -> T {
    func read(_ json: UnsafeRawBufferPointer) throws -> T {
      longest = max(longest, json.count)
      return try body(json)
    }
    if row.count > record + 2, case let frame = row.blob(record + 2), !frame.isEmpty {
      return try decompressor.record(in: frame).withUnsafeBytes(read)
    }
    // SQLite would copy a text to put a zero after it.
    return try read(row.blob(record + 1))
  }

  /// The outline of a row; nil if there is none of this record.
  private func outline(_ row: RawRow, _ record: Int32) -> UnsafeRawBufferPointer? {
    row.count > record + 3 ? StoredOutline.outline(in: row.blob(record + 3), content: row.blob(4)) : nil
  }

  /// Whether a row has an outline that would be used, and is not that of its JSON.
  private func isOutlineWrong(_ row: RawRow, _ record: Int32, _ candidate: Candidate) throws -> Bool {
    guard let outline = outline(row, record) else { return false }
    return try withJSON(of: row, record) { json in
      guard RecordOutline.isUsable(outline, recordBytes: json.count) else { return false }
      // The candidate is that of its JSON unless `modified_at` has moved.
      let parsed = row.blob(2).isEmpty ? candidate : try decoder.decode(json)
      return parsed.outline?.elementsEqual(outline) != true
    }
  }

  private func connector(_ number: Int64) throws -> String {
    if let connector, connector.number == number { return connector.name }
    let statement = try RawStatement(cached: "SELECT name FROM connector WHERE number = ?", db)
    statement.bind(1, number)
    let name = try statement.first { $0.string(0) ?? "" } ?? ""
    connector = (number, name)
    return name
  }
}

/// Unused decoders, with the memory that they have grown to: making one takes as long as decoding a record.
private enum DecoderPool {
  /// A decoder belongs to whoever took it.
  private struct Unused: @unchecked Sendable { var decoders: [CandidateDecoder] = [] }

  private static let unused = Mutex(Unused())
  /// The maximum number of decoders that are kept.
  private static let maximumUnused = 4
  /// A decoder keeps about ten times the memory of the longest record.
  private static let maximumRecord = 1 << 16

  static func take() -> CandidateDecoder {
    unused.withLock { $0.decoders.popLast() } ?? CandidateDecoder(origin: .stored)
  }

  static func release(_ decoder: CandidateDecoder, longest: Int) {
    guard longest <= maximumRecord else { return }
    unused.withLock { if $0.decoders.count < maximumUnused { $0.decoders.append(decoder) } }
  }
}
