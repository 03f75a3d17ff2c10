import CandidateModel
import GRDB

/// The rows of the candidates that match a query.
struct MatchingRows {
  private let condition: String
  private let arguments: StatementArguments
  private let db: Database

  init(_ query: IndexQuery, _ db: Database) {
    (condition, arguments) = SearchStatement.condition(query)
    self.db = db
  }

  func countsByConnector() throws -> [ConnectorCount] {
    var counts: [ConnectorCount] = []
    try RawStatement(
      db,
      """
      SELECT n.name, count(c.docid) FROM connector n LEFT JOIN candidate c ON c.connector = n.number AND \(condition)
      GROUP BY n.number ORDER BY n.name
      """, arguments: arguments
    ).forEach {
      counts.append(ConnectorCount(name: $0.string(0) ?? "", candidates: Int($0.integer(orZero: 1))))
    }
    return counts
  }

  func count() throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM candidate c WHERE \(condition)", arguments: arguments)
      ?? 0
  }

  /// The time at one end of the docids, to the second.
  func recency(order: String) throws -> Timestamp? {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT c.docid FROM candidate c WHERE c.docid < \(Docid.timeless.lowerBound) AND \(condition)
        ORDER BY c.docid \(order) LIMIT 1
        """, arguments: arguments
    ).flatMap { Docid(value: $0).second }.map { Timestamp(microseconds: $0 * 1_000_000) }
  }
}
