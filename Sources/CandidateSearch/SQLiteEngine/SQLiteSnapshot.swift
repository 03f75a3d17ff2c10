import CandidateModel
import CandidateQuery
import Foundation
import GRDB

/// A read transaction. Belongs to the thread that runs it.
class SQLiteSnapshot: IndexSnapshot {
  let db: Database
  let missingParts: [String]
  private let cache: DecompressionCache
  private(set) lazy var decompressor = RecordDecompressor(db, cache)
  private lazy var recordLoader = RecordLoader(db, decompressor, usesOutlines: usesOutlines)
  /// Whether records are read by their outlines, rather than parsed.
  var usesOutlines: Bool { true }
  /// Whether all postings are in the segments, where they can be read without FTS5.
  var readsSegments: Bool { true }

  /// - Parameter missingParts: The parts that a test declares missing; a file has none.
  init(
    _ db: Database, _ cache: DecompressionCache = DecompressionCache(), missingParts: [String] = []
  ) {
    self.db = db
    self.missingParts = missingParts
    self.cache = cache
  }

  /// What reads records.
  func loader() throws -> RecordLoader { recordLoader }

  // MARK: Settings

  /// The numbers that were read, memoised: nothing changes in a snapshot.
  private var values: [(setting: Setting, value: Int?)] = []

  func value(of setting: Setting) throws -> Int? {
    if let known = values.first(where: { $0.setting == setting }) { return known.value }
    let value = try setting.fetch(db)
    values.append((setting, value))
    return value
  }
  func key(_ key: StoredKey) throws -> Data? { try key.fetch(db) }
  func text(_ text: StoredText) throws -> String? { try text.fetch(db) }
  func customFields() throws -> Set<CustomField> { try CustomFieldStore(db: db).all() }

  // MARK: Queries

  func docids(of query: IndexQuery, from start: Int64, limit: Int) throws -> [Docid] {
    if query == .nothing { return [] }
    var found: [Docid] = []
    if try readSegments(of: query, from: start, limit: limit, { found.append($0) }) { return found }
    let narrowed = start > .min ? IndexQuery.all([query, .record(.docids(start...Int64.max))]) : query
    guard let scan = RowScan(narrowed) else { return try SearchStatement(narrowed).docids(limit: limit, db) }
    var docids: [Docid] = []
    try scan.forEachDocid(limit: limit, db) { docids.append($0) }
    return docids
  }

  func count(of query: IndexQuery) throws -> Int {
    if query == .nothing { return 0 }
    var found = 0
    if try readSegments(of: query, from: .min, limit: .max, { _ in found += 1 }) { return found }
    guard let scan = RowScan(query), scan.readsPostings else { return try SearchStatement(query).count(db) }
    var count = 0
    try scan.forEachDocid(limit: .max, db) { _ in count += 1 }
    return count
  }

  func forEachDocid(of query: IndexQuery, limit: Int, _ body: (Docid) throws -> Void) throws {
    if query == .nothing { return }
    // The postings of the term of every candidate are read in a third of the time of the table's index.
    let words = query == .everything ? IndexQuery.term(.all) : query
    if try readSegments(of: words, from: .min, limit: limit, body) { return }
    guard let scan = RowScan(query) else {
      return try SearchStatement(query).forEachDocid(limit: limit, db, body)
    }
    try scan.forEachDocid(limit: limit, db, body)
  }

  /// Calls `body` with the docids of the candidates that match a query of one word, ascending, at most `limit`, from `start`
  /// on. Returns false for any other query, or where the segments cannot be read.
  private func readSegments(
    of query: IndexQuery, from start: Int64, limit: Int, _ body: (Docid) throws -> Void
  ) throws -> Bool {
    guard readsSegments, limit > 0, case .phrase(let tokens, isPrefix: false, let columns) = query,
      tokens.count == 1, !tokens[0].holds(" ")
    else { return false }
    var count = 0
    return try terms.get().forEachDocid(of: tokens[0], in: columns, from: start) { docid in
      try body(Docid(value: docid))
      count += 1
      return count < limit
    }
  }

  func sortedHits(
    of query: IndexQuery, by sort: SearchSort, limit: Int, after position: SortPosition?
  ) throws -> [SortedHit] {
    try SortStatement(snapshot: self, query: query, sort: sort).hits(limit: limit, after: position)
  }

  func source(of query: IndexQuery) -> String { SearchStatement(query).index }
  func expression(of query: IndexQuery) -> String { query.fts5Expression }

  // MARK: Candidates

  func records(_ docids: [Docid]) throws -> [Docid: StoredRecord] { try loader().load(docids) }
  func identities(_ docids: [Docid]) throws -> [Docid: StoredIdentity] { try loader().identities(docids) }
  func sortNames(_ docids: [Docid]) throws -> [Docid: String] { try loader().sortNames(docids) }
  func record(number: Int64) throws -> StoredRecord? { try loader().load(number: number) }
  func records(id: String) throws -> [StoredRecord] { try loader().load(id: id) }

  func forEachRecord(ofEvery step: Int, _ body: (StoredRecord, DerivedValues) throws -> Void) throws {
    try loader().forEach(ofEvery: step, body)
  }

