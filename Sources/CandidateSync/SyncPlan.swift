import BindbeeClient
import CandidateSearch

/// What a sync asks for, and how far the index has come after it.
struct SyncPlan {
  /// What the walks ask for; several only for many ids.
  let requests: [CandidateRequest]
  /// Whether those who do not come are removed.
  let removes: Bool
  /// What is noted when it begins; nil where a few candidates alone are asked for, which says nothing of the others.
  let begun: SyncStatus?
  private let isGapless: Bool

  /// Clocks differ, and so may what the API has written and what it shows.
  private static let overlap: Int64 = 60_000_000
  /// So many ids fit into an address.
  private static let idsPerRequest = 100

  init(_ options: SyncOptions, connector: String, last: SyncStatus?, now: Timestamp) {
    var request = CandidateRequest(
      includesCustomFields: options.includesCustomFields, includesRawData: options.includesRawData)
    let mark = last?.mark
    var kind: String?
    switch options.extent {
    case .incremental where mark != nil:
      request.modifiedAfter = mark.map { Timestamp(microseconds: $0.microseconds - Self.overlap) }
      (kind, removes, isGapless) = ("incremental", false, true)
    case .incremental, .full:
      (kind, removes, isGapless) = ("full", true, true)
    case .since(let time):
      request.modifiedAfter = time
      (kind, removes, isGapless) = ("since", false, mark.map { time <= $0 } ?? false)
    case .only:
      (removes, isGapless) = (false, false)
    }
    requests = Self.requests(request, options.extent)
    begun = kind.map { kind in
      var status = SyncStatus(connector: connector, kind: kind, begunAt: now)
      (status.mark, status.freshAt) = (mark, last?.freshAt)
      return status
    }
  }

  private static func requests(_ request: CandidateRequest, _ extent: SyncOptions.Extent)
    -> [CandidateRequest]
  {
    guard case .only(let ids) = extent else { return [request] }
    return stride(from: 0, to: ids.count, by: idsPerRequest).map { start in
      var request = request
      request.ids = Array(ids[start..<min(start + idsPerRequest, ids.count)])
      return request
    }
  }

  /// What is noted when it ends.
  func ended(_ ending: String, _ summary: SyncSummary, isComplete: Bool) -> SyncStatus? {
    guard var status = begun else { return nil }
    (status.endedAt, status.ending) = (.now, ending)
    let records = summary.records
    (status.added, status.updated, status.refused) = (records.added, records.updated, records.refused)
    status.unchanged = records.unchanged + records.stale
    if case .removed(let count) = summary.removal { status.removed = count }
    if isComplete, isGapless {
      status.freshAt = status.begunAt
      status.mark = mark(after: records.latestModification)
    }
    return status
  }

  /// No later than when the walk began: what changed behind it is asked for the next time, and a record from the
  /// future does not hide what comes before it.
  private func mark(after latest: Timestamp?) -> Timestamp? {
    guard let begun else { return nil }
    guard let latest else { return begun.mark }
    let reached = min(latest, begun.begunAt)
    return removes ? reached : max(reached, begun.mark ?? reached)
  }
}
