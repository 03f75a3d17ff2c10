import CandidateModel
import GRDB
import TextAnalysis

/// The rows of candidates and their records, within one transaction.
struct RecordStore {
  private let db: Database
  private let finder: RecordFinder
  private let compression: RecordCompression
  private let insertRows: Insertion
  private let insertRow: Insertion
  private let updateCandidate: RawStatement
  private let updateRecord: RawStatement
  private let touchCandidate: RawStatement
  /// The texts that are bound to a statement.
  private let texts = ByteBuffer(capacity: 1_024)

  /// The statements that store some candidates at once. A failure ends the transaction: without OR FAIL, SQLite would
  /// copy every page before its first change, so that a statement of several rows could be undone by itself.
  private struct Insertion {
    let candidates: RawStatement
    let records: RawStatement

    init(_ db: Database, rows: Int) throws {
      let (row, rest) = ("(?, ?, ?, ?, ?, ?, ?, ?, ?)", rows - 1)
      candidates = try RawStatement(
        db,
        """
        INSERT OR FAIL INTO candidate (number, docid, connector, id, modified_at, created_at, updated_at, content, sort_name)
        VALUES \(row)\(String(repeating: ", " + row, count: rest))
        """)
      records = try RawStatement(
        db,
        "INSERT OR FAIL INTO record (number, json, zstd, outline) VALUES (?, ?, ?, ?)"
          + String(repeating: ", (?, ?, ?, ?)", count: rest)
      )
    }
  }

  init(_ db: Database, _ finder: RecordFinder, _ compression: RecordCompression) throws {
    self.db = db
    self.finder = finder
    self.compression = compression
    insertRows = try Insertion(db, rows: CandidateInsertions.rowCount)
    insertRow = try Insertion(db, rows: 1)
    updateCandidate = try RawStatement(
      db,
      """
      UPDATE candidate SET docid = ?2, connector = ?3, id = ?4, modified_at = ?5, created_at = ?6, updated_at = ?7,
        content = ?8, sort_name = ?9, modified_json = NULL
      WHERE number = ?1
      """)
    updateRecord = try RawStatement(
      db, "UPDATE record SET json = ?2, zstd = ?3, outline = ?4 WHERE number = ?1")
    touchCandidate = try RawStatement(
      db, "UPDATE candidate SET modified_at = ?2, modified_json = ?3 WHERE number = ?1")
  }

  func insert(_ candidates: [NewCandidate], connector: String) throws {
    let connector = try finder.assignConnectorNumber(connector)
    // Only one frame is in memory at a time.
    if candidates.count == CandidateInsertions.rowCount, try !compression.isActive() {
      return try write(candidates[...], connector, insertRows.candidates, insertRows.records)
    }
    for i in candidates.indices {
      try write(candidates[i...i], connector, insertRow.candidates, insertRow.records)
    }
  }

  func update(_ record: PreparedRecord, number: Int64, docid: Docid, connector: String) throws {
    let candidate = NewCandidate(number: number, docid: docid, record: record)
    try write([candidate], finder.assignConnectorNumber(connector), updateCandidate, updateRecord)
  }

  /// Runs statements that have the parameters of each candidate, one after the other.
  private func write(
    _ rows: ArraySlice<NewCandidate>, _ connector: Int64, _ candidates: RawStatement, _ records: RawStatement
  ) throws {
    texts.truncate(to: 0)
    let ranges = rows.map { row in
      row.record.received.content.withBytes { texts.append($0.bindMemory(to: UInt8.self)) }
      return (append(row.record.received.id), append(row.record.sortName ?? ""))
    }
    let bytes = UnsafeRawBufferPointer(texts.all)
    var (next, content) = (Int32(0), 0)
    for (row, (id, sortName)) in zip(rows, ranges) {
      func bind(_ bind: (Int32) -> Void) {
        next += 1
        bind(next)
      }
      bind { candidates.bind($0, row.number) }
      bind { candidates.bind($0, row.docid.value) }
      bind { candidates.bind($0, connector) }
      bind { candidates.bind($0, UnsafeRawBufferPointer(rebasing: bytes[id])) }
      bind { candidates.bind($0, row.record.received.modifiedAt?.microseconds) }
      bind { candidates.bind($0, row.record.times.created?.microseconds) }
      bind { candidates.bind($0, row.record.times.updated?.microseconds) }
      bind { candidates.bind($0, blob: UnsafeRawBufferPointer(rebasing: bytes[content..<id.lowerBound])) }
      bind {
        if sortName.isEmpty {
          candidates.bind($0, nil)
        } else {
          candidates.bind($0, UnsafeRawBufferPointer(rebasing: bytes[sortName]))
        }
      }
      content = sortName.upperBound
    }
    try candidates.run()
    try writeRecords(of: rows, boundTo: 0, records)
  }

  /// Appends a text to `texts`, and returns its range there.
  private func append(_ text: String) -> Range<Int> {
    let start = texts.count
    var text = text
    text.withUTF8 { texts.append($0) }
    return start..<texts.count
  }

  /// Binds the records of the rows, whose memory must not move until the statement has run.
  private func writeRecords(
    of rows: ArraySlice<NewCandidate>, boundTo parameter: Int32, _ records: RawStatement
  ) throws {
    guard let row = rows.first else { return try records.run() }
    try row.record.received.json.withUnsafeBytes { bytes in
      try StoredOutline.bytes(of: row.record).withUnsafeBytes { outline in
        records.bind(parameter + 1, row.number)
        if outline.isEmpty {
          records.bind(parameter + 4, nil)
        } else {
          records.bind(parameter + 4, blob: outline)
        }
        try compression.bind(bytes, to: records, json: parameter + 2, zstd: parameter + 3) {
          try writeRecords(of: rows.dropFirst(), boundTo: parameter + 4, records)
        }
      }
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
    if derived.isOutlineWrong {
      try db.cachedStatement(sql: "UPDATE record SET outline = NULL WHERE number = ?").execute(arguments: [
        number
      ])
    }
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
