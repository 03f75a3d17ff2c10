import CandidateSearch
import CommandSupport

/// The output of a connector's last sync.
enum SyncText {
  static func text(_ sync: SyncStatus, _ syncing: Set<String>) -> String {
    "\(outcome(sync, syncing)) (\(sync.kind.rawValue)), \(sync.freshAt.map { "data \(age(of: $0)) old" } ?? "not complete yet")"
      + (sync.toRequestAgain.map { $0 > 0 ? ", \($0) refused to request again" : "" } ?? "")
  }

  private static func outcome(_ sync: SyncStatus, _ syncing: Set<String>) -> String {
    if let outcome = sync.outcome, let time = sync.endedAt { return "\(outcome) \(time)" }
    return syncing.contains(sync.connector)
      ? "running since \(sync.begunAt)" : "killed, begun \(sync.begunAt)"
  }

  /// The age in the largest unit that it contains at least once.
  private static func age(of time: Timestamp) -> String {
    let seconds = max(0, Timestamp.now.seconds - time.seconds)
    let units: [(name: String, seconds: Int64)] = [("d", 86_400), ("h", 3600), ("min", 60)]
    guard let unit = units.first(where: { seconds >= $0.seconds }) else { return "\(seconds) s" }
    return "\(seconds / unit.seconds) \(unit.name)"
  }
}
