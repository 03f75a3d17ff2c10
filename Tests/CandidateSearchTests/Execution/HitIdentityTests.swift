import Testing

@testable import CandidateSearch

/// A search without records finds the same candidates, in the same order, and reads no record.
@Suite struct HitIdentityTests {
  private static let corpus = Result { try PagingTests.corpusIndex(400, seed: 5) }

  private static func walk(
    _ index: CandidateIndex, _ query: String, _ options: SearchOptions, includesRecords: Bool
  ) throws -> [HitIdentity] {
    var (all, options): ([HitIdentity], SearchOptions) = ([], options)
    options.includesRecords = includesRecords
    repeat {
      let page = try index.search(query, options)
      #expect(includesRecords ? page.identities.isEmpty : page.hits.isEmpty)
      all += page.identities
      all += page.hits.map { HitIdentity(id: $0.candidate.id, connector: $0.connector, tier: $0.tier) }
      options.cursor = page.nextCursor
    } while options.cursor != nil && all.count < 1_000
    return all
  }

  @Test(arguments: PagingTests.queries + ["zzzzq jon", "jonh smiht", "\"enginer manger\""])
  func identitiesAreThoseOfTheHits(_ query: String) throws {
    let index = try Self.corpus.get()
    var sorted = SearchOptions(limit: 7)
    sorted.sort = try SearchSort("name")
    var relaxed = SearchOptions(limit: 7)
    relaxed.relaxed = .hits
    var sortedAndRelaxed = sorted
    sortedAndRelaxed.relaxed = .always
    for options in [SearchOptions(limit: 100), SearchOptions(limit: 7), sorted, relaxed, sortedAndRelaxed] {
      for index in [index, index.seen(in: .public)] {
        let hits = try Self.walk(index, query, options, includesRecords: true)
        #expect(try Self.walk(index, query, options, includesRecords: false) == hits)
      }
    }
  }

  @Test func connectorsAreNamed() throws {
    let index = try CandidateIndex.empty()
    try index.add([#"{"id":"1","title":"nurse"}"#], connector: "a")
    try index.add([#"{"id":"1","title":"nurse"}"#], connector: "b")
    var options = SearchOptions()
    options.includesRecords = false
    let found = try index.search("nurse", options).identities
    #expect(Set(found.map { "\($0.connector) \($0.id) \($0.tier)" }) == ["a 1 exact", "b 1 exact"])
  }

  /// A record that cannot be decoded would end the search.
  @Test(.sqlite, arguments: [nil, "name", "recent"]) func noRecordIsRead(_ sort: String?) throws {
    let index = try CandidateIndex.holding(#"{"id":"1","title":"nurse","last_name":"Roe"}"#)
    try index.write { try $0.execute(sql: "UPDATE record SET json = '{'") }
    var options = SearchOptions()
    options.sort = try sort.map(SearchSort.init)
    #expect(throws: (any Error).self) { try index.search("nurse", options) }
    options.includesRecords = false
    #expect(try index.search("nurse", options).identities.map(\.id) == ["1"])
  }

  @Test func anEmptyPageOfIdentitiesIsDiagnosed() throws {
    let index = try CandidateIndex.holding(#"{"id":"1","title":"nurse"}"#)
    var options = SearchOptions()
    (options.includesRecords, options.diagnosesEmptyResult) = (false, true)
    #expect(try index.search("nurse", options).diagnosis == nil)
    #expect(try index.search("chef", options).diagnosis != nil)
  }
}
