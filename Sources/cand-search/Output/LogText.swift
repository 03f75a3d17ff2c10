import CandidateJSON
import CandidateSearch
import CommandSupport
import SearchLog

/// Entries of the search log as lines of text, or as JSON.
enum LogText {
  /// Prints entries.
  /// - Throws: `ExitStatus.nothingFound` if there are none.
  static func print(_ entries: [LoggedEntry], asJSON: Bool) throws {
    var output = StandardOutput()
    for entry in entries { try output.write((asJSON ? entry.json.text : line(entry)) + "\n") }
    try output.flush()
    if entries.isEmpty { throw ExitStatus.nothingFound }
  }

  /// The time, the key, the kind, how many candidates were shown, the query, and the purpose in parentheses.
  private static func line(_ entry: LoggedEntry) -> String {
    let time = Timestamp(microseconds: entry.time.seconds * 1_000_000)
    var parts = ["\(time)", entry.key, entry.kind.rawValue, "\(entry.candidates.count) shown"]
    parts += entry.query.map { [text($0)] } ?? []
    parts += entry.purpose.map { ["(\(text($0)))"] } ?? []
    return TerminalText.safe(parts.joined(separator: "  "))
  }

  private static func text(_ text: LoggedEntry.Text) -> String {
    switch text {
    case .text(let text): text
    case .erased: "[erased]"
    }
  }
}
