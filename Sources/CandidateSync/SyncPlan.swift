import BindbeeClient
import CandidateSearch

/// The requests of a sync, and how far the index has come after it.
struct SyncPlan {
  /// The requests of the walks; several only for many ids.
  let requests: [CandidateRequest]
  /// Whether refused records that the walks did not bring are requested by their ids; without that they are gone.
  let requestsRefused: Bool
  /// Whether candidates that the walk does not contain are removed.
  let removes: Bool
  /// The status that is stored when it begins; nil where only some candidates are requested, which decides nothing for the others.
  let begun: SyncStatus?
  private let isGapless: Bool

  /// How long before the time of the last sync the next one begins, in microseconds: the clocks may differ, and the API may
  /// show a change later than its `modified_at`.
  private static let overlap: Int64 = 60_000_000
  /// The maximum number of ids in one request.
  private static let maximumIDsPerRequest = 100
  /// The maximum number of bytes that they take in its address.
  private static let maximumIDBytesPerRequest = 4000
  private let request: CandidateRequest

  init(_ options: SyncOptions, connector: String, last: SyncStatus?, now: Timestamp) {
    var request = CandidateRequest(
      pageSize: options.pageSize, includesCustomFields: options.includesCustomFields,
      includesRawData: options.includesRawData)
    // A mark in the future was set by a clock that was wrong: what was written until then would never be requested.
    let mark = last?.mark.flatMap { $0.microseconds - Self.overlap <= now.microseconds ? $0 : nil }
    var kind: SyncStatus.Kind?
    switch options.extent {
    case .incremental where mark != nil:
      request.modifiedAfter = mark.map { Timestamp(microseconds: $0.microseconds - Self.overlap) }
      (kind, removes, isGapless) = (.incremental, false, true)
    case .incremental:
      (kind, removes, isGapless) = (.full, false, true)
    case .full:
      (kind, removes, isGapless) = (.full, true, true)
    case .since(let time):
      request.modifiedAfter = time
      (kind, removes, isGapless) = (
        .since, false, mark.map { time.microseconds <= $0.microseconds - Self.overlap } ?? false
      )
    case .only:
      (removes, isGapless) = (false, false)
    }
    self.request = request
    if case .only(let ids) = options.extent {
      requests = Self.requests(ids, like: request)
      requestsRefused = false
    } else {
      requests = [request]
      requestsRefused = request.modifiedAfter != nil
    }
    begun = kind.map { kind in
      var status = SyncStatus(connector: connector, kind: kind, begunAt: now)
      (status.mark, status.freshAt) = (mark, last?.freshAt)
      return status
    }
  }

  /// Requests for candidates by their ids, whenever they were written.
  func requests(for ids: [String]) -> [CandidateRequest] {
    var request = request
    request.modifiedAfter = nil
    return Self.requests(ids, like: request)
  }

  private static func requests(_ ids: [String], like request: CandidateRequest) -> [CandidateRequest] {
    var requests: [CandidateRequest] = []
    var room = 0
    for id in ids {
      // Most bytes take three when they are encoded, as does the comma.
      let length = id.utf8.reduce(3) { $0 + (isPlain($1) ? 1 : 3) }
      if length > room || requests.last?.ids.count == maximumIDsPerRequest {
        var next = request
        next.ids = []
        requests.append(next)
        room = maximumIDBytesPerRequest
      }
      requests[requests.count - 1].ids.append(id)
      room -= length
    }
    return requests
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// The status that is stored when it ends.
  func ended(_ outcome: SyncStatus.Outcome, _ summary: SyncSummary) -> SyncStatus? {
    guard var status = begun else { return nil }
    status.endedAt = .now
    status.outcome = outcome
    let records = summary.records
    (status.added, status.updated, status.refused) = (records.added, records.updated, records.refused)
    status.unchanged = records.unchanged + records.stale
    status.removed = summary.removal?.count ?? 0
    if outcome == .complete, isGapless {
      status.freshAt = status.begunAt
      status.mark = mark(after: records.latestModification)
    }
    return status
  }

  /// No later than when the walk began: what changed after that is requested the next time, and a record from the
  /// future does not hide what comes before it.
  private func mark(after latest: Timestamp?) -> Timestamp? {
    guard let begun else { return nil }
    guard let latest else { return begun.mark }
    let reached = min(latest, begun.begunAt)
    return removes ? reached : max(reached, begun.mark ?? reached)
  }
}
