import CandidateModel
import GRDB
import TextAnalysis

/// The rows of candidates and their records, within one transaction.
final class RecordStore {
  private let db: Database
  private let finder: RecordFinder
  private let compression: RecordCompression
  private let insertRows: Insertion
  private let insertRow: Insertion
  private let updateCandidate: RawStatement
  private let updateRecord: RawStatement
  private let touchCandidate: RawStatement
  /// The bytes that are bound to a statement, and where each value is.
  private let texts = ByteBuffer(capacity: 1_024)
  private var ranges: [Range<Int>] = []
  /// The candidates whose records are not stored yet.
  private var waiting: [NewCandidate] = []

  /// The number of candidates that one statement stores.
  static let rowsPerStatement = 8

  /// The statements that store some candidates at once. A failure ends the transaction: without OR FAIL, SQLite would
  /// copy every page before its first change, so that a statement of several rows could be undone by itself.
  private struct Insertion {
    /// The number of candidates.
    let count: Int
    let candidates: RawStatement
    let records: RawStatement

    init(_ db: Database, rows: Int) throws {
      count = rows
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
    insertRows = try Insertion(db, rows: Self.rowsPerStatement)
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

  /// Stores candidates. Their records are stored by `flush`.
  func insert(_ candidates: [NewCandidate], connector: String) throws {
    let connector = try finder.assignConnectorNumber(connector)
    waiting += candidates
    try forEach(candidates, insertRows) { try write($0, connector, $1.candidates) }
  }

  /// Calls `body` with some candidates at a time and the statements for as many.
  private func forEach(
    _ candidates: [NewCandidate], _ several: Insertion,
    _ body: (ArraySlice<NewCandidate>, Insertion) throws -> Void
  ) throws {
    var start = 0
    while start < candidates.count {
      let insertion = candidates.count - start >= several.count ? several : insertRow
      try body(candidates[start..<start + insertion.count], insertion)
      start += insertion.count
    }
  }

  /// Stores the records of the candidates that were inserted.
  func flush() throws {
    let records = waiting
    waiting.removeAll()
    // Only one frame is in memory at a time.
    try forEach(records, compression.isActive() ? insertRow : insertRows) {
      try writeRecords(of: $0, $1.records)
    }
  }

  func update(_ record: PreparedRecord, number: Int64, docid: Docid, connector: String) throws {
    let candidate = NewCandidate(number: number, docid: docid, record: record)
    try write([candidate], finder.assignConnectorNumber(connector), updateCandidate)
    try writeRecords(of: [candidate], updateRecord)
  }

  /// Runs a statement that has the parameters of each candidate, one after the other.
  private func write(
    _ rows: ArraySlice<NewCandidate>, _ connector: Int64, _ statement: RawStatement
  ) throws {
    texts.truncate(to: 0)
    ranges.removeAll(keepingCapacity: true)
    for row in rows {
      row.record.received.contentHash.withBytes { texts.append($0.bindMemory(to: UInt8.self)) }
      ranges.append(append(row.record.received.id))
      ranges.append(append(row.record.sortName ?? ""))
    }
    let bytes = UnsafeRawBufferPointer(texts.all)
    var (next, content) = (Int32(1), 0)
    for (i, row) in rows.enumerated() {
      let (id, sortName) = (ranges[2 * i], ranges[2 * i + 1])
      statement.bind(next, row.number)
      statement.bind(next + 1, row.docid.value)
      statement.bind(next + 2, connector)
      statement.bind(next + 3, UnsafeRawBufferPointer(rebasing: bytes[id]))
      statement.bind(next + 4, row.record.received.modifiedAt?.microseconds)
      statement.bind(next + 5, row.record.times.created?.microseconds)
      statement.bind(next + 6, row.record.times.updated?.microseconds)
      statement.bind(next + 7, blob: UnsafeRawBufferPointer(rebasing: bytes[content..<id.lowerBound]))
      if sortName.isEmpty {
        statement.bind(next + 8, nil)
      } else {
        statement.bind(next + 8, UnsafeRawBufferPointer(rebasing: bytes[sortName]))
      }
      content = sortName.upperBound
      next += 9
    }
    try statement.run()
  }

  /// Appends a text to `texts`, and returns its range there.
  private func append(_ text: String) -> Range<Int> {
    let start = texts.count
    var text = text
    text.withUTF8 { texts.append($0) }
    return start..<texts.count
  }

  /// Runs a statement that has the parameters of the record of each row, one after the other.
  private func writeRecords(of rows: ArraySlice<NewCandidate>, _ statement: RawStatement) throws {
    texts.truncate(to: 0)
    ranges.removeAll(keepingCapacity: true)
    for row in rows {
      let start = texts.count
      StoredOutline.append(row.record, to: texts)
      ranges.append(start..<texts.count)
    }
    for (i, outline) in ranges.enumerated() {
      if outline.isEmpty {
        statement.bind(Int32(4 * i + 4), nil)
      } else {
        statement.bind(
          Int32(4 * i + 4), blob: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(texts.all)[outline])
        )
      }
    }
    try bindRecords(of: rows, from: 1, statement)
  }

  /// Binds the records of the rows, whose memory must not move until the statement has run.
  private func bindRecords(
    of rows: ArraySlice<NewCandidate>, from parameter: Int32, _ statement: RawStatement
  ) throws {
    guard let row = rows.first else { return try statement.run() }
    statement.bind(parameter, row.number)
    try row.record.received.json.withUnsafeBytes { bytes in
      try compression.bind(bytes, to: statement, json: parameter + 1, zstd: parameter + 2) {
        try bindRecords(of: rows.dropFirst(), from: parameter + 4, statement)
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
  func replaceDerivedValues(of number: Int64, with derived: DerivedValues) throws {
    try db.cachedStatement(
      sql: "UPDATE candidate SET content = ?, created_at = ?, updated_at = ?, sort_name = ? WHERE number = ?"
    ).execute(arguments: [
      derived.contentHash?.data, derived.created, derived.updated, derived.sortName, number,
    ])
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
