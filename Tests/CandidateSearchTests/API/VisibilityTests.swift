import BenchmarkCorpus
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Private candidates do not exist for the public: nothing that it is given changes by a byte when they come or change.
@Suite struct VisibilityTests {
  /// All that the public can be told, but for times.
  private static func answers(_ index: CandidateIndex) throws -> [String] {
    var answers: [String] = []
    let day = Timestamp(startOf: CivilDate(daysSince1970: 20_781))
    for query in PagingTests.queries + [
      "bob", "enginear", "secretx", "uniqueprivateword", "is_private:true", "-is_private:false",
      "secretx smyth", "sekretx smith", "jhon smitt avalon", "uniqueprivatewort london",
      "s. smith london zzyx",
      "coder london", "title:coder", "wordsmith OR title:manager",
    ] {
      let results = try index.search(query, SearchOptions(limit: 20, now: day))
      answers.append(query)
      answers += results.hits.map { "\($0.candidate.json) \($0.tier) \($0.reason ?? "") \($0.highlights)" }
      answers += results.notices.map(\.description) + [results.nextCursor ?? "end"]
      answers += (results.explanation?.steps ?? []).map {
        "\($0.tier) \($0.expression) \($0.rows) \($0.source)"
      }
      answers += ["\(try index.count(query))", "\(try index.diagnosis(of: query))"]
      answers += try relaxedAnswers(index, query, day)
      answers.append("\(try index.facets(query, of: Facet.allCases, limit: 20))")
      for by in SearchSort.Criterion.allCases {
        answers += try SearchSort.Order.allCases.map { order in
          var options = SearchOptions(limit: 5, now: day)
          options.sort = SearchSort(by: by, order: order)
          let results = try index.search(query, options)
          return "\(by) \(order) \(results.hits.map(\.candidate.id)) \(results.nextCursor ?? "end")"
        }
      }
    }
    for text in ["e", "eng", "senior e", "s", "secre", "smi", "john s", "uniquepriv", "lon"] {
      answers.append("\(try index.suggest(text))")
    }
    let statistics = try index.statistics()
    answers.append("\(statistics)".replacing(index.path, with: "PATH"))
    answers += try statistics.byConnector.map {
      "\($0) \(String(describing: try index.syncStatus(connector: $0.name)))"
    }
    for id in ["p1", "p2"] { answers.append("\(try index.candidates(id: id).count)") }
    return answers
  }

  /// What relaxed tiers tell: hits, reasons, notices and counts.
  private static func relaxedAnswers(
    _ index: CandidateIndex, _ query: String, _ day: Timestamp
  ) throws -> [String] {
    var options = SearchOptions(limit: 20, now: day)
    options.relaxed = .always
    options.includesCount = true
    options.facets = [.tag]
    let results = try index.search(query, options)
    return results.hits.map { "\($0.candidate.id) \($0.tier) \($0.reason ?? "") \($0.highlights)" }
      + results.notices.map(\.description)
      + ["\(results.nextCursor ?? "end") \(results.count ?? -1) \(results.facets)"]
  }

  private static func expectSame(_ index: CandidateIndex, _ before: [String]) throws {
    let after = try answers(index)
    #expect(after.count == before.count)
    for (a, b) in zip(after, before) where a != b {
      Issue.record("\(a.prefix(500)) was \(b.prefix(500))")
      break
    }
  }

  @Test(.slow) func whatIsPrivateInterferesWithNothing() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("c.db")
    let index = try CandidateIndex(path: path, access: .writing)
    let corpus = Corpus(seed: 9)
    let records = (0..<400).map { String(decoding: corpus.record($0), as: UTF8.self) }
    let isPrivate = try records.map { try CandidateDecoder().decode(json: $0).isPrivate == true }
    try index.add(zip(records, isPrivate).filter { !$1 }.map(\.0))
    try index.setSynonyms(
      Synonyms(
        "coder => engineer | uniqueprivateword\nwordsmith = secretx = smith\nmanager = uniqueprivateword"))
    // Sets in memory as soon as may be, or never.
    let slowSteps = [0, .max]
    let visible = try slowSteps.map { minimumSlowStep in
      var costs = CostModel.eager
      costs.minimumSlowStep = minimumSlowStep
      return CandidateIndex(
        try SQLiteEngine(reading: path, readers: 4), scope: .public, caches: SearchCaches(costs: costs))
    }
    let before = try Self.answers(visible[0])
    #expect(before.count >= 684)

