import ArgumentParser
import CandidateSearch

/// How a summary is printed.
enum SummaryFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json

  /// One line on standard error, or JSON on standard output.
  func print(_ summary: IngestSummary) throws {
    switch self {
    case .text: StandardError.write(Self.line(summary))
    case .json:
      var output = StandardOutput()
      try output.write(Self.json(summary) + "\n")
      try output.flush()
    }
  }

  private static func line(_ summary: IngestSummary) -> String {
    """
    added \(summary.added), updated \(summary.updated), unchanged \(summary.unchanged), stale \(summary.stale), \
    refused \(summary.refused) (\(Int(summary.rate)) records/s)
    """
  }

  private static func json(_ summary: IngestSummary) -> String {
    JSONOutput.object([
      ("added", .number(summary.added)),
      ("updated", .number(summary.updated)),
      ("unchanged", .number(summary.unchanged)),
      ("stale", .number(summary.stale)),
      ("refused", .number(summary.refused)),
      ("records_per_second", .number(Int(summary.rate))),
      ("milliseconds", .number(Int(summary.seconds * 1000))),
      ("unread_times", .object(summary.unreadTimes.map { ($0.field, .number($0.count)) })),
    ]).text
  }
}
