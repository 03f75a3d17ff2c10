import CandidateModel
import Foundation
import PostgresEngine
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

/// What a divided index answers, and how its servers change.
@Suite(.serialized, .mustEnd) struct DividedIndexTests {
  private static let servers = DividedIndex.servers()

  private let servers: [PostgresServer]

  init() throws { servers = try Self.servers.get() }

  private func divided(isSpread: Bool = true, partitions: Int = 3) throws -> DividedIndex {
    try DividedIndex(servers[0], Array(servers[1...]), isSpread: isSpread, partitions: partitions)
  }

  @Test func everyServerHasItsPartition() throws {
    let divided = try divided()
    let index = try divided.open()
    try index.add(DividedIndex.records(0..<600), connector: "corpus")
    #expect(try divided.partitions() == ["coordinator": [2], "north": [0], "south": [1]])
    // The rule in SQL and in Swift is the same, for times after 2040 and for none, too.
    try index.add(
      ["2050-01-01", "2039-12-31T23:59:59Z", "0001-01-01", ""].map {
        #"{"id":"at \#($0)","first_name":"Time","last_interaction_at":"\#($0)"}"#
      }, connector: "times")
    let layout = try #require(
      try ClusterLayout(
        PostgresEngine.connect(PostgresAddress(divided.address).parameters, PostgresAddress(divided.address)))
    )
    let database = PostgresServer.database(divided.address)
    for partition in 0..<3 {
      let docids = try divided.server.psql(
        "SELECT docid FROM cand_search.posting_\(partition)", database: database
      ).split(separator: "\n").compactMap { Int64($0) }
      #expect(docids.count > 100)
      #expect(docids.allSatisfy { layout.partition(of: Docid(value: $0)) == partition })
    }
    #expect(try index.count("connector:times") == 4)
    #expect(try index.check(isFull: true).problems == [])
    let status = try divided.cluster.status()
    #expect(status.servers.map(\.isReachable) == [true, true, true])
    #expect(status.servers.map(\.lacking) == [0, 0, 0])
  }

  /// The answers before and after each change of the cluster, beside those of a file.
  @Test func answersStayTheSameWhilePartitionsMove() throws {
    let divided = try divided(isSpread: false, partitions: 4)
    let (index, file) = (try divided.open(), try CandidateIndex.inMemory())
    for index in [index, file] { try index.add(DividedIndex.records(0..<400), connector: "corpus") }
    let queries = [
      "engineer", "senior engineer", "manager tag:JUNIOR", "\"software engineer\"", "eng*", "-tag:JUNIOR", "",
      "berlin OR london",
    ]
    func answers(_ index: CandidateIndex) throws -> [String] {
      try queries.flatMap { query in
        var options = SearchOptions(limit: 15)
        (options.includesCount, options.facets) = (true, [.tag, .location])
        let results = try index.search(SearchQuery(query), options)
        return results.hits.map { "\(query): \($0.candidate.id) \($0.tier)" }
          + ["\(query): \(results.count ?? -1) \(results.facets)"]
      }
    }
    let expected = try answers(file)
    #expect(try answers(index) == expected)
    let moves: [([Int], String)] = [
      ([0, 1], "north"), ([2], "south"), ([0], "south"), ([1], "coordinator"), ([3], "north"), ([3], "north"),
    ]
    for (partitions, name) in moves {
      try divided.cluster.move(partitions, to: name)
      #expect(try answers(index) == expected, "after \(partitions) to \(name)")
    }
    #expect(try divided.partitions() == ["coordinator": [1], "north": [3], "south": [0, 2]])
    try divided.cluster.removeServer("south")
    #expect(try answers(index) == expected)
    #expect(try divided.partitions() == ["coordinator": [1], "north": [0, 2, 3]])
    try divided.cluster.removeServer("north")
    #expect(try answers(index) == expected)
    #expect(try divided.partitions() == ["coordinator": [0, 1, 2, 3]])
    #expect(try index.check(isFull: true).problems == [])
    // Nothing is left on the others.
    for other in divided.others {
      #expect(
        try other.psql(
          "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname LIKE '\(divided.schema())%'"
        )
          == "0")
    }
  }

  /// Each server sorts and limits what it sends, and all work at once.
  @Test func serversStopAfterThePage() throws {
    let divided = try divided()
    let index = try divided.open()
    try index.add(DividedIndex.records(0..<50), connector: "corpus")
    let plans = try divided.server.psql(
      """
      SET search_path = cand_search, pg_catalog; SET plan_cache_mode = force_generic_plan;
      PREPARE q(tsquery, bigint) AS SELECT h.docid FROM (
        (SELECT p.docid FROM match_0 p WHERE p.doc @@ $1 AND p.docid + 0 > $2 ORDER BY p.docid LIMIT 10) UNION ALL
        (SELECT p.docid FROM match_1 p WHERE p.doc @@ $1 AND p.docid + 0 > $2 ORDER BY p.docid LIMIT 10)) h
        ORDER BY h.docid + 0 LIMIT 10;
      EXPLAIN (VERBOSE, COSTS OFF) EXECUTE q('''a''', 5)
      """, database: PostgresServer.database(divided.address))
    #expect(plans.matches(of: /Async Foreign Scan/).count == 2, "\(plans)")
    #expect(plans.matches(of: /ORDER BY docid ASC NULLS LAST LIMIT 10/).count == 2, "\(plans)")
  }

  /// What is wrong with a request.
  struct WrongRequest: Sendable, CustomStringConvertible {
    let description: String
    let error: ClusterError
    let run: @Sendable (IndexCluster, _ other: String) throws -> Void
  }

  static let wrongRequests: [WrongRequest] = [
    .init(description: "a second division", error: .divided) { cluster, _ in try cluster.create() },
    .init(description: "no partitions", error: .partitionCount(0)) { cluster, _ in
      try cluster.create(partitions: 0)
    },
    .init(description: "too many partitions", error: .partitionCount(65)) { cluster, _ in
      try cluster.create(partitions: 65)
    },
    .init(description: "a name that is taken", error: .nameTaken("north")) {
      try $0.addServer($1, name: "north")
    },
    .init(description: "the coordinator's name", error: .nameTaken("coordinator")) {
      try $0.addServer($1, name: "coordinator")
    },
    .init(description: "a name with SQL", error: .name("x'; DROP TABLE posting; --")) {
      try $0.addServer($1, name: "x'; DROP TABLE posting; --")
    },
    .init(description: "an empty name", error: .name("")) { try $0.addServer($1, name: "") },
    .init(description: "a partition that is not there", error: .noPartition(3)) { cluster, _ in
      try cluster.move([0, 3], to: "south")
    },
    .init(description: "a negative partition", error: .noPartition(-1)) { cluster, _ in
      try cluster.move([-1], to: "south")
    },
    .init(description: "a server that is not there", error: .noServer("west")) { cluster, _ in
      try cluster.move([0], to: "west")
    },
    .init(description: "removal of a server that is not there", error: .noServer("west")) { cluster, _ in
      try cluster.removeServer("west")
    },
  ]

  @Test(arguments: wrongRequests) func wrongRequestsChangeNothing(_ request: WrongRequest) throws {
    let divided = try divided()
    let before = try divided.partitions()
    #expect(throws: request.error) {
      try request.run(divided.cluster, servers[1].address(database: "postgres"))
    }
    #expect(try divided.partitions() == before)
  }

  @Test func addressesThatLeadNowhereAreRefused() throws {
    let divided = try divided(isSpread: false)
    for address in [
      "postgresql://postgres@127.0.0.1:1/x", "postgresql://postgres@127.0.0.1:\(servers[1].port)/missing",
    ] {
      #expect(throws: ClusterError.self) { try divided.cluster.addServer(address, name: "west") }
    }
    for address in ["west", "postgresql://postgres:secret@west/x", "postgresql://postgres@west"] {
      #expect(throws: IndexError.self) { try divided.cluster.addServer(address, name: "west") }
    }
    #expect(try divided.cluster.status().servers.count == 3)
  }

  /// One database may be added under two names; roles that may read the postings may read them after every change.
  @Test func twoNamesAreTwoPlacesAndRightsAreKept() throws {
    let divided = try DividedIndex(servers[0], [], isSpread: false)
    let index = try divided.open()
    try index.add(DividedIndex.records(0..<80), connector: "corpus")
    let database = PostgresServer.database(divided.address)
    try servers[0].psql("DROP ROLE IF EXISTS seeker; CREATE ROLE seeker LOGIN")
    try servers[0].psql(
      "GRANT USAGE ON SCHEMA cand_search TO seeker; GRANT SELECT ON ALL TABLES IN SCHEMA cand_search TO seeker",
      database: database)
    let address = servers[1].address(database: "postgres")
    for name in ["first", "second"] { try divided.cluster.addServer(address, name: name) }
    for name in ["first", "second", "first"] { try divided.cluster.move([0, 1], to: name) }
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.count("connector:corpus") == 80)
    let seeker = try CandidateIndex(url: divided.address.replacing("postgres@", with: "seeker@"))
    #expect(try seeker.count("connector:corpus") == 80)
    var options = SearchOptions()
    options.facets = [.tag]
    #expect(try seeker.search("engineer", options).hits.count == 10)
    #expect(try seeker.statistics().candidates == 80)
    // A file of statistics would repeat what postings contain.
    try servers[0].psql("ANALYZE", database: database)
    #expect(
      try servers[0].psql(
        "SELECT count(*) FROM pg_stats WHERE tablename LIKE 'posting%' AND attname <> 'docid'",
        database: database)
        == "0")
  }
}
