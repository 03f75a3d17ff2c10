import BindbeeClient
import CandidateSearch

/// The extent of a sync, and what it may do.
public struct SyncOptions: Sendable {
  /// Which candidates are requested.
  public enum Extent: Sendable, Hashable {
    /// What Bindbee has written since the last walk that was read to its end; everything if there was none. Removes
    /// no candidate.
    case incremental
    /// Everything. Removes the candidates that do not come, within `removalGuard`; no other extent removes any.
    case full
    /// What Bindbee has written since a moment.
    case since(Timestamp)
    /// These alone, by their ids.
    case only([String])
  }

  /// Which candidates are requested.
  public var extent: Extent
  /// How many candidates a page has at most, 1 to 200. Where pages are longer than `BindbeeClient.maximumAnswerLength`, the
  /// sync halves it.
  public var pageSize = CandidateRequest.pageSizes.upperBound
  /// Whether custom fields are requested.
  public var includesCustomFields: Bool
  /// Whether the ATS's own records are requested, too.
  public var includesRawData: Bool
  /// How many candidates a full walk may remove.
  public var removalGuard: RemovalGuard
  /// Whether all is counted and nothing written.
  public var isDryRun: Bool

  /// Creates options; of an incremental sync by default.
  public init(
    extent: Extent = .incremental, includesCustomFields: Bool = false, includesRawData: Bool = false,
    removalGuard: RemovalGuard = .init(), isDryRun: Bool = false
  ) {
    (self.extent, self.removalGuard, self.isDryRun) = (extent, removalGuard, isDryRun)
    (self.includesCustomFields, self.includesRawData) = (includesCustomFields, includesRawData)
  }
}
