import CandidateModel
import GRDB

/// Takes candidates out of the index, within one transaction.
struct Remover {
  private let postings: PostingStore
  private let loader: RecordLoader
  private let builders: DocumentBuilders
  private let deleteRecord: RawStatement
  private let deleteCandidate: RawStatement

  init(_ db: Database) throws {
    postings = try PostingStore(db)
    loader = RecordLoader(db)
    builders = DocumentBuilders(customFields: try CustomFieldStore(db: db).all())
    deleteRecord = try RawStatement(db, "DELETE FROM record WHERE number = ?")
    deleteCandidate = try RawStatement(db, "DELETE FROM candidate WHERE number = ?")
  }

  /// Removes candidates; gives what was removed.
  @discardableResult
  func remove(_ places: [CandidatePlace]) throws -> [RecordLoader.Stored] {
    // FTS5 wants ascending docids, and writes out what it has gathered whenever another table changes.
    let removed = try places.sorted { $0.docid < $1.docid }.compactMap { place -> RecordLoader.Stored? in
      guard let stored = try loader.load(place.docid) else { return nil }
      try postings.remove(builders[stored.connector].document(of: stored.candidate), docid: place.docid)
      return stored
    }
    try postings.finish()
    for place in places {
      for statement in [deleteRecord, deleteCandidate] {
        statement.bind(1, place.number)
        try statement.run()
      }
    }
    return removed
  }
}

/// Where a candidate's rows stand.
struct CandidatePlace {
  let number: Int64
  let docid: Docid
  let id: String

  init(_ row: Row) {
    (number, docid, id) = (row[0], Docid(value: row[1]), row[2])
  }

  /// The candidates with an id, or with it in lower case, of a connector or of all.
  static func all(id: String, connector: String?, _ db: Database) throws -> [CandidatePlace] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT c.number, c.docid, c.id FROM candidate c JOIN connector n ON n.number = c.connector
        WHERE c.id IN (?1, lower(?1)) AND (?2 IS NULL OR n.name = ?2)
        """, arguments: [id, connector]
    ).map(CandidatePlace.init)
  }
}
