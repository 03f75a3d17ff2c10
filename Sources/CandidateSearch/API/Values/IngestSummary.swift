import CandidateModel

/// The result of an ingest: counts of its records.
public struct IngestSummary: Sendable, Equatable {
  /// Records that the index did not contain.
  public var added = 0
  /// Records that replaced an older one.
  public var updated = 0
  /// Records that the index contained already, perhaps with another `modified_at`.
  public var unchanged = 0
  /// Records that were ignored, since the index contains newer ones by `modified_at`.
  public var stale = 0
  /// Records of forgotten candidates, which were kept out.
  public var forgotten = 0
  /// Records that were refused.
  public var refused = 0
  /// The duration, in seconds.
  public var seconds = 0.0
  /// The highest `modified_at` of all records that were not refused.
  public var latestModification: Timestamp?
  /// The members of records that could not be read, each kind once. Their records are not refused.
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
    for member in other.unreadMembers { note(member.defect, count: member.count, place: member.place) }
  }

  /// Values of one field that could not be read, for one reason.
  public struct UnreadMember: Sendable, Equatable, CustomStringConvertible {
    /// The field, what is wrong and what the values count as.
    public let defect: MemberDefect
    /// The number of these values.
    public var count: Int
    /// The place of the record with the first of them, as `file:line`.
    public let place: String

    /// The place of the first, the problem, and the number of the others.
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
  /// The counts of the records of the inputs.
  public let records: IngestSummary
  /// The removal of the candidates that the inputs do not contain.
  public let removal: Removal
}

/// A record that was refused, with its place and the reason.
public struct Refusal: Sendable, CustomStringConvertible {
  /// The file, or `-` for standard input.
  public let file: String
  /// The line on which the record begins, from 1; nil if the whole input was refused.
  public let line: Int?
  /// The reason, in a few words.
  public let reason: String
  /// The text of the record; of a long one, its first part.
  public let record: String

  /// Creates a refusal of a record, or without a line of a whole input.
  public init(file: String, line: Int?, reason: String, record: String) {
    self.file = file
    self.line = line
    self.reason = reason
    self.record = record
  }

  /// Creates the refusal of an input that cannot be read.
  public init(_ failure: ReadFailure) {
    self.init(file: failure.name, line: nil, reason: "cannot be read: \(failure.reason)", record: "")
  }

  /// `file:line: reason`; `file: reason` for a whole input.
  public var description: String { line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)" }
}
