import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// A merge with threads that read does what one without does.
@Suite(.sqlite) struct ParallelMergeTests {
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
    try compare(corpus, pages: limits.pages, steps: limits.steps)
  }

  /// The readers read on in states of the file in which steps were written, and what these have read was removed.
  @Test(arguments: PostingCorpus.all, [(3, 1), (8, 2), (20, 4)])
  func theWriterMayBeAhead(_ corpus: PostingCorpus, _ limits: (pages: Int, waiting: Int)) throws {
    let folder = try TemporaryFolder()
    let plain = try table(corpus.documents(), segments: 6)
    let writer = try copy(plain, folder)
    let readers = try (0..<Segments.mergingThreads).map { _ in try #require(try writer.reader()) }
    var hasMerge = true
    while hasMerge {
      var merge: ParallelMerge?
      defer { merge?.end() }
      var shouldContinue = true
      while shouldContinue {
        shouldContinue = try writer.write { db in
          let storage = try SegmentStorage(db, table: "posting")
          if merge == nil {
            let begun = try SegmentMerge(
              #require(try storage.structure()), in: storage, pageCount: limits.pages, stepCount: 100,
              workerCount: readers.count)
            merge = begun.map {
              ParallelMerge($0, table: "posting", readers: readers, maximumWaiting: limits.waiting)
            }
          }
          hasMerge = merge != nil
          return try merge?.step(storage) ?? false
        }
      }
    }
    try plain.merge(pages: limits.pages, steps: 100, workers: readers.count)
    #expect(try writer.read { try PostingTable.rows($0) } == plain.rows())
  }

  /// A reader finds a boundary at the same place after a merge until there was written.
  @Test(arguments: PostingCorpus.all) func aReaderFindsWhatIsLeft(_ corpus: PostingCorpus) throws {
    let table = try table(corpus.documents(), segments: 1)
    let tokens = try table.tokens()
    let terms = Set(tokens.map { $0["term"] as String }).map { Array($0.utf8) }
      .sorted { $0.lexicographicallyPrecedes($1) }
    for i in stride(from: 0, to: terms.count, by: max(1, terms.count / 12)) {
      // Also a boundary that is no term.
      for boundary in [terms[i], terms[i] + [0x21]] {
        try table.database.inDatabase { db in
          try db.execute(sql: "SAVEPOINT trimmed")
          defer { try? db.execute(sql: "ROLLBACK TO trimmed; RELEASE trimmed") }
          let storage = try SegmentStorage(db, table: "posting")
          let segment = try #require(try storage.structure()?.levels.flatMap(\.segments).first)
          var first = SegmentReader(storage, segment)
          try first.skip(to: boundary)
          var begun = SegmentReader(storage, segment)
          _ = try begun.nextTerm()
          if first.isAtEnd {
            try storage.removePages(segment.first...segment.last, of: segment.id)
          } else {
            try first.rest().store(in: storage)
          }
          var second = SegmentReader(storage, segment)
          try second.skip(to: boundary)
          try begun.skip(to: boundary)
          #expect(second.place == first.place && begun.place == first.place)
          #expect(first.isAtEnd || Array(second.term) == Array(first.term))
          #expect(second.isAtEnd == first.isAtEnd && begun.isAtEnd == first.isAtEnd)
          while try !first.isAtEnd && first.nextTerm() {
            #expect(try second.nextTerm() && begun.nextTerm())
            #expect(second.termPrefix == first.termPrefix && begun.termPrefix == first.termPrefix)
          }
          #expect(try first.isAtEnd && (second.isAtEnd || !second.nextTerm()))
          #expect(try begun.isAtEnd || !begun.nextTerm())
        }
      }
    }
  }

  /// The WAL begins anew while a merge goes on.
  @Test func theWALIsMovedToTheFileMeanwhile() throws {
    func walSize(isRead: Bool) throws -> Int {
      let folder = try TemporaryFolder()
      let writer = try copy(largeTable(), folder)
      #expect(try writer.emptyWAL())
      let other = try #require(try writer.reader())
      try other.unsafeRead { db in
        if isRead { try db.execute(sql: "BEGIN; SELECT count(*) FROM posting_data") }
        try Segments.mergeAll(writer, pages: 40)
        if isRead { try db.execute(sql: "COMMIT") }
      }
      let attributes = try FileManager.default.attributesOfItem(atPath: writer.path + "-wal")
      return try #require(attributes[.size] as? Int)
    }
    let (read, unread) = (try walSize(isRead: true), try walSize(isRead: false))
    #expect(unread < read / 2, "\(unread) and \(read) bytes")
  }

  /// The pages of the indexes of postings contain numbers of pages.
  @Test(arguments: [40, 10_000]) func theBytesOfLongPostingsAreThoseOfOneThread(_ pages: Int) throws {
    var corpus = PostingCorpus.longest
    let tokens = corpus.tokens
    corpus.count = 60
    corpus.tokens = { i, random in
      var columns = tokens(i, &random)
      columns[0] += ["all", "and", "any"].flatMap { Array(repeating: $0, count: 2_000) }
      return columns
    }
    try compare(corpus, pages: pages, steps: 2)
  }

  private func compare(_ corpus: PostingCorpus, pages: Int, steps: Int) throws {
    let folder = try TemporaryFolder()
    let documents = corpus.documents()
    let plain = try table(documents, segments: 6)
    if documents.count > 100 { try plain.remove(documents.filter { $0.0.value % 5 == 2 }) }
    let writer = try copy(plain, folder)
    let tokens = steps == 2 ? try plain.tokens() : []
    try plain.merge(pages: pages, steps: steps, workers: Segments.mergingThreads)
    try Segments.mergeAll(writer, pages: pages, steps: steps)
    let rows = try writer.read { try PostingTable.rows($0) }
    #expect(rows.count > 1)
    #expect(try rows == plain.rows())
    #expect(try writer.read { try SegmentStorage($0, table: "posting").structure()?.count } == 1)
    if steps == 2 { #expect(try writer.write { try PostingTable.tokens($0) } == tokens) }
  }

  /// The parts of a step are about as long as one another, and as few as the steps need.
  @Test(arguments: [(20, 1, 2), (20, 3, 2), (30, 1, 3), (100_000, 2, 2), (20, 1, 1)])
  func theStepsAreDivided(_ limits: (pages: Int, steps: Int, workers: Int)) throws {
    let table = try table(PostingCorpus.all[5].documents(), segments: 6)
    try table.database.write { db in
      let storage = try SegmentStorage(db, table: "posting")
      let merge = try SegmentMerge(
        try #require(try storage.structure()), in: storage, pageCount: limits.pages, stepCount: limits.steps,
        workerCount: limits.workers)
      let task = try #require(merge).task
      let boundaries = task.boundaries
      #expect(zip(boundaries, boundaries.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
      if limits.pages > 1_000 || limits.workers == 1 {
        #expect(boundaries.isEmpty && task.partCount == 1)
        return
      }
      #expect(task.partCount == limits.steps * limits.workers)
      var lengths: [Int] = []
      for worker in 0..<limits.workers {
        try task.run(storage, worker: worker) {
          if case .end(let end) = $0 { lengths.append(end.pageCount) }
        }
      }
      #expect(lengths.count == task.partCount)
      let expected = limits.pages / limits.workers
      #expect(lengths.allSatisfy { (expected / 3...2 * expected).contains($0) }, "\(lengths)")
    }
  }

  /// The parts of a step have as many pages of the longest segment as one another, give or take one.
  @Test(arguments: [7, 50, 99, 100, 101, 256]) func theBoundariesAreApart(_ pageCount: Int) throws {
    try largeTable().database.write { db in
      let storage = try SegmentStorage(db, table: "posting")
      let structure = try #require(try storage.structure())
      let merge = try SegmentMerge(
        structure, in: storage, pageCount: pageCount, stepCount: 64, workerCount: 2)
      let task = try #require(merge).task
      let longest = try #require(task.inputs.max { $0.pageCount < $1.pageCount })
      var pages: [[UInt8]: Int] = [:]
      try storage.forEachEntry(of: longest) { page, separator in
        pages[Array(separator)] = page
        return true
      }
      let places = try task.boundaries.map { try #require(pages[$0]) }
      let all = task.inputs.reduce(0) { $0 + $1.pageCount }
      let length = Double(pageCount / 2 * longest.pageCount) / Double(all)
      #expect(places.count > 2)
      for (place, next) in zip([longest.first] + places, places) {
        #expect(abs(Double(next - place) - max(length, 1)) <= 1.5, "\(places)")
      }
    }
  }

  /// Marks of removals that nothing older needs: a step may write no page.
  @Test(arguments: [(8, 1), (8, 4), (10_000, 2)], [0, 1_000, 3_999])
  func allDocumentsMayBeRemoved(_ limits: (pages: Int, steps: Int), _ left: Int) throws {
    let folder = try TemporaryFolder()
    let documents = (0..<4_000).map { i in
      let word = (i < 4_000 - left ? "a" : "z") + "\(i)" + String(repeating: "x", count: 30)
      return (Docid(value: Int64(i)), PostingCorpus.document([["every", word]]))
    }
    let plain = try table(documents, segments: 6)
    try plain.remove(Array(documents.dropLast(left)))
    let writer = try copy(plain, folder)
    try Segments.mergeAll(writer, pages: limits.pages, steps: limits.steps)
    #expect(try writer.write { try PostingTable.tokens($0) } == plain.tokens())
    let count = try writer.read { try SegmentStorage($0, table: "posting").structure()?.count }
    #expect(count == (left > 0 ? 1 : 0))
  }

  /// Enough long words that rows are written, and those that were read removed, before a step ends.
  private func largeTable() throws -> PostingTable {
    let documents = (0..<2_000).map { i in
      let word = "\((7_919 * i) % 2_000)" + String(repeating: "x", count: 2_000)
      return (Docid(value: Int64(i)), PostingCorpus.document([["every", word]]))
    }
    return try table(documents, segments: 4)
  }

  @Test func aStepThatFailsRemovesNothing() throws {
    let folder = try TemporaryFolder()
    let writer = try copy(largeTable(), folder)
    try writer.write {
      // The last page with terms of one segment.
      let last = "SELECT (segid << 37) + max(pgno / 2) FROM posting_idx WHERE segid = 2"
      try $0.execute(sql: "DELETE FROM posting_data WHERE id = (\(last))")
      #expect($0.changesCount == 1)
    }
    let before = try writer.read { try PostingTable.rows($0) }
    #expect(throws: DatabaseError.self) { try Segments.mergeAll(writer) }
    #expect(try writer.read { try PostingTable.rows($0) } == before)
  }

  /// What was read makes room for what is written, within a transaction.
  @Test func theFileGrowsByAPartOfWhatIsWritten() throws {
    let folder = try TemporaryFolder()
    let writer = try copy(largeTable(), folder)
    func pages() throws -> Int { try writer.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 } }
    let before = try pages()
    try Segments.mergeAll(writer)
    let (after, written) = try writer.read { db in
      (
        try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0,
        try Int.fetchOne(db, sql: "SELECT sum(length(block)) / 4096 FROM posting_data") ?? 0
      )
    }
    #expect(written > 500)
    #expect(after - before < written / 2, "\(before) pages, then \(after)")
  }

  /// A damaged row of the table by which the parts find where they begin: nothing is lost without an error.
  @Test(arguments: [nil, "pgno + 2", "1 << 61", "-1"] as [String?]) func damagedEntriesLoseNothing(
    _ page: String?
  ) throws {
    let documents = PostingCorpus.all[5].documents()
    let sound = try table(documents, segments: 3)
    let tokens = try sound.tokens()
    let entries = try sound.database.read { db in
      try Row.fetchAll(db, sql: "SELECT segid, term FROM posting_idx ORDER BY segid, term")
    }
    #expect(entries.count > 20)
    var errors = 0
    for i in stride(from: 0, to: entries.count, by: max(1, entries.count / 20)) {
      let entry = entries[i]
      let folder = try TemporaryFolder()
      let writer = try copy(sound, folder)
      try writer.write { db in
        let key: StatementArguments = [entry[0] as Int64, entry[1] as Data]
        let change = page.map { "UPDATE OR IGNORE posting_idx SET pgno = \($0)" } ?? "DELETE FROM posting_idx"
        try db.execute(sql: change + " WHERE segid = ? AND term = ?", arguments: key)
      }
      do {
        try Segments.mergeAll(writer, pages: 20, steps: 4)
        #expect(try writer.write { try PostingTable.tokens($0) } == tokens)
      } catch let error as DatabaseError {
        errors += 1
        #expect(error.resultCode == .SQLITE_CORRUPT, "\(error)")
      }
    }
    #expect(errors > 0)
  }

  /// Nearly all terms of one segment, of which the others have few.
  @Test(arguments: [(3, 2), (8, 4)]) func segmentsMayDiffer(_ limits: (pages: Int, steps: Int)) throws {
    let folder = try TemporaryFolder()
    let documents = (0..<4_000).map { i in
      let word = i < 1_000 ? "a\(i)" : "z\(i % 7)x\(i % 900)"
      return (Docid(value: Int64(i)), PostingCorpus.document([["every", word], [word + "y"]]))
    }
    let plain = try PostingTable()
    for range in [0..<1_000, 1_000..<3_900, 3_900..<4_000] {
      try plain.insert(Array(documents[range]), isBulk: true)
    }
    let writer = try copy(plain, folder)
    try Segments.mergeAll(writer, pages: limits.pages, steps: limits.steps)
    #expect(try writer.write { try PostingTable.tokens($0) } == plain.tokens())
    #expect(try writer.read { try SegmentStorage($0, table: "posting").structure()?.count } == 1)
  }

  /// A document that another process adds between two steps is a segment that the merge has not seen.
  @Test func othersMayWriteBetweenTwoSteps() throws {
    let folder = try TemporaryFolder()
    let documents = PostingCorpus.all[0].documents()
    let writer = try copy(table(Array(documents.dropLast()), segments: 6), folder)
    let readers = try (0..<2).map { _ in try #require(try writer.reader()) }
    var merge: ParallelMerge?
    defer { merge?.end() }
    let shouldContinue = try writer.write { db in
      let storage = try SegmentStorage(db, table: "posting")
      let structure = try #require(try storage.structure())
      let begun = try SegmentMerge(structure, in: storage, pageCount: 10, stepCount: 100, workerCount: 2)
      merge = ParallelMerge(try #require(begun), table: "posting", readers: readers)
      return try merge?.step(storage)
    }
    #expect(shouldContinue == true)
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
