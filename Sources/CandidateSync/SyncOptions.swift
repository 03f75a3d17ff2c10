import BindbeeClient
import CandidateSearch

/// What a sync asks for, and what it may do.
public struct SyncOptions: Sendable {
  /// Which candidates are asked for.
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

  /// Which candidates are asked for.
  public var extent: Extent
  /// How many candidates a page has at most, 1 to 200; fewer where pages would be longer than
  /// `BindbeeClient.maximumAnswerLength`.
  public var pageSize = CandidateRequest.pageSizes.upperBound
  /// Whether custom fields are asked for.
  public var includesCustomFields: Bool
  /// Whether the records are asked for as the ATS gave them, too.
  public var includesRawData: Bool
  /// How many candidates a full walk may remove.
  public var removalGuard: RemovalGuard
  /// Whether all is counted and nothing written.
  public var isDryRun: Bool

  /// An incremental sync, unless told otherwise.
  public init(
    extent: Extent = .incremental, includesCustomFields: Bool = false, includesRawData: Bool = false,
    removalGuard: RemovalGuard = .init(), isDryRun: Bool = false
  ) {
    (self.extent, self.removalGuard, self.isDryRun) = (extent, removalGuard, isDryRun)
    (self.includesCustomFields, self.includesRawData) = (includesCustomFields, includesRawData)
  }
}