    // The private ones of the corpus, and some made to interfere: on the same second, with the commonest words.
    try index.add(zip(records, isPrivate).filter { $1 }.map(\.0))
    let times = try index.search("", SearchOptions(limit: 400)).hits.compactMap {
      $0.candidate.recency?.description
    }
    try index.add(
      (0..<200).map { i in
        """
        {"id":"p\(i)","first_name":"Secretx","last_name":"Smith","title":"Uniqueprivateword Engineer",
        "company":"Engineer","tags":["senior e","python"],"locations":["London"],"is_private":true,
        "last_interaction_at":"\(i % 2 == 0 ? "2026-01-0\(i % 9 + 1)" : times[i % times.count])"}
        """
      })
    // Once more, since sets are made once FTS5 has been slow twice.
    for visible in visible + visible { try Self.expectSame(visible, before) }
    try index.add([
      #"{"id":"p1","first_name":"Jon","title":"Manager","is_private":true,"modified_at":"2030-01-01"}"#
    ])
    for visible in visible + visible { try Self.expectSame(visible, before) }
    #expect(try index.search("uniqueprivateword").hits.count == 10, "everybody else sees them")
    #expect(try index.candidates(id: "p1").count == 1)
  }

  @Test func statisticsCountWhatIsShown() throws {
    let index = try CandidateIndex.inMemory()
    try index.add(
      [
        #"{"id":"a","can_email":true,"last_interaction_at":"2020-01-01"}"#,
        #"{"id":"b","is_private":true,"can_email":true,"last_interaction_at":"2025-01-01"}"#, #"{"id":"c"}"#,
      ], connector: "lever")
    try index.add([#"{"id":"d","is_private":true,"last_interaction_at":"2010-01-01"}"#], connector: "hidden")
    var status = SyncStatus(connector: "lever", kind: .full, begunAt: .now)
    (status.added, status.mark) = (3, .now)
    try index.store(status)

    let all = try index.statistics()
    #expect(all.candidates == 4 && all.privateCandidates == 2 && all.emailable == 2)
    #expect(
      all.byConnector.map(\.name) == ["hidden", "lever"] && all.byConnector.map(\.candidates) == [1, 3])
    #expect(
      all.newest?.description == "2025-01-01T00:00:00Z" && all.oldest?.description == "2010-01-01T00:00:00Z")
    #expect(all.syncs[0].added == 3 && all.syncs[0].mark != nil && all.fileBytes != nil && !all.parts.isEmpty)

    let seen = index.seen(in: .public)
    let shown = try seen.statistics()
    #expect(shown.candidates == 2 && shown.privateCandidates == nil && shown.emailable == 1)
    #expect(shown.byConnector.map(\.name) == ["lever"] && shown.byConnector.map(\.candidates) == [2])
    #expect(shown.newest == shown.oldest && shown.newest?.description == "2020-01-01T00:00:00Z")
    #expect(
      shown.syncs[0].added == nil && shown.syncs[0].mark == nil && shown.fileBytes == nil
        && shown.parts.isEmpty)
    #expect(try seen.syncStatus(connector: "lever") == shown.syncs[0])
  }

  /// What the public may not call, each a name and a call.
  static let closed: [(name: String, call: @Sendable (CandidateIndex) throws -> Void)] = [
    ("check", { _ = try $0.check() }),
    ("backup", { try $0.backup(to: "/nonexistent/backup.db") }),
    ("delete", { _ = try $0.delete(ids: ["a"]) }),
    ("forget", { _ = try $0.forget(ids: ["a"]) }),
    ("undo forget", { _ = try $0.undoForget(ids: ["a"]) }),
    ("count the forgotten", { _ = try $0.forgottenCount() }),
    ("ingest", { try $0.add([#"{"id":"a"}"#]) }),
    ("replace", { _ = try $0.replace(isDryRun: true) { _ in } }),
    ("rebuild", { try $0.rebuild() }),
    ("repair", { _ = try $0.repair() }),
    ("add custom fields", { try $0.addCustomFields([]) }),
    ("set synonyms", { try $0.setSynonyms(Synonyms()) }),
  ]

  @Test(arguments: closed) func thePublicOnlySearches(
    name: String, call: @Sendable (CandidateIndex) throws -> Void
  ) throws {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("c.db"), access: .writing, scope: .public)
    #expect(throws: ScopeError.self) { try call(index) }
  }

  @Test func whoIsNotKnownToBePrivateIsShown() throws {
    let index = try CandidateIndex.holding(
      #"{"id":"a","title":"x"}"#, #"{"id":"b","title":"x","is_private":false}"#,
      #"{"id":"c","title":"x","is_private":true}"#)
    let visible = index.seen(in: .public)
    #expect(try visible.search("x").hits.map(\.candidate.id).sorted() == ["a", "b"])
    #expect(try visible.search("").hits.count == 2)
    #expect(try visible.count("x OR y") == 2)
  }

  @Test func theVocabularyIsExactThroughChanges() throws {
    let index = try PagingTests.corpusIndex(200)
    try index.add([#"{"id":"n","title":"Xylophonist","is_private":true}"#])
    try index.add([#"{"id":"n","title":"Xylophonist Xylophonist","is_private":false}"#])
    #expect(try index.frequency("xylophonist") == 1)
    #expect(try index.check(isFull: true).problems == [])
    _ = try index.delete(ids: ["n"])
    #expect(try index.frequency("xylophonist") == 0)
    #expect(
      try index.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM vocabulary WHERE term = 'xylophonist'")
      } == 0)
    try index.rebuild()
    #expect(try index.check(isFull: true).problems == [])
    try index.write {
      try $0.execute(sql: "UPDATE vocabulary SET documents = documents + 1 WHERE term = 'engineer'")
    }
    #expect(try index.check(isFull: true).problems.count == 1)
  }
}

extension CandidateIndex {
  func frequency(_ token: String) throws -> Int {
    try snapshot { try TermStatistics(snapshot: $0, scope: .public).frequency(ofToken: token).sum }
  }
}
