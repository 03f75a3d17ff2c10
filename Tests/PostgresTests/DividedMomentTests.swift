import CandidateModel
import Foundation
import PostgresEngine
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

/// Servers of a divided index that are of another moment than the coordinator.
@Suite(.serialized, .mustEnd) struct DividedMomentTests {
  private static let servers = DividedIndex.servers()

  private let servers: [PostgresServer]

  init() throws { servers = try Self.servers.get() }

  private func divided(isSpread: Bool = true, partitions: Int = 3) throws -> DividedIndex {
    try DividedIndex(servers[0], Array(servers[1...]), isSpread: isSpread, partitions: partitions)
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
    let table = "\(try divided.schema())_1.posting_0"
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
}
