import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// The segments that a bulk load writes are those of FTS5: any other program with SQLite finds in them what it would have
/// written.
@Suite(.sqlite) struct SegmentTests {
  @Test(arguments: PostingCorpus.all) func aSegmentContainsWhatFTS5WouldHaveWritten(_ corpus: PostingCorpus)
    throws
  {
    let documents = corpus.documents()
    let (plain, ours) = (try PostingTable(), try PostingTable())
    try plain.insert(documents, isBulk: false)
    try ours.insert(documents, batch: documents.count / 5 + 1, isBulk: true)
    #expect(try ours.segmentCount() == (corpus.count + corpus.count / 5) / (corpus.count / 5 + 1))
    #expect(try ours.tokens() == plain.tokens())
  }

  /// A bulk load inserts a document at the docid at which it removes another one.
  @Test func aBulkLoadReplacesDocuments() throws {
    let engine = try SQLiteEngine()
    let (old, new) = (
      PostingCorpus.document([["every"], ["old"]]), PostingCorpus.document([["every"], ["new"]])
    )
    let docids = (1...20).map { Docid(value: $0) }
    try engine.write { transaction in
      try transaction.apply(docids.map { PostingChange(docid: $0, isInsertion: true, document: old) })
    }
    try engine.write { transaction in
      try transaction.deferMerging()
      try transaction.apply(
        docids.prefix(10).flatMap { docid in
          [(false, old), (true, new)].map {
            PostingChange(docid: docid, isInsertion: $0, document: $1)
          }
        })
    }
    func found(_ word: String) throws -> [Docid] {
      try engine.read {
        try $0.docids(of: .phrase([word]), from: .min, limit: 100)
      }
    }
    for _ in 0..<2 {
      #expect(try found("new") == Array(docids.prefix(10)))
      #expect(try found("old") == Array(docids.suffix(10)))
      #expect(try found("every") == docids)
      try engine.optimize()
    }
  }

  /// Another thread makes the segments of a bulk load; they are those that this one would have made.
  @Test(arguments: PostingCorpus.all) func anotherThreadMakesTheSameSegments(_ corpus: PostingCorpus) throws {
    let documents = corpus.documents()
    let (plain, ours) = (try PostingTable(), try PostingTable())
    try plain.insert(documents, isBulk: true)
    try ours.database.write { db in
      let store = try PostingStore(db, isBulk: true)
      var hasRun = false
      try store.insert(documents.map { PostingChange(docid: $0, isInsertion: true, document: $1) }) {
        let segments = try SegmentStorage(db, table: "posting").structure()?.count
        #expect(segments == 0)
        hasRun = true
      }
      #expect(hasRun)
      try store.finish()
    }
    #expect(try ours.segmentCount() == plain.segmentCount())
    #expect(try ours.rows() == plain.rows())
  }

  /// What runs meanwhile may fail; then nothing is inserted, and no thread is left.
  @Test func whatRunsMeanwhileMayFail() throws {
    struct Failure: Error {}
    let changes = PostingCorpus.all[0].documents().map {
      PostingChange(docid: $0, isInsertion: true, document: $1)
    }
    let table = try PostingTable()
    #expect(throws: Failure.self) {
      try table.database.write { db in
        try PostingStore(db, isBulk: true).insert(changes) { throw Failure() }
      }
    }
    #expect(try table.segmentCount() == 0)
  }

  /// FTS5 has what it has read of the segments in memory; what is written past it must not be lost.
  @Test func changesOfFTS5AndSegmentsAlternateInOneTransaction() throws {
    let documents = PostingCorpus.all[0].documents()
    let (plain, ours) = (try PostingTable(), try PostingTable())
    try plain.insert(documents, isBulk: false)
    try ours.database.write { db in
      for start in stride(from: 0, to: 1_000, by: 100) {
        let store = try PostingStore(db, isBulk: start % 200 == 0)
        for (docid, document) in documents[start..<start + 100] { try store.insert(document, docid: docid) }
        try store.flush()
        let found = try Int.fetchOne(db, sql: "SELECT count(*) FROM posting WHERE posting MATCH 'every'")
        #expect(found == start + 100)
      }
    }
    #expect(try ours.tokens() == plain.tokens())
    #expect(
      try ours.database.read { try Data.fetchOne($0, sql: "SELECT block FROM posting_data WHERE id = 1") }
        == plain.database.read { try Data.fetchOne($0, sql: "SELECT block FROM posting_data WHERE id = 1") })
  }
}
