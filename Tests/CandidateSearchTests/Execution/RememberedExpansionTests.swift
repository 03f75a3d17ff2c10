import BenchmarkCorpus
import TestSupport
import Testing

@testable import CandidateSearch

/// What searches remember of words (frequencies, variants, corrections, occupations): a search that finds it remembered
/// returns what a search returns that looks everything up.
@Suite struct RememberedExpansionTests {
  /// Words of every scope, and words whose frequency, correction or occupation depends on the scope and on the state.
  private static let words = [
    "engineer", "enginer", "software", "senior", "smith", "smyth", "bob", "nurse", "registred", "rn",
    "london",
    "zubr", "zubrowska", "zubrowsky", "attorney", "lawyer", "lawyers", "sales", "zubrovka", "xqzt",
  ]

  private static let queries: [String] = {
    var random = SplitMix64(state: 23)
    func draw() -> String { words[Int.random(in: words.indices, using: &random)] }
    return words + (0..<40).map { "\(draw()) \(draw())" + ($0.isMultiple(of: 3) ? " \(draw())" : "") }
  }()

  private static func scopes() throws -> [Scope] {
    [.all, .public, try Scope("tag:SENIOR"), try Scope("-tag:JUNIOR", includesPrivate: false)]
  }

  private static func answers(_ index: CandidateIndex, _ query: String) throws -> [String] {
    var options = SearchOptions(limit: 30)
    options.includesCount = true
    options.relaxed = .hits
    let results = try index.search(query, options)
    let queries = try index.withPlan(query) { plan in
      try plan.tiers.flatMap { tier in try tier.queries().map { "\(tier.tier) \($0)" } }
    }
    return results.hits.map { "\($0.candidate.id) \($0.tier) \($0.reason ?? "")" }
      + results.corrections.map { "\($0)" } + results.notices.map { "\($0)" } + ["\(results.count ?? -1)"]
      + queries
  }

  /// People of whom only some scopes contain any.
  private static func people(_ round: Int) -> [String] {
    (0..<120).map { i in
      let member = ["\"is_private\":true", "\"tags\":[\"SENIOR\"]", "\"tags\":[\"JUNIOR\"]"][i % 3]
      // Words that are in the scope of all alone.
      if i.isMultiple(of: 15) {
        return #"{"id":"\#(round)-\#(i)","last_name":"Zubrettin","title":"Advocate","is_private":true}"#
      }
      let name = ["Zubrowska", "Zubrovska", "Zubrowski"][(i + round) % 3]
      let title = ["Attorney", "Lawyer", "Solicitor", "RN"][(i + round) % 4]
      return #"{"id":"\#(round)-\#(i)","last_name":"\#(name)","title":"\#(title)",\#(member)}"#
    }
  }

  @Test func expansionsAreThoseOfTheScopeAndOfTheState() throws {
    let index = try CandidateIndex.empty()
    let corpus = Corpus(seed: 5)
    try index.add((0..<200).map { String(decoding: corpus.record($0), as: UTF8.self) })
    let scopes = try Self.scopes()
    var different: Set<[String]> = []
    for round in 0..<3 {
      for query in Self.queries {
        for scope in scopes {
          let remembered = try Self.answers(index.scoped(to: scope), query)
          let fresh = CandidateIndex(index.engine, scope: scope, caches: SearchCaches())
          #expect(remembered == (try Self.answers(fresh, query)), "\(query), \(scope), round \(round)")
          different.insert(remembered)
        }
      }
      try index.add(Self.people(round))
    }
    #expect(different.count > 3 * Self.queries.count, "the answers depend on the scope and on the state")
  }

  @Test func aMemoIsOfOneGenerationAndHasABound() throws {
    let index = try CandidateIndex.holding(#"{"id":"a","last_name":"Smith"}"#)
    let memo = GenerationMemo<Int, Int>(maximumCount: 3)
    var made: [Int] = []
    func value(_ key: Int) throws -> Int {
      // A snapshot that was begun on an older state would be read again.
      _ = try index.generation()
      return try index.snapshot { snapshot in
        try memo.value(of: key, in: snapshot) {
          made.append(key)
          return key * key
        }
      }
    }
    for key in [1, 2, 1, 2, 3, 3] { #expect(try value(key) == key * key) }
    #expect(made == [1, 2, 3])
    #expect(try value(4) == 16)
    // The full memo began anew.
    #expect(try value(4) == 16 && value(1) == 1)
    #expect(made == [1, 2, 3, 4, 1])
    try index.add([#"{"id":"b","last_name":"Jones"}"#])
    #expect(try value(1) == 1)
    #expect(made == [1, 2, 3, 4, 1, 1])
  }
}
