import GRDB

/// A candidate's place in an order of hits. It names the candidate, not its docid: that depends on who else came in the
/// same second.
struct SortPosition: Sendable, Hashable {
  /// What the hits are ordered by.
  enum Value: Sendable, Hashable {
    /// The candidate has none, or its time alone counts.
    case none
    /// Microseconds since 1970.
    case time(Int64)
    case name(String)

    /// The value that a text stands for; nil for a text that stands for none.
    init?(_ text: String, of criterion: SearchSort.Criterion) {
      switch criterion {
      case _ where text.isEmpty: self = .none
      case .recent: return nil
      case .name: self = .name(text)
      case .created, .modified:
        guard let time = Int64(text) else { return nil }
        self = .time(time)
      }
    }

    /// The value as a text.
    var text: String {
      switch self {
      case .none: ""
      case .time(let time): "\(time)"
      case .name(let name): name
      }
    }

    var databaseValue: DatabaseValue {
      switch self {
      case .none: .null
      case .time(let time): time.databaseValue
      case .name(let name): name.databaseValue
      }
    }
  }

  let value: Value
  /// The second of the candidate's time, since 1970; nil for one without.
  let second: Int64?
  let id: String
  let connector: String

  /// Where the place is among docids: all candidates after it have a higher one than `behind`, all before it a lower
  /// one than `before`; also if the candidate is gone or has another time by now.
  func docids(_ db: Database) throws -> (before: Int64, behind: Int64) {
    let own = try Int64.fetchOne(
      db,
      sql: """
        SELECT c.docid FROM candidate c JOIN connector n ON n.number = c.connector WHERE c.id = ? AND n.name = ?
        """, arguments: [id, connector])
    if let own, Docid(value: own).second == second { return (own, own) }
    let key = DocidKey(second: second, connector: connector, id: id)
    let boundary = try DocidAllocator(CandidateDocids(db)).boundary(key)
    return (boundary, boundary - 1)
  }
}