  func docids(id: String) throws -> [Docid] { try finder.docids(id: id) }
  func docid(id: String, connector: String) throws -> Docid? {
    try finder.docid(id: id, connector: connector)
  }
  func numbers(id: String, connector: String?) throws -> [Int64] {
    try finder.numbers(id: id, connector: connector)
  }
  func numbers(idInAnyCase id: String, connector: String?) throws -> [Int64] {
    try finder.numbers(idInAnyCase: id, connector: connector)
  }
  func known(id: String, connector: String) throws -> KnownRecord? {
    try finder.known(id: id, connector: connector)
  }
  private(set) lazy var finder = RecordFinder(db)

  func isEmpty() throws -> Bool { try finder.isEmpty() }
  func highestNumber() throws -> Int64 { try finder.highestNumber() }
  func forEachState(connector: String, _ body: (CandidateState) throws -> Void) throws {
    try finder.forEachState(connector: connector, body)
  }
  func state(number: Int64) throws -> CandidateState? { try finder.state(number: number) }
  func candidateCount(of query: IndexQuery) throws -> Int { try MatchingRows(query, db).count() }
  func countsByConnector(of query: IndexQuery) throws -> [ConnectorCount] {
    try MatchingRows(query, db).countsByConnector()
  }
  func recencies(of query: IndexQuery) throws -> (newest: Timestamp?, oldest: Timestamp?) {
    let rows = MatchingRows(query, db)
    return (try rows.recency(order: "ASC"), try rows.recency(order: "DESC"))
  }

  private(set) lazy var docidTable = Result { try CandidateDocids(db) }
  func firstCandidate(in range: ClosedRange<Int64>) throws -> DocidEntry? {
    try docidTable.get().first(in: range)
  }
  func docidKey(of entry: DocidEntry) throws -> DocidKey { try docidTable.get().key(of: entry) }

  // MARK: Terms

  private lazy var terms = Result { try TermLookup(db) }
  func lacks(term: String, isPrefix: Bool) throws -> Bool {
    try readsSegments && terms.get().lacks(term, isPrefix: isPrefix)
  }
  func frequency(of term: String, includesPrivate: Bool) throws -> TermFrequency {
    try TermStatisticsStore(db: db).frequency(of: term, includesPrivate: includesPrivate)
  }
  func completions(
    of prefix: String, in columns: [TextColumn], limit: Int, includesPrivate: Bool
  ) throws -> [CountedTerm] {
    try TermStatisticsStore(db: db).completions(
      of: prefix, in: columns, limit: limit, includesPrivate: includesPrivate)
  }
  func forEachTerm(includesPrivate: Bool, _ body: (UnsafeRawBufferPointer, Int) throws -> Void) throws {
    try TermStatisticsStore(db: db).forEachTerm(includesPrivate: includesPrivate, body)
  }
  func differences(from statistics: TermStatisticsChanges) throws -> [String] {
    try TermStatisticsStore(db: db).differences(from: statistics)
  }
  func forEachPostingList(
    withPrefix prefix: [UInt8], _ body: (UnsafeRawBufferPointer, [Int64]) throws -> Void
  ) throws {
    if try readsSegments && terms.get().forEachTerm(withPrefix: prefix, body) { return }
    try PostingTermTable.forEachList(withPrefix: prefix, db, body)
  }
  func forEachPosting(_ body: (Posting) throws -> Void) throws {
    try PostingTermTable.instance.forEachPosting(db, body)
  }

  // MARK: Around the candidates

  func forgottenHashes() throws -> [ForgottenHash] { try ForgottenTable(db: db).all() }
  func syncs() throws -> [SyncStatus] { try SyncStore(db: db).all() }
  func freshness() throws -> [ConnectorFreshness] { try SyncStore(db: db).freshness() }
  func refusedIDs(connector: String) throws -> [String] { try RefusedStore(db: db).ids(connector) }
  func knownCopies() throws -> [KnownCopy] { try KnownCopyStore(db: db).all() }
  func backupLimits() throws -> [ExactText: Int] { try KnownCopyStore(db: db).limits() }

  // MARK: Checks

  func problem(of error: any Error) -> String { (error as? DatabaseError)?.message ?? "\(error)" }
  func tableProblems(limit: Int) throws -> [String] {
    try StorageCheck(db: db).tableProblems(limit: limit)
      + StorageCheck(db: db).dictionaryProblems(RecordDecompressor(db, DecompressionCache()))
  }
  func fileProblems(limit: Int) throws -> [String] { try StorageCheck(db: db).fileProblems(limit: limit) }
  func docidProblems(limit: Int) throws -> [String] { try StorageCheck(db: db).docidProblems(limit: limit) }
  func forEachStoredPiece(overlap: Int, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try DatabaseBytes(db: db).forEachPiece(overlap: overlap, body)
    // The pages of a dictionary need not be in order, and no text can be seen in a frame.
    try DictionaryStore(db: db).forEachBytes(body)
    try StorageCheck(db: db).forEachCompressedRecord(decompressor, body)
  }
  func forEachStoredText(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try StorageCheck(db: db).forEachText(decompressor, body)
  }
  func erasedMarks() throws -> [[UInt8]] {
    try DictionaryStore(db: db).replaced().flatMap(RecordFrame.marks)
  }
  func compression() throws -> StoredCompression {
    let bytes = try DictionaryStore(db: db).bytes()
    return StoredCompression(isEnabled: try RecordCompression.isEnabled(db), dictionaryBytes: bytes)
  }
  func storageParts() throws -> [StoragePart] { try StorageCheck(db: db).parts() }
  func tableVersion() throws -> Int { try Schema.migrator.completedMigrations(db).count }
  func engineVersion() throws -> EngineVersion {
    EngineVersion(
      name: "SQLite", version: try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "")
  }
}
