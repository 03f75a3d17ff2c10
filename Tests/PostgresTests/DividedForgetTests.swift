import CandidateModel
import Foundation
import PostgresEngine
import TestSupport
import Testing

@testable import CandidateSearch

/// `forget` on several servers: no byte of a person is left in the tables of any.
@Suite(.serialized, .mustEnd) struct DividedForgetTests {
  private static let servers = Result {
    try (0..<3).map { _ in try PostgresServer(settings: ["wal_recycle=off", "full_page_writes=on"]) }
  }

  private let servers: [PostgresServer]
  private let divided: DividedIndex

  init() throws {
    servers = try Self.servers.get()
    divided = try DividedIndex(servers[0], Array(servers[1...]))
  }

  /// People with words that no other record has, more of them than there are partitions.
  private static let people = (0..<12).map { i in
    #"{"id":"quux-\#(i)","first_name":"Xanthippe\#(i)","last_name":"Quuxington\#(i)","tags":["zzyzx\#(i)"],"email_addresses":["x\#(i)@quux.example"]}"#
  }

  /// The files of a server's data folder that contain a text.
  private func files(of server: PostgresServer, with text: String) throws -> [String] {
    try CommandRun(
      program: "/bin/grep", ["-raliF", text, "."], environment: ["LC_ALL": "C"], folder: server.folder
    ).lines
  }

  @Test func noByteIsLeftOnAnyServer() throws {
    let index = try divided.open()
    try index.add(DividedIndex.records(0..<100) + Self.people, connector: "people")
    for server in servers {
      try server.psql("CHECKPOINT")
      #expect(try !files(of: server, with: "zzyzx").isEmpty)
    }
    let summary = try index.forget(ids: (0..<12).map { "quux-\($0)" })
    #expect(summary.removed.count == 12)
    #expect(summary.isVerified, "\(summary)")
    for server in servers {
      for text in ["zzyzx", "xanthippe", "quuxington", "quux.example"] {
        #expect(try files(of: server, with: text) == [])
      }
    }
    // What each server's WAL may keep is said for each.
    let horizon = try #require(summary.horizon)
    #expect(horizon.matches(of: /LSN/).count == 3 && horizon.contains("on north: "), "\(horizon)")
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.count("") == 100)
  }

  /// Tables that a move had to leave on a server that was down.
  @Test func whatAMoveHasLeftIsErased() throws {
    let index = try divided.open()
    try index.add(DividedIndex.records(0..<50) + Self.people, connector: "people")
    try servers[1].psql("CHECKPOINT")
    servers[1].kill()
    try divided.cluster.move([0], to: "south")
    try servers[1].restartAfterKill()
    #expect(try !files(of: servers[1], with: "zzyzx").isEmpty)
    usleep(5_100_000)
    let summary = try index.forget(ids: (0..<12).map { "quux-\($0)" })
    #expect(summary.isVerified, "\(summary)")
    for server in servers { #expect(try files(of: server, with: "zzyzx") == []) }
  }

  @Test func aServerThatIsDownKeepsTheErasurePending() throws {
    let index = try divided.open()
    try index.add(DividedIndex.records(0..<50) + Self.people, connector: "people")
    servers[1].kill()
    let run = try candSearch(divided.address, ["forget"] + (0..<12).map { "quux-\($0)" })
    #expect(run.exit == 4, "\(run.error)")
    #expect(run.error.contains("north"), "\(run.error)")
    try servers[1].restartAfterKill()
    let again = try candSearch(divided.address, ["forget"] + (0..<12).map { "quux-\($0)" })
    #expect(again.exit == 0, "\(again.error)")
    #expect(again.error.contains("on north: "), "\(again.error)")
    #expect(try files(of: servers[1], with: "zzyzx") == [])
    #expect(try divided.open().check(isFull: true).problems == [])
  }
}
