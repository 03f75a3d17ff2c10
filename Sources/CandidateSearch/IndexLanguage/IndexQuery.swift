import CandidateQuery

/// A Boolean query of the postings, as engines evaluate it. Its tokens are those of documents: typed text has been
/// analysed before.
package indirect enum IndexQuery: Hashable, Sendable {
  /// Every candidate.
  case everything
  /// No candidate.
  case nothing
  /// Tokens that follow one another in one of these columns, or in any column where none is named. The last may be the
  /// prefix of a token.
  case phrase([String], isPrefix: Bool = false, in: [TextColumn] = [])
  /// Phrases that all occur in one of these columns, in any order. The last may end in the prefix of a token.
  case together([[String]], isPrefix: Bool = false, in: [TextColumn] = [])
  /// A condition on stored values of a candidate rather than on postings.
  case record(RecordCondition)
  case and([IndexQuery])
  case or([IndexQuery])
  case not(IndexQuery)

  package static func term(_ term: FilterTerm) -> IndexQuery { .phrase([term.token]) }

  /// Whether the postings alone decide it.
  package var isOfPostings: Bool {
    switch self {
    case .everything, .nothing, .phrase, .together: true
    case .record: false
    case .and(let parts), .or(let parts): parts.allSatisfy(\.isOfPostings)
    case .not(let part): part.isOfPostings
    }
  }

  /// Whether it depends on `modified_at`, which also changes where the postings do not: what is derived from it must not be kept
  /// for a generation.
  package var dependsOnModification: Bool {
    switch self {
    case .record(.time(.modified, from: _, until: _)): true
    case .everything, .nothing, .phrase, .together, .record: false
    case .and(let parts), .or(let parts): parts.contains(where: \.dependsOnModification)
    case .not(let part): part.dependsOnModification
    }
  }

  /// The conditions all of which must be true.
  var conditions: [IndexQuery] { if case .and(let parts) = self { parts } else { [self] } }

  /// The query without some conditions that it combines with others.
  func without(_ conditions: [IndexQuery]) -> IndexQuery {
    if conditions.contains(self) { return .everything }
    return switch self {
    case .and(let parts): .all(parts.map { $0.without(conditions) })
    case .or(let parts):
      .any(parts.map { part in conditions.contains(part) ? part : part.without(conditions) })
    case .not(let part): .none(of: conditions.contains(part) ? part : part.without(conditions))
    case .everything, .nothing, .phrase, .together, .record: self
    }
  }

  /// The docids of the matching candidates, if the query names each; nil for any other query.
  package var docids: [Int64]? {
    switch self {
    case .record(.docids(let range)) where range.lowerBound == range.upperBound: return [range.lowerBound]
    case .or(let parts):
      var all: [Int64] = []
      for part in parts {
        guard case .record = part, let docids = part.docids else { return nil }
        all += docids
      }
      return all
    default: return nil
    }
  }

  /// The conjunction, simplified and without repetitions.
  package static func all(_ parts: [IndexQuery]) -> IndexQuery {
    var kept: [IndexQuery] = []
    for part in parts {
      switch part {
      case .everything: continue
      case .nothing: return .nothing
      case .and(let inner): kept += inner
      default: kept.append(part)
      }
    }
    kept = withoutRepetitions(kept)
    return kept.count > 1 ? .and(kept) : kept.first ?? .everything
  }

  /// The disjunction, simplified and without repetitions.
  package static func any(_ parts: [IndexQuery]) -> IndexQuery {
    var kept: [IndexQuery] = []
    for part in parts {
      switch part {
      case .everything: return .everything
      case .nothing: continue
      case .or(let inner): kept += inner
      default: kept.append(part)
      }
    }
    kept = withoutRepetitions(kept)
    return kept.count > 1 ? .or(kept) : kept.first ?? .nothing
  }

  /// The parts of a conjunction or of a disjunction, with those that the postings decide combined to one.
  package static func withPostingsCombined(
    _ parts: [IndexQuery], by combined: ([IndexQuery]) -> IndexQuery
  ) -> [IndexQuery] {
    let postings = parts.filter(\.isOfPostings)
    return postings.count < 2 ? parts : [combined(postings)] + parts.filter { !$0.isOfPostings }
  }

  /// The different queries, in order.
  private static func withoutRepetitions(_ queries: [IndexQuery]) -> [IndexQuery] {
    if queries.count < 2 { return queries }
    // Comparing a few queries is faster than hashing them.
    if queries.count < 10 {
      return queries.indices.filter { !queries[..<$0].contains(queries[$0]) }.map { queries[$0] }
    }
    var seen: Set<IndexQuery> = []
    return queries.filter { seen.insert($0).inserted }
  }

  /// The negation, simplified.
  package static func none(of part: IndexQuery) -> IndexQuery {
    switch part {
    case .everything: .nothing
    case .nothing: .everything
    case .not(let inner): inner
    default: .not(part)
    }
  }
}

/// A condition on the stored values of a candidate.
package enum RecordCondition: Hashable, Sendable {
  /// The id is this, or this in lower case.
  case id(String)
  /// The docid lies in a range.
  case docids(ClosedRange<Int64>)
  /// A time lies in a range, in microseconds.
  case time(TimeColumn, from: Int64?, until: Int64?)
}

/// The stored times of a candidate.
package enum TimeColumn: String, Sendable {
  case modified = "modified_at"
  case created = "created_at"
  case updated = "updated_at"
}
