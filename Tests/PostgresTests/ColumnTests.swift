import CandidateModel
import PostgresEngine
import TestSupport
import Testing

@testable import CandidateSearch

/// Words that are looked for in the columns where the term statistics count them.
@Suite(.mustEnd) struct ColumnTests {
  /// The same words in another field of each candidate.
  private static let records = [
    #"{"id":"name","first_name":"Grace","last_name":"Sloane"}"#,
    #"{"id":"company","company":"Grace Sloane Ltd"}"#,
    #"{"id":"title","title":"Grace Officer Sloane"}"#,
    #"{"id":"location","locations":["Grace","Sloane Square"]}"#,
    #"{"id":"tag","tags":["grace","Sloane"]}"#,
    #"{"id":"email","email_addresses":[{"value":"grace@sloane.example"}]}"#,
    #"{"id":"private","company":"Grace Sloane","is_private":true}"#,
    #"{"id":"two","first_name":"Grace","company":"Sloane"}"#,
    #"{"id":"other","title":"Officer"}"#,
  ]
  private static let queries = [
    "grace", "sloane", "grace sloane", "sloane grace", "grac*", "grace sloa*", "\"grace sloane\"", "-grace",
    "officer -grace",
    "grace OR officer", "grace absent", "company:grace", "email:grace", "is_private:true grace",
  ]

  private func compare(_ index: CandidateIndex, _ expected: CandidateIndex, _ moment: String) throws {
    for scope in [Scope.all, Scope(includesPrivate: false)] {
      for query in Self.queries.map(SearchQuery.init(_:)) {
        let answers = try [index, expected].map { index in
          let seen = CandidateIndex(index.engine, scope: scope)
          let hits = try seen.search(query, SearchOptions(limit: 20)).hits
          return "\(try seen.count(query)): \(hits.map { "\($0.candidate.id) \($0.tier)" })"
        }
        #expect(answers[0] == answers[1], "\(query), \(moment)")
      }
    }
  }

  @Test func aWordIsFoundInEveryColumnWhereItOccurs() throws {
    let address = try PostgresServer.shared.get().newDatabase()
    let index = try CandidateIndex(url: address, access: .writing)
    let expected = try CandidateIndex.inMemory()
    for index in [index, expected] { try index.add(Self.records, connector: "a") }
    try compare(index, expected, "after a load")
    // The columns of the words change, and other programs learn of it.
    let other = try CandidateIndex(url: address)
    try compare(other, expected, "in another program")
    let moved = [
      #"{"id":"other","company":"Sloane","tags":["Grace"]}"#, #"{"id":"company","title":"Officer"}"#,
    ]
    for index in [index, expected] {
      _ = try index.delete(ids: ["name", "two", "title"], connector: "a")
      try index.add(moved, connector: "a")
    }
    try compare(index, expected, "after changes")
    try compare(other, expected, "after changes, in another program")
  }

  /// A `tsvector` contains at most 256 positions of a lexeme. A word that occurs more often costs each search; the gaps between
  /// many values do not.
  @Test func manyValuesMakeNoPartialDocument() throws {
    let server = try PostgresServer.shared.get()
    let address = try server.newDatabase()
    let index = try CandidateIndex(url: address, access: .writing)
    func isPartial() throws -> Bool {
      try server.psql(
        "SELECT count(*) FROM cand_search.setting WHERE name = 'partial_documents' AND number = 1",
        database: PostgresServer.database(address)) == "1"
    }
    let tags = (0..<400).map { "\"t\($0)\"" }.joined(separator: ",")
    try index.add([#"{"id":"many","tags":[\#(tags)]}"#], connector: "a")
    #expect(try !isPartial())
    #expect(try index.count("tag:t399") == 1 && index.count("t0 t399") == 1 && index.count("\"t0 t1\"") == 0)
    #expect(try index.check(isFull: true).problems == [])
    let words = (0..<300).map { "\"nurse \($0)\"" }.joined(separator: ",")
    try index.add([#"{"id":"words","tags":[\#(words)]}"#], connector: "a")
    #expect(try isPartial())
    #expect(try index.check(isFull: true).problems == [])
    // Once the candidate is gone, a rebuild ends it.
    _ = try index.delete(ids: ["words"], connector: "a")
    _ = try index.rebuild()
    #expect(try !isPartial() && index.count("tag:t399") == 1)
  }
}
