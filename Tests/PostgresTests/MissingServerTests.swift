import CandidateModel
import Foundation
import PostgresEngine
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

/// A divided index while servers are down, and afterwards.
@Suite(.serialized, .mustEnd) struct MissingServerTests {
  private static let servers = DividedIndex.servers()

  private let servers: [PostgresServer]

  init() throws { servers = try Self.servers.get() }

  private func divided(isSpread: Bool = true, partitions: Int = 3) throws -> DividedIndex {
    try DividedIndex(servers[0], Array(servers[1...]), isSpread: isSpread, partitions: partitions)
  }

  @Test func aServerThatIsDownIsNamedAndCatchesUp() throws {
    let divided = try divided()
    let index = try divided.open()
    try index.add(DividedIndex.records(0..<300), connector: "corpus")
    let reader = try divided.open(.reading(readers: 2))
    let before = try reader.count("", SearchOptions())
    servers[1].kill()
    defer { try? servers[1].restartAfterKill() }
    let missing = IndexError.partsMissing(location: divided.cluster.location, parts: ["north"])
    #expect(throws: missing) { try reader.search("engineer") }
    #expect(throws: missing) { try reader.count("engineer") }
    // Changes continue, also of candidates whose postings are there.
    let revised = DividedIndex.records(200..<500, revision: 1)
    let changed = zip(revised, DividedIndex.records(200..<300)).count { $0 != $1 }
    let summary = try index.add(revised, connector: "corpus")
    #expect(summary.added == 200 && summary.updated == changed && changed > 50)
    #expect(try divided.cluster.status().servers.map { $0.lacking ?? 0 > 0 } == [false, true, false])
    #expect(try candSearch(divided.address, ["cluster", "status"]).exit == 4)
    let health = try candSearch(divided.address, ["status"])
    #expect(health.exit == 2 && health.output.contains("north"), "\(health.output)")
    let partial = try candSearch(
      divided.address, ["search", "--partial", "engineer", "--limit", "500", "--format", "ids"])
    #expect(
      partial.exit == 0 && partial.error.contains("north") && !partial.lines.isEmpty, "\(partial.error)")
    var options = SearchOptions(limit: 1_000)
    (options.allowsMissingParts, options.includesCount) = (true, true)
    let found = try reader.search("engineer", options)
    #expect(found.missingParts == ["north"] && found.count == found.hits.count && !found.hits.isEmpty)
    try servers[1].restartAfterKill()
    // It is there, but would answer with what is no longer so.
    usleep(2_100_000)
    #expect(throws: missing) { try reader.search("engineer") }
    usleep(5_100_000)
    try divided.cluster.catchUp()
    #expect(try divided.cluster.status().servers.map(\.lacking) == [0, 0, 0])
    #expect(try reader.count("engineer") > found.hits.count)
    #expect(try reader.search("engineer", options).missingParts == [])
    #expect(try reader.count("revised1") == revised.count { $0.contains("Revised1") })
    #expect(try reader.count("") == before + 200)
    #expect(try index.check(isFull: true).problems == [])
    #expect(try candSearch(divided.address, ["cluster", "status"]).exit == 0)
  }

  @Test func nothingIsLeftOfFacetsWithoutServers() throws {
    let divided = try DividedIndex(servers[0], Array(servers[1...]), partitions: 3)
    try divided.open().add(DividedIndex.records(0..<90), connector: "corpus")
    try divided.cluster.move([2], to: "south")
    for server in servers[1...] { server.kill() }
    defer { for server in servers[1...] { try? server.restartAfterKill() } }
    var options = SearchOptions(limit: 20)
    (options.allowsMissingParts, options.includesCount, options.facets) = (true, true, [.tag, .location])
    options.diagnosesEmptyResult = true
    for query in ["engineer", "engineer tag:JUNIOR", "created:>2000 manager", "eng*"] {
      let results = try divided.open(.reading()).search(SearchQuery(query), options)
      #expect(
        results.hits.isEmpty && results.count == 0 && results.missingParts == ["north", "south"], "\(query)")
    }
  }

  /// A move that was interrupted, and then another that fails, leave the partition where it is.
  @Test func aMoveThatFailsLeavesNoPlaceWithoutTables() throws {
    let divided = try divided(isSpread: false, partitions: 2)
    let index = try divided.open()
    try index.add(DividedIndex.records(0..<100), connector: "corpus")
    #expect(throws: IndexError.self) {
      try divided.cluster.move([0], to: "north") { _ in servers[1].kill() }
    }
    try servers[1].restartAfterKill()
    // For so long no connection to it is tried.
    usleep(5_100_000)
    servers[2].kill()
    #expect(throws: IndexError.self) { try divided.cluster.move([0], to: "south") }
    #expect(try index.add(DividedIndex.records(100..<200), connector: "corpus").added == 100)
    try servers[2].restartAfterKill()
    #expect(try index.count("connector:corpus") == 200)
    try divided.cluster.move([0], to: "north")
    #expect(try index.count("connector:corpus") == 200)
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func partitionsMoveOffAServerThatIsGone() throws {
    let divided = try divided()
    let index = try divided.open()
    try index.add(DividedIndex.records(0..<300), connector: "corpus")
    let expected = try index.identifiers()
    servers[1].kill()
    defer { try? servers[1].restartAfterKill() }
    let run = try candSearch(divided.address, ["cluster", "remove-server", "north"])
    #expect(run.exit == 0, "\(run.error)")
    #expect(try divided.partitions() == ["coordinator": [2], "south": [0, 1]])
    #expect(try divided.open().identifiers() == expected)
    #expect(try index.check(isFull: true).problems == [])
  }
}
