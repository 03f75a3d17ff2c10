import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// A posting table in memory.
struct PostingTable {
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
    guard let structure = try storage.structure(),
      var merge = try SegmentMerge(structure, in: storage, pageCount: pages)
    else { return false }
    try merge.run(storage)
    return true
  }

  /// Merges by the parts of several workers, whose work is done by one thread, one worker after the other.
  func merge(pages: Int, steps: Int, workers: Int) throws {
    while try database.write({ try Self.steps($0, pages, steps, workers) }) {}
  }

  /// Returns false when nothing is left to merge.
  private static func steps(_ db: Database, _ pages: Int, _ steps: Int, _ workers: Int) throws -> Bool {
    let storage = try SegmentStorage(db, table: "posting")
    guard let structure = try storage.structure(),
      var merge = try SegmentMerge(
        structure, in: storage, pageCount: pages, stepCount: steps, workerCount: workers)
    else { return false }
    try merge.run(storage)
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

  /// Calls `body` with damaged copies, and returns for how many it ended with the error for damage.
  func errors(
    inDamagedCopies count: Int, seed: UInt64, _ body: (DatabaseQueue) throws -> Void
  ) throws -> Int {
    var random = SplitMix64(state: seed)
    var errors = 0
    for _ in 0..<count {
      let damaged = try DatabaseQueue()
      try database.backup(to: damaged)
      try damaged.write { try Self.damage($0, &random) }
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
}
