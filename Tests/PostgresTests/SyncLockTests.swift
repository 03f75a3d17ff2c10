import CandidateModel
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

/// The lock that keeps two syncs of a connector apart, when its connection cannot be made, or is lost.
@Suite(.serialized, .mustEnd) struct SyncLockTests {
  private let server: PostgresServer
  private let address: String

  init() throws {
    server = try PostgresServer.shared.get()
    address = try server.newDatabase()
    _ = try CandidateIndex(url: address, access: .writing)
  }

  private func remote(_ count: Int, prefix: String) throws -> BindbeeServer {
    try BindbeeServer([
      "token": (0..<count).map {
        BindbeeServer.Candidate("\(prefix)\($0)", modifiedAt: "2026-01-01T00:00:00Z")
      }
    ])
  }

  private func sync(_ remote: BindbeeServer, _ options: String...) throws -> CommandRun {
    try candSearch(
      address, ["sync", "--connector", "remote"] + options,
      environment: [
        "BINDBEE_API_KEY": BindbeeServer.apiKey, "BINDBEE_CONNECTOR_TOKEN": "token",
        "BINDBEE_BASE_URL": remote.url,
      ])
  }

  /// Ends the connections that hold the lock of a sync; returns their number.
  private func endLocks() throws -> String {
    try server.psql(
      """
      SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_locks WHERE locktype = 'advisory' \
      AND classid = \(PostgresSchema.Lock.syncClass)::oid \
      AND database = (SELECT oid FROM pg_database WHERE datname = '\(PostgresServer.database(address))')
      """)
  }

  @Test func anotherSyncIsToldFromAnUnreachableServer() throws {
    let relay = try Relay(to: server.port)
    let engine = try PostgresEngine(
      address.replacing(":\(server.port)/", with: ":\(relay.port)/"), isWritable: true, readers: 1)
    let lock = try #require(try engine.lockSync(of: "a"))
    #expect(try engine.lockSync(of: "a") == nil)
    #expect(engine.runningSyncs(of: ["a", "b"]) == [ExactText("a")])
    try lock.expectHeld()
    relay.stop()
    #expect(engine.runningSyncs(of: ["a", "b"]) == nil)
    for call in [{ try lock.expectHeld() }, { _ = try engine.lockSync(of: "a") }] {
      let error = #expect(throws: IndexError.self) { try call() }
      guard case .unreachable = error else {
        Issue.record("\(error.map { "\($0)" } ?? "none")")
        continue
      }
    }
  }

  /// A sync that has lost its lock ends before the next page, and leaves the status of the sync that has begun since.
  @Test(arguments: [2, 3]) func aSyncThatLostItsLockEnds(_ page: Int) throws {
    let (remote, other) = (try remote(401, prefix: "r"), try remote(3, prefix: "other"))
    // The refused record is requested again by the next sync.
    other.change { $0.candidates["token"]?[2].broken = #"{"id":"refused","x":tru}"# }
    let seen = Mutex<[String?]>([])
    remote.change {
      $0.before = { number, _ in
        guard number == page else { return }
        let seenNow = [try? self.endLocks(), (try? self.sync(other)).map { "\($0.exit)" }]
        seen.withLock { $0 = seenNow }
      }
    }
    let run = try sync(remote, "--full", "--allow-removals", "100")
    #expect(seen.withLock { $0 } == ["1", "3"])
    #expect(run.exit == 4)
    #expect(run.error.contains("the server cannot be reached"), "\(run.error)")
    let index = try CandidateIndex(url: address, access: .writing)
    // Nothing of the page that was being requested, and nothing was removed.
    #expect(try index.identifiers().filter { $0.hasPrefix("remote r") }.count == (page - 1) * 200)
    #expect(try index.identifiers().contains("remote other0"))
    let status = try #require(try index.syncStatus(connector: "remote"))
    #expect(status.kind == .full && status.outcome == .complete && status.added == 2)
    #expect(try sync(other).exit == 3)
    #expect(try index.check(isFull: true).problems == [])
  }
}
