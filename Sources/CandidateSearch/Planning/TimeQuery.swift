import CandidateModel
import CandidateQuery

/// What a range of time matches.
enum TimeQuery {
  static func match(_ field: Field.ID, _ range: TimeRange) -> IndexQuery {
    if let from = range.from, let until = range.until, until <= from { return .nothing }
    switch field {
    case .lastInteraction: return interaction(range)
    case .modified: return record(.modified, range)
    case .created: return record(.created, range)
    case .updated: return record(.updated, range)
    default: return .nothing
    }
  }

  private static func record(_ column: TimeColumn, _ range: TimeRange) -> IndexQuery {
    .record(.time(column, from: range.from?.microseconds, until: range.until?.microseconds))
  }

  /// The docid tells the time of the last interaction of those who had any; of others it tells some other time.
  private static func interaction(_ range: TimeRange) -> IndexQuery {
    let hadAny = IndexQuery.none(of: .term(.missing(.interaction)))
    guard range.from != nil || range.until != nil else { return hadAny }
    let docids = Docid.range(from: range.from?.seconds, until: range.until?.seconds)
    return .all([.record(.docids(docids)), hadAny])
  }
}
