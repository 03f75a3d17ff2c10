import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// The segments that a bulk load writes and merges are those of FTS5: it reads and continues them, and any other program
/// with SQLite finds in them what it would have written.
@Suite struct SegmentTests {
  /// A posting table in memory.
  struct Table {
    let database: DatabaseQueue

    init() throws {
      var configuration = Configuration()
      configuration.prepareDatabase(SpaceTokenizer.register)
      database = try DatabaseQueue(configuration: configuration)
      try database.write { db in
        try Schema.createPostings(db)
        try db.execute(sql: "CREATE VIRTUAL TABLE token USING fts5vocab (posting, instance)")
        try db.execute(sql: TermStatisticsStore.table)
        try db.execute(
          sql: "CREATE TABLE setting (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID")
        try Segments(db: db).beginBulkLoad()
      }
    }

    /// Inserts documents, in transactions of `batch`.
    func insert(_ documents: [(Docid, Document)], batch: Int = .max, isBulk: Bool) throws {
      for start in stride(from: 0, to: documents.count, by: max(1, min(batch, documents.count))) {
        try database.write { db in
          let store = try PostingStore(db, isBulk: isBulk)
          for (docid, document) in documents[
            start..<min(start + min(batch, documents.count), documents.count)]
          {
            try store.insert(document, docid: docid)
          }
          try store.flush()
        }
      }
    }

    func remove(_ documents: [(Docid, Document)]) throws {
      try database.write { db in
        let store = try PostingStore(db, isBulk: false)
        for (docid, document) in documents { try store.remove(document, docid: docid) }
      }
    }

    /// Merges by steps of some pages, by FTS5's command alone or by ours.
    func merge(pages: Int = 1_000_000, byFTS5: (Int) -> Bool) throws {
      var step = 0
      while try database.write({ try merge($0, pages: pages, byFTS5: byFTS5(step)) }) { step += 1 }
    }

    func mergeOnce(pages: Int, byFTS5: Bool) throws {
      _ = try database.write { try merge($0, pages: pages, byFTS5: byFTS5) }
    }

    /// Returns false when nothing is left to merge.
    static func step(_ db: Database, pages: Int) throws -> Bool {
      let storage = try SegmentStorage(db, table: "posting")
      try storage.flushFTS5()
      guard let structure = try storage.structure(), var merge = try SegmentMerge(structure, pageCount: pages)
      else { return false }
      try merge.step(storage)
      return true
    }

    private func merge(_ db: Database, pages: Int, byFTS5: Bool) throws -> Bool {
      if !byFTS5 {
        return try Self.step(db, pages: pages)
      }
      let before = db.totalChangesCount
      try db.execute(sql: "INSERT INTO posting (posting, rank) VALUES ('merge', ?)", arguments: [-pages])
      return db.totalChangesCount - before >= 2
    }

    func tokens() throws -> [Row] { try database.write(Self.tokens) }

    /// Every token with its place.
    static func tokens(_ db: Database) throws -> [Row] {
      try db.execute(sql: "INSERT INTO posting (posting) VALUES ('integrity-check')")
      return try Row.fetchAll(
        db, sql: "SELECT term, doc, col, \"offset\" FROM token ORDER BY term, doc, col, \"offset\"")
    }

    func rows() throws -> [Row] { try database.read(Self.rows) }

    /// The rows of the only segment and the totals, without the number of the segment.
    static func rows(_ db: Database) throws -> [Row] {
      try Row.fetchAll(
        db,
        sql: """
          SELECT id & 0x1FFFFFFFFF, block FROM posting_data WHERE id <> 10
          UNION ALL SELECT pgno, term FROM posting_idx ORDER BY 1, 2
          """)
    }

    func segmentCount() throws -> Int {
      try database.read { try SegmentStorage($0, table: "posting").structure()?.count ?? -1 }
    }
  }

  static func document(_ columns: [[String]]) -> Document {
    let texts = columns.map { $0.map { $0 + " " }.joined() }
    let keys = Array((texts.first ?? "").utf8)
    var rest: [UInt8] = []
    var ends: [Int] = []
    for i in TextColumn.allCases.indices {
      if i + 1 < texts.count { rest += Array(texts[i + 1].utf8) }
      ends.append(rest.count)
    }
    return keys.withUnsafeBufferPointer { keys in
      rest.withUnsafeBufferPointer { Document(keys: keys, texts: $0, ends: ends, isPrivate: false) }
    }
  }

  /// What documents contain; each document also contains one word of all, and one of its own.
  struct Corpus: Sendable, CustomStringConvertible {
    let description: String
    var count = 1_000
    let tokens: @Sendable (Int, inout SplitMix64) -> [[String]]
    var docid: @Sendable (Int) -> Int64 = { Int64($0) }
  }

