import BenchmarkCorpus
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Candidates outside of a scope do not exist within it, as private ones for the public.
@Suite struct VisibilityTests {
  /// A scope that contains no candidate of the connector `outside`.
  struct Case: Sendable, CustomTestStringConvertible {
    let filter: String
    var includesPrivate = true
    var includesContacts = true

    var testDescription: String { filter.isEmpty ? "public" : filter }

    func scope() throws -> Scope {
      filter.isEmpty
        ? Scope(includesPrivate: includesPrivate)
        : try Scope(filter, includesPrivate: includesPrivate, includesContacts: includesContacts)
    }
  }

  static let cases = [
    Case(filter: "", includesPrivate: false),
    Case(filter: "connector:greenhouse"),
    Case(filter: "connector:(greenhouse OR lever)", includesPrivate: false, includesContacts: false),
    Case(filter: "-connector:outside -tag:python"),
    Case(filter: "(title:engineer OR location:london OR can_email:true) -connector:outside"),
    Case(filter: "last_interaction:2015..2022 NOT connector:outside"),
    Case(filter: "last_interaction:<12y modified:>2000 -connector:outside"),
    Case(filter: "has:email -email:gmail -connector:outside", includesContacts: false),
    Case(filter: "connector:nobody"),
  ]

  /// The records of a corpus, by connector, and some made to interfere: on the same second, with the most frequent words.
  private static func records() -> [(connector: String, records: [String])] {
    let corpus = Corpus(seed: 9)
    let records = (0..<400).map { String(decoding: corpus.record($0), as: UTF8.self) }
    return ["greenhouse", "lever", ""].enumerated().map { i, connector in
      (connector, records.indices.filter { $0 % 3 == i }.map { records[$0] })
    }
  }

  private static func interfering(_ times: [String]) -> [String] {
    (0..<200).map { i in
      """
      {"id":"p\(i)","first_name":"Secretx","last_name":"Smith","title":"Uniqueprivateword Engineer",
      "company":"Engineer","tags":["senior e","python"],"locations":["London"],"is_private":true,
      "email_addresses":["p\(i)@example.com"],
      "last_interaction_at":"\(i % 2 == 0 ? "2026-01-0\(i % 9 + 1)" : times[i % times.count])"}
      """
    }
  }

  /// Adding, changing and removing candidates outside of a scope changes no byte of what is answered within it.
  @Test(.slow, arguments: cases) func whatIsOutsideInterferesWithNothing(_ case: Case) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("c.db")
    let index = try CandidateIndex(path: path, access: .writing)
    let scope = try `case`.scope()
    // The public is asked all queries, other scopes every fourth.
    let first = `case`.filter.utf8.count % 4
    let queries = Answers.queries.enumerated().filter { $0.offset % 4 == first }.map(\.element)
    let all = try CandidateIndex.empty()
    for (connector, records) in Self.records() { try all.add(records, connector: connector) }
    let inside = Set(
      try all.scoped(to: scope).search("", SearchOptions(limit: 1_000)).hits.map(\.candidate.id))
    let times = try all.search("", SearchOptions(limit: 400)).hits.compactMap {
      $0.candidate.recency?.description
    }
    func add(isInside: Bool) throws {
      for (connector, records) in Self.records() {
        let kept = try records.filter {
          inside.contains(try CandidateDecoder().decode(json: $0).id) == isInside
        }
        try index.add(kept, connector: connector)
      }
    }
    try add(isInside: true)
    #expect(inside.count < 400 && (inside.isEmpty == (`case`.filter == "connector:nobody")))
    try index.setSynonyms(
      Synonyms(
        "coder => engineer | uniqueprivateword\nwordsmith = secretx = smith\nmanager = uniqueprivateword"))
    for connector in ["greenhouse", "outside"] {
      try index.store(SyncStatus(connector: connector, kind: .full, begunAt: Answers.day))
    }
    // Bitsets as soon as possible, or never.
    let visible = try [0, .max].map { minimumSlowStep in
      var costs = CostModel.eager
      costs.minimumSlowStep = minimumSlowStep
      let index = CandidateIndex(
        try SQLiteEngine(reading: path, readers: 4), scope: scope, caches: SearchCaches(costs: costs))
      return Answers(
        index: index, queries: `case`.filter.isEmpty ? Answers.queries : queries,
        explains: minimumSlowStep > 0)
    }
    let before = try visible.map { try $0.all() }
    #expect(before[0].count >= 200)
    func expectSame(_ change: String) throws {
      // Twice, since bitsets are built once FTS5 has been slow twice.
      for (answers, before) in zip([visible[0]] + visible, [before[0]] + before) {
        if let difference = Answers.difference(try answers.all(), before) {
          Issue.record("after candidates outside were \(change): \(difference)")
        }
      }
    }

    try add(isInside: false)
    try index.add(Self.interfering(times), connector: "outside")
    try expectSame("added")
    try index.add(
      [#"{"id":"p1","first_name":"Jon","title":"Manager","is_private":true,"modified_at":"2030-01-01"}"#],
      connector: "outside")
    _ = try index.delete(ids: (20..<120).map { "p\($0)" })
    try expectSame("changed and removed")
    #expect(try index.search("uniqueprivateword").hits.count == 10, "all others see them")
    #expect(try index.candidates(id: "p1").count == 1)
  }

  @Test func statisticsCountWhatIsShown() throws {
    let index = try CandidateIndex.empty()
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

  @Test(.sqlite) func theVocabularyIsExactThroughChanges() throws {
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
