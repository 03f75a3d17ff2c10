/// The position of a candidate in an order of hits. It identifies the candidate by its id, since a docid depends on
/// other candidates of the same second.
package struct SortPosition: Sendable, Hashable {
  /// The value by which hits are ordered.
  package enum Value: Sendable, Hashable {
    /// No value: the candidate has none, or the order is that of recency.
    case none
    /// Microseconds since 1970.
    case time(Int64)
    case name(String)

    /// Decodes a value; nil for an invalid text.
    package init?(_ text: String, of criterion: SearchSort.Criterion) {
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
    package var text: String {
      switch self {
      case .none: ""
      case .time(let time): "\(time)"
      case .name(let name): name
      }
    }
  }

  package let value: Value
  /// The second of the candidate's time, since 1970; nil for one without.
  package let second: Int64?
  package let id: String
  package let connector: String

  package init(value: Value, second: Int64?, id: String, connector: String) {
    self.value = value
    self.second = second
    self.id = id
    self.connector = connector
  }

  /// The docids around the position: all candidates after it have a higher docid than `after`, all before it a lower
  /// one than `before`. Also if the candidate was removed or its time has changed since.
  package func docids(in snapshot: any IndexSnapshot) throws -> (before: Int64, after: Int64) {
    if let own = try snapshot.docid(id: id, connector: connector), own.second == second {
      return (own.value, own.value)
    }
    let key = DocidKey(second: second, connector: connector, id: id)
    let boundary = try DocidAllocator(SnapshotDocids(snapshot: snapshot)).boundary(key)
    return (boundary, boundary - 1)
  }
}

/// The docids of a snapshot, as `DocidAllocator` reads them.
package struct SnapshotDocids: DocidTable {
  package let snapshot: any IndexSnapshot

  package func first(in range: ClosedRange<Int64>) throws -> DocidEntry? {
    try snapshot.firstCandidate(in: range)
  }
  package func key(of entry: DocidEntry) throws -> DocidKey { try snapshot.docidKey(of: entry) }
}
