import ArgumentParser
import CandidateJSON
import CandidateSearch

/// How a summary is printed.
package enum SummaryFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json

  /// One line on standard error, or JSON on standard output.
  package func print(_ summary: IngestSummary, removal: Removal?) throws {
    switch self {
    case .text: StandardError.write(Self.line(summary, removal))
    case .json:
      try StandardOutput.print(JSONValue.object(summary.jsonMembers(removal: removal)).text + "\n")
    }
  }

  /// The counts in words.
  package static func line(_ summary: IngestSummary, _ removal: Removal?) -> String {
    var parts = [
      "added \(summary.added)", "updated \(summary.updated)", "unchanged \(summary.unchanged)",
      "stale \(summary.stale)", "refused \(summary.refused)",
    ]
    if summary.forgotten > 0 { parts.append("forgotten \(summary.forgotten)") }
    if let removal { parts.append("removed \(removal.count)") }
    return parts.joined(separator: ", ") + " (\(Int(summary.rate)) records/s)"
  }
}
