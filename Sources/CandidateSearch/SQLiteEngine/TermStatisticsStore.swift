import GRDB

/// The rows of the term statistics: the document frequency of each word, by field. They are exact, since they change in
/// the transactions that change the postings.
struct TermStatisticsStore {
  let db: Database

  static let table = """
    -- How many documents hold a word in a field, and how many of them are of private candidates. The empty word of
    -- names counts all documents.
    CREATE TABLE vocabulary (
      term TEXT NOT NULL, field TEXT NOT NULL, documents INTEGER NOT NULL, hidden INTEGER NOT NULL,
      PRIMARY KEY (term, field)
    ) STRICT, WITHOUT ROWID;
    """

  // MARK: - Reading

  /// The document frequency of a term within a scope, by column.
  func frequency(of term: String, in scope: Scope) throws -> TermFrequency {
    let statement = try RawStatement(
      cached: "SELECT field, documents, hidden FROM vocabulary WHERE term = ?", db)
    var frequency = TermFrequency()
    var term = term
    try term.withUTF8 { term in
      statement.bind(1, UnsafeRawBufferPointer(term))
      try statement.forEach { row in
        guard let column = TextColumn(rawValue: String(decoding: row.text(0), as: UTF8.self)) else { return }
        let hidden = scope.includesPrivate ? 0 : row.integer(orZero: 2)
        frequency[column] = Int(row.integer(orZero: 1) - hidden)
      }
    }
    return frequency
  }

  /// The terms with a prefix in some columns, the most frequent first, at most `limit`.
  func completions(
    of prefix: String, in columns: [TextColumn], limit: Int, scope: Scope
  ) throws -> [CountedTerm] {
    let names = columns.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let statement = try RawStatement(
      cached: """
        SELECT term, \(Self.count(in: scope)) AS n FROM vocabulary
        WHERE term >= ?1 AND term < ?1 || char(0x10FFFF) AND field IN (\(names))
        GROUP BY term HAVING n > 0 ORDER BY n DESC, term LIMIT ?2
        """, db)
    var completions: [CountedTerm] = []
    var prefix = prefix
    try prefix.withUTF8 { prefix in
      statement.bind(1, UnsafeRawBufferPointer(prefix))
      statement.bind(2, Int64(limit))
      try statement.forEach { row in
        completions.append(
          CountedTerm(
            term: String(decoding: row.text(0), as: UTF8.self), count: Int(row.integer(orZero: 1))))
      }
    }
    return completions
  }

  /// Calls `body` with every term and the sum of its document frequencies in all columns.
  func forEachTerm(in scope: Scope, _ body: (UnsafeRawBufferPointer, Int) throws -> Void) throws {
    let statement = try RawStatement(
      cached: "SELECT term, \(Self.count(in: scope)) FROM vocabulary WHERE term <> '' GROUP BY term", db)
    try statement.forEach { try body($0.text(0), Int($0.integer(orZero: 1))) }
  }

  private static func count(in scope: Scope) -> String {
    scope.includesPrivate ? "sum(documents)" : "sum(documents - hidden)"
  }

  // MARK: - Changing

  func apply(_ changes: TermStatisticsChanges) throws {
    guard !changes.isEmpty else { return }
    let add = try RawStatement(
      db,
      """
      INSERT INTO vocabulary (term, field, documents, hidden) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET documents = documents + excluded.documents, hidden = hidden + excluded.hidden
      """)
    let sorted = changes.sorted
    for change in sorted where change.documents != 0 || change.hidden != 0 {
      try run(add, for: change) { add in
        add.bind(3, Int64(change.documents))
        add.bind(4, Int64(change.hidden))
      }
    }
    // A word that no candidate contains any more must not stay in the file.
    let remove = try RawStatement(
      db, "DELETE FROM vocabulary WHERE term = ? AND field = ? AND documents <= 0")
    for change in sorted where change.documents < 0 { try run(remove, for: change) { _ in } }
    try raiseGeneration()
  }

  private func raiseGeneration() throws {
    try Setting.generation.store((Setting.generation.fetch(db) ?? 0) + 1, db)
  }

  private func run(
    _ statement: RawStatement, for change: TermStatisticsChanges.Change,
    binding bindRest: (RawStatement) -> Void
  ) throws {
    try change.term.withUnsafeBytes { term in
      var field = change.field.rawValue
      try field.withUTF8 { field in
        statement.bind(1, term)
        statement.bind(2, UnsafeRawBufferPointer(field))
        bindRest(statement)
        try statement.run()
      }
    }
  }

  /// Replaces all statistics.
  func replace(with changes: TermStatisticsChanges) throws {
    try db.execute(sql: "DELETE FROM vocabulary")
    try raiseGeneration()
    try apply(changes)
  }

  /// The differences of the table from these statistics, a sentence each.
  func differences(from words: TermStatisticsChanges) throws -> [String] {
    var expected: [String: [Int64]] = [:]
    for word in words.sorted {
      expected["\(word.field.rawValue):\(String(decoding: word.term, as: UTF8.self))"] = [
        Int64(word.documents), Int64(word.hidden),
      ]
    }
    var differences: [String] = []
    let rows = try Row.fetchCursor(db, sql: "SELECT field || ':' || term, documents, hidden FROM vocabulary")
    while let row = try rows.next() {
      let name: String = row[0]
      if expected.removeValue(forKey: name) != [row[1], row[2]] {
        differences.append("the term statistics do not count \(name) as often as it occurs")
      }
    }
    return differences + expected.keys.sorted().map { "the term statistics lack \($0)" }
  }
}
