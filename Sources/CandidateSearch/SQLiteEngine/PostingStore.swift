import GRDB

/// The changes of postings within one transaction. Docids must not descend: a docid below the last one makes FTS5 flush
/// its hash table.
final class PostingStore {
  private let db: Database
  private(set) var statistics = TermStatisticsChanges()
  private let segments: Segments
  private let insert: RawStatement
  private let delete: RawStatement
  /// Whether what is inserted becomes segments of its own.
  let makesSegments: Bool
  /// What is inserted one by one and becomes the next segment.
  private var buffer: PostingBuffer?

  /// - Parameter isBulk: Whether so much is inserted that it is worth a segment of its own.
  init(_ db: Database, table: String = "posting", isBulk: Bool) throws {
    self.db = db
    segments = Segments(db: db, table: table)
    makesSegments = try isBulk && segments.canBeAppended()
    let columns = (["keys"] + TextColumn.allCases.map(\.rawValue)).joined(separator: ", ")
    let marks = Array(repeating: "?", count: TextColumn.allCases.count + 1).joined(separator: ", ")
    insert = try RawStatement(db, "INSERT INTO \(table) (rowid, \(columns)) VALUES (?, \(marks))")
    delete = try RawStatement(
      db, "INSERT INTO \(table) (\(table), rowid, \(columns)) VALUES ('delete', ?, \(marks))")
  }

  /// What another thread makes of documents.
  private enum Made {
    case segment(BuiltSegment)
    case statistics(TermStatisticsChanges)
  }

  /// Inserts documents as segments of their own, which another thread makes while `other` runs.
  func insert(_ changes: [PostingChange], while other: () throws -> Void) throws {
    let made = Producer<Made>(maximumWaiting: nil) { [statistics] handOver in
      var statistics = statistics
      var buffer = PostingBuffer(columnCount: Self.columnCount)
      for change in changes where change.isInsertion {
        buffer.add(change.document, docid: change.docid)
        statistics.insert(change.document)
        guard buffer.isFull else { continue }
        try handOver(.segment(BuiltSegment(buffer)))
        buffer.removeAll()
      }
      if buffer.documentCount > 0 { try handOver(.segment(BuiltSegment(buffer))) }
      try handOver(.statistics(statistics))
    }
    defer { made.cancel() }
    try other()
    while let next = try made.next() {
      switch next {
      case .segment(let segment): try segments.append(segment)
      case .statistics(let changed): statistics = changed
      }
    }
  }

  func insert(_ document: Document, docid: Docid) throws {
    statistics.insert(document)
    guard makesSegments else { return try run(insert, with: document, docid: docid) }
    if buffer == nil { buffer = PostingBuffer(columnCount: Self.columnCount) }
    buffer?.add(document, docid: docid)
    if buffer?.isFull == true { try flush() }
  }

  private static let columnCount = TextColumn.allCases.count + 1

  /// FTS5 keeps no text, so that the removed document must be passed.
  func remove(_ document: Document, docid: Docid) throws {
    try run(delete, with: document, docid: docid)
    statistics.remove(document)
  }

  /// Writes what is in memory.
  func flush() throws {
    guard var full = buffer.take() else { return }
    if full.documentCount > 0 { try segments.append(BuiltSegment(full)) }
    full.removeAll()
    buffer = consume full
  }

  /// Applies the changes of the term statistics. This must be last: FTS5 flushes its hash table when another table is
  /// updated.
  func finish() throws {
    try flush()
    try TermStatisticsStore(db: db).apply(statistics)
  }

  private func run(_ statement: RawStatement, with document: Document, docid: Docid) throws {
    statement.bind(1, docid.value)
    try document.withBytes { bytes in
      for column in 0..<document.columnCount {
        statement.bind(
          Int32(column) + 2,
          UnsafeRawBufferPointer(
            UnsafeBufferPointer(rebasing: bytes[document.range(ofColumn: column)])))
      }
      try statement.run()
    }
  }
}
