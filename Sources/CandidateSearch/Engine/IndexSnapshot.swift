import CandidateModel
import CandidateQuery
import Foundation

/// One state of an index, for reading. Belongs to one thread.
package protocol IndexSnapshot: AnyObject {
  /// The names of the parts of the index that cannot be read, which the answers leave out. The same for as long as the
  /// snapshot lives. Empty unless the call allows missing parts (`IndexEngine.read(allowingMissingParts:_:)`).
  var missingParts: [String] { get throws }

  // MARK: Settings

  /// A stored number; nil where the index has none.
  func value(of setting: Setting) throws -> Int?
  /// A stored key; nil where the index has none.
  func key(_ key: StoredKey) throws -> Data?
  /// A stored text; nil where the index has none.
  func text(_ text: StoredText) throws -> String?
  /// The custom fields whose values are indexed.
  func customFields() throws -> Set<CustomField>

  // MARK: Queries

  /// The docids of the candidates that match a query, ascending, at most `limit`, from the docid `start` on. The cost
  /// must not depend on how many match after the last one: an engine stops there.
  func docids(of query: IndexQuery, from start: Int64, limit: Int) throws -> [Docid]
  /// The first candidates that match one of some steps: those of the first step ascending, then those of the next that no
  /// earlier step finds, at most `limit` in all. Nil where the engine evaluates steps one by one as fast, so that the caller
  /// does; `steps` is not called then. Their records are then at hand for `records`.
  func firstHits(of steps: () throws -> [QueryStep], limit: Int) throws -> [(step: Int, docid: Docid)]?
  /// The number of candidates that match a query. The cost may grow with that number.
  func count(of query: IndexQuery) throws -> Int
  /// Calls `body` with the docid of every candidate that matches a query, ascending, at most `limit` of them.
  func forEachDocid(of query: IndexQuery, limit: Int, _ body: (Docid) throws -> Void) throws
  /// The candidates that match a query, in an order, at most `limit`, after a position if there is one.
  func sortedHits(
    of query: IndexQuery, by sort: SearchSort, limit: Int, after position: SortPosition?
  ) throws -> [SortedHit]
  /// How many of the candidates that match a query have each term with a prefix, which is that of a facet. Nil where the
  /// engine leaves counting to the caller.
  func tally(ofTermsWithPrefix prefix: [UInt8], in query: IndexQuery) throws -> TermTally?
  /// The source that the engine evaluates a query on, in a few words, for explanations.
  func source(of query: IndexQuery) -> String
  /// A query in the engine's language, for explanations.
  func expression(of query: IndexQuery) -> String

  // MARK: Candidates

  /// The stored records of candidates; docids without a candidate are left out.
  func records(_ docids: [Docid]) throws -> [Docid: StoredRecord]
  /// The identities of candidates, without their records; docids without a candidate are left out.
  func identities(_ docids: [Docid]) throws -> [Docid: StoredIdentity]
  /// The sort names of candidates; docids of candidates without a name are left out.
  func sortNames(_ docids: [Docid]) throws -> [Docid: String]
  /// The record of the candidate with a number; nil if there is none.
  func record(number: Int64) throws -> StoredRecord?
  /// The records of the candidates with these numbers, in any order; numbers without a record are left out.
  func records(numbers: [Int64]) throws -> [StoredRecord]
  /// The records with this id, or with it in lower case, of each connector that has one, in the order of connectors.
  func records(id: String) throws -> [StoredRecord]
  /// The docids of the candidates with this id, or with it in lower case, ascending.
  func docids(id: String) throws -> [Docid]
  /// The docid of the candidate with exactly this id; nil if there is none.
  func docid(id: String, connector: String) throws -> Docid?
  /// The numbers of the candidates with this id, or with it in lower case, of a connector or of all. Includes
  /// candidates whose records are lost.
  func numbers(id: String, connector: String?) throws -> [Int64]
  /// The numbers of the candidates with this id in any case of its letters, of a connector or of all. May read every
  /// id.
  func numbers(idInAnyCase id: String, connector: String?) throws -> [Int64]
  /// Calls `body` with every record, or one of every `step`, in the order of docids, and with its stored derived
  /// values.
  func forEachRecord(ofEvery step: Int, _ body: (StoredRecord, DerivedValues) throws -> Void) throws
  /// The stored state of the candidate with exactly this id; nil if there is none.
  func known(id: String, connector: String) throws -> KnownRecord?
  /// The stored states of the candidates with exactly these ids, in the order of the ids.
  func known(ids: [String], connector: String) throws -> [KnownRecord?]
  /// Whether there are no candidates.
  func isEmpty() throws -> Bool
  /// The highest number that a candidate ever had: none is assigned twice.
  func highestNumber() throws -> Int64
  /// For each lane, a number that no candidate of a connector exceeds whose number is of this lane (`Lane`), but that each
  /// will exceed which is not committed yet. The cost may grow with the number of candidates.
  func highestNumbers(ofConnector connector: String) throws -> [Int64]
  /// Calls `body` with the identity and the state of every candidate of a connector.
  func forEachState(connector: String, _ body: (CandidateState) throws -> Void) throws
  /// The state of the candidate with a number; nil if there is none.
  func state(number: Int64) throws -> CandidateState?
  /// The number of stored candidates that match a query.
  func candidateCount(of query: IndexQuery) throws -> Int
  /// The candidates of each connector that match a query, in the order of the connectors' names.
  func countsByConnector(of query: IndexQuery) throws -> [ConnectorCount]
  /// The times of the most and the least recent candidate with a time that match a query, to the second.
  func recencies(of query: IndexQuery) throws -> (newest: Timestamp?, oldest: Timestamp?)

  /// The candidate with the lowest docid in a range; nil if there is none.
  func firstCandidate(in range: ClosedRange<Int64>) throws -> DocidEntry?
  /// The key by which a candidate is ordered.
  func docidKey(of entry: DocidEntry) throws -> DocidKey
  /// Announces that docids for these keys will be looked for, so that an engine can read what is there at once.
  func prefetchDocids(for keys: [DocidKey]) throws

  // MARK: Terms

  /// The document frequency of a term by column; for the empty term, the number of candidates.
  func frequency(of term: String, includesPrivate: Bool) throws -> TermFrequency
  /// Whether it is known, without reading a posting list, that no posting has a term, or one with this prefix.
  func lacks(term: String, isPrefix: Bool) throws -> Bool
  /// The terms with a prefix in some columns, the most frequent first, at most `limit`. The cost may grow with the
  /// number of such terms.
  func completions(
    of prefix: String, in columns: [TextColumn], limit: Int, includesPrivate: Bool
  ) throws -> [CountedTerm]
  /// Calls `body` with every counted term except the empty one, in the order of its bytes, and the sum of its document
  /// frequencies in all columns.
  func forEachTerm(includesPrivate: Bool, _ body: (UnsafeRawBufferPointer, Int) throws -> Void) throws
  /// Calls `body` with every term that continues a prefix, in the order of terms, and with the docids of its documents, each
  /// once and ascending.
  func forEachPostingList(
    withPrefix prefix: [UInt8], _ body: (UnsafeRawBufferPointer, [Int64]) throws -> Void) throws
  /// Calls `body` with every posting and its column (0 is the hidden one) and offset.
  func forEachPosting(_ body: (Posting) throws -> Void) throws
  /// The differences of the stored term statistics from these, a sentence each.
  func differences(from statistics: TermStatisticsChanges) throws -> [String]

  // MARK: Around the candidates

  /// The hashes of who is forgotten.
  func forgottenHashes() throws -> [ForgottenHash]
  /// The last sync of each connector, by name.
  func syncs() throws -> [SyncStatus]
  /// How old the data of each connector is that was synced, by name.
  func freshness() throws -> [ConnectorFreshness]
  /// The ids of a connector's records that were refused, in their order.
  func refusedIDs(connector: String) throws -> [String]
  /// The files outside the index that are known to contain candidates, by path. They may not exist any more.
  func knownCopies() throws -> [KnownCopy]
  /// The numbers of backups that the rotations of folders keep, by folder.
  func backupLimits() throws -> [ExactText: Int]

  // MARK: Checks

  /// The problem that an error of this snapshot states, in a few words.
  func problem(of error: any Error) -> String
  /// The problems of the files, a sentence each, at most `limit`.
  func fileProblems(limit: Int) throws -> [String]
  /// Contradictions between the tables, a sentence each, at most `limit` of a kind.
  func tableProblems(limit: Int) throws -> [String]
  /// Docids that are in the postings or belong to a candidate, but not both, a sentence each, at most `limit`.
  func docidProblems(limit: Int) throws -> [String]
  /// Calls `body` with all bytes that the index occupies, in pieces. Each piece begins with the last `overlap` bytes of
  /// the previous one. Then with what is compressed, uncompressed, record by record, and with what it is compressed by.
  func forEachStoredPiece(overlap: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws
  /// Calls `body` with every stored text that may contain texts of candidates: records, derived values, terms and
  /// names.
  func forEachStoredText(_ body: (UnsafeRawBufferPointer) throws -> Void) throws
  /// Byte sequences that begin whatever was compressed by means that contained texts of other records, and that an
  /// erasure has replaced. After it, none occurs in the storage.
  func erasedMarks() throws -> [[UInt8]]
  /// How records are compressed.
  func compression() throws -> StoredCompression
  /// The size of the storage by part, in bytes, the largest first. The parts add up to the size of the index file.
  func storageParts() throws -> [StoragePart]
  /// The version of the tables.
  func tableVersion() throws -> Int
  /// The software that stores the index.
  func engineVersion() throws -> EngineVersion
}

/// A step of a search: a query, and the docid from which its hits are wanted.
package struct QueryStep {
  package let query: IndexQuery
  package let start: Int64

  package init(query: IndexQuery, start: Int64) {
    self.query = query
    self.start = start
  }
}

/// How many candidates have each of some terms.
package struct TermTally {
  package struct Entry {
    package let hash: Hash128
    package let count: Int
    /// The lowest docid of a candidate with the term.
    package let first: Int64

    package init(hash: Hash128, count: Int, first: Int64) {
      self.hash = hash
      self.count = count
      self.first = first
    }
  }

  /// The terms, in the order of their bytes.
  package let entries: [Entry]
  /// The number of candidates without any of the terms.
  package let missing: Int

  package init(entries: [Entry], missing: Int) {
    self.entries = entries
    self.missing = missing
  }
}

// What an engine in the same process does as fast one by one.
extension IndexSnapshot {
  package var missingParts: [String] { [] }
  package func highestNumbers(ofConnector connector: String) throws -> [Int64] { [try highestNumber()] }
  package func firstHits(
    of steps: () throws -> [QueryStep], limit: Int
  ) throws -> [(step: Int, docid: Docid)]? { nil }
  package func tally(ofTermsWithPrefix prefix: [UInt8], in query: IndexQuery) throws -> TermTally? { nil }
  package func records(numbers: [Int64]) throws -> [StoredRecord] { try numbers.compactMap(record(number:)) }
  package func known(ids: [String], connector: String) throws -> [KnownRecord?] {
    try ids.map { try known(id: $0, connector: connector) }
  }
  package func prefetchDocids(for keys: [DocidKey]) throws {}
  package func lacks(term: String, isPrefix: Bool) throws -> Bool { false }
}

extension IndexSnapshot {
  /// The key of the hashes of who is forgotten; nil if no one is.
  /// - Throws: `ForgottenKeyLost`: without the key, no one would stay forgotten.
  func forgottenKey() throws -> Data? {
    if let key = try key(.forgotten), key.count == Digest.keyLength { return key }
    guard try forgottenHashes().isEmpty else { throw ForgottenKeyLost() }
    return nil
  }

  /// The generation of the postings.
  package func generation() throws -> Int { try value(of: .generation) ?? 0 }

  /// The number of candidates, by the term statistics: one look-up.
  package func countedCandidates(includesPrivate: Bool = true) throws -> Int {
    try frequency(of: "", includesPrivate: includesPrivate)[.name]
  }
}
