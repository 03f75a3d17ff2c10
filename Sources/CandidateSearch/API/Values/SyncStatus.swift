import CandidateModel

/// How old the data of a connector is.
public struct ConnectorFreshness: Sendable, Hashable {
  /// The connector's name.
  public let connector: String
  /// When its last complete sync began: the index is at least as new as that. Nil before the first complete sync.
  public let freshAt: Timestamp?

  package init(connector: String, freshAt: Timestamp?) {
    self.connector = connector
    self.freshAt = freshAt
  }
}

/// The state of a connector's last sync.
public struct SyncStatus: Sendable, Hashable {
  /// Which candidates a sync requests.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// All candidates.
    case full
    /// The candidates modified since the last sync that read every page.
    case incremental
    /// The candidates modified since a time that the caller chose.
    case since
  }

  /// How a sync ended.
  public enum Outcome: Sendable, Hashable, CustomStringConvertible {
    /// Every page was read.
    case complete
    /// The task was cancelled.
    case interrupted
    /// The API or the index failed; the text is a message of this program.
    case failed(String)

    /// `complete`, `interrupted`, or the reason of the failure: the text that the index stores.
    public var description: String {
      switch self {
      case .complete: "complete"
      case .interrupted: "interrupted"
      case .failed(let reason): reason
      }
    }

    /// Whether the API refused the key or the token (401, 403): it has to be renewed, or the connector relinked.
    public var isAccessRefused: Bool {
      // A reason begins with the status of the API's answer.
      guard case .failed(let reason) = self else { return false }
      return reason.hasPrefix("401:") || reason.hasPrefix("403:")
    }

    package init(description: String) {
      self = [.complete, .interrupted].first { $0.description == description } ?? .failed(description)
    }
  }

  /// The connector's name.
  public let connector: String
  /// Which candidates it requested.
  public var kind: Kind
  /// When it began.
  public var begunAt: Timestamp
  /// When it ended; nil while it runs, and if its process was killed.
  public var endedAt: Timestamp?
  /// How it ended; nil if `endedAt` is nil.
  public var outcome: Outcome?
  /// The index contains every change up to this `modified_at`; nil before the first complete sync, and for the public.
  public var mark: Timestamp?
  /// When the last complete sync began; the index is at least as new as that.
  public var freshAt: Timestamp?
  /// The number of records that were added; nil for the public.
  public var added: Int? = 0
  /// The number of records that replaced older ones; nil for the public.
  public var updated: Int? = 0
  /// The number of records that were unchanged or older than the index's; nil for the public.
  public var unchanged: Int? = 0
  /// The number of records that were refused; nil for the public.
  public var refused: Int? = 0
  /// The number of candidates that were removed; nil for the public.
  public var removed: Int? = 0
  /// The number of refused records that the next sync requests again, at most 10,000; nil for the public.
  public package(set) var toRequestAgain: Int? = 0

  /// A sync that begins.
  package init(connector: String, kind: Kind, begunAt: Timestamp) {
    self.connector = connector
    self.kind = kind
    self.begunAt = begunAt
  }

  /// The status without what depends on private candidates.
  var forThePublic: SyncStatus {
    var status = self
    status.added = nil
    status.updated = nil
    status.unchanged = nil
    status.refused = nil
    status.removed = nil
    status.mark = nil
    status.toRequestAgain = nil
    return status
  }
}
