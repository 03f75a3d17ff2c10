import CandidateTime

/// A resolved query: a tree of known fields with values of their kinds.
public indirect enum Query: Hashable, Sendable {
  /// Every candidate.
  case all
  /// Words in any field.
  case text(QueryText)
  /// Words in one field.
  case words(Field.ID, QueryText)
  /// The whole value of a field.
  case whole(Field.ID, String)
  /// A prefix of the whole value of a field.
  case beginning(Field.ID, String)
  /// Any value in a field.
  case present(Presence)
  /// A flag that is true, false or, with nil, unknown.
  case flag(Field.ID, Bool?)
  /// A phone number, or the last digits of one.
  case phone(String)
  /// A web address, or a part of one.
  case url(String)
  /// A time within a range. A candidate without the time is in no range.
  case time(Field.ID, TimeRange)
  /// The whole value of a custom field, or with a star a prefix of it.
  case custom(CustomField, QueryText)
  /// Any value in a custom field.
  case customPresent(CustomField)
  /// All of these.
  case and([Query])
  /// Any of these.
  case or([Query])
  /// Not this.
  case not(Query)
}

/// A range of time, from one moment, inclusive, until another, exclusive; nil leaves an end open.
public struct TimeRange: Hashable, Sendable {
  /// The first moment.
  public var from: Timestamp?
  /// The end, after the last moment.
  public var until: Timestamp?

  /// Creates a range; both ends are open by default.
  public init(from: Timestamp? = nil, until: Timestamp? = nil) {
    self.from = from
    self.until = until
  }

  /// Whether a moment lies in the range.
  public func contains(_ time: Timestamp) -> Bool {
    (from.map { $0 <= time } ?? true) && (until.map { time < $0 } ?? true)
  }
}
