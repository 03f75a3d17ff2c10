import BenchmarkCorpus
import CandidateModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

/// The primary is killed, and its replica takes over: what was committed is there, and the same address leads to it.
@Suite(.serialized, .mustEnd) struct FailoverTests {
  private static let records = 600
  private static let original = {
    let corpus = Corpus(seed: 9)
    return (0..<records).map { String(decoding: corpus.record($0), as: UTF8.self) }
  }()

  private let cluster: Cluster
  private let folder: TemporaryFolder
  private let address: String

  init() throws {
    cluster = try Cluster()
    try cluster.primary.psql("CREATE DATABASE index")
    folder = try TemporaryFolder()
    address = cluster.address("index")
    try folder.write(Self.original.joined(separator: "\n"), to: "original")
  }

  /// The ids of the candidates that the promoted server contains, which must be sound.
  private func soundIDs() throws -> [String] {
    let check = try candSearch(address, ["check", "--full"])
    #expect(check.exit == 0, "\(check.output) \(check.error)")
    return try CandidateIndex(url: address, access: .writing).identifiers()
  }

  /// An interrupted command: it has ended with one clear error, or has gone on.
  private func expectOneError(_ exit: Int32, _ error: String) {
    #expect([0, 4].contains(exit), "\(exit) \(error)")
    guard exit == 4 else { return }
    let lines = error.split(separator: "\n").filter { $0.hasPrefix("cand-search") }
    #expect(lines.count == 1, "\(error)")
    #expect(
      error.contains("the server cannot be reached")
        || error.contains("cannot be written (no primary answers"),
      "\(error)")
  }

  @Test func aLoadEndsWithAnErrorAndCanBeRepeated() throws {
    let arguments = ["index", "--batch-records", "10", folder.file("original")]
    _ = try CandidateIndex(url: address, access: .writing)
    let process = try CommandRun.process(
      "cand-search", arguments, environment: ["CAND_SEARCH_INDEX": address])
    let said = try folder.write("", to: "said")
    process.standardError = FileHandle(forWritingAtPath: said)
    try process.run()
    // What others see is committed.
    func committed() throws -> [String] {
      try cluster.primary.psql(
        "SELECT n.name || ' ' || convert_from(id, 'UTF8') FROM cand_search.candidate c JOIN cand_search.connector n ON n.number = c.connector",
        database: "index"
      ).split(separator: "\n").map(String.init)
    }
    var acknowledged: [String] = []
    try cluster.wait {
      acknowledged = try committed()
      return acknowledged.count >= 50
    }
    try cluster.failOver()
    process.waitUntilExit()
    expectOneError(process.terminationStatus, try String(contentsOfFile: said, encoding: .utf8))
    let ids = try soundIDs()
    #expect(Set(acknowledged).isSubset(of: ids))
    #expect(Set(ids).count == ids.count)
    let again = try candSearch(address, arguments)
    #expect(again.exit == 0, "\(again.error)")
    let complete = try soundIDs()
    #expect(complete.count == Self.records && Set(complete).count == Self.records)
  }

  /// One process: what its session has counted is there, and the same objects go on after the failover.
  @Test func anOpenIndexGoesOn() throws {
    let writing = try CandidateIndex(url: address, access: .writing)
    let session = try writing.ingestSession(connector: "")
    session.batchRecords = 10
    var reported = 0
    let problem = Mutex<String?>(nil)
    session.onProgress = { [cluster] summary, _ in
      reported = max(reported, summary.added)
      guard summary.added >= 50, problem.withLock({ $0 }) == nil else { return }
      problem.withLock { $0 = "" }
      do { try cluster.failOver() } catch { problem.withLock { $0 = "\(error)" } }
    }
    do {
      try session.add(ByteSource(path: folder.file("original")))
      try session.finish()
    } catch let error as IndexError {
      expectOneError(4, "cand-search: \(error)")
    }
    #expect(problem.withLock { $0 } == "")
    #expect(reported >= 50)
    #expect(try writing.count("") >= reported)
    try writing.ingest { try $0.add(ByteSource(path: folder.file("original"))) }
    #expect(try writing.count("") == Self.records)
    let ids = try soundIDs()
    #expect(Set(ids).count == Self.records)
  }

  /// Searches of one process, and commands, while the replica takes over: none fails, since the replica answers all the
  /// time. Those that require the primary fail until there is one again.
  @Test func searchesGoOn() throws {
    // The primary first.
    let addresses = ["any", "prefer-standby"].map { role in
      """
      postgresql://postgres@127.0.0.1:\(cluster.primary.port),127.0.0.1:\(cluster.replica.port)/index\
      ?target_session_attrs=\(role)
      """
    }
    try CandidateIndex(url: address, access: .writing).add(Self.original, connector: "")
    let indexes = try addresses.map { try CandidateIndex(url: $0, access: .reading(readers: 1)) }
    let ofPrimary = try CandidateIndex(url: cluster.address("index", "primary"), access: .reading(readers: 1))
    let expected = try ofPrimary.export()
    let count = try ofPrimary.count("engineer")
    let isOver = Mutex(false)
    let problems = Mutex<[String]>([])
    let rounds = Mutex(0)
    let loops = DispatchGroup()
    func loop(_ name: String, _ isRight: @escaping @Sendable () throws -> Bool) {
      loops.enter()
      Thread {
        while !isOver.withLock({ $0 }) {
          do {
            if try !isRight() { problems.withLock { $0.append("\(name): not what was expected") } }
          } catch {
            problems.withLock { $0.append("\(name): \(error)") }
          }
          rounds.withLock { $0 += 1 }
        }
        loops.leave()
      }.start()
    }
    for index in indexes { loop("process") { try index.export() == expected } }
    for address in addresses {
      loop("command") { try candSearch(address, ["search", "--count", "engineer"]).output == "\(count)\n" }
    }
    func waitForRounds() throws {
      let begin = rounds.withLock { $0 }
      try cluster.wait { rounds.withLock { $0 } > begin + 20 }
    }
    try waitForRounds()
    cluster.primary.kill()
    try waitForRounds()
    let error = #expect(throws: IndexError.self) { try ofPrimary.export() }
    expectOneError(4, "cand-search: \(error.map { "\($0)" } ?? "")")
    try cluster.replica.psql("SELECT pg_promote()")
    try waitForRounds()
    isOver.withLock { $0 = true }
    loops.wait()
    #expect(problems.withLock { $0 } == [])
    for index in indexes + [ofPrimary] { #expect(try index.export() == expected) }
  }

  @Test func aSyncEndsWithAnErrorAndCanBeRepeated() throws {
    let remote = try BindbeeServer([
      "token": (0..<1_000).map {
        BindbeeServer.Candidate("r\($0)", modifiedAt: "2026-01-01T00:00:00Z", #""first_name":"Remote\#($0)""#)
      }
    ])
    let problem = Mutex<String?>(nil)
    let hasRun = Mutex(false)
    remote.change {
      $0.limit = .max
      $0.before = { [cluster] number, _ in
        let isFirst = hasRun.withLock { hasRun in
          defer { hasRun = hasRun || number == 3 }
          return number == 3 && !hasRun
        }
        guard isFirst else { return }
        do { try cluster.failOver() } catch { problem.withLock { $0 = "\(error)" } }
      }
    }
    let environment = [
      "BINDBEE_API_KEY": BindbeeServer.apiKey, "BINDBEE_CONNECTOR_TOKEN": "token",
      "BINDBEE_BASE_URL": remote.url,
    ]
    let arguments = ["sync", "--connector", "remote", "--full"]
    let sync = try candSearch(address, arguments, environment: environment)
    #expect(hasRun.withLock { $0 })
    #expect(problem.withLock { $0 } == nil)
    expectOneError(sync.exit, sync.error)
    // The lock was lost.
    #expect(sync.exit == 4)
    // Two pages were committed before the third was requested.
    let ids = try soundIDs()
    #expect(ids.count == 400 && Set(ids).count == 400)
    let again = try candSearch(address, arguments, environment: environment)
    #expect(again.exit == 0, "\(again.error)")
    let complete = try soundIDs()
    #expect(complete.count == 1_000 && Set(complete).count == 1_000)
    #expect(try CandidateIndex(url: address).syncStatus(connector: "remote")?.outcome == .complete)
  }

  /// Changes that no replica had are lost, and others get their generations: nothing that was remembered of the lost ones
  /// may be used.
  @Test func whatWasLostIsNotRemembered() throws {
    try cluster.primary.set("synchronous_standby_names", "")
    try cluster.wait { try cluster.primary.psql("SHOW synchronous_standby_names") == "" }
    let index = try CandidateIndex(url: address, access: .writing)
    try index.add(Self.original, connector: "")
    try cluster.catchUp()
    // The replica hears nothing more.
    try cluster.replica.set("primary_conninfo", "host=127.0.0.1 port=1")
    try cluster.wait { try cluster.primary.psql("SELECT count(*) FROM pg_stat_replication") == "0" }
    try index.add(
      [#"{"id":"lost","title":"Harpist","email_addresses":["x@lost.example"]}"#], connector: "lost")
    #expect(try index.search("harpist").hits.map(\.connector) == ["lost"])
    #expect(try index.search("lutenisst").hits.isEmpty)
    #expect(try index.suggest("luten").words.isEmpty)
    let lost = try index.generation()
    try cluster.failOver()
    try CandidateIndex(url: address, access: .writing)
      .add([#"{"id":"new","title":"Lutenist harpy"}"#], connector: "new")
    // It is the same connection pool, which knew the lost candidate.
    #expect(try index.search("lutenist").hits.map(\.connector) == ["new"])
    #expect(try index.search("lutenisst").hits.map(\.connector) == ["new"])
    #expect(try index.suggest("luten").words.isEmpty == false)
    #expect(try index.generation() > lost)
    #expect(try index.generation() & ((1 << 40) - 1) == lost)
    _ = try soundIDs()
  }
}
