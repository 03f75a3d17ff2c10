import BenchmarkCorpus
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Scopes with filters, and without contacts.
@Suite struct ScopeTests {
  private static let people: [(connector: String, records: [String])] = [
    (
      "greenhouse",
      [
        #"{"id":"a","first_name":"Ann","title":"Engineer","tags":["x"],"email_addresses":["ann@doe.com"],"last_interaction_at":"2024-03-01"}"#,
        #"{"id":"b","first_name":"Bob","title":"Nurse","is_private":true,"last_interaction_at":"2024-02-01"}"#,
        #"{"id":"c","first_name":"Cleo","title":"Engineer","tags":["y"],"custom_fields":{"source":"refer"},"last_interaction_at":"2020-01-01"}"#,
      ]
    ),
    (
      "lever",
      [#"{"id":"d","first_name":"Dan","title":"Engineer","tags":["x","y"],"modified_at":"2024-01-01"}"#]
    ),
  ]

  private static func index() throws -> CandidateIndex {
    let index = try CandidateIndex.empty()
    try index.addCustomFields([#require(CustomField("source"))])
    for (connector, records) in people { try index.add(records, connector: connector) }
    return index
  }

  /// Filters, and the ids that they match.
  static let filters: [(filter: String, ids: String)] = [
    ("connector:greenhouse", "abc"), ("-connector:greenhouse", "d"), ("NOT (tag:x OR tag:y)", "b"),
    ("tag:x|is:private", "abd"), ("connector:greenhouse -is:private", "ac"), ("tag:nobody", ""),
    ("-tag:nobody", "abcd"), ("last_interaction:2024", "ab"), ("last_interaction:<3y", "ab"),
    ("-last_interaction:<3y", "cd"), ("modified:2024 OR tag:x", "ad"), ("-modified:2024", "abc"),
    ("id:a OR id:d", "ad"), ("-id:A", "bcd"), ("email:@doe.com", "a"), ("missing:email", "bcd"),
    ("custom.source:refer", "c"), ("-custom.source:refer", "abd"), ("title:eng*", "acd"),
    ("name:ann,bob", "ab"),
    ("title:=engineer (tag:x tag:y)", "d"),
  ]

  @Test(arguments: filters) func theFilterDecides(_ case: (filter: String, ids: String)) throws {
    let options = SearchOptions(limit: 100, now: Timestamp("2025-01-01"))
    let index = try Self.index()
    let scoped = index.scoped(to: try Scope(`case`.filter))
    let ids = Array(`case`.ids).map(String.init)
    #expect(try scoped.search("", options).hits.map(\.candidate.id).sorted() == ids)
    #expect(try scoped.count(SearchQuery(""), options) == ids.count)
    #expect(try scoped.count(SearchQuery("engineer OR nurse"), options) == ids.count)
    if !`case`.filter.contains("3y") {
      #expect(try scoped.statistics().candidates == ids.count)
      for id in ["a", "b", "c", "d"] {
        #expect(try scoped.candidates(id: id).map(\.candidate.id) == (ids.contains(id) ? [id] : []))
        #expect(try scoped.search("id:\(id)", options).hits.count == (ids.contains(id) ? 1 : 0))
      }
      #expect(try scoped.candidates(email: "ann@doe.com").isEmpty == !ids.contains("a"))
    }
    // Its words were not typed.
    #expect(try scoped.search("", options).hits.allSatisfy(\.highlights.isEmpty))
    var sorted = options
    sorted.sort = SearchSort(by: .name)
    #expect(try scoped.search("", sorted).hits.allSatisfy(\.highlights.isEmpty))
    // A scope of a scope.
    #expect(
      try index.scoped(to: .public).scoped(to: Scope(`case`.filter)).search("").hits.allSatisfy {
        $0.candidate.id != "b"
      })
  }

  @Test func agesCountFromTheMomentOfTheSearchAlsoWithACursor() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<4).map { #"{"id":"\#($0)","last_interaction_at":"2024-01-1\#($0)"}"# })
    let scoped = index.scoped(to: try Scope("last_interaction:<30d"))
    func page(_ now: String, _ cursor: String? = nil) throws -> SearchResults {
      try scoped.search("", SearchOptions(limit: 1, cursor: cursor, now: Timestamp(now)))
    }
    let first = try page("2024-01-31")
    #expect(first.hits.map(\.candidate.id) == ["3"])
    #expect(try page("2024-01-31", first.nextCursor).hits.map(\.candidate.id) == ["2"])
    #expect(try page("2024-02-11", first.nextCursor).hits.isEmpty, "the others have left the scope")
  }

  @Test func aScopeOfACustomFieldThatIsNotIndexedIsAnError() throws {
    let index = try CandidateIndex.holding(#"{"id":"a","custom_fields":{"source":"refer"}}"#)
    let scoped = index.scoped(to: try Scope("-custom.source:refer"))
    #expect(throws: QueryError.self) { try scoped.search("") }
    #expect(throws: QueryError.self) { try scoped.candidates(id: "a") }
    #expect(throws: QueryError.self) { try scoped.statistics() }
    #expect(throws: QueryError.self) { try scoped.suggest("a") }
    try index.addCustomFields([#require(CustomField("source"))])
    #expect(try scoped.search("").hits.isEmpty)
  }

  @Test func aLongScopeIsSearched() throws {
    let index = try Self.index()
    let text = "tag:x OR " + (0..<900).map { "id:p\($0)" }.joined(separator: " OR ")
    #expect(text.count > 8_000)
    #expect(
      try index.scoped(to: Scope(text)).search("engineer OR nurse").hits.map(\.candidate.id).sorted() == [
        "a", "d",
      ])
    let values = "tag:x," + (0..<990).map { "value\(1_000 + $0)" }.joined(separator: ",")
    let longest = values + String(repeating: " ", count: 10_000 - values.count)
    #expect(try index.scoped(to: Scope(longest)).count("") == 2)
    func nested(_ depth: Int) -> String {
      depth == 0 ? "tag:x" : "(tag:y OR (title:engineer \(nested(depth - 1))))"
    }
    let deep = nested(12)
    let query = deep.replacing("tag:x", with: "engineer")
    #expect(try index.scoped(to: Scope(deep)).count(query) > 0)
  }

  @Test func aCursorOfAnotherScopeIsForeign() throws {
    let index = try Self.index()
    let scopes = try [
      Scope.all, .public, Scope(includesContacts: false), Scope("tag:x"),
      Scope("tag:x", includesPrivate: false),
      Scope("tag:x", includesContacts: false), Scope("title:engineer"),
    ]
    for scope in scopes {
      let cursor = try index.scoped(to: scope).search("engineer", SearchOptions(limit: 1)).nextCursor
      #expect(cursor != nil)
      for other in scopes where other != scope {
        #expect(throws: CursorError.foreign) {
          try index.scoped(to: other).search("engineer", SearchOptions(limit: 1, cursor: cursor))
        }
      }
    }
  }

  @Test(arguments: VisibilityTests.closed) func aScopeIsOnlySearched(
    name: String, call: @Sendable (CandidateIndex) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("c.db"), access: .writing)
    for scope in [try Scope("-tag:nobody"), Scope(includesContacts: false)] {
      #expect(throws: ScopeError(scope)) { try call(index.scoped(to: scope)) }
    }
  }

  @Test func indexesOfSeveralScopesShareTheirCaches() throws {
    let index = try PagingTests.corpusIndex(300)
    let scope = try Scope("title:engineer")
    let first = try index.scoped(to: scope).search("enginer", SearchOptions(limit: 3))
    let counted = try index.generation()
    for _ in 0..<3 {
      #expect(try index.scoped(to: scope).search("enginer", SearchOptions(limit: 3)).hits == first.hits)
      #expect(
        try index.scoped(to: .public).search("enginer").hits.allSatisfy { $0.candidate.isPrivate != true })
      #expect(try index.search("enginer", SearchOptions(limit: 3)).notices == first.notices)
    }
    #expect(try index.generation() == counted)
    try index.add([#"{"id":"new","title":"Enginer"}"#])
    #expect(try index.generation() != counted)
  }

  /// The statistics of a scope name neither connectors nor syncs without candidates in it.
  @Test func statisticsCountWhatIsShown() throws {
    let index = try Self.index()
    for connector in ["greenhouse", "lever"] {
      var status = SyncStatus(connector: connector, kind: .full, begunAt: Answers.day)
      (status.added, status.mark) = (3, .now)
      try index.store(status)
    }
    let scoped = index.scoped(to: try Scope("tag:x -name:ann"))
    let statistics = try scoped.statistics()
    #expect(statistics.candidates == 1 && statistics.byConnector.map(\.name) == ["lever"])
    #expect(statistics.syncs.map(\.connector) == ["lever"] && statistics.syncs[0].added == nil)
    #expect(statistics.privateCandidates == nil && statistics.fileBytes == nil && statistics.parts.isEmpty)
    #expect(statistics.newest == nil && statistics.oldest == nil)
    #expect(try scoped.syncStatus(connector: "lever")?.mark == nil)
    #expect(try scoped.syncStatus(connector: "greenhouse") == nil)
    #expect(try index.scoped(to: Scope(includesContacts: false)).statistics().fileBytes == nil)
  }

  /// Alternatives are ranked by how rare they are in the scope.
  @Test func alternativesAreRankedWithinTheScope() throws {
    let index = try CandidateIndex.empty()
    try index.add(
      (0..<20).map { i in
        // Two of ten are tall and red; three are green. The most recent is green.
        let title = i < 10 ? "Nurse" : i < 17 ? "Tall" : "Red Tall"
        return
          #"{"id":"\#(i)","title":"\#(title)","tags":["\#(i % 4 == 0 ? "green" : "red")"],"last_interaction_at":"20\#(10 + i)-01-01"}"#
      }, connector: "lever")
    let scope = try Scope("connector:lever")
    let query = SearchQuery("tall red OR nurse green OR red nurse")
    let before = try index.scoped(to: scope).search(query).hits.map { "\($0.candidate.id) \($0.tier)" }
    #expect(before == (try index.search(query).hits.map { "\($0.candidate.id) \($0.tier)" }))
    try index.add((0..<2_000).map { #"{"id":"o\#($0)","title":"Cook"}"# }, connector: "outside")
    #expect(try index.scoped(to: scope).search(query).hits.map { "\($0.candidate.id) \($0.tier)" } == before)
    try index.snapshot { snapshot in
      let resolved = try ScopeCache().resolved(scope, now: .now, in: snapshot)
      #expect(try TermStatistics(snapshot: snapshot, scope: resolved).candidateCount() == 20)
    }
  }

  // MARK: - An index of the scope alone

  /// A frequency of 0 is exact however few candidates are counted, and others are those of the most recent candidates.
  @Test func frequentWordsAreCountedInASample() throws {
    let index = try CandidateIndex.empty()
    try index.add(
      (0..<1_500).map {
        #"{"id":"\#($0)","title":"\#($0 < 1_200 ? "Baker" : "Cook")","last_name":"\#($0 < 100 ? "Cook" : "Baker")","last_interaction_at":"\#(2000 + $0 / 100)-01-01"}"#
      }, connector: "lever")
    try index.snapshot { snapshot in
      let resolved = try ScopeCache().resolved(Scope("connector:lever"), now: .now, in: snapshot)
      let statistics = TermStatistics(snapshot: snapshot, scope: resolved)
      // The most recent 1,000 of the 1,500 with the word: the last 300 cooks by title are all named Baker.
      let baker = try statistics.frequency(ofToken: "baker")
      #expect(baker[.name] == 1_000 && baker[.title] == 700)
      let exact = try statistics.exactFrequency(ofToken: "baker")
      #expect(exact[.name] == 1_400 && exact[.title] == 1_200)
      #expect(try statistics.frequency(ofToken: "baker") == baker, "whatever was counted before")
      let cook = try statistics.frequency(ofToken: "cook")
      #expect(cook[.name] == 100 && cook[.title] == 300)
      #expect(try statistics.completions(of: "ba", limit: 3) == [CountedTerm(term: "baker", count: 2_600)])
      #expect(try statistics.frequency(ofToken: "nobody").sum == 0)
    }
    let suggested = try index.scoped(to: Scope("connector:lever")).suggest("bak").words
    #expect(suggested.map(\.count) == [1_400] && suggested.map(\.field) == [.name])
  }

  private static let pieces = [
    "connector:greenhouse", "connector:lever", "title:engineer", "title:manager", "location:london",
    "tag:python",
    "can_email:true", "-is:private", "is:private", "has:phone", "missing:company", "last_interaction:2015..",
    "created:>2018", "email:com", "name:j*",
  ]

  private static func scope(_ random: inout SplitMix64) throws -> Scope {
    func piece(_ random: inout SplitMix64) -> String { pieces[Int(random.next() % UInt64(pieces.count))] }
    let text =
      switch random.next() % 4 {
      case 0: piece(&random)
      case 1: "\(piece(&random)) OR \(piece(&random))"
      case 2: "-(\(piece(&random)) \(piece(&random)))"
      default: "\(piece(&random)) (\(piece(&random)) OR NOT \(piece(&random)))"
      }
    return try Scope(text, includesPrivate: random.next() % 2 == 0, includesContacts: random.next() % 3 > 0)
  }

  /// A scope answers as an index that contains its candidates alone, also where explanations and cursors are compared; and
  /// where it returns contacts, as that index does without a scope.
  @Test(.slow, arguments: UInt64(0)..<10) func aScopeIsAnIndexOfItsCandidates(_ seed: UInt64) throws {
    var random = SplitMix64(state: seed &+ 77)
    let corpus = Corpus(seed: seed &+ 100)
    let all = try CandidateIndex.empty()
    let records = (0..<90).map { i in
      (["greenhouse", "lever"][i % 2], String(decoding: corpus.record(i), as: UTF8.self))
    }
    for connector in ["greenhouse", "lever"] {
      try all.add(records.filter { $0.0 == connector }.map(\.1), connector: connector)
    }
    let key = try all.read {
      try Data.fetchOne($0, sql: "SELECT value FROM setting WHERE name = 'cursor_key'")
    }
    for _ in 0..<2 {
      let scope = try Self.scope(&random)
      let inside = Set(
        try all.search(SearchQuery(scope.query), SearchOptions.asTyped(limit: 1_000)).hits
          .filter { scope.includesPrivate || $0.candidate.isPrivate != true }
          .map(\.candidate.id))
      let own = try CandidateIndex.empty()
      try own.write {
        try $0.execute(sql: "UPDATE setting SET value = ? WHERE name = 'cursor_key'", arguments: [key])
      }
      for connector in ["greenhouse", "lever"] {
        let kept = try records.filter { $0.0 == connector }.map(\.1).filter {
          inside.contains(try CandidateDecoder().decode(json: $0).id)
        }
        try own.add(kept, connector: connector)
      }
      let start = Int(random.next() % 8)
      let queries = Answers.queries.enumerated().filter { $0.offset % 8 == start }.map(\.element)
      func answers(_ index: CandidateIndex, includesFile: Bool) throws -> [String] {
        var costs = CostModel.eager
        costs.minimumSlowStep = .max
        let index = CandidateIndex(index.engine, scope: index.scope, caches: SearchCaches(costs: costs))
        return try Answers(index: index, queries: queries, explains: includesFile, includesFile: includesFile)
          .all()
      }
      let scoped = all.scoped(to: scope)
      let same = Answers.difference(
        try answers(scoped, includesFile: true), try answers(own.scoped(to: scope), includesFile: true))
      if let same { Issue.record("\(scope.query), \(inside.count) inside: \(same)") }
      guard scope.includesContacts else { continue }
      // The answer of the last call is that the index was changed.
      let plain = Answers.difference(
        try answers(scoped, includesFile: false).dropLast(), try answers(own, includesFile: false).dropLast())
      if let plain { Issue.record("\(scope.query), \(inside.count) inside, without a scope: \(plain)") }
    }
  }
}
