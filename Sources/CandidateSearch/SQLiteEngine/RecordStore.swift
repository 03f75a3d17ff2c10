import CandidateModel
import GRDB

/// The rows of candidates and their records, within one transaction.
struct RecordStore {
  private let db: Database
  private let finder: RecordFinder
  private let insertCandidate: RawStatement
  private let insertRecord: RawStatement
  private let updateCandidate: RawStatement
  private let updateRecord: RawStatement
  private let touchCandidate: RawStatement

  init(_ db: Database, _ finder: RecordFinder) throws {
    self.db = db
    self.finder = finder
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

  func insert(_ record: PreparedRecord, number: Int64, docid: Docid, connector: String) throws {
    try write(
      record, number: number, docid: docid, connector: finder.assignConnectorNumber(connector),
      candidate: insertCandidate,
      json: insertRecord)
  }

  func update(_ record: PreparedRecord, number: Int64, docid: Docid, connector: String) throws {
    try write(
      record, number: number, docid: docid, connector: finder.assignConnectorNumber(connector),
      candidate: updateCandidate,
      json: updateRecord)
  }

  private func write(
    _ record: PreparedRecord, number: Int64, docid: Docid, connector: Int64, candidate: RawStatement,
    json: RawStatement
  ) throws {
    let received = record.received
    var (id, sortName) = (received.id, record.sortName ?? "")
    try id.withUTF8 { id in
      candidate.bind(1, number)
      candidate.bind(2, docid.value)
      candidate.bind(3, connector)
      candidate.bind(4, UnsafeRawBufferPointer(id))
      candidate.bind(5, received.modifiedAt?.microseconds)
      candidate.bind(6, record.times.created?.microseconds)
      candidate.bind(7, record.times.updated?.microseconds)
      try received.content.withBytes { content in
        candidate.bind(8, blob: content)
        try sortName.withUTF8 { name in
          if name.isEmpty { candidate.bind(9, nil) } else { candidate.bind(9, UnsafeRawBufferPointer(name)) }
          try candidate.run()
        }
      }
    }
    try received.json.withUnsafeBytes { bytes in
      json.bind(1, number)
      json.bind(2, bytes)
      try json.run()
    }
  }

  /// Stores the new `modified_at` of a record that is unchanged otherwise.
  func touch(_ number: Int64, _ record: ReceivedRecord) throws {
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

  /// Replaces the derived values of a candidate.
  func renew(_ number: Int64, _ derived: DerivedValues) throws {
    try db.cachedStatement(
      sql: "UPDATE candidate SET content = ?, created_at = ?, updated_at = ?, sort_name = ? WHERE number = ?"
    ).execute(arguments: [derived.content?.data, derived.created, derived.updated, derived.sortName, number])
  }

  /// Removes the rows and the records of candidates.
  func remove(_ numbers: [Int64]) throws {
    let statements = [
      try RawStatement(cached: "DELETE FROM record WHERE number = ?", db),
      try RawStatement(cached: "DELETE FROM candidate WHERE number = ?", db),
    ]
    for number in numbers {
      for statement in statements {
        statement.bind(1, number)
        try statement.run()
      }
    }
  }
}
