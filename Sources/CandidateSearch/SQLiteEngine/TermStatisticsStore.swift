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

  /// The document frequency of a term by column.
  func frequency(of term: String, includesPrivate: Bool) throws -> TermFrequency {
    let statement = try RawStatement(
      cached: "SELECT field, documents, hidden FROM vocabulary WHERE term = ?", db)
    var frequency = TermFrequency()
    var term = term
    try term.withUTF8 { term in
      statement.bind(1, UnsafeRawBufferPointer(term))
      try statement.forEach { row in
        guard let column = TextColumn(rawValue: String(decoding: row.text(0), as: UTF8.self)) else { return }
        let hidden = includesPrivate ? 0 : row.integer(orZero: 2)
        frequency[column] = Int(row.integer(orZero: 1) &- hidden)
      }
    }
    return frequency
  }

  /// The number of candidates, in one look-up.
  func candidateCount() throws -> Int { try frequency(of: "", includesPrivate: true)[.name] }

  /// The terms with a prefix in some columns, the most frequent first, at most `limit`.
  func completions(
    of prefix: String, in columns: [TextColumn], limit: Int, includesPrivate: Bool
  ) throws -> [CountedTerm] {
    if columns.isEmpty { return [] }
    let known = Self.completions.first { $0.columns == columns && $0.includesPrivate == includesPrivate }
    let statement = try RawStatement(cached: (known ?? Completions(columns, includesPrivate)).sql, db)
    var completions = MostFrequentTerms(limit: limit)
    var (prefix, end) = (prefix, prefix + "\u{10FFFF}")
    try prefix.withUTF8 { prefix in
      try end.withUTF8 { end in
        statement.bind(1, UnsafeRawBufferPointer(prefix))
        statement.bind(2, UnsafeRawBufferPointer(end))
        try statement.forEach { row in
          completions.add(Int(row.integer(orZero: 1))) { String(decoding: row.text(0), as: UTF8.self) }
        }
      }
    }
    return completions.all
  }

  /// The statement for the completions in some columns. SQLite would create tables for a list of columns and for an
  /// order, also if no term has the prefix.
  private struct Completions {
    let columns: [TextColumn]
    let includesPrivate: Bool
    let sql: String

    init(_ columns: [TextColumn], _ includesPrivate: Bool) {
      self.columns = columns
      self.includesPrivate = includesPrivate
      let isOfColumns = columns.map { "field = '\($0.rawValue)'" }.joined(separator: " OR ")
      sql = """
        SELECT term, \(TermStatisticsStore.count(includesPrivate)) FROM vocabulary
        WHERE term >= ?1 AND term < ?2 AND (\(isOfColumns)) GROUP BY term
        """
    }
  }

  /// The statements that most searches run.
  private static let completions = [TextColumn.counted, [.title, .tag]].flatMap { columns in
    [true, false].map { Completions(columns, $0) }
  }

  /// Calls `body` with every term and the sum of its document frequencies in all columns.
  func forEachTerm(includesPrivate: Bool, _ body: (UnsafeRawBufferPointer, Int) throws -> Void) throws {
    let statement = try RawStatement(
      cached: "SELECT term, \(Self.count(includesPrivate)) FROM vocabulary WHERE term <> '' GROUP BY term", db
    )
    try statement.forEach { try body($0.text(0), Int($0.integer(orZero: 1))) }
  }

  private static func count(_ includesPrivate: Bool) -> String {
    includesPrivate ? "sum(documents)" : "sum(documents - hidden)"
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
    for change in sorted where change.documents != 0 || change.privateDocuments != 0 {
      try run(add, for: change) { add in
        add.bind(3, Int64(change.documents))
        add.bind(4, Int64(change.privateDocuments))
      }
    }
    // A word that no candidate contains any more must not stay in the file.
    let remove = try RawStatement(
      db, "DELETE FROM vocabulary WHERE term = ? AND field = ? AND documents <= 0")
    for change in sorted where change.documents < 0 { try run(remove, for: change) { _ in } }
    try raiseGeneration()
  }

  private func raiseGeneration() throws {
    try Setting.generation.store((Setting.generation.fetch(db) ?? 0) &+ 1, db)
  }

  private func run(
    _ statement: RawStatement, for change: TermStatisticsChanges.Change,
    binding bindRest: (RawStatement) -> Void
  ) throws {
    try change.term.withUnsafeBytes { term in
      var field = change.column.rawValue
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
      expected["\(word.column.rawValue):\(String(decoding: word.term, as: UTF8.self))"] = [
        Int64(word.documents), Int64(word.privateDocuments),
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

/// The most frequent of the terms that are added in ascending order; of equally frequent ones, the first.
struct MostFrequentTerms {
  private let limit: Int
  private var terms: [CountedTerm] = []
  /// A term of this frequency or a lower one is no longer among the most frequent.
  private var threshold = 0

  init(limit: Int) { self.limit = max(0, limit) }

  /// The terms, the most frequent first, at most `limit`.
  var all: [CountedTerm] { Array(terms.mostFrequentFirst.prefix(limit)) }

  /// Adds a term, which is made only if it is among the most frequent so far.
  mutating func add(_ count: Int, _ term: () -> String) {
    guard count > threshold, limit > 0 else { return }
    terms.append(CountedTerm(term: term(), count: count))
    // Sorted once for each `limit` terms: constant time for each term.
    if terms.count - limit >= limit {
      terms = Array(terms.mostFrequentFirst.prefix(limit))
      threshold = terms[limit - 1].count
    }
  }
}
