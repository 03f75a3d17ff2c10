import CandidateModel
import Foundation
import PostgresEngine
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch

/// Servers, clients and connections of a divided index that end at any moment: what was committed is found, no server keeps
/// what no longer holds, and the same command again ends where an undisturbed one ends.
@Suite(.serialized, .mustEnd) struct DividedInterruptionTests {
  private static let servers = DividedIndex.servers()

  /// What ends, at a moment of the command: here the server is `north`.
  typealias Interruption = InterruptionTests.Interruption

  /// A command, and whether the index is divided only by it.
  struct Command: Sendable, CustomStringConvertible {
    let description: String
    let arguments: [String]
    var startsEmpty = false
    var isMove = false
  }

  static let commands = [
    Command(
      description: "load", arguments: ["index", "--batch-records", "40", "FOLDER/original"], startsEmpty: true
    ),
    Command(description: "load of changes", arguments: ["index", "--batch-records", "40", "FOLDER/changed"]),
    Command(description: "reindex", arguments: ["reindex"]),
    Command(description: "sync", arguments: ["sync", "--connector", "remote", "--full"]),
    Command(description: "move", arguments: ["cluster", "move", "0,2", "north"], isMove: true),
    Command(description: "removal", arguments: ["cluster", "remove-server", "north"]),
  ]

  struct Case: Sendable, CustomStringConvertible {
    let command: Command
    let interruption: Interruption
    var description: String { "\(command): \(interruption)" }
  }

  static let cases = commands.flatMap { command in
    Interruption.allCases.map { Case(command: command, interruption: $0) }
  }

  private static let records = 200
  private let servers: [PostgresServer]
  private let remote: BindbeeServer
  private let folder: TemporaryFolder

