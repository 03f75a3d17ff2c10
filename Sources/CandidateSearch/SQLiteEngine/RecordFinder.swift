import CandidateModel
import GRDB
import TextAnalysis

/// Finds the rows of candidates. Belongs to one thread and one transaction.
final class RecordFinder {
  private let db: Database
  /// Compiled once, since it runs for every record of a load.
  private lazy var find = Result {
    try RawStatement(
      db, "SELECT number, docid, modified_at, content FROM candidate WHERE id = ? AND connector = ?")
  }
  /// The connector that was looked up last: a load has one connector. Its number is nil if it has no candidates.
  private var last: (name: String, number: Int64?)?

  init(_ db: Database) { self.db = db }

  /// The number of a connector; nil if it never had a candidate.
  func connectorNumber(_ name: String) throws -> Int64? {
    if let last, last.name.utf8.elementsEqual(name.utf8) { return last.number }
    let number = try Int64.fetchOne(
      db, sql: "SELECT number FROM connector WHERE name = ?", arguments: [name])
    last = (name, number)
    return number
  }

  /// The number of a connector, which is assigned when it is first seen. The transaction must be able to write.
  func assignConnectorNumber(_ name: String) throws -> Int64 {
    if let number = try connectorNumber(name) { return number }
    try db.execute(sql: "INSERT INTO connector (name) VALUES (?)", arguments: [name])
    last = (name, db.lastInsertedRowID)
    return db.lastInsertedRowID
  }

  /// The stored state of the candidate with exactly this id; nil if there is none.
  func known(id: String, connector: String) throws -> KnownRecord? {
    guard let connector = try connectorNumber(connector) else { return nil }
    let find = try find.get()
    var id = id
    return try id.withUTF8 { id in
      find.bind(1, UnsafeRawBufferPointer(id))
      find.bind(2, connector)
      return try find.first { row in
        KnownRecord(
          number: row.integer(orZero: 0), docid: Docid(value: row.integer(orZero: 1)),
          modifiedAt: row.integer(2).map(Timestamp.init(microseconds:)),
          contentHash: Hash128(stored: row.blob(3))
        )
      }
    }
  }

  /// The docids of the candidates with an id, or with it in lower case, ascending.
  func docids(id: String) throws -> [Docid] {
    let statement = try db.cachedStatement(
      sql: "SELECT docid FROM candidate WHERE id IN (?, ?) ORDER BY docid")
    return try Int64.fetchAll(statement, arguments: [id, id.lowercased()]).map(Docid.init(value:))
  }

  /// The docid of the candidate with exactly this id.
  func docid(id: String, connector: String) throws -> Docid? {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT c.docid FROM candidate c JOIN connector n ON n.number = c.connector WHERE c.id = ? AND n.name = ?
        """, arguments: [id, connector]
    ).map(Docid.init(value:))
  }

  /// The numbers of the candidates with this id in any case of its letters. Reads every id, since SQLite folds ASCII
  /// alone: about 0.3 s for a million candidates.
  func numbers(idInAnyCase id: String, connector: String?) throws -> [Int64] {
    let folded = Array(id.lowercased().utf8)
    var numbers: [Int64] = []
    try RawStatement(
      db,
      """
      SELECT c.number, c.id FROM candidate c JOIN connector n ON n.number = c.connector
      WHERE ?1 IS NULL OR n.name = ?1
      """, arguments: [connector]
    ).forEach { row in
      if row.text(1).count == id.utf8.count || !ASCII.isASCII(row.text(1).bindMemory(to: UInt8.self)),
        row.string(1)?.lowercased().utf8.elementsEqual(folded) == true
      {
        numbers.append(row.integer(orZero: 0))
      }
    }
    return numbers
  }

  /// The numbers of the candidates with an id, or with it in lower case, of a connector or of all.
  func numbers(id: String, connector: String?) throws -> [Int64] {
    try Int64.fetchAll(
      db,
      sql: """
        SELECT c.number FROM candidate c JOIN connector n ON n.number = c.connector
        WHERE c.id IN (?1, ?2) AND (?3 IS NULL OR n.name = ?3)
        """, arguments: [id, id.lowercased(), connector])
  }

  func isEmpty() throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM candidate)") ?? true
  }

  /// The highest number that a candidate ever had.
  func highestNumber() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'candidate'") ?? 0
  }

  // MARK: - States

  func forEachState(connector: String, _ body: (CandidateState) throws -> Void) throws {
    try RawStatement(
      db,
      """
      SELECT c.number, c.id, c.content, c.modified_at
      FROM candidate c JOIN connector n ON n.number = c.connector WHERE n.name = ?
      """, arguments: [connector]
    ).forEach { try body(Self.state($0)) }
  }

  func state(number: Int64) throws -> CandidateState? {
    let statement = try RawStatement(
      cached: "SELECT number, id, content, modified_at FROM candidate WHERE number = ?", db)
    statement.bind(1, number)
    return try statement.first(Self.state)
  }

  private static func state(_ row: RawRow) -> CandidateState {
    CandidateState(
      number: row.integer(orZero: 0), id: row.string(1) ?? "", contentHash: Hash128(stored: row.blob(2)),
      modifiedAt: row.integer(3))
  }
}
