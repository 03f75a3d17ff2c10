import BenchmarkCorpus
import CandidateModel
import Foundation
import PostgresEngine
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

/// An index that is divided over three servers, with three partitions on the coordinator or one on each.
struct DividedIndex {
  static let names = ["north", "south"]

  /// The coordinator.
  let server: PostgresServer
  /// The other servers, in the order of their names.
  let others: [PostgresServer]
  let address: String
  let cluster: IndexCluster

  init(_ server: PostgresServer, _ others: [PostgresServer], isSpread: Bool = true, partitions: Int = 3)
    throws
  {
    self.server = server
    self.others = others
    address = try server.newDatabase()
    _ = try CandidateIndex(url: address, access: .writing)
    cluster = try IndexCluster(url: address)
    try cluster.create(partitions: partitions)
    for (name, other) in zip(Self.names, others) {
      try cluster.addServer(other.address(database: "postgres"), name: name)
    }
    if isSpread { for (i, name) in Self.names.enumerated() { try cluster.move([i], to: name) } }
  }

  func open(_ access: CandidateIndex.Access = .writing) throws -> CandidateIndex {
    try CandidateIndex(url: address, access: access)
  }

  /// The partitions of each server, by name.
  func partitions() throws -> [String: [Int]] {
    Dictionary(uniqueKeysWithValues: try cluster.status().servers.map { ($0.name, $0.partitions) })
  }

