import GRDB

/// The changes of postings within one transaction. Docids must not descend: a docid below the last one makes FTS5 flush
/// its hash table.
final class PostingStore {
  private let db: Database
  private(set) var statistics = TermStatisticsChanges()
  private let insert: RawStatement
  private let delete: RawStatement

  init(_ db: Database, table: String = "posting") throws {
    self.db = db
    let columns = (["keys"] + TextColumn.allCases.map(\.rawValue)).joined(separator: ", ")
    let marks = Array(repeating: "?", count: TextColumn.allCases.count + 1).joined(separator: ", ")
    insert = try RawStatement(db, "INSERT INTO \(table) (rowid, \(columns)) VALUES (?, \(marks))")
    delete = try RawStatement(
      db, "INSERT INTO \(table) (\(table), rowid, \(columns)) VALUES ('delete', ?, \(marks))")
  }

  func insert(_ document: Document, docid: Docid) throws {
    try run(insert, with: document, docid: docid)
    statistics.insert(document)
  }

  /// FTS5 keeps no text, so that the removed document must be passed.
  func remove(_ document: Document, docid: Docid) throws {
    try run(delete, with: document, docid: docid)
    statistics.remove(document)
  }

  /// Applies the changes of the term statistics. This must be last: FTS5 flushes its hash table when another table is
  /// updated.
  func finish() throws { try TermStatisticsStore(db: db).apply(statistics) }

  private func run(_ statement: RawStatement, with document: Document, docid: Docid) throws {
    statement.bind(1, docid.value)
    try document.bytes.withUnsafeBytes { bytes in
      for column in 0..<document.columnCount {
        statement.bind(
          Int32(column) + 2, UnsafeRawBufferPointer(rebasing: bytes[document.range(ofColumn: column)]))
      }
      try statement.run()
    }
  }
}
