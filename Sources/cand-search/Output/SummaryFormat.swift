import ArgumentParser
import CandidateSearch

/// How a summary is printed.
enum SummaryFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json

  /// One line on standard error, or JSON on standard output.
  func print(_ summary: IngestSummary, removal: Removal?) throws {
    switch self {
    case .text: StandardError.write(Self.line(summary, removal))
    case .json:
      var output = StandardOutput()
      try output.write(Self.json(summary, removal) + "\n")
      try output.flush()
    }
  }

  private static func line(_ summary: IngestSummary, _ removal: Removal?) -> String {
    var parts = [
      "added \(summary.added)", "updated \(summary.updated)", "unchanged \(summary.unchanged)",
      "stale \(summary.stale)", "refused \(summary.refused)",
    ]
    if summary.forgotten > 0 { parts.append("forgotten \(summary.forgotten)") }
    if let removal { parts.append("removed \(removal.count)") }
    return parts.joined(separator: ", ") + " (\(Int(summary.rate)) records/s)"
  }

  private static func json(_ summary: IngestSummary, _ removal: Removal?) -> String {
    JSONOutput.object(
      [
        ("added", .number(summary.added)),
        ("updated", .number(summary.updated)),
        ("unchanged", .number(summary.unchanged)),
        ("stale", .number(summary.stale)),
        ("refused", .number(summary.refused)),
        ("forgotten", .number(summary.forgotten)),
      ] + (removal.map { [("removed", .number($0.count))] } ?? []) + [
        ("records_per_second", .number(Int(summary.rate))),
        ("milliseconds", .number(Int(summary.seconds * 1000))),
        ("unread_times", .object(summary.unreadTimes.map { ($0.field, .number($0.count)) })),
      ]
    ).text
  }
}

extension Removal {
  /// How many were removed.
  var count: Int { if case .removed(let count) = self { count } else { 0 } }
}
