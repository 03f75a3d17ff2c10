import CandidateModel
import CandidateQuery

/// The query for a range of time.
enum TimeQuery {
  static func match(_ field: Field.ID, _ range: TimeRange) -> IndexQuery {
    if let from = range.from, let until = range.until, until <= from { return .nothing }
    switch IndexSchema[field].filter {
    case .recency: return interaction(range)
    case .recordTime(let column): return record(column, range)
    default: return .nothing
    }
  }

  private static func record(_ column: TimeColumn, _ range: TimeRange) -> IndexQuery {
    .record(.time(column, from: range.from?.microseconds, until: range.until?.microseconds))
  }

  /// The docid is the time of the last interaction where there was any, else some other time.
  private static func interaction(_ range: TimeRange) -> IndexQuery {
    let hadAny = IndexQuery.none(of: .term(.missing(.interaction)))
    guard range.from != nil || range.until != nil else { return hadAny }
    if let from = range.from, from.seconds > Docid.lastSecond { return .nothing }
    let docids = Docid.range(from: range.from?.seconds, until: range.until?.seconds)
    return .all([.record(.docids(docids)), hadAny])
  }
}
