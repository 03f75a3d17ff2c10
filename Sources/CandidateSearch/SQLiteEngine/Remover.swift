import CandidateModel
import GRDB

/// Removes candidates from the index, within one transaction.
struct Remover {
  private let db: Database
  private let postings: PostingStore
  private let loader: RecordLoader
  private let builders: DocumentBuilders
  private let deleteRecord: RawStatement
  private let deleteCandidate: RawStatement

  init(_ db: Database) throws {
    self.db = db
    postings = try PostingStore(db)
    loader = RecordLoader(db)
    builders = DocumentBuilders(customFields: try CustomFieldStore(db: db).all())
    deleteRecord = try RawStatement(db, "DELETE FROM record WHERE number = ?")
    deleteCandidate = try RawStatement(db, "DELETE FROM candidate WHERE number = ?")
  }

  /// Removes the candidates with these numbers, each with the postings of the docid and the record that it has in this
  /// transaction. Returns what was removed; candidates that are not there any more are left out. Throws `RecordMissing`.
  @discardableResult
  func remove(_ numbers: [Int64]) throws -> [RemovedCandidate] {
    let stored = try Set(numbers).compactMap(stored)
    // FTS5 wants ascending docids, and writes out what it has gathered whenever another table changes.
    let removed = try stored.sorted { $0.docid < $1.docid }.map { stored in
      let document = builders[stored.connector].document(of: stored.candidate)
      try postings.remove(document, docid: stored.docid)
      return RemovedCandidate(stored: stored, document: document)
    }
    try postings.finish()
    for candidate in removed {
      for statement in [deleteRecord, deleteCandidate] {
        statement.bind(1, candidate.stored.number)
        try statement.run()
      }
    }
    return removed
  }

  /// A candidate with its record; nil if there is no such candidate. Without its record nothing can be removed, since
  /// FTS5 must be told what it holds.
  private func stored(_ number: Int64) throws -> RecordLoader.Stored? {
    if let stored = try loader.load(number: number) { return stored }
    let isThere = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM candidate WHERE number = ?)", arguments: [number])
    if isThere == true { throw RecordMissing() }
    return nil
  }
}

/// A candidate's row has no record.
struct RecordMissing: Error {}

/// A candidate that was in the index until now.
struct RemovedCandidate: Sendable {
  let stored: RecordLoader.Stored
  /// What FTS5 held of the candidate.
  let document: Document
}

/// The identity of a candidate in an index.
struct CandidatePlace {
  let number: Int64
  let id: String

  init(_ row: Row) {
    number = row[0]
    id = row[1]
  }

  /// The candidates with an id, or with it in lower case, of a connector or of all.
  static func all(id: String, connector: String?, _ db: Database) throws -> [CandidatePlace] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT c.number, c.id FROM candidate c JOIN connector n ON n.number = c.connector
        WHERE c.id IN (?1, lower(?1)) AND (?2 IS NULL OR n.name = ?2)
        """, arguments: [id, connector]
    ).map(CandidatePlace.init)
  }
}
