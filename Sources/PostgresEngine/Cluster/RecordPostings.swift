import CandidateSearch

/// Makes postings from the records of the coordinator, and writes them to another server, or to a table of this one.
struct RecordPostings {
  let transaction: PostgresTransaction
  /// The connection to the server that gets the postings.
  let member: PostgresConnection

  /// The number of documents that are in memory at once.
  private static let sliceSize = 2_000

  /// Replaces the postings of some docids, or of all of a partition, in a transaction of the server.
  func write(_ docids: [Int64]?, to table: String, partition: Int) throws {
    let postings = PostingCopy(connection: member, table: table)
    let isSeparate = member !== transaction.connection
    if isSeparate { try member.execute("BEGIN") }
    do {
      if docids == nil { try postings.removeAll() }
      var next = Int64.min
      var given = docids?[...]
      while true {
        let slice: [Int64]
        if given != nil {
          slice = Array(given?.prefix(Self.sliceSize) ?? [])
          given = given?.dropFirst(slice.count)
        } else {
          slice = try self.docids(of: partition, after: next, limit: Self.sliceSize)
        }
        guard let last = slice.last else { break }
        next = last
        if docids != nil { try postings.remove(slice) }
        try transaction.note(partial: postings.insert(documents(slice)))
      }
      if isSeparate { try member.execute("COMMIT") }
    } catch {
      if isSeparate, !member.isBroken { try? member.script("ROLLBACK") }
      throw error
    }
  }

  /// The docids of a partition after one, ascending.
  func docids(of partition: Int, after docid: Int64, limit: Int) throws -> [Int64] {
    guard let layout = try transaction.layout() else { return [] }
    return try transaction.rows(
      """
      SELECT docid FROM candidate WHERE docid > $1 AND \(ClusterSchema.rule(layout.partitionCount)) = $2 \
      ORDER BY docid LIMIT $3
      """, [.integer(docid), .integer(Int64(partition)), .integer(Int64(limit))]
    ) { $0.integer(orZero: 0) }
  }

  private func documents(_ docids: [Int64]) throws -> [(Document, Docid)] {
    let builders = DocumentBuilders(customFields: try transaction.customFields())
    return try transaction.records(docids.map { Docid(value: $0) }).values
      .sorted { $0.docid < $1.docid }
      .map { (builders[$0.connector].document(of: $0.candidate), $0.docid) }
  }
}