  init() throws {
    servers = try Self.servers.get()
    folder = try TemporaryFolder()
    try folder.write(DividedIndex.records(0..<Self.records).joined(separator: "\n"), to: "original")
    let changed = DividedIndex.records(0..<Self.records / 2, revision: 1)
    try folder.write(changed.joined(separator: "\n"), to: "changed")
    remote = try BindbeeServer([
      "token": (0..<Self.records).map {
        BindbeeServer.Candidate("r\($0)", modifiedAt: "2026-01-01T00:00:00Z", #""first_name":"Remote\#($0)""#)
      }
    ])
    remote.change { $0.limit = .max }
  }

  /// An index whose server `north` is reached through a relay alone.
  private func prepared(_ command: Command, _ relay: Relay) throws -> DividedIndex {
    let divided = try DividedIndex(servers[0], [], isSpread: false)
    for (name, port) in [("north", relay.port), ("south", servers[2].port)] {
      try divided.cluster.addServer("postgresql://postgres@127.0.0.1:\(port)/postgres", name: name)
    }
    if !command.isMove { try divided.cluster.move([0], to: "north") }
    try divided.cluster.move([1], to: "south")
    if !command.startsEmpty {
      try divided.open().ingest { try $0.add(ByteSource(path: folder.file("original"))) }
    }
    return divided
  }

  private func process(_ command: Command, _ divided: DividedIndex) throws -> Process {
    try CommandRun.process(
      "cand-search", command.arguments.map { $0.replacing("FOLDER", with: folder.path) },
      environment: [
        "BINDBEE_API_KEY": BindbeeServer.apiKey, "BINDBEE_CONNECTOR_TOKEN": "token",
        "BINDBEE_BASE_URL": remote.url, "CAND_SEARCH_INDEX": divided.address,
      ])
  }

  /// Runs a command; returns its exit code and what it wrote to standard error.
  private func run(
    _ command: Command, _ divided: DividedIndex, onStart: (Int32) -> Void = { _ in }
  ) throws -> (exit: Int32, wasKilled: Bool, error: String) {
    let process = try process(command, divided)
    let said = try folder.write("", to: "said")
    process.standardError = FileHandle(forWritingAtPath: said)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    onStart(process.processIdentifier)
    process.waitUntilExit()
    return (
      process.terminationStatus, process.terminationReason == .uncaughtSignal,
      try String(contentsOfFile: said, encoding: .utf8)
    )
  }

  /// What a command does undisturbed: the bytes to and from `north`, and the index then.
  private struct CalmRun {
    let byteCount: Int
    let export: [String]
    let partitions: [String: [Int]]
  }
  private static let calmRuns = Mutex<[String: CalmRun]>([:])

  private func calmRun(_ command: Command, _ relay: Relay) throws -> CalmRun {
    if let known = Self.calmRuns.withLock({ $0[command.description] }) { return known }
    let calm = try prepared(command, relay)
    let begin = relay.byteCount
    let run = try run(command, calm)
    try #require(run.exit == 0, "\(run.error)")
    let found = CalmRun(
      byteCount: relay.byteCount - begin, export: try calm.open().export(), partitions: try calm.partitions())
    try calm.server.drop(calm.address)
    Self.calmRuns.withLock { $0[command.description] = found }
    return found
  }

  @Test(.slow, arguments: cases) func theSameCommandCanBeRunAgain(_ item: Case) throws {
    let relay = try Relay(to: servers[1].port)
    defer { relay.stop() }
    let calm = try calmRun(item.command, relay)

    for moment in [0.3, 0.6, 0.9] {
      let name = "\(item) after \(moment)"
      let divided = try prepared(item.command, relay)
      let pid = Mutex<Int32>(0)
      let hasRun = Mutex(false)
      relay.run(afterBytes: Int(Double(calm.byteCount) * moment)) { [servers] in
        hasRun.withLock { $0 = true }
        switch item.interruption {
        case .client: kill(pid.withLock { $0 }, SIGKILL)
        case .server: servers[1].kill()
        case .connections: try? servers[1].terminateConnections("/postgres")
        case .network: relay.cut()
        }
      }
      let disturbed = try run(item.command, divided) { id in pid.withLock { $0 = id } }
      relay.disarm()
      #expect(hasRun.withLock { $0 }, "\(name)")
      if item.interruption == .server { try servers[1].restartAfterKill() }
      if item.interruption == .client {
        #expect(disturbed.wasKilled, "\(name): \(disturbed.error)")
      } else {
        // A command that writes goes on without the server; one that reads its postings ends.
        #expect([0, 4].contains(disturbed.exit), "\(name): \(disturbed.exit) \(disturbed.error)")
      }
      let caughtUp = try candSearch(divided.address, ["cluster", "catch-up"])
      #expect(caughtUp.exit == 0, "\(name): \(caughtUp.error)")
      let check = try divided.open().check(isFull: true).problems
      #expect(check == [], "\(name)")
      let again = try run(item.command, divided)
      // The server that was to be removed may be gone already.
      let isGone = item.command.description == "removal" && again.exit == 2
      #expect(again.exit == 0 || isGone, "\(name): \(again.error)")
      #expect(try divided.open().export() == calm.export, "\(name)")
      #expect(try divided.partitions() == calm.partitions, "\(name)")
      #expect(try divided.open().check(isFull: true).problems == [], "\(name)")
      try divided.server.drop(divided.address)
    }
  }

  /// Searches find the same at every moment of a move, and of a load of others.
  @Test func searchesAndLoadsContinueDuringAMove() throws {
    let divided = try DividedIndex(servers[0], Array(servers[1...]), partitions: 4)
    try divided.open().add(DividedIndex.records(0..<3_000), connector: "corpus")
    let reader = try divided.open(.reading(readers: 4))
    let query = SearchQuery("connector:corpus")
    let expected = Set(try reader.search(query, SearchOptions(limit: 10_000)).hits.map(\.candidate.id))
    #expect(expected.count == 3_000)
    let isDone = Mutex(false)
    let problems = Mutex<[String]>([])
    let searches = Mutex(0)
    let group = DispatchGroup()
    for _ in 0..<2 {
      Thread {
        defer { group.leave() }
        while !isDone.withLock({ $0 }) {
          do {
            let found = try reader.search(query, SearchOptions(limit: 10_000)).hits.map(\.candidate.id)
            if Set(found) != expected || found.count != expected.count {
              problems.withLock { $0.append("found \(found.count)") }
            }
            let count = try reader.count(query)
            if count != expected.count { problems.withLock { $0.append("counted \(count)") } }
            searches.withLock { $0 += 1 }
          } catch {
            problems.withLock { $0.append("\(error)") }
          }
        }
      }.start(entering: group)
    }
    Thread {
      defer { group.leave() }
      var next = 0
      while !isDone.withLock({ $0 }) {
        do {
          try divided.open().add(DividedIndex.records(4_000 + next..<4_100 + next), connector: "others")
          next += 100
        } catch {
          problems.withLock { $0.append("load: \(error)") }
        }
      }
    }.start(entering: group)
    for (partition, name) in [(0, "south"), (1, "coordinator"), (3, "north")] {
      try divided.cluster.move([partition], to: name)
    }
    isDone.withLock { $0 = true }
    group.wait()
    #expect(problems.withLock { $0 } == [])
    #expect(searches.withLock { $0 } > 3)
    #expect(try divided.partitions() == ["coordinator": [1, 2], "north": [3], "south": [0]])
    #expect(try divided.open().check(isFull: true).problems == [])
  }
}

extension Thread {
  fileprivate func start(entering group: DispatchGroup) {
    group.enter()
    start()
  }
}
