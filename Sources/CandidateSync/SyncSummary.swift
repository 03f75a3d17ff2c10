import BindbeeClient
import CandidateSearch

/// What a sync did.
public struct SyncSummary: Sendable {
  /// Pages that were taken.
  public var pages = 0
  /// What became of their records.
  public var records = IngestSummary()
  /// What became of those who did not come; nil where the walk was not full, or not read to its end.
  public var removal: Removal?

  /// Nothing yet.
  public init() {}

  /// Whether the index is not as it was.
  public var hasChanges: Bool {
    records.added + records.updated + (removal?.count ?? 0) > 0
  }
}

/// What happens during a sync.
public enum SyncEvent: Sendable {
  /// A page was taken; with all that was done so far.
  case page(SyncSummary)
  /// A record was refused; its page's others are taken.
  case refused(Refusal)
  /// The client waits.
  case waiting(BindbeeClient.Wait)
}
