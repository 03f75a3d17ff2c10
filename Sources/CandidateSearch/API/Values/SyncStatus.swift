import CandidateModel

/// How a connector's last sync went.
public struct SyncStatus: Sendable, Hashable {
  /// The connector's name.
  public let connector: String
  /// What was asked for: `full`, `incremental` or `since`.
  public var kind: String
  /// When it began.
  public var begunAt: Timestamp
  /// When it ended; nil while it runs, and where it was killed.
  public var endedAt: Timestamp?
  /// How it ended: `complete`, `interrupted`, or why it failed; nil as `endedAt`.
  public var ending: String?
  /// Up to which `modified_at` nothing is missing; nil before the first walk that was read to its end, and for the
  /// public.
  public var mark: Timestamp?
  /// When the last walk began that was read to its end: the index is as new as that.
  public var freshAt: Timestamp?
  /// How many records it added; nil for the public.
  public var added: Int? = 0
  /// How many it replaced; nil for the public.
  public var updated: Int? = 0
  /// How many were there already as they are, or newer; nil for the public.
  public var unchanged: Int? = 0
  /// How many were refused; nil for the public.
  public var refused: Int? = 0
  /// How many candidates it removed; nil for the public.
  public var removed: Int? = 0
  /// How many refused records the next sync requests again by their ids, at most 10,000; nil for the public.
  public internal(set) var toRequestAgain: Int? = 0

  /// A sync that begins.
  package init(connector: String, kind: String, begunAt: Timestamp) {
    (self.connector, self.kind, self.begunAt) = (connector, kind, begunAt)
  }

  /// Without what depends on private candidates.
  var forThePublic: SyncStatus {
    var status = self
    (status.added, status.updated, status.unchanged) = (nil, nil, nil)
    (status.refused, status.removed, status.mark) = (nil, nil, nil)
    status.toRequestAgain = nil
    return status
  }
}
