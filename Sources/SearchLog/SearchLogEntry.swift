@_exported import CandidateTime

/// What is logged of one search, of one opened record, or of one export.
public struct SearchLogEntry: Sendable, Hashable {
  /// What was done.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Candidates were searched.
    case search
    /// The record of a candidate was opened.
    case record
    /// Candidates were exported.
    case export
  }

  /// A candidate whose data was shown.
  public struct Candidate: Sendable, Hashable {
    /// The name of the connector; empty if the record has none.
    public var connector: String
    /// The record's id, unique within a connector.
    public var id: String

    /// A candidate of a connector.
    public init(connector: String, id: String) {
      self.connector = connector
      self.id = id
    }
  }

  /// When it happened.
  public var time: Timestamp
  /// What was done.
  public var kind: Kind
  /// The name of the access key, or of the user, that did it.
  public var key: String
  /// Why, in the user's words; nil if that is unknown.
  public var purpose: String?
  /// The query as it was typed; nil if there was none.
  public var query: String?
  /// The query as it was understood; nil if there was none.
  public var canonicalQuery: String?
  /// The scope within which candidates existed for the key.
  public var scope: String
  /// The number of hits on all pages together; nil if it was not counted.
  public var count: Int?
  /// The candidates that were shown, in the order of the answer; then those of the texts that a person typed on the way to it.
  public var candidates: [Candidate]
  /// The generation of the index that was searched; nil if that is unknown.
  public var generation: Int?
  /// The program that answered and its version.
  public var program: String
  /// The id of the request; empty if it has none.
  public var request: String

  /// An entry of a kind; everything else is empty or unknown until it is set. The time is the present.
  public init(
    _ kind: Kind, key: String, candidates: [Candidate] = [], time: Timestamp = SearchLog.present()
  ) {
    self.time = time
    self.kind = kind
    self.key = key
    purpose = nil
    query = nil
    canonicalQuery = nil
    scope = ""
    count = nil
    self.candidates = candidates
    generation = nil
    program = ""
    request = ""
  }
}

/// An entry as the log contains it: texts and ids may have been erased since it was written.
public struct LoggedEntry: Sendable, Hashable {
  /// A text that can be erased.
  public enum Text: Sendable, Hashable {
    /// The text as it was logged.
    case text(String)
    /// `forget` has erased it.
    case erased
  }

  /// A candidate that was shown.
  public struct Candidate: Sendable, Hashable {
    /// The name of the connector; empty if the record has none.
    public let connector: String
    /// The record's id; nil if the candidate has been forgotten.
    public let id: String?
  }

  /// The position in the log, from 1.
  public let number: Int
  /// When it happened.
  public let time: Timestamp
  /// What was done.
  public let kind: SearchLogEntry.Kind
  /// The name of the access key, or of the user, that did it.
  public let key: String
  /// Why; nil if that is unknown.
  public let purpose: Text?
  /// The query as it was typed; nil if there was none.
  public let query: Text?
  /// The query as it was understood; nil if there was none.
  public let canonicalQuery: Text?
  /// The scope within which candidates existed for the key.
  public let scope: String
  /// The number of hits on all pages together; nil if it was not counted.
  public let count: Int?
  /// The candidates that were shown, in the order of the answer; then those of the texts that a person typed on the way to it.
  public let candidates: [Candidate]
  /// The generation of the index that was searched; nil if that is unknown.
  public let generation: Int?
  /// The program that answered and its version.
  public let program: String
  /// The id of the request; empty if it has none.
  public let request: String
}
