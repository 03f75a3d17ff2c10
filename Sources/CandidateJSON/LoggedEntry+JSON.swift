import CandidateSearch
import SearchLog

extension LoggedEntry {
  /// The entry. An erased text and the id of a forgotten candidate are null; `erased` names the texts.
  public var json: JSONValue {
    let texts: [(String, LoggedEntry.Text?)] = [
      ("query", query), ("canonical_query", canonicalQuery), ("purpose", purpose),
    ]
    var members: [(String, JSONValue)] = [
      ("number", .number(number)), ("time", JSONValue(time)), ("kind", .string(kind.rawValue)),
      ("key", .string(key)),
    ]
    members += texts.map { name, text in
      if case .text(let text) = text { (name, .string(text)) } else { (name, .null) }
    }
    return .object(
      members + [
        ("erased", .list(texts.filter { $0.1 == .erased }.map { .string($0.0) })), ("scope", .string(scope)),
        ("count", count.map { .number($0) } ?? .null), ("candidates", .list(candidates.map(\.json))),
        ("generation", generation.map { .number($0) } ?? .null), ("program", .string(program)),
        ("request", .string(request)),
      ])
  }
}

extension LoggedEntry.Candidate {
  /// The connector and the id.
  fileprivate var json: JSONValue {
    .object([("connector", .string(connector)), ("id", id.map { .string($0) } ?? .null)])
  }
}
