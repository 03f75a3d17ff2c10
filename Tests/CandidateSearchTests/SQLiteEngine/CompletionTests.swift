import TestSupport
import Testing

@testable import CandidateSearch

/// The most frequent terms with a prefix, against a plain count.
@Suite struct CompletionTests {
  private static let people = Result { try MixedPeople() }

  private static func plain(
    _ prefix: String, _ columns: [TextColumn], limit: Int, in snapshot: any IndexSnapshot,
    _ filter: IndexQuery
  ) throws -> [CountedTerm] {
    var terms: [String] = []
    try snapshot.forEachTerm(includesPrivate: true) { term, _ in
      let term = String(decoding: term, as: UTF8.self)
      if term.utf8.starts(with: prefix.utf8) { terms.append(term) }
    }
    let counted = try terms.map { term in
      CountedTerm(
        term: term,
        count: try columns.reduce(0) {
          try $0 + snapshot.count(of: .all([.phrase([term], in: [$1]), filter]))
        })
    }
    let sorted = counted.filter { $0.count > 0 }.sorted { a, b in
      a.count == b.count
        ? a.term.utf8.lexicographicallyPrecedes(b.term.utf8) : a.count > b.count
    }
    return Array(sorted.prefix(limit))
  }

  static let scopes = [
    "", "connector:greenhouse", "-connector:greenhouse", "title:manager last_interaction:<2025", "id:x",
  ]

  @Test(.slow, arguments: scopes, [true, false]) func theMostFrequentComeFirst(
    _ filter: String, includesPrivate: Bool
  ) throws {
    let index = try Self.people.get().index
    let scope =
      filter.isEmpty
      ? Scope(includesPrivate: includesPrivate) : try Scope(filter, includesPrivate: includesPrivate)
    try index.snapshot { snapshot in
      let resolved = try ScopeCache().resolved(scope, now: .now, in: snapshot)
      let statistics = TermStatistics(snapshot: snapshot, scope: resolved)
      for columns in [TextColumn.counted, [.title, .tag], [.name], []] {
        for prefix in ["a", "m", "man", "manager", "é", "山", "\"", "nobodyhasthis"] {
          for limit in [0, 1, 2, 7, 48, .max] {
            let found = try statistics.completions(of: prefix, in: columns, limit: limit)
            let plain = try Self.plain(prefix, columns, limit: limit, in: snapshot, resolved.filter)
            if found != plain { Issue.record("\(prefix), \(limit) in \(columns): \(found) is not \(plain)") }
          }
        }
      }
    }
  }
}
