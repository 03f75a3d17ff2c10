import CandidateTime

/// A resolved query: a tree of known fields with values of their kinds.
public indirect enum Query: Hashable, Sendable {
  /// Every candidate.
  case all
  /// Words anywhere.
  case text(QueryText)
  /// Words in one field.
  case words(Field.ID, QueryText)
  /// The whole value of a field.
  case whole(Field.ID, String)
  /// The beginning of the whole value of a field.
  case beginning(Field.ID, String)
  /// Something in a field.
  case present(Presence)
  /// true, false or unknown.
  case flag(Field.ID, Bool?)
  /// A phone number, or its last digits.
  case phone(String)
  /// A web address, or a part of one.
  case url(String)
  /// A time within a range; what has no time is in none.
  case time(Field.ID, TimeRange)
  /// The whole value of a custom field, or with a star its beginning.
  case custom(CustomField, QueryText)
  /// Anything in a custom field.
  case customPresent(CustomField)
  /// All of these.
  case and([Query])
  /// Any of these.
  case or([Query])
  /// Not this.
  case not(Query)
}

/// Moments from one, inclusive, until another, exclusive; nil leaves the end open.
public struct TimeRange: Hashable, Sendable {
  /// The first moment.
  public var from: Timestamp?
  /// Behind the last moment.
  public var until: Timestamp?

  /// Creates a range; both ends are open by default.
  public init(from: Timestamp? = nil, until: Timestamp? = nil) {
    (self.from, self.until) = (from, until)
  }

  /// Whether a moment lies in the range.
  public func contains(_ time: Timestamp) -> Bool {
    (from.map { $0 <= time } ?? true) && (until.map { time < $0 } ?? true)
  }
}
