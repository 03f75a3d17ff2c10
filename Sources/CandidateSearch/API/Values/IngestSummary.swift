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
  /// Members of records that could not be read, each kind once. They refuse nothing.
  public var unreadMembers: [UnreadMember] = []

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
    for member in other.unreadMembers { add(member) }
  }

  private mutating func add(_ member: UnreadMember) {
    if let i = unreadMembers.firstIndex(where: { $0.defect == member.defect }) {
      unreadMembers[i].count += member.count
    } else {
      unreadMembers.append(member)
    }
  }

  /// Values of one field that could not be read, for one reason.
  public struct UnreadMember: Sendable, Equatable, CustomStringConvertible {
    /// The field, what is wrong and what the values count as.
    public let defect: MemberDefect
    /// How many.
    public var count: Int
    /// Where the record of the first of them begins, as `file:line`.
    public let place: String

    /// Where the first occurs, what is wrong, and how many more there are.
    public var description: String {
      "\(place): \(defect)" + (count > 1 ? " (and \(count - 1) more of this kind)" : "")
    }
  }

  mutating func note(_ defect: MemberDefect, count: Int, place: @autoclosure () -> String) {
    if let i = unreadMembers.firstIndex(where: { $0.defect == defect }) {
      unreadMembers[i].count += count
    } else {
      unreadMembers.append(UnreadMember(defect: defect, count: count, place: place()))
    }
  }
}

/// The result of `CandidateIndex.replace`.
public struct ReplacementSummary: Sendable, Equatable {
  /// What became of the records of the inputs.
  public let records: IngestSummary
  /// What became of the candidates that the inputs do not contain.
  public let removal: Removal
}

/// A record that was refused, with its place and the reason.
public struct Refusal: Sendable, CustomStringConvertible {
  /// The file, or `-` for standard input.
  public let file: String
  /// The line on which the record begins, from 1; nil where the whole input is meant.
  public let line: Int?
  /// Why, in words.
  public let reason: String
  /// Its text, or as much of it as is kept.
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
