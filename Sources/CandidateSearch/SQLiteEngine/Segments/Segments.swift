import GRDB

/// The segments of FTS5's postings. Each transaction writes one. A search reads all of them, so FTS5 merges them
/// incrementally. A bulk load would merge the same postings many times; it defers merging to its end. It also writes and
/// merges its segments without FTS5, in three quarters of the instructions.
struct Segments {
  let db: Database
  var table = "posting"

  /// The size at which FTS5 writes its hash table to a segment, and a bulk load its buffer, in bytes. A larger one would
  /// save segments, but not fit the processor's cache: FTS5 takes a seventh longer with 48 MiB, a load with 16 MiB a
  /// twentieth.
  static let bufferSize = 4 << 20
  /// The number of segments of a level at which FTS5 begins to merge them incrementally.
  private static let automerge = 4
  /// The number of segments of a level at which FTS5 merges them at once, whatever `automerge` is: FTS5's default, and
  /// a value for bulk loads that is hardly ever reached.
  private static let crisismerge = (usual: 16, bulk: 1_900)
  /// The number of pages that one step of a merge writes, in one transaction.
  private static let mergePages = 8_000

  /// Defers merging. The setting is stored in the file: after an interrupted load, it holds until a later ingest ends.
  func beginBulkLoad() throws {
    guard try isMerging() else { return }
    try configure("automerge", 0)
    try configure("crisismerge", Self.crisismerge.bulk)
  }

  /// Whether FTS5 merges segments incrementally.
  func isMerging() throws -> Bool {
    try Int.fetchOne(db, sql: "SELECT v FROM \(table)_config WHERE k = 'automerge'") != 0
  }

  /// Whether the segments are described as is known here, so that one can be added.
  func canBeAppended() throws -> Bool { try SegmentStorage(db, table: table).structure() != nil }

  /// Adds the postings of a buffer as a segment.
  func append(_ buffer: borrowing PostingBuffer) throws {
    let storage = try SegmentStorage(db, table: table)
    try storage.flushFTS5()
    guard var structure = try storage.structure() else { throw SegmentFormat.damage }
    if structure.count >= Self.crisismerge.bulk {
      while try merge() {}
      structure = try storage.structure() ?? structure
    }
    var totals = try storage.totals(columnCount: buffer.tokenCounts.count)
    var writer = SegmentWriter(storage, segment: structure.unusedID)
    try buffer.forEachTerm { term, doclist in
      try writer.append(term: term)
      try writer.append(doclist: doclist)
    }
    structure.append(SegmentStructure.Segment(id: writer.segment, first: 1, last: try writer.finish()))
    totals.documents += buffer.documentCount
    for column in totals.tokens.indices { totals.tokens[column] += buffer.tokenCounts[column] }
    try storage.store(structure)
    try storage.store(totals)
    try storage.refreshFTS5()
  }

  func resumeMerging() throws {
    try configure("automerge", Self.automerge)
    try configure("crisismerge", Self.crisismerge.usual)
  }

  /// The memory that one step of a merge takes for pages, of which it writes most once, in KiB.
  private static let mergeCache = 8_192

  /// Does one step of merging all segments into one. Returns false when nothing is left to merge.
  func merge() throws -> Bool {
    try db.withCache(kibibytes: Self.mergeCache) {
      let merge = SegmentMerge(try SegmentStorage(db, table: table))
      if let isMerged = try merge.step(pageCount: Self.mergePages) { return isMerged }
      let before = db.totalChangesCount
      try configure("merge", -Self.mergePages)
      // The documentation of FTS5's merge command: fewer than two changes mean that nothing was merged.
      return db.totalChangesCount - before >= 2
    }
  }

  /// Removes what the segments contain, before the table is dropped. SQLite keeps the pages that one statement frees in
  /// memory, if it overwrites them: to drop a table takes as much memory as the table.
  func removeContents(blocks: Int = Self.removedBlocks) throws {
    // The first rows describe the segments.
    var last: Int64 = 10
    while true {
      let next = try Int64.fetchOne(
        db, sql: "SELECT id FROM \(table)_data WHERE id > ? ORDER BY id LIMIT 1 OFFSET \(blocks)",
        arguments: [last])
      try db.execute(
        sql: "DELETE FROM \(table)_data WHERE id > ? AND id <= ?", arguments: [last, next ?? .max])
      guard let next else { return }
      last = next
    }
  }

  /// The number of blocks that one statement removes, each of about 4 KB.
  private static let removedBlocks = 1_000

  func count() throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(DISTINCT segid) FROM \(table)_idx") ?? 0
  }

  private func configure(_ name: String, _ value: Int) throws {
    try db.execute(sql: "INSERT INTO \(table) (\(table), rank) VALUES (?, ?)", arguments: [name, value])
  }
}
