import CandidateSearch
import CandidateSync

/// When a connector is synced without a webhook.
struct SyncSchedule: Sendable {
  /// A sync that is due at a time.
  struct Due: Sendable, Hashable {
    let time: Timestamp
    let extent: SyncOptions.Extent
  }

  /// At most this long after the start, the syncs that are due by then begin: not those of all connectors at once.
  static let maximumDelay = Duration.seconds(300)

  let syncEvery: Duration?
  let fullEvery: Duration?
  /// When the server started.
  let start: Timestamp
  /// The share of the maximum delay after the start, from 0 to 1.
  let jitter: Double

  /// The next sync; nil if there is none. A full sync is an incremental one, too, and comes first.
  /// - Parameters:
  ///   - lastSync: When the last sync was complete or given up, whatever caused it.
  ///   - lastFull: When the last full sync began.
  func next(lastSync: Timestamp?, lastFull: Timestamp?) -> Due? {
    let full = fullEvery.map { Due(time: time(after: lastFull, every: $0), extent: .full) }
    let incremental = syncEvery.map { Due(time: time(after: lastSync, every: $0), extent: .incremental) }
    guard let full, let incremental else { return full ?? incremental }
    return full.time <= incremental.time ? full : incremental
  }

  private func time(after last: Timestamp?, every interval: Duration) -> Timestamp {
    let earliest = start.advanced(by: min(interval / 10, Self.maximumDelay) * jitter)
    guard let last else { return earliest }
    return max(earliest, last.advanced(by: interval))
  }
}
