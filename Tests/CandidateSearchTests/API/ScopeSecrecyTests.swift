import Testing

@testable import CandidateSearch

/// What a scope hides is not shown beside the hits, either: in lists of connectors, ages, explanations and suggestions.
@Suite struct ScopeSecrecyTests {
  /// Scopes, and the connectors that they show.
  static let connectors: [(scope: Scope, names: [String])] = [
    (.all, ["emptied", "hidden", "seen", "synced"]),
    (Scope(includesContacts: false), ["emptied", "hidden", "seen", "synced"]),
    (.public, ["seen", "synced"]),
    (Scope(includesPrivate: false, includesContacts: false), ["seen", "synced"]),
  ]

  /// The connectors that a filter shows: those with candidates in the scope.
  static let filtered: [(filter: String, names: [String])] = [
    ("-tag:unused", ["hidden", "seen"]), ("connector:seen", ["seen"]), ("-is:private", ["seen"]),
    ("tag:unused", []),
  ]

  @Test func onlyAFilterHidesAConnector() throws {
    let index = try CandidateIndex.empty()
    try index.add([#"{"id":"a"}"#], connector: "seen")
    try index.add([#"{"id":"b","is_private":true}"#], connector: "hidden")
    try index.add([#"{"id":"c"}"#], connector: "emptied")
    #expect(try index.delete(ids: ["c"]) == ["c"])
    try index.store(SyncStatus(connector: "synced", kind: .full, begunAt: Answers.day))
    let filtered = try Self.filtered.flatMap { filter, names in
      try [true, false].map { (scope: try Scope(filter, includesContacts: $0), names: names) }
    }
    for (scope, names) in Self.connectors + filtered {
      let scoped = index.scoped(to: scope)
      #expect(try scoped.connectorStates().map(\.name) == names, "\(scope)")
      let counted = try scoped.statistics().byConnector.map(\.name)
      #expect(counted == names.filter { $0 != "synced" }, "\(scope)")
    }
  }

  /// Freshness is read in the snapshot of the search, if it is requested.
  @Test func freshnessIsOfTheSnapshot() throws {
    let index = try CandidateIndex.empty()
    try index.add([#"{"id":"a"}"#], connector: "seen")
    var options = SearchOptions(limit: 0)
    options.includesFreshness = true
    let filtered = index.scoped(to: try Scope("connector:seen"))
    for index in [index, filtered] { #expect(try index.search("", options).freshness.isEmpty) }
    for time in [nil, Answers.day, Timestamp(microseconds: Answers.day.microseconds + 1)] {
      for connector in ["seen", "other"] {
        var status = SyncStatus(connector: connector, kind: .full, begunAt: Answers.day)
        status.freshAt = time
        try index.store(status)
      }
      let (other, seen) = (
        ConnectorFreshness(connector: "other", freshAt: time),
        ConnectorFreshness(connector: "seen", freshAt: time)
      )
      #expect(try index.search("", options).freshness == [other, seen])
      #expect(try index.scoped(to: .public).search("", options).freshness == [other, seen])
      #expect(try filtered.search("", options).freshness == [seen])
      #expect(try index.search("").freshness.isEmpty)
    }
  }

  @Test func anExplanationShowsNoWordFromOutside() throws {
    let index = try CandidateIndex.empty()
    try index.add([#"{"id":"a","title":"Engineer","last_name":"Engine"}"#], connector: "lever")
    try index.add([#"{"id":"b","title":"Engineersecret"}"#], connector: "outside")
    let scoped = index.scoped(to: try Scope("connector:lever"))
    for query in ["title:eng*", "eng*", "enginee", "enginer", "engineersecre", "engi jones"] {
      var options = SearchOptions()
      (options.explains, options.relaxed) = (true, .always)
      let steps = try scoped.search(SearchQuery(query), options).explanation?.steps ?? []
      #expect(!steps.isEmpty && !steps.contains { $0.expression.contains("secret") }, "\(query): \(steps)")
    }
  }

  /// `modified_at` moves without a change of the postings: what was remembered for their generation must not show a candidate
  /// who has left the scope.
  @Test func whoLeavesTheScopeIsNotRemembered() throws {
    func record(_ time: String) -> String {
      #"{"id":"z","last_name":"Zolnerowich","title":"Nurse","modified_at":"\#(time)"}"#
    }
    let index = try CandidateIndex.empty()
    try index.add([record("2025-06-01")], connector: "lever")
    let old = index.scoped(to: try Scope("modified:<2026"))
    func seen() throws -> [String] {
      var options = SearchOptions()
      options.diagnosesEmptyResult = true
      let answer = try old.search("zolnerowich qqqq", options)
      return try old.suggest("zol").words.map(\.text)
        + (answer.diagnosis?.clauses.map { "\($0.count)" } ?? [])
    }
    #expect(try seen() == ["zolnerowich", "1", "0"])
    #expect(try index.add([record("2026-03-01")], connector: "lever").unchanged == 1)
    #expect(try seen() == ["0", "0"])
    #expect(try old.suggest("zol").values.isEmpty && old.count("zolnerowich") == 0)
  }

  /// The filter of a scope may name people of whom a person who searches within it must not learn.
  @Test func anExplanationDoesNotShowTheFilter() throws {
    let index = try CandidateIndex.holding(
      #"{"id":"1","last_name":"Smith","title":"Nurse","tags":["A"]}"#, #"{"id":"2","last_name":"Roe"}"#)
    for filter in [
      "-name:\"jane roe\"", "-name:roe -email:ceo@acme.example", "(tag:a|name:roe)", "tag:a modified:<2990",
    ] {
      let scoped = index.scoped(to: try Scope(filter))
      for query in ["", "smith", "smith nurse OR chef", "smiht", "-chef", "id:1", "name:smith", "name:roe"] {
        var options = SearchOptions()
        (options.relaxed, options.explains) = (.hits, true)
        let steps = try scoped.search(query, options).explanation?.steps ?? []
        let shown = steps.map(\.expression).joined(separator: "\n")
        #expect(!shown.contains("jane") && !shown.contains("acme") && !shown.contains("modified"), "\(shown)")
        #expect(query == "name:roe" || !shown.contains("roe"), "\(filter) \(query): \(shown)")
      }
    }
  }
}
