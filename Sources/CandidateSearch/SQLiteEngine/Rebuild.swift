import CandidateModel
import CandidateQuery
import GRDB
import TextAnalysis

/// Makes everything that is derived from the stored records anew, within a transaction of the caller's: readers see
/// the old index until it ends, and the old index is what is left if it does not.
struct Rebuild {
  let db: Database
  /// Called now and then with the number of records done.
  var onProgress: (Int) -> Void = { _ in }

  private static let table = "posting_rebuilt"
  private static let progressStep = 10_000

  /// Takes out the candidates whose records are lost or cannot be read, and what belongs to no candidate, so that the
  /// next ingest brings them in anew; gives how many candidates that were.
  func dropUnreadable() throws -> Int {
    let docids = try RecordLoader(db).unreadable()
    for docid in docids { try db.execute(sql: "DELETE FROM candidate WHERE docid = ?", arguments: [docid]) }
    try db.execute(sql: "DELETE FROM record WHERE number NOT IN (SELECT number FROM candidate)")
    return docids.count
  }

  /// Rebuilds with these custom fields. Docids are assigned anew in a file of another version, or where that is asked for.
  /// Returns the number of records.
  @discardableResult
  func run(customFields: Set<CustomField>, assigningDocids: Bool = false) throws -> Int {
    let isOfThisVersion = try Setting.documentVersion.fetch(db) == Document.version
    if assigningDocids || !isOfThisVersion { try CandidateDocids.assignAll(db) }
    try Schema.createPostings(db, as: Self.table)
    try Segments(db: db, table: Self.table).beginBulkLoad()
    try CustomFieldStore(db: db).replace(with: customFields)
    let count = try addRecords(customFields)
    try db.execute(sql: "DROP TABLE posting; ALTER TABLE \(Self.table) RENAME TO posting")
    try Setting.documentVersion.store(Document.version, db)
    try Setting.unicodeVersion.store(UnicodeVersion.current.number, db)
    return count
  }

  private func addRecords(_ customFields: Set<CustomField>) throws -> Int {
    let postings = try PostingStore(db, table: Self.table)
    var renewals: [(Int64, RecordStore.Derived)] = []
    let builders = DocumentBuilders(customFields: customFields)
    var count = 0
    try RecordLoader(db).forEach { stored, known in
      let record = IncomingRecord(stored.candidate, builders[stored.connector])
      if let document = record.document { try postings.insert(document, docid: stored.docid) }
      let derived = RecordStore.Derived(record)
      if derived != known { renewals.append((stored.number, derived)) }
      count += 1
      if count % Self.progressStep == 0 { onProgress(count) }
    }
    // Only now: FTS5 writes out what it has gathered whenever another table is updated.
    try TermStatisticsStore(db: db).replace(with: postings.statistics)
    let records = try RecordStore(db)
    for (number, derived) in renewals { try records.renew(number, derived) }
    return count
  }
}
