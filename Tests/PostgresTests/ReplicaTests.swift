import BenchmarkCorpus
import CandidateModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

/// Searches on a replica, changes on its primary.
@Suite(.serialized, .mustEnd) struct ReplicaTests {
  private static let cluster = Result {
    let cluster = try Cluster(replicaSettings: ["max_standby_streaming_delay=0"])
    try cluster.primary.psql("CREATE DATABASE index")
    let index = try CandidateIndex(url: cluster.primary.address(database: "index"), access: .writing)
    let corpus = Corpus(seed: 5)
    try index.add((0..<200).map { String(decoding: corpus.record($0), as: UTF8.self) }, connector: "corpus")
    try index.add([#"{"id":"a-1","first_name":"Ann","last_name":"Lee","title":"Engineer"}"#], connector: "")
    return cluster
  }

  private let cluster: Cluster
  /// The replica alone.
  private let replica: String

  init() throws {
    cluster = try Self.cluster.get()
    replica = cluster.replica.address(database: "index")
  }

  private func connections(_ server: PostgresServer, _ program: String) throws -> Int {
    Int(try server.psql("SELECT count(*) FROM pg_stat_activity WHERE application_name = '\(program)'")) ?? -1
  }

  /// The address of both hosts, in one order or in the other.
  private func address(_ role: String, primaryFirst: Bool) -> String {
    let hosts = [cluster.replica.port, cluster.primary.port].map { "127.0.0.1:\($0)" }
    let order = primaryFirst ? hosts.reversed() : hosts
    return "postgresql://postgres@\(order.joined(separator: ","))/index?target_session_attrs=\(role)"
  }

  @Test(arguments: [true, false]) func searchesReadTheReplicaAndChangesGoToThePrimary(_ primaryFirst: Bool)
    throws
  {
    for role in ["prefer-standby", "standby"] {
      let address = address(role, primaryFirst: primaryFirst)
      let program = "test-\(role)-\(primaryFirst)"
      let reading = try CandidateIndex(url: "\(address)&application_name=\(program)", access: .reading())
      #expect(try reading.count("engineer") > 0)
      #expect(try connections(cluster.replica, program) == 1)
      #expect(try connections(cluster.primary, program) == 0)
      let writing = try CandidateIndex(url: "\(address)&application_name=\(program)-2", access: .writing)
      #expect(try writing.add([#"{"id":"new","title":"Harpist"}"#], connector: "").added == 1)
      #expect(try writing.count("harpist") == 1)
      // The primary has waited for the replica.
      #expect(try reading.count("harpist") == 1)
      #expect(try connections(cluster.replica, "\(program)-2") == 0)
      let before = try (cluster.primary.scans("index"), cluster.replica.scans("index"))
      let search = try candSearch(address, ["harpist"])
      #expect(search.exit == 0 && search.lines.count == 1, "\(search.error)")
      let after = try (cluster.primary.scans("index"), cluster.replica.scans("index"))
      #expect(after.1 > before.1)
      #expect(after.0 == before.0)
      let delete = try candSearch(address, ["delete", "new"])
      #expect(delete.exit == 0, "\(delete.error)")
      #expect(try reading.count("harpist") == 0)
    }
  }

  @Test func aProgramReadsWhatItHasWritten() throws {
    try cluster.replica.psql("SELECT pg_wal_replay_pause()")
    defer { _ = try? cluster.replica.psql("SELECT pg_wal_replay_resume()") }
    // Otherwise its commits would wait for the replica.
    let address = address("prefer-standby", primaryFirst: false) + "&options=-csynchronous_commit%3Dlocal"
    let writing = try CandidateIndex(url: address, access: .writing)
    let reading = try CandidateIndex(url: address, access: .reading())
    try writing.add([#"{"id":"new","title":"Lutenist"}"#], connector: "")
    #expect(try writing.count("lutenist") == 1)
    #expect(try reading.count("lutenist") == 0)
    try cluster.replica.psql("SELECT pg_wal_replay_resume()")
    try cluster.catchUp()
    #expect(try reading.count("lutenist") == 1)
    #expect(try writing.delete(ids: ["new"]) == ["new"])
  }

  /// A command that reads, whose output is that of the primary.
  static let readings: [[String]] = [
    ["search", "engineer", "--limit", "5", "--facet", "tag", "--format", "json"],
    ["search", "enginer", "--explain"], ["search", "--count", "title:engineer is_private:false"],
    ["search", "", "--sort", "name", "--limit", "3"], ["suggest", "eng"], ["show", "a-1"],
    ["stats", "--format", "json"], ["status"],
  ]

  @Test(arguments: readings) func aReplicaAloneAnswers(_ arguments: [String]) throws {
    try cluster.catchUp()
    let expected = try candSearch(cluster.primary.address(database: "index"), arguments)
    let found = try candSearch(replica, arguments)
    #expect(found.exit == expected.exit, "\(found.error)")
    #expect(expected.exit < 2, "\(expected.error)")
    func comparable(_ text: String) -> String {
      text.replacing("\(cluster.replica.port)", with: "PORT").replacing(
        "\(cluster.primary.port)", with: "PORT"
      )
      // Times, and sizes, which free space maps contribute to.
      .replacing(/[0-9]+ µs/, with: "µs")
      .replacing(/"(file_bytes|parts|bytes_per_candidate)":(\{[^}]*\}|[0-9]+)/, with: "")
    }
    #expect(comparable(found.output) == comparable(expected.output))
    #expect(comparable(found.error) == comparable(expected.error))
  }

  @Test func aReplicaAloneIsChecked() throws {
    let index = try CandidateIndex(url: replica, access: .reading())
    #expect(try index.sampledCheck().problems == [])
    let doctor = try candSearch(replica, ["doctor"])
    #expect(doctor.exit == 0, "\(doctor.output) \(doctor.error)")
  }

  static let changes: [[String]] = [
    ["index", Fixture.people], ["delete", "a-1"], ["forget", "a-1"], ["reindex"], ["check"],
    ["reindex", Fixture.people], ["sync", "--connector", "remote"],
  ]

  @Test(arguments: changes) func aReplicaAloneRefusesChanges(_ arguments: [String]) throws {
    let environment = [
      "BINDBEE_API_KEY": BindbeeServer.apiKey, "BINDBEE_CONNECTOR_TOKEN": "token",
      "BINDBEE_BASE_URL": "http://127.0.0.1:1",
    ]
    let run = try candSearch(replica, arguments, environment: environment)
    #expect(run.exit == 4)
    #expect(run.error.split(separator: "\n").count == 1, "\(run.error)")
    #expect(run.error.contains("cannot be written (no primary answers"), "\(run.error)")
    let opened = try CandidateIndex(url: replica, access: .reading())
    #expect(throws: IndexError.self) { try opened.delete(ids: ["a-1"]) }
  }

  /// A host that accepts connections and does not answer keeps no other one from being tried.
  @Test func aHostThatHangsIsPassedOver() throws {
    let hanging = try HangingServer()
    let hosts = [hanging.port, cluster.replica.port, cluster.primary.port].map { "127.0.0.1:\($0)" }
    let address = "postgresql://postgres@\(hosts.joined(separator: ","))/index?connect_timeout=2"
    let search = try candSearch(address, ["engineer"])
    #expect(search.exit == 0, "\(search.error)")
    let load = try CommandRun(
      "cand-search", ["index", "-"], input: Data(#"{"id":"h","first_name":"Hal"}"#.utf8),
      environment: ["CAND_SEARCH_INDEX": address])
    #expect(load.exit == 0, "\(load.error)")
  }

  /// Removes rows that a snapshot of the replica can see, and their space.
  private func removeSomething(_ writing: CandidateIndex) throws {
    try writing.add([#"{"id":"gone","title":"Drummer"}"#], connector: "")
    #expect(try writing.delete(ids: ["gone"]) == ["gone"])
    // A snapshot of another test can keep VACUUM from it; a lock ends searches of the replica in any case.
    try cluster.primary.psql("VACUUM", database: "index")
    try cluster.primary.psql(
      "BEGIN; LOCK TABLE cand_search.candidate IN ACCESS EXCLUSIVE MODE; COMMIT", database: "index")
    try cluster.catchUp()
  }

  @Test func aSearchThatAReplicaEndedIsTriedAgain() throws {
    let writing = try CandidateIndex(url: cluster.primary.address(database: "index"), access: .writing)
    let reading = try CandidateIndex(url: replica, access: .reading(readers: 1))
    let expected = try reading.count("")
    var attempts = 0
    let count = try reading.engine.read { snapshot in
      attempts += 1
      #expect(try snapshot.isEmpty() == false)
      if attempts == 1 { try removeSomething(writing) }
      return try snapshot.candidateCount(of: .everything)
    }
    #expect(attempts > 1)
    #expect(count == expected)
    attempts = 0
    let error = #expect(throws: IndexError.self) {
      try reading.engine.read { snapshot in
        attempts += 1
        #expect(try snapshot.isEmpty() == false)
        try removeSomething(writing)
        return try snapshot.candidateCount(of: .everything)
      }
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("the replica ended it to apply changes of its primary"))
    #expect(attempts > 4)
    #expect(try reading.count("") == expected)
  }

  /// The locks of syncs are known to the primary alone.
  @Test func whoeverReadsAReplicaSeesThatASyncRuns() throws {
    let remote = try BindbeeServer([
      "token": (0..<400).map { BindbeeServer.Candidate("r\($0)", modifiedAt: "2026-01-01T00:00:00Z") }
    ])
    let seen = Mutex<[String]>([])
    let (both, replica) = (address("prefer-standby", primaryFirst: true), replica)
    remote.change {
      $0.before = { number, _ in
        guard number == 2 else { return }
        for address in [both, replica] {
          let run = try? candSearch(address, ["stats"])
          seen.withLock { $0 += run?.lines.filter { $0.contains("remote") && $0.contains("sync") } ?? [] }
        }
      }
    }
    let sync = try candSearch(
      both, ["sync", "--connector", "remote"],
      environment: [
        "BINDBEE_API_KEY": BindbeeServer.apiKey, "BINDBEE_CONNECTOR_TOKEN": "token",
        "BINDBEE_BASE_URL": remote.url,
      ])
    #expect(sync.exit == 0, "\(sync.error)")
    let lines = seen.withLock { $0 }
    #expect(lines.count == 2)
    for line in lines { #expect(line.contains("running") && !line.contains("killed"), "\(line)") }
  }
}

/// Accepts connections on loopback, and never answers.
final class HangingServer {
  let port: Int
  private let listener: Int32

  init() throws { (listener, port) = try Relay.listen() }

  deinit { close(listener) }
}

/// A port of loopback to which no connection can be made, and none is refused: what is sent to it is dropped.
final class DroppingHost {
  let port: Int
  private let listener: Int32
  private var sockets: [Int32] = []

  /// The queue of connections that wait to be accepted is full, and stays so.
  init() throws {
    (listener, port) = try Relay.listen(backlog: 0)
    for _ in 0..<4 {
      let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
      var address = Relay.loopback(port)
      withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          _ = Glibc.connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      sockets.append(client)
    }
  }

  deinit { for socket in sockets + [listener] { close(socket) } }
}
