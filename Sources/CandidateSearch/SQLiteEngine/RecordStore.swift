import CandidateModel
import GRDB

/// Finds the rows of candidates by their identity.
struct RecordFinder {
  /// What the index knows of a record.
  struct Known {
    /// The candidate's place among all that were ever brought in.
    let number: Int64
    let docid: Docid
    let modifiedAt: Timestamp?
    let content: Hash128?
  }

  private let db: Database
  private let find: RawStatement

  init(_ db: Database) throws {
    self.db = db
    find = try RawStatement(
      db, "SELECT number, docid, modified_at, content FROM candidate WHERE id = ? AND connector = ?")
  }

  /// The number of a connector, if it has been seen.
  func connectorNumber(_ name: String) throws -> Int64? {
    try Int64.fetchOne(db, sql: "SELECT number FROM connector WHERE name = ?", arguments: [name])
  }

  func known(id: String, connector: Int64) throws -> Known? {
    var id = id
    return try id.withUTF8 { id in
      find.bind(1, UnsafeRawBufferPointer(id))
      find.bind(2, connector)
      return try find.first { row in
        Known(
          number: row.integer(orZero: 0), docid: Docid(value: row.integer(orZero: 1)),
          modifiedAt: row.integer(2).map(Timestamp.init(microseconds:)), content: Hash128(stored: row.blob(3))
        )
      }
    }
  }

}

/// The rows of candidates and their records, within one transaction.
struct RecordStore {
  private let db: Database
  private let finder: RecordFinder
  private let insertCandidate: RawStatement
  private let insertRecord: RawStatement
  private let updateCandidate: RawStatement
  private let updateRecord: RawStatement
  private let touchCandidate: RawStatement

  init(_ db: Database) throws {
    self.db = db
    finder = try RecordFinder(db)
    insertCandidate = try RawStatement(
      db,
      """
      INSERT INTO candidate (number, docid, connector, id, modified_at, created_at, updated_at, content, sort_name)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertRecord = try RawStatement(db, "INSERT INTO record (number, json) VALUES (?, ?)")
    updateCandidate = try RawStatement(
      db,
      """
      UPDATE candidate SET docid = ?2, connector = ?3, id = ?4, modified_at = ?5, created_at = ?6, updated_at = ?7,
        content = ?8, sort_name = ?9, modified_json = NULL
      WHERE number = ?1
      """)
    updateRecord = try RawStatement(db, "UPDATE record SET json = ?2 WHERE number = ?1")
    touchCandidate = try RawStatement(
      db, "UPDATE candidate SET modified_at = ?2, modified_json = ?3 WHERE number = ?1")
  }

  /// The number of a connector; given to it when it is first seen.
  func connectorNumber(_ name: String) throws -> Int64 {
    if let number = try finder.connectorNumber(name) { return number }
    try db.execute(sql: "INSERT INTO connector (name) VALUES (?)", arguments: [name])
    return db.lastInsertedRowID
  }

  /// The highest number that was ever given: none is given twice.
  func highestNumber() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'candidate'") ?? 0
  }

  func insert(_ record: IncomingRecord, number: Int64, docid: Docid, connector: Int64) throws {
    try write(record, number, docid, connector, candidate: insertCandidate, json: insertRecord)
  }

  func update(_ record: IncomingRecord, number: Int64, docid: Docid, connector: Int64) throws {
    try write(record, number, docid, connector, candidate: updateCandidate, json: updateRecord)
  }

  private func write(
    _ record: IncomingRecord, _ number: Int64, _ docid: Docid, _ connector: Int64, candidate: RawStatement,
    json: RawStatement
  ) throws {
    var (id, sortName) = (record.id, record.sortName ?? "")
    try id.withUTF8 { id in
      candidate.bind(1, number)
      candidate.bind(2, docid.value)
      candidate.bind(3, connector)
      candidate.bind(4, UnsafeRawBufferPointer(id))
      candidate.bind(5, record.modifiedAt?.microseconds)
      candidate.bind(6, record.times.created?.microseconds)
      candidate.bind(7, record.times.updated?.microseconds)
      try record.content.withBytes { content in
        candidate.bind(8, blob: content)
        try sortName.withUTF8 { name in
          if name.isEmpty { candidate.bind(9, nil) } else { candidate.bind(9, UnsafeRawBufferPointer(name)) }
          try candidate.run()
        }
      }
    }
    try record.json.withUnsafeBytes { bytes in
      json.bind(1, number)
      json.bind(2, bytes)
      try json.run()
    }
  }

  /// Notes a resync that brought nothing new but the time of it.
  func touch(_ number: Int64, _ record: IncomingRecord) throws {
    try record.json.withUnsafeBytes { bytes in
      touchCandidate.bind(1, number)
      touchCandidate.bind(2, record.modifiedAt?.microseconds)
      if let range = record.modifiedAtRange {
        touchCandidate.bind(3, UnsafeRawBufferPointer(rebasing: bytes[range]))
      } else {
        touchCandidate.bind(3, nil)
      }
      try touchCandidate.run()
    }
  }

  /// What a row holds that is derived from its record.
  struct Derived: Equatable {
    /// Nil where the row's hash is not one of this version.
    let content: Hash128?
    /// Microseconds since 1970, as `updated`.
    let created: Int64?
    let updated: Int64?
    let sortName: String?

    init(content: Hash128?, created: Int64?, updated: Int64?, sortName: String?) {
      (self.content, self.created, self.updated, self.sortName) = (content, created, updated, sortName)
    }

    init(_ record: IncomingRecord) {
      self.init(
        content: record.content, created: record.times.created?.microseconds,
        updated: record.times.updated?.microseconds, sortName: record.sortName)
    }
  }

  /// Writes what is derived from a record anew, where the rules by which it is derived have changed.
  func renew(_ number: Int64, _ derived: Derived) throws {
    try db.cachedStatement(
      sql: "UPDATE candidate SET content = ?, created_at = ?, updated_at = ?, sort_name = ? WHERE number = ?"
    ).execute(arguments: [derived.content?.data, derived.created, derived.updated, derived.sortName, number])
  }
}
