import Foundation
import GRDB

/// A transaction of a log in a file, or one state of it.
struct SQLiteLogTransaction: LogTransaction {
  let db: Database

  // MARK: - Reading

  func chain() throws -> LogChain? {
    let row = try Row.fetchOne(
      db, sql: "SELECT anchor, anchor_digest, head, head_digest, key FROM chain WHERE id = 1")
    guard let row else { return nil }
    return LogChain(
      anchor: LogHead(number: Int(row.number(0) ?? 0), digest: row.bytes(1) ?? Data()),
      head: LogHead(number: Int(row.number(2) ?? 0), digest: row.bytes(3) ?? Data()),
      key: row.bytes(4) ?? Data())
  }

  func visitEntries(_ selection: LogSelection, _ body: (StoredEntry) throws -> Bool) throws {
    var conditions = ["TRUE"]
    var arguments: [(any DatabaseValueConvertible)?] = []
    func require(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
      guard let value else { return }
      conditions.append(condition)
      arguments.append(value)
    }
    require("CAST(key AS BLOB) = ?", selection.key.map { Data($0.utf8) })
    require("CAST(kind AS BLOB) = ?", selection.kind.map { Data($0.utf8) })
    require("time >= ?", selection.since)
    require("time < ?", selection.until)
    require("number > ?", selection.after)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(Self.columns) FROM entry WHERE \(conditions.joined(separator: " AND ")) \
        ORDER BY number \(selection.isNewestFirst ? "DESC" : "ASC")
        """, arguments: StatementArguments(arguments))
    while let row = try rows.next(), try body(StoredEntry(row: row)) {}
  }

  func entries(numbered numbers: [Int64]) throws -> [StoredEntry] {
    let statement = try db.cachedStatement(sql: "SELECT \(Self.columns) FROM entry WHERE number = ?")
    return try numbers.compactMap { number in
      try Row.fetchOne(statement, arguments: [number]).map(StoredEntry.init(row:))
    }
  }

  func candidates(of numbers: [Int64]) throws -> [Int64: [StoredEntry.Candidate]] {
    let statement = try db.cachedStatement(
      sql:
        "SELECT place, CAST(connector AS BLOB), CAST(id AS BLOB), hash FROM shown WHERE entry = ? ORDER BY place"
    )
    var found: [Int64: [StoredEntry.Candidate]] = [:]
    for number in numbers {
      found[number] = try Row.fetchAll(statement, arguments: [number]).map {
        StoredEntry.Candidate(
          place: $0.number(0) ?? 0, connector: $0.bytes(1) ?? Data(), id: $0.bytes(2),
          hash: $0.bytes(3) ?? Data())
      }
    }
    return found
  }

  func candidateCount() throws -> Int { try Int.fetchOne(db, sql: "SELECT count(*) FROM shown") ?? 0 }

  func shown(withHashes hashes: [Data]) throws -> [(entry: Int64, connector: Data)] {
    let places = hashes.map { _ in "?" }.joined(separator: ", ")
    return try Row.fetchAll(
      db,
      sql: """
        SELECT DISTINCT entry, CAST(connector AS BLOB) FROM shown WHERE hash IN (\(places)) ORDER BY entry DESC
        """, arguments: StatementArguments(hashes)
    ).compactMap { row in row.number(0).map { ($0, row.bytes(1) ?? Data()) } }
  }

  func visitShownIDs(after number: Int64, _ body: (StoredEntry.ShownID) -> Void) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT entry, place, CAST(connector AS BLOB), CAST(id AS BLOB) FROM shown WHERE entry > ? AND id IS NOT NULL
        """, arguments: [number])
    while let row = try rows.next() {
      guard let entry = row.number(0), let place = row.number(1), let connector = row.bytes(2),
        let id = row.bytes(3)
      else { continue }
      body(
        StoredEntry.ShownID(
          place: StoredEntry.Place(entry: entry, place: place), connector: connector, id: id))
    }
  }

  private static let textColumns = StoredEntry.TextColumn.allCases.map(\.rawValue)

  /// The columns that `StoredEntry.init(row:)` reads. SQLite's texts may contain NUL, at which GRDB would end them.
  private static let columns =
    "number, time, CAST(kind AS BLOB), CAST(key AS BLOB), CAST(scope AS BLOB), count, generation, "
    + "CAST(program AS BLOB), CAST(request AS BLOB), digest, "
    + textColumns.map { "CAST(\($0) AS BLOB), \($0)_salt, \($0)_digest" }.joined(separator: ", ")

  // MARK: - Changing

  func store(_ chain: LogChain) throws {
    try db.execute(
      sql: "UPDATE chain SET anchor = ?, anchor_digest = ?, head = ?, head_digest = ?",
      arguments: [chain.anchor.number, chain.anchor.digest, chain.head.number, chain.head.digest])
  }

  func append(_ entries: [ChainedEntry]) throws { for entry in entries { try append(entry) } }

  private func append(_ chained: ChainedEntry) throws {
    let entry = chained.entry
    var arguments: [(any DatabaseValueConvertible)?] = [
      entry.number, entry.time, entry.kind, entry.key, entry.scope, entry.count, entry.generation,
      entry.program, entry.request, chained.digest,
    ]
    for text in entry.texts { arguments += [text.text, text.salt, text.digest] }
    try db.cachedStatement(sql: Self.insertion).execute(arguments: StatementArguments(arguments))
    var rest = chained.candidates[...]
    for length in [Self.rowsOfAPage, 1] {
      let shown = try db.cachedStatement(sql: Self.insertion(ofRows: length))
      while rest.count >= length {
        var arguments: [(any DatabaseValueConvertible)?] = []
        for candidate in rest.prefix(length) {
          arguments += [entry.number, candidate.place, candidate.connector, candidate.id, candidate.hash]
        }
        try shown.execute(arguments: StatementArguments(arguments))
        rest = rest.dropFirst(length)
      }
    }
  }

  /// The number of candidates that one statement inserts: most answers have as many, and a statement for each of them takes
  /// longer than its row.
  private static let rowsOfAPage = 10

  private static func insertion(ofRows count: Int) -> String {
    "INSERT INTO shown (entry, place, connector, id, hash) VALUES "
      + Array(repeating: "(?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?)", count: count).joined(separator: ", ")
  }

  private static let insertion =
    "INSERT INTO entry (number, time, kind, key, scope, count, generation, program, request, digest, "
    + textColumns.map { "\($0), \($0)_salt, \($0)_digest" }.joined(separator: ", ")
    + ") VALUES (?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), ?, "
    + textColumns.map { _ in "CAST(? AS TEXT), ?, ?" }.joined(separator: ", ") + ")"

  func eraseIDs(_ ids: [StoredEntry.Place]) throws -> Int {
    let statement = try db.cachedStatement(
      sql: "UPDATE shown SET id = NULL WHERE entry = ? AND place = ? AND id IS NOT NULL")
    return try ids.reduce(0) { count, id in
      try statement.execute(arguments: [id.entry, id.place])
      return count + db.changesCount
    }
  }

  func eraseTexts(_ column: StoredEntry.TextColumn, of entries: [Int64]) throws -> Int {
    let column = column.rawValue
    let statement = try db.cachedStatement(
      sql:
        "UPDATE entry SET \(column) = NULL, \(column)_salt = NULL WHERE number = ? AND \(column) IS NOT NULL")
    return try entries.reduce(0) { count, entry in
      try statement.execute(arguments: [entry])
      return count + db.changesCount
    }
  }

  func beginErasure() throws { try db.execute(sql: "UPDATE chain SET erasure_pending = 1") }

  func removeEntries(through last: Int64) throws {
    try db.execute(sql: "DELETE FROM shown WHERE entry <= ?", arguments: [last])
    try db.execute(sql: "DELETE FROM entry WHERE number <= ?", arguments: [last])
  }
}

extension StoredEntry {
  fileprivate init(row: Row) {
    self.init(number: row.number(0) ?? 0)
    time = row.number(1)
    kind = row.bytes(2) ?? Data()
    key = row.bytes(3) ?? Data()
    scope = row.bytes(4) ?? Data()
    count = row.number(5)
    generation = row.number(6)
    program = row.bytes(7) ?? Data()
    request = row.bytes(8) ?? Data()
    digest = row.bytes(9)
    texts = TextColumn.allCases.indices.map { i in
      Text(text: row.bytes(10 + 3 * i), salt: row.bytes(11 + 3 * i), digest: row.bytes(12 + 3 * i))
    }
  }
}

/// Columns of a file that any program may have changed, its types included: GRDB's subscripts would end the program.
extension Row {
  /// The number in a column; nil for anything else.
  func number(_ column: Int) -> Int64? { Int64.fromDatabaseValue(self[column]) }

  /// The bytes of the text or BLOB in a column; nil for anything else.
  func bytes(_ column: Int) -> Data? { Data.fromDatabaseValue(self[column]) }
}
