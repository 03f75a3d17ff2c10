import CandidateSearch
import CommandSupport

/// The output of a connector's last sync.
enum SyncText {
  static func text(_ sync: SyncStatus, _ syncing: Set<String>) -> String {
    "\(outcome(sync, syncing)) (\(sync.kind.rawValue)), \(sync.freshAt.map { "data \(age(of: $0)) old" } ?? "not complete yet")"
      + (sync.toRequestAgain.map { $0 > 0 ? ", \($0) refused to request again" : "" } ?? "")
  }

  static func json(_ sync: SyncStatus, _ syncing: Set<String>) -> JSONOutput {
    func time(_ time: Timestamp?) -> JSONOutput { time.map { .string($0.description) } ?? .null }
    // Values that are hidden from the public are nil, and left out.
    let counts: [(String, Int?)] = [
      ("added", sync.added), ("updated", sync.updated), ("unchanged", sync.unchanged),
      ("refused", sync.refused),
      ("removed", sync.removed), ("to_request_again", sync.toRequestAgain),
    ]
    return .object(
      [
        ("connector", .string(sync.connector)),
        ("kind", .string(sync.kind.rawValue)),
        ("begun_at", time(sync.begunAt)),
        ("ended_at", time(sync.endedAt)),
        ("running", .bool(syncing.contains(sync.connector))),
        ("ending", sync.outcome.map { .string($0.description) } ?? .null),
        ("fresh_at", time(sync.freshAt)),
      ] + (sync.added == nil ? [] : [("mark", time(sync.mark))])
        + counts.compactMap { name, count in count.map { (name, .number($0)) } })
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
