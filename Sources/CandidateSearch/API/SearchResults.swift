import CandidateModel
import CandidateQuery

/// What a search has found.
public struct SearchResults: Sendable {
  /// The hits, the best first.
  public let hits: [Hit]
  /// Where this page ends; nil if it is the last.
  let next: NextPage?
  /// What the reader should know about how the query was taken.
  public let notices: [QueryNotice]
  /// How the search came to its hits.
  public let explanation: SearchExplanation

  /// What the next page is asked for with; nil if this is the last.
  public var nextCursor: String? { next?.cursor }
}

/// A candidate that a search has found.
public struct Hit: Sendable, Hashable {
  /// The candidate.
  public let candidate: Candidate
  /// Where the record comes from; empty if it has no name.
  public let connector: String
  /// The tier that it was found in: `exact`, `phrase`, `together`, `fields`, `anywhere`, `variant` or `corrected`;
  /// `alternatives` for several of what OR offers; `recent` where there is no text to rank by.
  public let tier: String
  /// What it was found by.
  private let matches: [IndexQuery]

  init(candidate: Candidate, connector: String, tier: String, matches: [IndexQuery] = []) {
    (self.candidate, self.connector, self.tier, self.matches) = (candidate, connector, tier, matches)
  }

  /// What was found where; looked up anew each time, which takes some ten microseconds.
  public var highlights: [Highlight] { Highlighter(matches).highlights(in: candidate) }
}

/// Where something that a query asked for stands in a candidate.
public struct Highlight: Sendable, Hashable {
  /// The field: a name is told as first or last name.
  public let field: Field.ID
  /// Which of the field's values, from 0.
  public let value: Int
  /// Where in that value, in bytes of UTF-8; in order, not overlapping, none empty.
  public let ranges: [Range<Int>]

  /// The value in a candidate; empty if the candidate has no such value.
  public func text(in candidate: Candidate) -> String {
    let values: [String] =
      switch field {
      case .firstName: [candidate.firstName ?? ""]
      case .lastName: [candidate.lastName ?? ""]
      case .company: [candidate.company ?? ""]
      case .title: [candidate.title ?? ""]
      case .location: candidate.locations
      case .tag: candidate.tags
      case .email: candidate.emailAddresses
      default: []
      }
    return values.indices.contains(value) ? values[value] : ""
  }

  /// Ranges of a value of a field.
  public init(field: Field.ID, value: Int, ranges: [Range<Int>]) {
    (self.field, self.value, self.ranges) = (field, value, ranges)
  }
}
