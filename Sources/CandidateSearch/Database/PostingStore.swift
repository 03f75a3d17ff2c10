import GRDB

/// What FTS5 is told.
struct PostingStore {
  let db: Database
  var table = "posting"

  private static let columns = (["keys"] + TextColumn.allCases.map(\.rawValue)).joined(separator: ", ")
  private static let marks = Array(repeating: "?", count: TextColumn.allCases.count + 1).joined(
    separator: ", ")

  func insert(_ document: Document, docid: Docid) throws {
    try db.cachedStatement(sql: "INSERT INTO \(table) (rowid, \(Self.columns)) VALUES (?, \(Self.marks))")
      .execute(arguments: arguments(document, docid))
  }

  /// FTS5 keeps no text, so it must be told what was there.
  func remove(_ document: Document, docid: Docid) throws {
    try db.cachedStatement(
      sql: "INSERT INTO \(table) (\(table), rowid, \(Self.columns)) VALUES ('delete', ?, \(Self.marks))"
    ).execute(arguments: arguments(document, docid))
  }

  private func arguments(_ document: Document, _ docid: Docid) -> StatementArguments {
    StatementArguments(
      [docid.value.databaseValue]
        + (0..<document.columnCount).map { document.text(ofColumn: $0).databaseValue })
  }
}