  static func records(_ range: Range<Int>, revision: Int = 0) -> [String] {
    let corpus = Corpus(seed: 21)
    return range.map { i in
      let record = String(decoding: corpus.record(i), as: UTF8.self)
      return revision == 0
        ? record : record.replacing(#""title":""#, with: #""title":"Revised\#(revision) "#)
    }
  }
}

/// What a divided index answers, and how its servers change.
@Suite(.serialized, .timeLimit(.minutes(5))) struct DividedIndexTests {
  private static let servers = Result { try (0..<3).map { _ in try PostgresServer() } }

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
          "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname LIKE '\(schema(divided))%'"
        )
          == "0")
    }
  }

  private func schema(_ divided: DividedIndex) throws -> String {
    try divided.server.psql(
      "SELECT convert_from(bytes, 'UTF8') FROM cand_search.setting WHERE name = 'cluster_schema'",
      database: PostgresServer.database(divided.address))
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

  // MARK: - Servers that are down

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

  /// What a person may not see is not shown, whatever the postings of another server say: here those of an older state.
  @Test func postingsOfAnOlderStateShowNothing() throws {
    let divided = try divided()
    let index = try divided.open()
    func record(_ i: Int, isPrivate: Bool, _ title: String) -> String {
      #"{"id":"p\#(i)","first_name":"Wanda","last_name":"Quill\#(i)","title":"\#(title)","is_private":\#(isPrivate),"last_interaction_at":"2026-01-01T00:00:\#(10 + i)Z"}"#
    }
    try index.add((0..<30).map { record($0, isPrivate: false, "Nurse") }, connector: "people")
    // The postings as they are now, which come back after the next change.
    let database = PostgresServer.database(divided.address)
    for partition in 0..<3 {
      try divided.server.psql(
        "CREATE TABLE cand_search.old_\(partition) AS SELECT * FROM cand_search.posting_\(partition)",
        database: database)
    }
    try index.add((0..<15).map { record($0, isPrivate: true, "Secretagent") }, connector: "people")
    for partition in 0..<3 {
      try divided.server.psql(
        """
        DELETE FROM cand_search.posting_\(partition); \
        INSERT INTO cand_search.posting_\(partition) SELECT * FROM cand_search.old_\(partition)
        """, database: database)
    }
    let open = try divided.open(.reading())
    let seen = open.scoped(to: .public)
    for query in [
      "wanda", "nurse", "quill3", "quill*", "\"wanda quill3\"", "secretagent", "wanda OR nurse",
      "title:nurse wanda", "p3",
    ] {
      for limit in [1, 5, 20, 100, 500] {
        for sort in [
          nil, SearchSort(by: .name, order: .ascending), SearchSort(by: .recent, order: .ascending),
        ] {
          var options = SearchOptions(limit: limit)
          options.sort = sort
          let hits = try seen.search(SearchQuery(query), options).hits
          #expect(
            hits.allSatisfy { $0.candidate.isPrivate != true && Int($0.candidate.id.dropFirst()) ?? 0 >= 15 },
            "\(query), \(limit), \(String(describing: sort)): \(hits.map(\.candidate.id))")
        }
      }
    }
    #expect(try seen.search("wanda", SearchOptions(limit: 100)).hits.count == 15)
  }

  /// Writers change the same candidates at once, some before another server shows what the others have committed.
  @Test func writersOfTheSameCandidatesLeaveNothing() throws {
    let divided = try divided()
    let records = DividedIndex.records(0..<60)
    try divided.open().add(records, connector: "corpus")
    let ids = try divided.open().search("", SearchOptions(limit: 100)).hits.map(\.candidate.id)
    let problems = Mutex<[String]>([])
    let group = DispatchGroup()
    for writer in 0..<3 {
      group.enter()
      Thread {
        defer { group.leave() }
        do {
          let index = try divided.open()
          for round in 0..<8 {
            if writer == 0 {
              _ = try index.delete(ids: Array(ids.prefix(30)))
            } else {
              try index.add(
                DividedIndex.records(0..<60, revision: writer * 10 + round), connector: "corpus", batch: 20)
            }
          }
        } catch {
          problems.withLock { $0.append("\(error)") }
        }
      }.start()
    }
    group.wait()
    #expect(problems.withLock { $0 } == [])
    #expect(try divided.open().check(isFull: true).problems == [])
    #expect(try divided.cluster.status().servers.map(\.lacking) == [0, 0, 0])
  }

  /// A change that the coordinator has committed, and the other server not yet, is waited for: what it inserts there would
  /// not be seen, and stay.
  @Test func aRemovalWaitsForChangesThatAreBeingCommitted() throws {
    let divided = try divided()
    let index = try divided.open()
    try index.add(DividedIndex.records(0..<60), connector: "corpus")
    let database = PostgresServer.database(divided.address)
    let docid = try divided.server.psql("SELECT max(docid) FROM cand_search.posting_0", database: database)
    let record = try divided.server.psql(
      "SELECT json FROM cand_search.record WHERE docid = \(docid)", database: database)
    // What a writer has done at that moment.
    let table = "\(try schema(divided))_1.posting_0"
    let writer = try Session(
      divided.others[0].address(database: "postgres"),
      """
      BEGIN; CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM \(table) WHERE docid = \(docid);
      DELETE FROM \(table) WHERE docid = \(docid); INSERT INTO \(table) SELECT * FROM kept
      """)
    let coordinator = try Session(
      divided.address,
      """
      SELECT pg_advisory_lock(\(ClusterChanges.lockClass)::int, 77) IS NULL;
      INSERT INTO cand_search.unapplied (change, partition, server, docids) VALUES (77, 0, 1, '{\(docid)}')
      """)
    let isDone = Mutex(false)
    Thread {
      // It gets another docid.
      _ = try? index.add(
        [record.dropLast() + #","last_interaction_at":"2031-01-01T00:00:00Z"}"#], connector: "corpus")
      isDone.withLock { $0 = true }
    }.start()
    usleep(700_000)
    #expect(!isDone.withLock { $0 })
    try writer.run("COMMIT")
    usleep(300_000)
    try coordinator.run(
      "DELETE FROM cand_search.unapplied; SELECT pg_advisory_unlock(\(ClusterChanges.lockClass)::int, 77) IS NULL"
    )
    for _ in 0..<400 where !isDone.withLock({ $0 }) { usleep(50_000) }
    #expect(isDone.withLock { $0 })
    for session in [writer, coordinator] { try session.end() }
    #expect(
      try divided.others[0].psql("SELECT count(*) FROM \(table) WHERE docid = \(docid)") == "0")
    #expect(try index.check(isFull: true).problems == [])
  }

  /// A search that began before the table of all postings was replaced, or a partition moved, sees them.
  @Test(arguments: ["init", "move"]) func aSearchThatHasBegunSeesItsPostings(_ change: String) throws {
    let divided = try DividedIndex(servers[0], Array(servers[1...]), partitions: 3)
    let address = change == "init" ? try servers[0].newDatabase() : divided.address
    let index = try CandidateIndex(url: address, access: .writing)
    try index.add(DividedIndex.records(0..<100), connector: "corpus")
    let cluster = try IndexCluster(url: address)
    let isDone = Mutex(false)
    let found: Int = try index.engine.read { snapshot in
      // The state of the snapshot is that of its first statement.
      _ = try snapshot.isEmpty()
      Thread {
        try? change == "init" ? cluster.create(partitions: 2) : cluster.move([0], to: "coordinator")
        isDone.withLock { $0 = true }
      }.start()
      // Until it is done, or waits for the search.
      for _ in 0..<600 where !isDone.withLock({ $0 }) {
        let waiting = try servers[0].psql(
          "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation'")
        if waiting != "0" { break }
      }
      return try snapshot.count(of: .term(.all))
    }
    #expect(found == 100)
    for _ in 0..<600 where !isDone.withLock({ $0 }) { usleep(50_000) }
    #expect(isDone.withLock { $0 })
    #expect(try index.count("connector:corpus") == 100)
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
    // A file of statistics would repeat what postings contain.
    try servers[0].psql("ANALYZE", database: database)
    #expect(
      try servers[0].psql(
        "SELECT count(*) FROM pg_stats WHERE tablename LIKE 'posting%' AND attname <> 'docid'",
        database: database)
        == "0")
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

/// docs/cluster.md: from nothing to three servers in ten commands.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ClusterDocumentTests {
  private let servers: [PostgresServer]
  private let folder: TemporaryFolder

  init() throws {
    servers = try (0..<3).map { _ in try PostgresServer(settings: ["cluster_name=of documents"]) }
    folder = try TemporaryFolder()
    for server in servers { try server.psql("CREATE ROLE app SUPERUSER LOGIN") }
  }

  /// The commands of the first block.
  private func commands() throws -> [String] {
    let block = try #require(try Fixture.text("docs/cluster.md").firstMatch(of: /(?s)```sh\n(.*?)```/))
    return block.output.1.split(separator: "\n").map(String.init)
  }

  /// A command as it is run here: with the ports of the servers of this test, and the sample candidates.
  private func runnable(_ command: String) -> String {
    var command = command.replacing("export.ndjson", with: Fixture.path("docs/samples/candidates.ndjson"))
    for (i, server) in servers.enumerated() {
      command = command.replacing("-h db\(i + 1) -U", with: "-h 127.0.0.1 -p \(server.port) -U")
        .replacing("@db\(i + 1)/", with: "@127.0.0.1:\(server.port)/")
      // Here all have the same host.
      if command.contains("add-server"), command.contains(":\(server.port)/") {
        command += " --name db\(i + 1)"
      }
    }
    return command
  }

  @Test func tenCommandsMakeThreeServers() throws {
    let commands = try commands()
    #expect(commands.count == 10)
    let program = CommandRun.binary("cand-search").deletingLastPathComponent().path
    let script = "set -e\nPATH=\"\(program):$PATH\"\n" + commands.map(runnable).joined(separator: "\n")
    let run = try CommandRun(
      program: "/bin/sh", ["-c", script], environment: ["HOME": folder.path], folder: folder.path)
    #expect(run.exit == 0, "\(run.output) \(run.error)")
    let address = "postgresql://app@127.0.0.1:\(servers[0].port)/candidates"
    let status = try candSearch(address, ["cluster", "status"])
    #expect(status.exit == 0)
    // The table of the document, but for sizes and addresses.
    func rows(_ text: String) -> [[Substring]] {
      text.split(separator: "\n").map {
        Array($0.split(separator: " ", omittingEmptySubsequences: true).prefix(5))
      }
    }
    let shown = try #require(
      try Fixture.text("docs/cluster.md").firstMatch(of: /(?s)```\n(SERVER .*?)```/)
    ).output.1
    #expect(rows(status.output) == rows(String(shown)))
    let found = try candSearch(address, ["search", "engineer tag:JUNIOR", "--format", "ids"])
    let file = try CandidateIndex.inMemory()
    try file.ingest { try $0.add(ByteSource(path: Fixture.path("docs/samples/candidates.ndjson"))) }
    #expect(found.lines == (try file.search("engineer tag:JUNIOR").hits.map(\.candidate.id)))
  }
}
