import CandidateModel

/// What became of the records of an ingest.
public struct IngestSummary: Sendable, Equatable {
  /// Records that the index did not hold.
  public var added = 0
  /// Records that replaced what the index held.
  public var updated = 0
  /// Records that the index held already; at most their `modified_at` has moved.
  public var unchanged = 0
  /// Records that are older, by `modified_at`, than what the index holds; they were ignored.
  public var stale = 0
  /// Records of people who asked to be forgotten; they were kept out.
  public var forgotten = 0
  /// Records that were refused.
  public var refused = 0
  /// How long it took, in seconds.
  public var seconds = 0.0
  /// The highest `modified_at` of all records that were not refused.
  public var latestModification: Timestamp?
  /// Times that did not parse and count as none.
  public var unreadTimes: [UnreadTimes] = []

  /// No records.
  public init() {}

  /// All records that were read.
  public var records: Int { added + updated + unchanged + stale + forgotten + refused }

  /// Records a second.
  public var rate: Double { seconds > 0 ? Double(records) / seconds : 0 }

  /// Adds the counts of another part of the same ingest.
  mutating func add(_ other: IngestSummary) {
    added += other.added
    updated += other.updated
    unchanged += other.unchanged
    stale += other.stale
    forgotten += other.forgotten
    refused += other.refused
    latestModification = [latestModification, other.latestModification].compactMap(\.self).max()
    for times in other.unreadTimes { add(times) }
  }

  private mutating func add(_ times: UnreadTimes) {
    if let i = unreadTimes.firstIndex(where: { $0.field == times.field }) {
      unreadTimes[i].count += times.count
    } else {
      unreadTimes.append(times)
    }
  }

  /// Times of one field that did not parse.
  public struct UnreadTimes: Sendable, Equatable, CustomStringConvertible {
    /// The field's name in the record.
    public let field: String
    /// How many.
    public var count: Int
    /// Where the first of them stands, as `file:line`.
    public let place: String

    /// Where the first stands, what is wrong, and how many more there are.
    public var description: String {
      "\(place): \(field): not a time, taken as none"
        + (count > 1 ? " (and so \(count - 1) more of this field)" : "")
    }
  }

  mutating func noteUnreadTime(field: String, place: @autoclosure () -> String) {
    if let i = unreadTimes.firstIndex(where: { $0.field == field }) {
      unreadTimes[i].count += 1
    } else {
      unreadTimes.append(UnreadTimes(field: field, count: 1, place: place()))
    }
  }
}

/// A record that was refused, with where it stands and why.
public struct Refusal: Sendable, CustomStringConvertible {
  /// The file, or `-` for standard input.
  public let file: String
  /// The line on which the record begins, from 1; nil where the whole input is meant.
  public let line: Int?
  /// Why, in words.
  public let reason: String
  /// What stands there, or as much of it as is kept.
  public let record: String

  /// A refusal of a record, or of an input as a whole.
  public init(file: String, line: Int?, reason: String, record: String) {
    (self.file, self.line, self.reason, self.record) = (file, line, reason, record)
  }

  /// An input that cannot be read.
  public init(_ failure: ReadFailure) {
    self.init(file: failure.name, line: nil, reason: "cannot be read: \(failure.reason)", record: "")
  }

  /// `file:line: reason`, or `file: reason` where the whole input is meant.
  public var description: String { line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)" }
}
