import TestSupport
import Testing

@testable import CandidateSearch

/// The most frequent terms with a prefix, against a plain count.
@Suite struct CompletionTests {
  private static let people = Result { try MixedPeople() }

  private static func plain(
    _ prefix: String, _ columns: [TextColumn], limit: Int, _ scope: Scope, in index: CandidateIndex
  ) throws -> [CountedTerm] {
    try index.snapshot { snapshot in
      var terms: [String] = []
      try snapshot.forEachTerm(in: .all) { term, _ in terms.append(String(decoding: term, as: UTF8.self)) }
      let counted = try terms.filter { $0.utf8.starts(with: prefix.utf8) }.map { term in
        let frequency = try snapshot.frequency(of: term, in: scope)
        return CountedTerm(term: term, count: columns.reduce(0) { $0 + frequency[$1] })
      }
      let sorted = counted.filter { $0.count > 0 }.sorted { a, b in
        a.count == b.count
          ? a.term.utf8.lexicographicallyPrecedes(b.term.utf8) : a.count > b.count
      }
      return Array(sorted.prefix(limit))
    }
  }

  @Test(arguments: [Scope.all, .public]) func theMostFrequentComeFirst(_ scope: Scope) throws {
    let index = try Self.people.get().index
    for columns in [TextColumn.counted, [.title, .tag], [.name], []] {
      for prefix in ["a", "m", "man", "manager", "é", "山", "\"", "nobodyhasthis"] {
        for limit in [0, 1, 2, 7, 48, .max] {
          let found = try index.snapshot {
            try $0.completions(of: prefix, in: columns, limit: limit, scope: scope)
          }
          let plain = try Self.plain(prefix, columns, limit: limit, scope, in: index)
          if found != plain { Issue.record("\(prefix), \(limit) in \(columns): \(found) is not \(plain)") }
        }
      }
    }
  }
}
