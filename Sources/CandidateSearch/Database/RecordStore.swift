import CandidateModel
import GRDB

/// The records of the index: what was received, and what an upsert must know of it.
struct RecordStore {
  let db: Database

  /// What the index knows of a record.
  struct Known {
    let docid: Docid
    let modifiedAt: Timestamp?
    let content: Int64
  }

  /// The number of a connector; given to it when it is first seen.
  func connectorNumber(_ name: String) throws -> Int64 {
    if let number = try Int64.fetchOne(
      db, sql: "SELECT number FROM connector WHERE name = ?", arguments: [name])
    {
      return number
    }
    try db.execute(sql: "INSERT INTO connector (name) VALUES (?)", arguments: [name])
    return db.lastInsertedRowID
  }

  func known(id: String, connector: Int64) throws -> Known? {
    let statement = try db.cachedStatement(
      sql: "SELECT docid, modified_at, content FROM candidate WHERE id = ? AND connector = ?")
    return try Row.fetchOne(statement, arguments: [id, connector]).map { row in
      Known(
        docid: Docid(value: row[0]), modifiedAt: (row[1] as Int64?).map(Timestamp.init(microseconds:)),
        content: row[2])
    }
  }

  func highestDocid(in range: ClosedRange<Int64>) throws -> Int64? {
    let statement = try db.cachedStatement(
      sql: "SELECT max(docid) FROM candidate WHERE docid BETWEEN ? AND ?")
    return try Int64.fetchOne(statement, arguments: [range.lowerBound, range.upperBound])
  }

  func insert(_ record: PreparedRecord, docid: Docid, connector: Int64) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO candidate (docid, connector, id, modified_at, created_at, updated_at, content)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      docid.value, connector, record.candidate.id, record.candidate.modifiedAt?.microseconds,
      record.candidate.remoteCreatedAt?.microseconds, record.candidate.remoteUpdatedAt?.microseconds,
      record.content,
    ])
    try db.cachedStatement(sql: "INSERT INTO record (docid, json) VALUES (?, ?)")
      .execute(arguments: [docid.value, record.candidate.json])
  }

  /// Notes a resync that brought nothing new but the time of it.
  func touch(_ docid: Docid, _ candidate: Candidate) throws {
    try db.cachedStatement(sql: "UPDATE candidate SET modified_at = ?, modified_json = ? WHERE docid = ?")
      .execute(arguments: [
        candidate.modifiedAt?.microseconds,
        candidate.modifiedAtRange.map { String(decoding: candidate.jsonBytes[$0], as: UTF8.self) },
        docid.value,
      ])
  }

  /// Writes what is derived from a record anew, where the rules by which it is derived have changed.
  func renew(_ record: PreparedRecord, docid: Docid) throws {
    try db.cachedStatement(
      sql: """
        UPDATE candidate SET created_at = ?1, updated_at = ?2, content = ?3
        WHERE docid = ?4 AND (created_at IS NOT ?1 OR updated_at IS NOT ?2 OR content <> ?3)
        """
    ).execute(arguments: [
      record.candidate.remoteCreatedAt?.microseconds, record.candidate.remoteUpdatedAt?.microseconds,
      record.content, docid.value,
    ])
  }

  func remove(_ docid: Docid) throws {
    try db.cachedStatement(sql: "DELETE FROM candidate WHERE docid = ?").execute(arguments: [docid.value])
    try db.cachedStatement(sql: "DELETE FROM record WHERE docid = ?").execute(arguments: [docid.value])
  }
}
