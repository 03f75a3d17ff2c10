import CandidateSync
import CommandSupport
import Foundation

/// The user's command that runs when a sync has changed something.
struct AfterCommand {
  let command: String
  let index: String
  /// Variables that the command does not receive.
  let secretVariables: Set<String>

  /// Runs it if something has changed. False if it failed. What it prints goes to standard error: standard output
  /// contains results alone. It receives no secret in its environment, and no file or connection of this process.
  func run(_ summaries: [(connector: String, summary: SyncSummary)]) -> Bool {
    let changed = summaries.filter(\.summary.hasChanges)
    if changed.isEmpty { return true }
    let environment = ProcessInfo.processInfo.environment
      .filter { !secretVariables.contains($0.key) }
      .merging(variables(changed)) { $1 }
    guard let status = Shell.run(command, environment: environment) else {
      StandardError.write("cand-search: --after: /bin/sh cannot be run")
      return false
    }
    if status != 0 { StandardError.write("cand-search: --after: the command failed (\(status))") }
    return status == 0
  }

  private func variables(_ changed: [(connector: String, summary: SyncSummary)]) -> [String: String] {
    func total(_ count: (SyncSummary) -> Int) -> String {
      String(changed.reduce(0) { $0 + count($1.summary) })
    }
    return [
      "CAND_SEARCH_INDEX": index,
      "CAND_SEARCH_ADDED": total(\.records.added),
      "CAND_SEARCH_UPDATED": total(\.records.updated),
      "CAND_SEARCH_REMOVED": total { $0.removal?.count ?? 0 },
      "CAND_SEARCH_CONNECTORS": changed.map(\.connector).joined(separator: ","),
    ]
  }
}
