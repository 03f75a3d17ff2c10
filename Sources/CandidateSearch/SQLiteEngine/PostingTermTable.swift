import GRDB

/// The postings as FTS5's vocabulary tables list them, in temporary tables of the connection.
enum PostingTermTable: String {
  /// Every posting, with `term`, `doc`, `col` and `offset`; in the order of terms, then of docids.
  case instance
  /// Every term, with `term`, and with the numbers of its documents and postings.
  case row

  /// The table's name.
  private var table: String { "temp.posting_\(rawValue)" }

  /// Creates the table. A connection for reading could have temporary tables too, but GRDB forbids it to create them.
  private func makeTable(_ db: Database) throws {
    let isThere = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE name = ?)",
      arguments: ["posting_\(rawValue)"])
    if isThere == true { return }
    let isForbidden = try Bool.fetchOne(db, sql: "PRAGMA query_only") ?? false
    if isForbidden { try db.execute(sql: "PRAGMA query_only = 0") }
    let result = Result {
      try db.execute(sql: "CREATE VIRTUAL TABLE \(table) USING fts5vocab('main', 'posting', '\(rawValue)')")
    }
    if isForbidden { try db.execute(sql: "PRAGMA query_only = 1") }
    try result.get()
  }

  /// Calls `body` with every term that continues a prefix, and the docids of its documents, ascending and each once.
  static func forEachList(
    withPrefix prefix: [UInt8], _ db: Database, _ body: (UnsafeRawBufferPointer, [Int64]) throws -> Void
  ) throws {
    try instance.makeTable(db)
    var (last, docids): ([UInt8], [Int64]) = ([], [])
    func finish() throws {
      if !docids.isEmpty { try last.withUnsafeBytes { try body($0, docids) } }
    }
    let statement = try RawStatement(
      db, "SELECT term, doc FROM \(instance.table) WHERE term > ? AND term < ?")
    var end = prefix
    end[end.count - 1] += 1
    try prefix.withUnsafeBytes { prefix in
      try end.withUnsafeBytes { end in
        statement.bind(1, prefix)
        statement.bind(2, end)
        try statement.forEach { row in
          let (term, docid) = (row.text(0), row.integer(orZero: 1))
          if !last.withUnsafeBytes({ $0.count == term.count && $0.elementsEqual(term) }) {
            try finish()
            last = Array(term)
            docids.removeAll(keepingCapacity: true)
          }
          // A document may have a term several times.
          if docids.last != docid { docids.append(docid) }
        }
      }
    }
    try finish()
  }

  /// Calls `body` with every posting.
  func forEachPosting(_ db: Database, _ body: (Posting) throws -> Void) throws {
    try makeTable(db)
    let names = (["keys"] + TextColumn.allCases.map(\.rawValue)).map { Array($0.utf8) }
    try db.withCache(kibibytes: 4_096) {
      try RawStatement(db, "SELECT term, doc, col, offset FROM \(table)").forEach { row in
        let name = row.text(2)
        try body(
          Posting(
            term: row.text(0), docid: Docid(value: row.integer(orZero: 1)),
            column: names.firstIndex { $0.count == name.count && $0.elementsEqual(name) } ?? -1,
            offset: Int(row.integer(orZero: 3))))
      }
    }
  }

  /// Calls `body` with every term.
  func forEachTerm(_ db: Database, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try makeTable(db)
    try RawStatement(db, "SELECT term FROM \(table)").forEach { try body($0.text(0)) }
  }
}
