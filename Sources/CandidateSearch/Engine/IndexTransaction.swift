import CandidateQuery
import Foundation

/// A transaction of changes; its reads see them. Belongs to one thread.
package protocol IndexTransaction: IndexSnapshot {
  // MARK: Settings

  /// Stores a number, in place of an earlier one.
  func store(_ value: Int, as setting: Setting) throws
  /// Stores a secret key, in place of an earlier one.
  func store(_ value: Data, as key: StoredKey) throws
  /// Stores a text, in place of an earlier one.
  func store(_ value: String, as text: StoredText) throws
  /// Makes these the only custom fields; the postings must be rebuilt in the same transaction.
  func replaceCustomFields(with fields: Set<CustomField>) throws

  // MARK: Candidates

  /// Numbers for new candidates, ascending, which no other candidate has or will have.
  func newNumbers(_ count: Int) throws -> [Int64]
  /// Stores new candidates of a connector.
  func insert(_ candidates: [NewCandidate], connector: String) throws
  /// Replaces the record of a candidate.
  func update(_ record: PreparedRecord, number: Int64, docid: Docid, connector: String) throws
  /// Stores a new `modified_at` of a record that is unchanged otherwise. No posting changes.
  func touch(_ number: Int64, with record: ReceivedRecord) throws
  /// Replaces the derived values of a candidate.
  func replaceDerivedValues(of number: Int64, with values: DerivedValues) throws
  /// Assigns another docid to a candidate; no other candidate may have it. The caller must change the postings too.
  func move(_ entry: DocidEntry, to docid: Docid) throws
  /// Assigns the docids of all candidates, ascending in the order of the array, which contains every candidate.
  func assignDocids(_ entries: [DocidEntry]) throws
  /// Removes the candidates with these numbers and their records, but not their postings.
  func removeRecords(_ numbers: [Int64]) throws
  /// Removes the candidates whose records are lost or cannot be decoded, and records without a candidate. The postings
  /// must be rebuilt in the same transaction. Returns the number of these candidates.
  func removeUnreadable() throws -> Int

  // MARK: Compression

  /// Turns the compression of records on or off, and converts those that the index contains. Returns whether any were
  /// converted. The cost is that of writing all records.
  func setRecordCompression(_ isEnabled: Bool) throws -> Bool
  /// Must be called before a transaction adds records: prepares compression for them if it is on. `json` returns the
  /// record at a position below `count`.
  func prepareCompression(adding count: Int, _ json: (Int) -> [UInt8]) throws
  /// Adapts compression to the records that the index contains now, and compresses them again.
  func retrainCompression() throws

  // MARK: Postings

  /// Applies changes of postings, which must ascend, and updates the term statistics. A document that is removed must
  /// equal the one that was inserted, byte for byte. Calls `store`, which stores the candidates of the postings, perhaps
  /// while another thread makes these.
  func apply(_ changes: [PostingChange], while store: () throws -> Void) throws
  /// Defers merging until `IndexEngine.optimize`, for a load of many changes.
  func deferMerging() throws
  /// Replaces all postings and the term statistics with those of the documents that `body` inserts in ascending order
  /// of docids. Readers see the old postings until the transaction ends.
  func replacePostings(_ body: (_ insert: (Document, Docid) throws -> Void) throws -> Void) throws

  // MARK: Around the candidates

  /// Marks that `IndexEngine.finishErasure` must follow, in the transaction that removes candidates.
  func beginErasure() throws

  /// Stores a hash. The hash of a request replaces an equal one that followed from another request.
  func addForgotten(_ hash: ForgottenHash) throws
  /// Removes a hash and those that follow from it. Returns whether it was stored.
  func removeForgotten(_ hash: Data) throws -> Bool
  /// Stores the status of a connector's last sync, in place of an earlier one.
  func store(_ status: SyncStatus) throws
  /// Makes these the refused ids of a connector.
  func replaceRefusedIDs(with ids: [String], connector: String) throws
  /// Removes a refused id, in any case of its letters, of a connector or of all.
  func removeRefusedID(_ id: String, connector: String?) throws
  /// Notes that a file outside the index contains candidates.
  func noteCopy(_ copy: KnownCopy) throws
  /// Removes the note of a file that does not exist any more.
  func removeCopy(path: String) throws
  /// Stores the number of backups that the rotation of a folder keeps.
  func storeBackupLimit(_ limit: Int, folder: String) throws
}

extension IndexTransaction {
  /// Applies changes of postings whose candidates are stored.
  package func apply(_ changes: [PostingChange]) throws { try apply(changes) {} }

  package func newNumbers(_ count: Int) throws -> [Int64] {
    let highest = try highestNumber()
    return (0..<Int64(count)).map { highest &+ 1 &+ $0 }
  }
}
