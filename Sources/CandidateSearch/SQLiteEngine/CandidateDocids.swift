import GRDB

/// The docids of the index, within one transaction.
final class CandidateDocids: MutableDocidTable {
  private let firstInRange: RawStatement
  private let identity: RawStatement
  private let update: RawStatement

  init(_ db: Database) throws {
    firstInRange = try RawStatement(
      cached: "SELECT number, docid FROM candidate WHERE docid BETWEEN ? AND ? ORDER BY docid LIMIT 1", db)
    identity = try RawStatement(
      cached: """
        SELECT n.name, c.id FROM candidate c JOIN connector n ON n.number = c.connector WHERE c.number = ?
        """, db)
    update = try RawStatement(cached: "UPDATE candidate SET docid = ?2 WHERE number = ?1", db)
  }

  func first(in range: ClosedRange<Int64>) throws -> DocidEntry? {
    firstInRange.bind(1, range.lowerBound)
    firstInRange.bind(2, range.upperBound)
    return try firstInRange.first {
      DocidEntry(number: $0.integer(orZero: 0), docid: Docid(value: $0.integer(orZero: 1)))
    }
  }

  func key(of entry: DocidEntry) throws -> DocidKey {
    identity.bind(1, entry.number)
    let (connector, id) = try identity.first { ($0.string(0) ?? "", $0.string(1) ?? "") } ?? ("", "")
    return DocidKey(second: entry.docid.second, connector: connector, id: id)
  }

  func move(_ entry: DocidEntry, to docid: Docid) throws {
    update.bind(1, entry.number)
    update.bind(2, docid.value)
    try update.run()
  }

  /// Assigns the docids of all candidates, ascending.
  static func assign(_ entries: [DocidEntry], _ db: Database) throws {
    // Docids are unique, also between two statements.
    try db.execute(sql: "DROP INDEX IF EXISTS candidate_docid")
    let docids = try CandidateDocids(db)
    for entry in entries { try docids.move(entry, to: entry.docid) }
    try db.execute(sql: Schema.docidIndex)
  }
}
