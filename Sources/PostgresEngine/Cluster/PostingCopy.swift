import CandidateSearch

/// Writes documents into a table of postings.
struct PostingCopy {
  let connection: PostgresConnection
  /// The table, with its schema where it is not on the coordinator.
  let table: String

  func remove(_ docids: [Int64]) throws {
    if docids.isEmpty { return }
    try connection.execute("DELETE FROM \(table) WHERE docid = ANY($1::bigint[])", [.integers(docids)])
  }

  func removeAll() throws { try connection.execute("DELETE FROM \(table)") }

  /// Copies documents. Returns whether any is a partial one.
  func insert(_ documents: some Sequence<(Document, Docid)>) throws -> Bool {
    var vector = DocumentVector()
    var hasPartial = false
    try connection.copy("COPY \(table) (docid, doc, facets) FROM STDIN BINARY") { rows in
      for (document, docid) in documents {
        try rows.add(columns: 3) { writer in
          writer.integer(docid.value)
          vector.write(document, to: &writer)
          hasPartial = hasPartial || vector.isPartial
          FacetTerms.write(document, to: &writer)
        }
      }
    }
    return hasPartial
  }
}
