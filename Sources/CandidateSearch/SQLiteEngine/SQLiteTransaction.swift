import CandidateQuery
import Foundation
import GRDB

/// A write transaction. Belongs to the thread that runs it.
final class SQLiteTransaction: SQLiteSnapshot, IndexTransaction {
  /// Its statements are compiled once, since they run for every record of a load.
  private lazy var store = Result { try RecordStore(db, finder, compression) }
  private lazy var compression = RecordCompression(db, decompressor)
  /// Whether candidates were inserted.
  private var isStoring = false
  /// Whether this transaction is a bulk load.
  private(set) var isMergingDeferred = false

  /// What removes the postings of a record parses it.
  override var usesOutlines: Bool { false }
  /// FTS5 may have postings in memory.
  override var readsSegments: Bool { false }

  /// Stores the records that were inserted: they wait until another thread makes the postings, or something reads records.
  func finish() throws { if isStoring { try store.get().flush() } }

  override func loader() throws -> RecordLoader {
    try finish()
    return try super.loader()
  }

  // MARK: Settings

  override func value(of setting: Setting) throws -> Int? { try setting.fetch(db) }
  func store(_ value: Int, as setting: Setting) throws { try setting.store(value, db) }
  func store(_ value: Data, as key: StoredKey) throws { try key.store(value, db) }
  func store(_ value: String, as text: StoredText) throws { try text.store(value, db) }
  func replaceCustomFields(with fields: Set<CustomField>) throws {
    try CustomFieldStore(db: db).replace(with: fields)
  }

  // MARK: Candidates

  func insert(_ candidates: [NewCandidate], connector: String) throws {
    isStoring = true
    try store.get().insert(candidates, connector: connector)
  }
  func update(_ record: PreparedRecord, number: Int64, docid: Docid, connector: String) throws {
    // The record does not wait: no batch updates a candidate that it inserts (`BatchPlan`).
    try store.get().update(record, number: number, docid: docid, connector: connector)
  }
  func touch(_ number: Int64, with record: ReceivedRecord) throws { try store.get().touch(number, record) }
  func replaceDerivedValues(of number: Int64, with values: DerivedValues) throws {
    try finish()
    try store.get().replaceDerivedValues(of: number, with: values)
  }
  func move(_ entry: DocidEntry, to docid: Docid) throws { try docidTable.get().move(entry, to: docid) }
  func assignDocids(_ entries: [DocidEntry]) throws { try CandidateDocids.assign(entries, db) }
  func removeRecords(_ numbers: [Int64]) throws {
    try finish()
    try store.get().remove(numbers)
  }
  func removeUnreadable() throws -> Int {
    let count = try loader().removeUnreadable()
    // The dictionary may be what is damaged.
    try compression.retrain()
    return count
  }
  func setRecordCompression(_ isEnabled: Bool) throws -> Bool {
    try finish()
    return try compression.setEnabled(isEnabled)
  }
  func prepareCompression(adding count: Int, _ json: (Int) -> [UInt8]) throws {
    try finish()
    try compression.prepare(adding: count, json)
  }
  func retrainCompression() throws {
    try finish()
    try compression.retrain()
  }

  // MARK: Postings

  func apply(_ changes: [PostingChange], while store: () throws -> Void) throws {
    let postings = try PostingStore(db, isBulk: isMergingDeferred)
    if postings.makesSegments {
      // What FTS5 removes is in an earlier segment than what is inserted.
      for change in changes where !change.isInsertion {
        try postings.remove(change.document, docid: change.docid)
      }
      try postings.insert(changes) {
        try store()
        try finish()
      }
    } else {
      // FTS5 writes out what it has gathered whenever another table is updated.
      try store()
      try finish()
      for change in changes {
        if change.isInsertion {
          try postings.insert(change.document, docid: change.docid)
        } else {
          try postings.remove(change.document, docid: change.docid)
        }
      }
    }
    try postings.finish()
  }

  func deferMerging() throws {
    try Segments(db: db).beginBulkLoad()
    isMergingDeferred = true
  }

  func replacePostings(_ body: (_ insert: (Document, Docid) throws -> Void) throws -> Void) throws {
    let table = "posting_rebuilt"
    try Schema.createPostings(db, as: table)
    try Segments(db: db, table: table).beginBulkLoad()
    let postings = try PostingStore(db, table: table, isBulk: true)
    try body { try postings.insert($0, docid: $1) }
    try postings.flush()
    // Only now: FTS5 writes out what it has gathered whenever another table is updated.
    try TermStatisticsStore(db: db).replace(with: postings.statistics)
    try Segments(db: db).removeContents()
    try db.execute(sql: "DROP TABLE posting; ALTER TABLE \(table) RENAME TO posting")
  }

  // MARK: Around the candidates

  func beginErasure() throws { try Erasure.begin(db) }
  func addForgotten(_ hash: ForgottenHash) throws { try ForgottenTable(db: db).add(hash) }
  func removeForgotten(_ hash: Data) throws -> Bool { try ForgottenTable(db: db).remove(hash) }
  func store(_ status: SyncStatus) throws { try SyncStore(db: db).store(status) }
  func replaceRefusedIDs(with ids: [String], connector: String) throws {
    try RefusedStore(db: db).replace(ids, connector: connector)
  }
  func removeRefusedID(_ id: String, connector: String?) throws {
    try RefusedStore(db: db).remove(id: id, connector: connector)
  }
  func noteCopy(_ copy: KnownCopy) throws { try KnownCopyStore(db: db).add(copy) }
  func removeCopy(path: String) throws { try KnownCopyStore(db: db).remove(path: path) }
  func storeBackupLimit(_ limit: Int, folder: String) throws {
    try KnownCopyStore(db: db).storeLimit(limit, folder: folder)
  }
}