  static let corpora: [Corpus] = [
    Corpus(description: "a few words") { i, random in
      [["every", "w\(i)"]] + (0..<4).map { _ in (0..<3).map { _ in "w\(random.next() % 500)" } }
    },
    Corpus(
      description: "docids from below to above zero",
      tokens: { i, _ in [["every", "odd\(i % 2)"], ["w\(i % 7)"]] },
      docid: { Int64($0 - 500) * 1_000_003_000_017 }),
    Corpus(description: "long position lists", count: 60) { i, random in
      [["every"]] + (0..<8).map { c in (0..<Int(random.next() % 3_000)).map { "x\(($0 * (c + 1)) % 13)" } }
    },
    Corpus(description: "long words", count: 100) { i, random in
      [
        ["every", String(repeating: "ab", count: Int(random.next() % 20_000)) + "\(i)"],
        ["A\(i)B", "é山田\(i % 50)"],
      ]
    },
    Corpus(description: "one document", count: 1) { _, _ in [["every"], [], ["a", "a", "a", "a", "b", "a"]] },
    Corpus(description: "words that begin alike", count: 500) { i, random in
      [["every"] + (0..<40).map { _ in "\u{E000}" + String(random.next() % 100_000, radix: 2) }]
    },
    Corpus(description: "many documents of one word", count: 15_000) { i, _ in [["every", "d\(i % 3)"]] },
  ]

  /// The index of the postings of a word has pages of its own, in two levels.
  static let longest = Corpus(
    description: "a page for each posting", count: 900,
    tokens: { _, _ in [Array(repeating: "every", count: 4_100)] },
    docid: { Int64($0 - 450) * 10_000_000_000_000_037 })

  static func documents(_ corpus: Corpus, seed: UInt64 = 1) -> [(Docid, Document)] {
    var random = SplitMix64(state: seed)
    return (0..<corpus.count).map { (Docid(value: corpus.docid($0)), document(corpus.tokens($0, &random))) }
  }

  @Test(arguments: corpora) func aSegmentContainsWhatFTS5WouldHaveWritten(_ corpus: Corpus) throws {
    let documents = Self.documents(corpus)
    let (plain, ours) = (try Table(), try Table())
    try plain.insert(documents, isBulk: false)
    try ours.insert(documents, batch: documents.count / 5 + 1, isBulk: true)
    #expect(try ours.segmentCount() == (corpus.count + corpus.count / 5) / (corpus.count / 5 + 1))
    #expect(try ours.tokens() == plain.tokens())
  }

  @Test(arguments: corpora + [longest]) func aMergeWritesTheBytesOfFTS5(_ corpus: Corpus) throws {
    // Documents of all batches interleave.
    let documents = Self.documents(corpus)
    let batches = (0..<7).map { batch in
      documents.enumerated().filter { $0.offset % 7 == batch }.map(\.element)
    }
    let (plain, ours) = (try Table(), try Table())
    for batch in batches where !batch.isEmpty {
      try plain.insert(batch, isBulk: false)
      try ours.insert(batch, isBulk: true)
    }
    // Of a single segment, FTS5 has written the pages by another rule than those of a merge.
    let empty = [(Docid(value: .max), Self.document([["other"]]))]
    for table in [plain, ours] { try table.insert(empty, isBulk: false) }
    try plain.merge { _ in true }
    try ours.merge { _ in false }
    #expect(try plain.segmentCount() == 1)
    #expect(try ours.segmentCount() == 1)
    let rows = try plain.rows()
    #expect(rows.count > 1)
    #expect(try ours.rows() == rows)
    if corpus.description == Self.longest.description {
      #expect(rows.contains { ($0[0] as Int64) >> 31 == 0b100001 }, "the index has one level")
    }
  }

  /// The marks of removed documents whose words no other segment contains.
  @Test func aMergeLeavesOutTheMarksThatFTS5LeavesOut() throws {
    let documents = Self.documents(Self.corpora[0])
    let (plain, ours) = (try Table(), try Table())
    for table in [plain, ours] {
      try table.insert(Array(documents[..<100]), isBulk: false)
      try table.remove(Array(documents[600..<700]))
      try table.insert(Array(documents[800...]), isBulk: false)
    }
    try plain.merge { _ in true }
    try ours.merge { _ in false }
    #expect(try ours.segmentCount() == 1)
    #expect(try ours.rows() == plain.rows())
  }

