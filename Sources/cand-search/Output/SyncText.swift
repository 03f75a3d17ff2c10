import CandidateSearch
import CommandSupport

/// The output of a connector's last sync.
enum SyncText {
  static func text(_ sync: SyncStatus, _ syncing: Set<String>) -> String {
    "\(outcome(sync, syncing)) (\(sync.kind.rawValue)), \(sync.freshAt.map { "data \(age(max(0, Timestamp.now.seconds - $0.seconds))) old" } ?? "not complete yet")"
      + (sync.toRequestAgain.map { $0 > 0 ? ", \($0) refused to request again" : "" } ?? "")
  }

  private static func outcome(_ sync: SyncStatus, _ syncing: Set<String>) -> String {
    if let outcome = sync.outcome, let time = sync.endedAt { return "\(outcome) \(time)" }
    return syncing.contains(sync.connector)
      ? "running since \(sync.begunAt)" : "killed, begun \(sync.begunAt)"
  }

  /// An age in seconds, in the largest unit that it contains at least once.
  static func age(_ seconds: Int64) -> String {
    let units: [(name: String, seconds: Int64)] = [("d", 86_400), ("h", 3600), ("min", 60)]
    guard let unit = units.first(where: { seconds >= $0.seconds }) else { return "\(seconds) s" }
    return "\(seconds / unit.seconds) \(unit.name)"
  }
}
