import CandidateModel
import Foundation
import PostgresEngine
import TestSupport
import Testing

@testable import CandidateSearch

/// What travels between a program and a server.
@Suite(.mustEnd) struct RoundTripTests {
  /// A query, and how often the program sends something for a page of two hits: once for the search, once for the end of
  /// the transaction, which it does not wait for, and once more where the typed tiers do not fill the page.
  struct Case: Sendable, CustomStringConvertible {
    let query: String
    let turns: Int
    var description: String { query }
  }

  static let cases = [
    Case(query: "engineer", turns: 2), Case(query: "", turns: 2), Case(query: "senior engineer", turns: 2),
    Case(query: "engineer tag:JUNIOR", turns: 2), Case(query: "can_email:true -is_private:true", turns: 2),
    Case(query: "eng*", turns: 2), Case(query: "engineer OR manager", turns: 2),
    Case(query: "engineer qwertyuiop", turns: 3),
  ]

  private static let address = Result {
    let address = try PostgresServer.shared.get().newDatabase()
    let index = try CandidateIndex(url: address, access: .writing)
    try index.ingest { try $0.add(ByteSource(path: Fixture.samples)) }
    return address
  }

  @Test(arguments: cases) func aSearchWhoseWordsAreKnownTakesOneRoundTrip(_ item: Case) throws {
    let server = try PostgresServer.shared.get()
    let relay = try Relay(to: server.port)
    defer { relay.stop() }
    let index = try CandidateIndex(
      url: Self.address.get().replacing(":\(server.port)/", with: ":\(relay.port)/"))
    let options = SearchOptions(limit: 2)
    func search() throws -> [String] {
      let ids = try index.search(SearchQuery(item.query), options).hits.map(\.candidate.id)
      // The end of the transaction arrives later.
      while try server.psql(
        """
        SELECT count(*) FROM pg_stat_activity WHERE datname = '\(PostgresServer.database(try Self.address.get()))' \
        AND state <> 'idle'
        """) != "0" || relay.isUnanswered
      { usleep(1_000) }
      return ids
    }
    let first = try search()
    let turns = relay.turns
    #expect(try search() == first)
    #expect(relay.turns - turns == item.turns)
  }

  /// A record that came again with another time of change alone leaves its postings alone.
  @Test func aResyncTouchesNoPosting() throws {
    let server = try PostgresServer.shared.get()
    let address = try server.newDatabase()
    let index = try CandidateIndex(url: address, access: .writing)
    func records(_ day: Int) -> [String] {
      (0..<50).map { #"{"id":"\#($0)","title":"Engineer","modified_at":"2026-01-\#(day)T00:00:00Z"}"# }
    }
    func postings() throws -> String {
      try server.psql(
        """
        SELECT string_agg(docid || ' ' || xmin || ' ' || ctid, ',' ORDER BY docid) FROM cand_search.posting; \
        SELECT string_agg(docid || ' ' || xmin || ' ' || ctid, ',' ORDER BY docid) FROM cand_search.record
        """, database: PostgresServer.database(address))
    }
    try index.add(records(10), connector: "a")
    let before = try postings()
    let summary = try index.add(records(11), connector: "a")
    #expect(summary.unchanged == 50)
    #expect(try postings() == before)
    #expect(try index.count("modified:2026-01-11") == 50)
  }
}
