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
    for entry in entries { try output.write((asJSON ? json(entry) : line(entry)) + "\n") }
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

  /// An erased text and the id of a forgotten candidate are null, and `erased` names the texts.
  private static func json(_ entry: LoggedEntry) -> String {
    let texts: [(String, LoggedEntry.Text?)] = [
      ("query", entry.query), ("canonical_query", entry.canonicalQuery), ("purpose", entry.purpose),
    ]
    var members: [(String, JSONValue)] = [
      ("number", .number(entry.number)),
      ("time", .string(entry.time.description)),
      ("kind", .string(entry.kind.rawValue)),
      ("key", .string(entry.key)),
    ]
    members += texts.map { name, text in
      if case .text(let text) = text { (name, .string(text)) } else { (name, .null) }
    }
    members += [
      ("erased", .list(texts.filter { $0.1 == .erased }.map { .string($0.0) })),
      ("scope", .string(entry.scope)),
      ("count", entry.count.map { .number($0) } ?? .null),
      (
        "candidates",
        .list(
          entry.candidates.map {
            .object([("connector", .string($0.connector)), ("id", $0.id.map { .string($0) } ?? .null)])
          })
      ),
      ("generation", entry.generation.map { .number($0) } ?? .null),
      ("program", .string(entry.program)),
      ("request", .string(entry.request)),
    ]
    return JSONValue.object(members).text
  }
}
