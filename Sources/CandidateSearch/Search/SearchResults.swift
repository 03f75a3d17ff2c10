import CandidateModel
import CandidateQuery

/// What a search has found.
public struct SearchResults: Sendable {
  /// The hits, the best first.
  public let hits: [Hit]
  /// What the reader should know about how the query was taken.
  public let notices: [QueryNotice]
}

/// A candidate that a search has found.
public struct Hit: Sendable, Hashable {
  /// The candidate.
  public let candidate: Candidate
  /// Where the record comes from; empty if it has no name.
  public let connector: String
  /// The tier that it was found in (`exact`, `phrase`, `anywhere`; `recent` where there is no text to rank by).
  public let tier: String
}

/// What to give of a search's results.
public struct SearchOptions: Sendable, Hashable {
  /// At most so many hits, from 0.
  public var limit: Int

  /// The moment from which ages (`30d`) and `today` are counted; the present if nil.
  public var now: Timestamp?

  /// Options; ten hits unless told otherwise.
  public init(limit: Int = 10, now: Timestamp? = nil) {
    (self.limit, self.now) = (limit, now)
  }
}

/// Where something that a query asked for stands in a candidate.
public struct Highlight: Sendable, Hashable {
  /// The field: a name is told as first or last name.
  public let field: Field.ID
  /// Which of the field's values, from 0.
  public let value: Int
  /// Where in that value, in bytes of UTF-8; in order, not overlapping, none empty.
  public let ranges: [Range<Int>]

  /// Ranges of a value of a field.
  public init(field: Field.ID, value: Int, ranges: [Range<Int>]) {
    (self.field, self.value, self.ranges) = (field, value, ranges)
  }
}
