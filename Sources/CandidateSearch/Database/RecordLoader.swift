import CandidateModel
import GRDB

/// Reads stored records back: byte for byte as they were last received.
struct RecordLoader {
  let db: Database

  /// What stands in the file for a candidate.
  struct Stored {
    let docid: Docid
    let connector: String
    let candidate: Candidate
    /// What is derived from the record in its row.
    let derived: RecordStore.Derived
  }

  func load(_ docid: Docid, with decoder: CandidateDecoder) throws -> Stored? {
    let statement = try RawStatement(cached: Self.byDocid, db)
    statement.bind(1, docid.value)
    return try statement.first { try stored($0, decoder) }
  }

  /// The records with this id, or with it in lower case, one for each connector that has one.
  func load(id: String, with decoder: CandidateDecoder) throws -> [Stored] {
    let statement = try RawStatement(
      cached: Self.sql + "WHERE c.id IN (?1, lower(?1)) ORDER BY c.connector", db)
    var found: [Stored] = []
    var id = id
    try id.withUTF8 { id in
      statement.bind(1, UnsafeRawBufferPointer(id))
      try statement.forEach { found.append(try stored($0, decoder)) }
    }
    return found
  }

  /// The docids of candidates without a record that can be read.
  func unreadable() throws -> [Int64] {
    let decoder = CandidateDecoder()
    let rows = try Row.fetchCursor(
      db, sql: "SELECT c.docid, r.json FROM candidate c LEFT JOIN record r ON r.number = c.number")
    var docids: [Int64] = []
    while let row = try rows.next() {
      let json: String? = row[1]
      if json.map({ (try? decoder.decode(json: $0)) == nil }) ?? true { docids.append(row[0]) }
    }
    return docids
  }

  /// Every record, or only one of so many, in the order of docids.
  func forEach(ofEvery step: Int = 1, _ body: (Stored) throws -> Void) throws {
    let decoder = CandidateDecoder()
    let statement = try RawStatement(db, Self.sql + "WHERE c.number % ?1 = 0 ORDER BY c.docid")
    statement.bind(1, Int64(step))
    try statement.forEach { try body(stored($0, decoder)) }
  }

  private static let sql = """
    SELECT c.docid, n.name, r.json, c.modified_json, c.content, c.created_at, c.updated_at,
      c.sort_name
    FROM candidate c JOIN record r ON r.number = c.number JOIN connector n ON n.number = c.connector

    """

  private static let byDocid = sql + "WHERE c.docid = ?"

  private func stored(_ row: RawRow, _ decoder: CandidateDecoder) throws -> Stored {
    var candidate = try decoder.decode(copying: row.text(2))
    let modified = row.text(3)
    if !modified.isEmpty, let range = candidate.modifiedAtRange {
      var bytes = candidate.jsonBytes
      bytes.replaceSubrange(range, with: modified)
      candidate = try decoder.decode(bytes: bytes)
    }
    return Stored(
      docid: Docid(value: row.integer(orZero: 0)), connector: String(decoding: row.text(1), as: UTF8.self),
      candidate: candidate,
      derived: RecordStore.Derived(
        content: row.integer(orZero: 4), created: row.integer(5), updated: row.integer(6),
        sortName: row.string(7)))
  }
}
