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

  /// Where the place lies among docids: everybody behind it has a higher one than `behind`, everybody before it a lower
  /// one than `before`. Where the candidate is gone or has moved since, nobody of its second is skipped.
  func docids(_ db: Database) throws -> (before: Int64, behind: Int64) {
    let own = try Int64.fetchOne(
      db,
      sql: """
        SELECT c.docid FROM candidate c JOIN connector n ON n.number = c.connector WHERE c.id = ? AND n.name = ?
        """, arguments: [id, connector])
    if let own, Docid(value: own).second == second { return (own, own) }
    guard let second else { return (.max, Docid.timeless.lowerBound - 1) }
    // Nobody's time is so far away, but a position may come from anybody.
    let slots = Docid.slots(ofSecond: min(max(second, -Self.furthest), Self.furthest))
    return (slots.upperBound + 1, slots.lowerBound - 1)
  }

  /// In seconds: a million years.
  private static let furthest: Int64 = 1 << 45
}
