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
  private static let mergePages = 4_000

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

  /// Adds a segment that is newer than all others.
  func append(_ segment: BuiltSegment) throws {
    let storage = try SegmentStorage(db, table: table)
    try storage.flushFTS5()
    guard var structure = try storage.structure() else { throw SegmentFormat.damage }
    if structure.count >= Self.crisismerge.bulk {
      while try merge() {}
      structure = try storage.structure() ?? structure
    }
    var totals = try storage.totals(columnCount: segment.tokenCounts.count)
    let id = structure.unusedID
    for rows in segment.rows { try rows.write(to: storage, segment: id) }
    structure.append(SegmentStructure.Segment(id: id, first: 1, last: segment.lastPage))
    // A damaged file may contain any numbers; FTS5 adds without a check, too.
    totals.documents &+= segment.documentCount
    for column in totals.tokens.indices { totals.tokens[column] &+= segment.tokenCounts[column] }
    try storage.store(structure)
    try storage.store(totals)
    try storage.refreshFTS5()
  }

  func resumeMerging() throws {
    try configure("automerge", Self.automerge)
    try configure("crisismerge", Self.crisismerge.usual)
  }

  /// The memory for the pages that one step of a merge writes, and for those that it frees and writes again, in KiB.
  private static let mergeCache = 40_960

  /// Merges all segments into one, in several transactions.
  ///
  /// - Parameters:
  ///   - pages: The number of pages that a transaction writes.
  ///   - steps: The maximum number of transactions for which a merge is planned at once.
  static func mergeAll(_ writer: IndexWriter, pages: Int = mergePages, steps: Int = 64) throws {
    let readers = try (0..<mergingThreads).compactMap { _ in try writer.reader() }
    var isLeft = true
    while isLeft {
      isLeft =
        readers.isEmpty
        ? try writer.write { try Segments(db: $0).merge(pages: pages) }
        : try mergeSome(writer, readers, pages: pages, steps: steps)
    }
  }

  /// The number of threads that read and merge while another one writes.
  static let mergingThreads = 2

  /// Does some steps of merging all segments into one, each in a transaction. Returns false when nothing was left to merge.
  private static func mergeSome(
    _ writer: IndexWriter, _ readers: [DatabaseQueue], pages: Int, steps: Int
  ) throws -> Bool {
    var merge: ParallelMerge?
    defer { merge?.end() }
    var (isLeft, hasSteps) = (true, true)
    while hasSteps {
      hasSteps = try writer.write { db, isLarge in
        isLarge = true
        return try db.withCache(kibibytes: mergeCache) {
          let segments = Segments(db: db)
          let storage = try SegmentStorage(db, table: segments.table)
          if merge == nil {
            guard let structure = try segments.knownStructure(storage) else {
              isLeft = try segments.mergeByFTS5()
              return false
            }
            let begun = try SegmentMerge(
              structure, in: storage, pageCount: pages, stepCount: steps, workerCount: readers.count)
            guard let begun else {
              isLeft = false
              return false
            }
            merge = ParallelMerge(begun, table: segments.table, readers: readers)
          }
          return try merge?.step(storage) ?? false
        }
      }
    }
    return isLeft
  }

  /// Does one step of merging all segments into one. Returns false when nothing is left to merge.
  private func merge(pages: Int = mergePages) throws -> Bool {
    try db.withCache(kibibytes: Self.mergeCache) {
      let storage = try SegmentStorage(db, table: table)
      guard let structure = try knownStructure(storage) else { return try mergeByFTS5() }
      guard var merge = try SegmentMerge(structure, in: storage, pageCount: pages) else { return false }
      try merge.run(storage)
      return true
    }
  }

  /// The segments; nil if they are described in a way that is not known here.
  private func knownStructure(_ storage: SegmentStorage) throws -> SegmentStructure? {
    try storage.flushFTS5()
    return try storage.structure()
  }

  private func mergeByFTS5() throws -> Bool {
    let before = db.totalChangesCount
    try configure("merge", -Self.mergePages)
    // The documentation of FTS5's merge command: fewer than two changes mean that nothing was merged.
    return db.totalChangesCount - before >= 2
  }

  /// Removes what the segments contain, before the table is dropped. SQLite keeps the pages that one statement frees in
  /// memory, if it overwrites them: to drop a table takes as much memory as the table.
  func removeContents(blocks: Int = Self.removedBlocks) throws {
    // The first rows describe the segments.
    var last = Int64(SegmentFormat.structureRow)
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