  /// A bulk load inserts a document at the docid at which it removes another one.
  @Test func aBulkLoadReplacesDocuments() throws {
    let engine = try SQLiteEngine()
    let (old, new) = (Self.document([["every"], ["old"]]), Self.document([["every"], ["new"]]))
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
      try engine.settle()
    }
  }

  /// Which terms are in one segment or in several, written by FTS5 or by us, merged or not, and after removals.
  @Test(arguments: corpora) func aLookupFindsWhatTheSegmentsContain(_ corpus: Corpus) throws {
    let documents = Self.documents(corpus)
    let table = try Table()
    for (i, batch) in [documents[..<(documents.count / 2)], documents[(documents.count / 2)...]].enumerated()
    {
      if !batch.isEmpty { try table.insert(Array(batch), isBulk: i == 0) }
    }
    try check(table)
    try table.merge { $0 % 2 == 0 }
    #expect(try check(table) > 0)
    try table.remove(Array(documents.prefix(1)))
    try check(table)
  }

  /// Compares look-ups with all terms of a table, and returns how many terms and prefixes were found missing.
  @discardableResult private func check(_ table: Table) throws -> Int {
    let terms = try table.database.write { db in
      try db.execute(sql: "CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5vocab (posting, row)")
      return try String.fetchAll(db, sql: "SELECT term FROM word ORDER BY term")
    }
    let all = Set(terms)
    var missing = 0
    try table.database.read { db in
      let lookup = try TermLookup(db)
      for i in stride(from: 0, to: terms.count, by: max(1, terms.count / 100)) {
        let term = terms[i]
        #expect(try !lookup.lacks(term), "\(term.prefix(50))")
        let start = String(term.prefix(1 + i % term.count))
        #expect(try !lookup.lacks(start, isPrefix: true), "\(start.prefix(50))")
        let last = term.unicodeScalars.last.flatMap { Unicode.Scalar($0.value + 1) }.map(String.init) ?? "x"
        for other in [term + "0", term + "z", String(term.dropLast()) + last, "0" + term, "~" + term]
        where !all.contains(other) && other.utf8.count < SegmentFormat.maximumToken {
          #expect(try lookup.lacks(other), "\(other.prefix(50))")
          let begins = terms.contains { $0.utf8.starts(with: other.utf8) }
          if try lookup.lacks(other, isPrefix: true) {
            missing += 1
            #expect(!begins, "\(other.prefix(50))")
          }
        }
      }
      #expect(try !lookup.lacks(""))
    }
    return missing
  }

  /// A table that has many segments is left to FTS5.
  @Test func manySegmentsAreNotLookedUp() throws {
    let table = try Table()
    for i in 0..<17 {
      try table.insert([(Docid(value: Int64(i)), Self.document([["every", "w\(i)"]]))], isBulk: true)
      try table.database.read { db in
        let lookup = try TermLookup(db)
        #expect(try lookup.lacks("other") == (i < 16))
        #expect(try lookup.forEachDocid(of: "every", in: [], from: .min) { _ in true } == (i < 16))
        #expect(try lookup.forEachTerm(withPrefix: Array("e".utf8)) { _, _ in } == (i < 16))
      }
    }
  }

  /// Steps of a merge by FTS5 and by ours, in turns.
  @Test(arguments: corpora, [1, 7]) func eitherContinuesTheMergeOfTheOther(_ corpus: Corpus, _ pages: Int)
    throws
  {
    let documents = Self.documents(corpus)
    let (plain, ours) = (try Table(), try Table())
    try plain.insert(documents, isBulk: false)
    for batch in 0..<6 {
      let batch = documents.enumerated().filter { $0.offset % 6 == batch }.map(\.element)
      if !batch.isEmpty { try ours.insert(batch, isBulk: batch.count % 4 != 0) }
    }
    // Every step of FTS5 writes some pages more.
    try ours.merge(pages: corpus.count > 10_000 ? 5 * pages : pages) { $0 % 2 == 0 }
    #expect(try ours.segmentCount() == 1)
    #expect(try ours.tokens() == plain.tokens())
  }

  /// Documents that are removed, and inserted again with other words.
  @Test(arguments: [false, true]) func removalsHoldInAndAfterAMerge(_ isMergedInSteps: Bool) throws {
    let (old, new) = (Self.documents(Self.corpora[0]), Self.documents(Self.corpora[0], seed: 2))
    let (plain, ours) = (try Table(), try Table())
    for (table, isBulk) in [(plain, false), (ours, true)] {
      try table.insert(old, batch: 250, isBulk: isBulk)
      try table.remove(old.filter { $0.0.value % 3 == 0 })
      try table.insert(new.filter { $0.0.value % 6 == 0 }, isBulk: isBulk)
      try table.remove(old.filter { $0.0.value % 11 == 1 && $0.0.value % 3 != 0 })
    }
    let expected = try plain.tokens()
    #expect(try ours.tokens() == expected)
    try ours.merge(pages: isMergedInSteps ? 3 : 1_000) { _ in false }
    #expect(try ours.segmentCount() == 1)
    #expect(try ours.tokens() == expected)
    try plain.merge { _ in true }
    #expect(try ours.tokens() == plain.tokens())
  }

  /// Another thread makes the segments of a bulk load; they are those that this one would have made.
  @Test(arguments: corpora) func anotherThreadMakesTheSameSegments(_ corpus: Corpus) throws {
    let documents = Self.documents(corpus)
    let (plain, ours) = (try Table(), try Table())
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
    let changes = Self.documents(Self.corpora[0]).map {
      PostingChange(docid: $0, isInsertion: true, document: $1)
    }
    let table = try Table()
    #expect(throws: Failure.self) {
      try table.database.write { db in
        try PostingStore(db, isBulk: true).insert(changes) { throw Failure() }
      }
    }
    #expect(try table.segmentCount() == 0)
  }

  /// FTS5 has what it has read of the segments in memory; what is written past it must not be lost.
  @Test func changesOfFTS5AndSegmentsAlternateInOneTransaction() throws {
    let documents = Self.documents(Self.corpora[0])
    let (plain, ours) = (try Table(), try Table())
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

  /// Calls `body` with damaged copies of a table, and returns for how many it ended with the error for damage.
  static func errors(
    inDamagedCopiesOf sound: Table, count: Int, seed: UInt64, _ body: (DatabaseQueue) throws -> Void
  ) throws -> Int {
    var random = SplitMix64(state: seed)
    var errors = 0
    for _ in 0..<count {
      let damaged = try DatabaseQueue()
      try sound.database.backup(to: damaged)
      try damaged.write { try damage($0, &random) }
      do {
        try body(damaged)
      } catch let error as DatabaseError {
        errors += 1
        #expect(error.resultCode == .SQLITE_CORRUPT, "\(error)")
      }
    }
    return errors
  }

  /// Changes some bytes of a table.
  private static func damage(_ db: Database, _ random: inout SplitMix64) throws {
    try SpaceTokenizer.register(in: db)
    let ids = try Int64.fetchAll(db, sql: "SELECT id FROM posting_data WHERE id > 1")
    for _ in 0..<Int(random.next() % 4 + 1) {
      let id = ids[Int(random.next() % UInt64(ids.count))]
      guard
        var block = try Data.fetchOne(
          db, sql: "SELECT block FROM posting_data WHERE id = ?", arguments: [id]),
        !block.isEmpty
      else { continue }
      switch random.next() % 4 {
      case 0: block = block.prefix(Int(random.next() % UInt64(block.count)))
      case 1:
        block[Int(random.next() % UInt64(min(block.count, 8)))] = UInt8(truncatingIfNeeded: random.next())
      default: block[Int(random.next() % UInt64(block.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      try db.execute(sql: "UPDATE posting_data SET block = ? WHERE id = ?", arguments: [block, id])
    }
  }

  /// A merge of damaged pages ends with an error or with other postings, but ends.
  @Test func damagedPagesDoNotStopTheProgram() throws {
    let documents = Self.documents(Self.corpora[2]) + Self.documents(Self.corpora[0]).dropFirst(60)
    let sound = try Table()
    for batch in 0..<4 {
      try sound.insert(documents.enumerated().filter { $0.offset % 4 == batch }.map(\.element), isBulk: true)
    }
    let errors = try Self.errors(inDamagedCopiesOf: sound, count: 150, seed: 9) { damaged in
      while try damaged.write({ try Table.step($0, pages: 50) }) {}
    }
    #expect(errors > 20, "\(errors)")
  }

  static let numbers: [UInt64] =
    (0..<64).flatMap { [UInt64(1) << UInt64($0) - 1, UInt64(1) << UInt64($0)] } + [UInt64.max]

  @Test(arguments: numbers) func numbersOfAnyLengthAreReadAgain(_ number: UInt64) {
    var bytes: [UInt8] = []
    Varint.append(number, to: &bytes)
    #expect(bytes.count <= Varint.maximumLength)
    bytes.withUnsafeBufferPointer { bytes in
      var offset = 0
      #expect(Varint.get(bytes, &offset) == number)
      #expect(offset == bytes.count)
      for count in 0..<bytes.count {
        offset = 0
        #expect(Varint.get(UnsafeBufferPointer(rebasing: bytes[..<count]), &offset) == nil)
      }
    }
  }
}
