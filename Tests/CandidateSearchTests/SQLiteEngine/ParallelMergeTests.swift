import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// A merge with a thread that reads does what one without does.
@Suite struct ParallelMergeTests {
  /// A copy of a table in a file.
  private func copy(_ table: PostingTable, _ folder: TemporaryFolder) throws -> IndexWriter {
    let file = IndexFile(path: folder.file("index.db"))
    var configuration = Configuration()
    configuration.prepareDatabase(SpaceTokenizer.register)
    let pool = try DatabasePool(path: file.path, configuration: configuration)
    try table.database.backup(to: pool)
    return IndexWriter(pool, of: file)
  }

  private func table(_ documents: [(Docid, Document)], segments: Int) throws -> PostingTable {
    let table = try PostingTable()
    for segment in 0..<segments {
      let batch = documents.enumerated().filter { $0.offset % segments == segment }.map(\.element)
      if !batch.isEmpty { try table.insert(batch, isBulk: true) }
    }
    return table
  }

  @Test(arguments: PostingCorpus.all, [(3, 1), (3, 2), (20, 4), (10_000, 2)])
  func theBytesAreThoseOfOneThread(_ corpus: PostingCorpus, _ limits: (pages: Int, steps: Int)) throws {
    let folder = try TemporaryFolder()
    let documents = corpus.documents()
    let plain = try table(documents, segments: 6)
    if documents.count > 100 { try plain.remove(documents.filter { $0.0.value % 5 == 2 }) }
    let writer = try copy(plain, folder)
    try plain.merge(pages: limits.pages) { _ in false }
    try Segments.mergeAll(writer, pages: limits.pages, steps: limits.steps)
    let rows = try writer.read { try PostingTable.rows($0) }
    #expect(rows.count > 1)
    #expect(try rows == plain.rows())
    #expect(try writer.read { try SegmentStorage($0, table: "posting").structure()?.count } == 1)
  }

  /// A document that another process adds between two steps is a segment that the merge has not seen.
  @Test func othersMayWriteBetweenTwoSteps() throws {
    let folder = try TemporaryFolder()
    let documents = PostingCorpus.all[0].documents()
    let writer = try copy(table(Array(documents.dropLast()), segments: 6), folder)
    let reader = try #require(try writer.reader())
    var merge: ParallelMerge?
    defer { merge?.end() }
    let goesOn = try writer.write { db in
      let storage = try SegmentStorage(db, table: "posting")
      let structure = try #require(try storage.structure())
      let begun = try SegmentMerge(structure, pageCount: 3, stepCount: 100)
      merge = ParallelMerge(try #require(begun), table: "posting", reader: reader)
      return try merge?.step(storage)
    }
    #expect(goesOn == true)
    try writer.write { db in
      let store = try PostingStore(db, isBulk: false)
      for (docid, document) in documents.suffix(1) { try store.insert(document, docid: docid) }
      try store.flush()
    }
    #expect(try writer.write { try merge?.step(SegmentStorage($0, table: "posting")) } == false)
    merge?.end()
    try Segments.mergeAll(writer, pages: 3)
    let plain = try PostingTable()
    try plain.insert(documents, isBulk: false)
    #expect(try writer.write { try PostingTable.tokens($0) } == plain.tokens())
    #expect(try writer.read { try SegmentStorage($0, table: "posting").structure()?.count } == 1)
  }

  /// A page that is missing ends the merge with an error, and changes nothing in the step that reads it.
  @Test func damageEndsAMerge() throws {
    let folder = try TemporaryFolder()
    let writer = try copy(table(PostingCorpus.all[0].documents(), segments: 6), folder)
    try writer.write { db in
      let segment = try #require(try SegmentStorage(db, table: "posting").structure()?.levels[0].segments[2])
      let row = SegmentFormat.leaf(segment.id, page: segment.last)
      try db.execute(sql: "DELETE FROM posting_data WHERE id = ?", arguments: [row])
    }
    for _ in 0..<2 {
      let error = #expect(throws: DatabaseError.self) { try Segments.mergeAll(writer, pages: 10_000) }
      #expect(error?.resultCode == .SQLITE_CORRUPT)
      #expect(try writer.read { try SegmentStorage($0, table: "posting").structure()?.count } == 6)
    }
  }
}
