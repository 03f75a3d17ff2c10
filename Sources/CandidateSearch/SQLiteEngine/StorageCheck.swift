import GRDB

/// Checks the file and the tables of an index.
struct StorageCheck {
  let db: Database

  /// The problems of the file's pages, at most `limit`.
  func fileProblems(limit: Int) throws -> [String] {
    try String.fetchAll(db, sql: "PRAGMA integrity_check(\(limit))").filter { $0 != "ok" }.map {
      "SQLite: \($0)"
    }
  }

  /// The problems of FTS5's own structures. The connection must be able to write.
  /// - Throws: `DatabaseError` if another process has the file locked: that is no problem of the file.
  func postingProblems() throws -> [String] {
    do {
      try db.execute(sql: "INSERT INTO posting (posting) VALUES ('integrity-check')")
      return []
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      return ["FTS5: the postings are damaged"]
    } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
      throw error
    } catch {
      return ["the postings: cannot be read: \((error as? DatabaseError)?.message ?? "\(error)")"]
    }
  }

  /// Rows that contradict one another, at most `limit` of a kind.
  func tableProblems(limit: Int) throws -> [String] {
    let faults: [(sql: String, problem: String)] = [
      ("SELECT number FROM candidate EXCEPT SELECT number FROM record", "has a row, but no record"),
      ("SELECT number FROM record EXCEPT SELECT number FROM candidate", "has a record, but no row"),
      (
        "SELECT number FROM candidate WHERE connector NOT IN (SELECT number FROM connector)",
        "belongs to no connector"
      ),
    ]
    return try faults.flatMap { sql, problem in
      try Int64.fetchAll(db, sql: sql + " LIMIT \(limit)").map { "candidate number \($0) \(problem)" }
    }
  }

  /// Docids that are in the postings or belong to a candidate, but not both, at most `limit`.
  func docidProblems(limit: Int) throws -> [String] {
    let posted = try Int64.fetchCursor(
      db, sql: "SELECT rowid FROM posting WHERE posting MATCH ? ORDER BY rowid",
      arguments: [IndexQuery.everything.fts5Expression])
    let stored = try Int64.fetchCursor(db, sql: "SELECT docid FROM candidate ORDER BY docid")
    var problems: [String] = []
    var (a, b) = (try posted.next(), try stored.next())
    while (a != nil || b != nil) && problems.count < limit {
      if let posted = a, posted < b ?? .max {
        problems.append("docid \(posted) is in the postings, but no candidate has it")
      } else if let stored = b, stored < a ?? .max {
        problems.append("docid \(stored) is a candidate's, but not in the postings")
      }
      let (oldA, oldB) = (a, b)
      if let oldA, oldA <= oldB ?? .max { a = try posted.next() }
      if let oldB, oldB <= oldA ?? .max { b = try stored.next() }
    }
    return problems
  }

  /// Calls `body` with every compressed record, also with one without a candidate.
  func forEachCompressedRecord(
    _ decompressor: RecordDecompressor, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try RawStatement(db, "SELECT zstd FROM record WHERE zstd IS NOT NULL").forEach { row in
      try decompressor.record(in: row.blob(0)).withUnsafeBytes(body)
    }
  }

  /// Calls `body` with every stored text in which texts of candidates may occur.
  func forEachText(
    _ decompressor: RecordDecompressor, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try RawStatement(
      db,
      """
      SELECT r.json, c.modified_json, c.sort_name, r.zstd FROM candidate c JOIN record r ON r.number = c.number
      """
    ).forEach { row in
      for column in 0..<3 { try body(row.text(Int32(column))) }
      let frame = row.blob(3)
      if !frame.isEmpty { try decompressor.record(in: frame).withUnsafeBytes(body) }
    }
    let others = """
      SELECT name FROM connector UNION ALL SELECT sql FROM sqlite_schema
      UNION ALL SELECT value FROM setting WHERE name = '\(StoredText.synonyms.rawValue)'
      """
    try RawStatement(db, others).forEach { try body($0.text(0)) }
    try PostingTermTable.row.forEachTerm(db, body)
  }

  /// The size of each part of the file, by SQLite's `dbstat`, which reads the head of every page: about a second for a
  /// million candidates. The parts add up to the size of the file, without its WAL. In an aggregate, `pageno` is the
  /// number of pages; `pgsize` has 32 bits, and a table of several GB does not fit (SQLite 3.40).
  func parts() throws -> [StoragePart] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT CASE
          WHEN name = 'record' THEN 'records'
          WHEN name = 'dictionary' THEN 'dictionary'
          WHEN name LIKE 'posting%' THEN 'postings'
          WHEN name LIKE 'vocabulary%' THEN 'term statistics'
          WHEN name = 'candidate' THEN 'candidates'
          WHEN name = 'candidate_identity' THEN 'identities'
          WHEN name = 'candidate_docid' THEN 'docids and times'
          ELSE 'other' END AS part, sum(pageno) * page_size AS bytes
        FROM pragma_page_size, dbstat WHERE aggregate = TRUE GROUP BY part
        UNION ALL
        SELECT 'free', (SELECT freelist_count FROM pragma_freelist_count) * (SELECT page_size FROM pragma_page_size)
        ORDER BY bytes DESC, part
        """
    ).map { StoragePart(name: $0[0], bytes: $0[1]) }
  }

  /// The problem of the dictionary of compressed records.
  func dictionaryProblems(_ decompressor: RecordDecompressor) throws -> [String] {
    do {
      if let id = try DictionaryStore(db: db).current() { _ = try decompressor.dictionary(id) }
      return []
    } catch let defect as CompressionDefect {
      return ["the compressed records: \(defect)"]
    }
  }
}
