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

  /// A statement for some columns of the rows whose terms have a prefix.
  private func withPrefix<T>(
    _ prefix: [UInt8], _ columns: String, _ db: Database, _ body: (RawStatement) throws -> T
  ) throws -> T {
    try makeTable(db)
    let statement = try RawStatement(db, "SELECT \(columns) FROM \(table) WHERE term > ? AND term < ?")
    var end = prefix
    end[end.count - 1] += 1
    return try prefix.withUnsafeBytes { prefix in
      try end.withUnsafeBytes { end in
        statement.bind(1, prefix)
        statement.bind(2, end)
        return try body(statement)
      }
    }
  }

  /// The terms with a prefix, in order, and the number of all of their documents.
  static func terms(withPrefix prefix: [UInt8], _ db: Database) throws -> (terms: [[UInt8]], documents: Int) {
    try row.withPrefix(prefix, "term, doc", db) { statement in
      var (terms, documents): ([[UInt8]], Int) = ([], 0)
      try statement.forEach { row in
        terms.append(Array(row.text(0)))
        documents += Int(row.integer(orZero: 1))
      }
      return (terms, documents)
    }
  }

  /// Calls `body` with the term and the docid of every posting of the terms with a prefix. A document may have a term
  /// several times.
  static func forEachPosting(
    withPrefix prefix: [UInt8], _ db: Database, _ body: (UnsafeRawBufferPointer, Int64) throws -> Void
  ) throws {
    try instance.withPrefix(prefix, "term, doc", db) { statement in
      try statement.forEach { try body($0.text(0), $0.integer(orZero: 1)) }
    }
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

/// The terms with a prefix, each with the docids of its documents.
struct PostingLists {
  let db: Database
  let prefix: [UInt8]
  /// Searching a term takes as long as this many listed postings take beyond those of a search.
  var postingsPerSearch = 24

  /// Calls `body` with every term and its docids, ascending and each once.
  func forEach(_ body: (UnsafeRawBufferPointer, [Int64]) throws -> Void) throws {
    let (terms, documents) = try PostingTermTable.terms(withPrefix: prefix, db)
    if terms.count * postingsPerSearch <= documents { try search(terms, body) } else { try list(body) }
  }

  private func search(_ terms: [[UInt8]], _ body: (UnsafeRawBufferPointer, [Int64]) throws -> Void) throws {
    let statement = try RawStatement(db, "SELECT rowid FROM posting WHERE posting MATCH ? ORDER BY rowid")
    var docids: [Int64] = []
    for term in terms {
      docids.removeAll(keepingCapacity: true)
      var expression = IndexQuery.phrase([String(decoding: term, as: UTF8.self)]).fts5Expression
      try expression.withUTF8 { expression in
        statement.bind(1, UnsafeRawBufferPointer(expression))
        try statement.forEach { docids.append($0.integer(orZero: 0)) }
      }
      try term.withUnsafeBytes { try body($0, docids) }
    }
  }

  private func list(_ body: (UnsafeRawBufferPointer, [Int64]) throws -> Void) throws {
    var (last, docids): ([UInt8], [Int64]) = ([], [])
    func finish() throws {
      if !docids.isEmpty { try last.withUnsafeBytes { try body($0, docids) } }
    }
    try PostingTermTable.forEachPosting(withPrefix: prefix, db) { term, docid in
      if !last.withUnsafeBytes({ $0.count == term.count && $0.elementsEqual(term) }) {
        try finish()
        last = Array(term)
        docids.removeAll(keepingCapacity: true)
      }
      if docids.last != docid { docids.append(docid) }
    }
    try finish()
  }
}
