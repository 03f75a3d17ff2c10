import BindbeeClient
import CandidateSearch

/// The result of a sync.
public struct SyncSummary: Sendable {
  /// The number of pages that were read.
  public var pages = 0
  /// The counts of their records.
  public var records = IngestSummary()
  /// The removal of candidates that the walk did not contain; nil unless a full walk was complete.
  public var removal: Removal?

  /// No pages.
  public init() {}

  /// Whether the sync changed the index.
  public var hasChanges: Bool {
    records.added + records.updated + (removal?.count ?? 0) > 0
  }
}

/// What happens during a sync.
public enum SyncEvent: Sendable {
  /// A page was written; with the counts so far.
  case page(SyncSummary)
  /// A record was refused; the others of its page are written.
  case refused(Refusal)
  /// The client waits.
  case waiting(BindbeeClient.Wait)
}
