import BenchmarkCorpus
import TestSupport
import Testing

@testable import CandidateSearch

/// Filters that are known to find no candidate before an engine is asked.
@Suite struct EmptyFilterTests {
  private static let known: [(query: String, scope: Scope)] = [
    ("can_email:true can_email:false", .all), ("engineer can_email:false can_email:true", .all),
    ("is_private:true", .public), ("title:gondolier", .all), ("engineer title:xqzt", .public),
    ("title:engineer -title:engineer", .all), ("company:hidden", .public),
  ]

  private static let unknown: [(query: String, scope: Scope)] = [
    ("can_email:true", .all), ("can_email:true -can_email:false", .all), ("title:engineer", .all),
    ("-title:xqzt", .all), ("title:xqzt OR title:engineer", .all), ("title:eng*", .all), ("engineer", .all),
    ("email:xqzt", .all), ("company:hidden", .all), ("title:\"xqzt yxqz\"", .all), ("", .all),
  ]

  private static func index() throws -> CandidateIndex {
    let index = try CandidateIndex.empty()
    let corpus = Corpus(seed: 9)
    try index.add((0..<300).map { String(decoding: corpus.record($0), as: UTF8.self) })
    try index.add([#"{"id":"hidden","company":"Hidden","is_private":true}"#])
    return index
  }

  @Test func whatIsKnownToFindNoneFindsNone() throws {
    let all = try Self.index()
    for (cases, isKnown) in [(Self.known, true), (Self.unknown, false)] {
      for (query, scope) in cases {
        let index = all.scoped(to: scope)
        let found = try index.withPlan(query) { plan in
          try plan.expansion.statistics.showNoMatch(of: plan.filter)
        }
        #expect(found == isKnown, "\(query)")
        if isKnown {
          #expect(try index.search(query).hits.isEmpty, "\(query)")
          #expect(try index.count(query) == 0, "\(query), by the postings")
        }
      }
    }
  }

  /// Words that occur nowhere are known without the postings, also among synonyms of forms and in phrases.
  @Test(.sqlite) func whatNeedsAMissingWordFindsNone() throws {
    let all = try Self.index()
    for (query, isMissing) in [
      ("xqzt", true), ("engineer xqzt", true), ("\"engineer xqzt\"", true), ("xqzt OR yxqz", true),
      ("title:xqzt", true), ("xqzt*", true), ("email:xqzt", true),
      ("(xqzt engineer) OR (yxqz manager)", true),
      ("engineer", false), ("engineer OR xqzt", false), ("engin*", false), ("-xqzt", false),
      ("hidden", false), ("engineer -xqzt", false), ("can_email:true", false), ("", false),
    ] {
      for scope in [Scope.all, .public] {
        let index = all.scoped(to: scope)
        let (found, count) = try index.withPlan(query, .asTyped(now: .now)) { plan in
          let wanted = IndexQuery.all([plan.typed, plan.queryFilter])
          return (
            try plan.expansion.statistics.needsMissingWord(wanted),
            try plan.expansion.statistics.snapshot.count(of: wanted)
          )
        }
        #expect(found == isMissing, "\(query)")
        #expect(!isMissing || count == 0, "\(query), by the postings")
      }
    }
  }

  /// A term that ends with a star, in quotes, is no prefix, whichever is looked up first.
  @Test(arguments: [[true, false], [false, true]]) func aStarInQuotesIsNoPrefix(_ order: [Bool]) throws {
    let index = try CandidateIndex.empty()
    try index.add([#"{"id":"1","title":"engineer","tags":["campus"]}"#, #"{"id":"2","tags":["c*d"]}"#])
    for isPrefix in order {
      #expect(try index.ids("engi* tag:\(isPrefix ? "c*" : "\"c*\"")") == (isPrefix ? ["1"] : []))
    }
    #expect(try index.ids("engi* (tag:\"c*\" OR tag:c*)") == ["1"])
  }

  /// Random filters find whom the postings find.
  @Test func filtersFindWhomThePostingsFind() throws {
    let index = try Self.index()
    let pieces = [
      "can_email:true", "-can_email:true", "can_email:false", "is_private:true", "-is:private",
      "title:engineer",
      "-title:engineer", "title:xqzt", "-title:xqzt", "company:hidden", "has:title", "missing:title",
      "engineer",
    ]
    var random = SplitMix64(state: 31)
    let queries = (0..<150).map { _ in
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        pieces[Int.random(in: pieces.indices, using: &random)]
      }.joined(separator: Bool.random(using: &random) ? " " : " OR ")
    }
    for scope in [Scope.all, .public, try Scope("title:engineer"), try Scope("-can_email:true")] {
      let scoped = index.scoped(to: scope)
      for query in queries {
        let count = try scoped.search(query, SearchOptions(limit: 1_000)).hits.count
        #expect(count == (try scoped.count(query)), "\(query), \(scope)")
      }
    }
  }
}
