import ArgumentParser
import CandidateSearch

/// How a summary is printed.
package enum SummaryFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json

  /// One line on standard error, or JSON on standard output.
  package func print(_ summary: IngestSummary, removal: Removal?) throws {
    switch self {
    case .text: StandardError.write(Self.line(summary, removal))
    case .json:
      var output = StandardOutput()
      try output.write(JSONOutput.object(Self.members(summary, removal)).text + "\n")
      try output.flush()
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

  /// The counts as members of a JSON object.
  package static func members(
    _ summary: IngestSummary, _ removal: Removal?
  ) -> [(String, JSONOutput)] {
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
      ("unread_members", .list(summary.unreadMembers.map(member))),
    ]
  }

  private static func member(_ member: IngestSummary.UnreadMember) -> JSONOutput {
    .object([
      ("field", .string(member.defect.field)),
      ("problem", .string("\(member.defect.problem)")),
      ("count", .number(member.count)),
      ("first", .string(member.place)),
    ])
  }
}
