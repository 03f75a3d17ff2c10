import BenchmarkCorpus
import CandidateModel
import Foundation
import PostgresEngine
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch

/// Servers, clients and connections that end at any moment: what was committed is there, the index is sound, and the same
/// command again ends where an undisturbed one ends.
@Suite(.serialized, .mustEnd) struct InterruptionTests {
  private static let records = 200
  private static let batch = 20
  private static let server = Result { try PostgresServer() }

  /// A command, what it begins with, and what it is fed.
  struct Command: Sendable, CustomStringConvertible {
    let description: String
    let arguments: [String]
    var startsEmpty = false
    /// When something ends, as shares of the bytes that an undisturbed command sends and receives.
    var moments = [0.4, 0.8]
  }

  static let commands: [Command] = [
    Command(
      description: "load", arguments: ["index", "--batch-records", "\(batch)", "FOLDER/original"],
      startsEmpty: true),
    Command(description: "reindex", arguments: ["reindex"]),
    Command(
      description: "reindex PATH",
      arguments: ["reindex", "--allow-removals", "100", "--batch-records", "\(batch)", "FOLDER/half"]),
    Command(description: "sync", arguments: ["sync", "--connector", "remote", "--full"]),
    Command(description: "forget", arguments: ["forget"] + (0..<5).map { "ID\($0)" }, moments: [0.1, 0.5]),
  ]

  /// What ends, at a moment of the command.
  enum Interruption: String, Sendable, CaseIterable, CustomStringConvertible {
    case client = "kill -9 of the client"
    case server = "kill -9 of the server"
    case connections = "the server ends the connections"
    case network = "the connections are cut"

    var description: String { rawValue }
  }

  /// A command and what ends.
  struct Case: Sendable, CustomStringConvertible {
    let command: Command
    let interruption: Interruption
    var description: String { "\(command): \(interruption)" }
  }

  static let cases = commands.flatMap { command in
    Interruption.allCases.map { Case(command: command, interruption: $0) }
  }

  /// What an undisturbed run sends, receives and leaves in the index, by the command.
  private static let calmRuns = Mutex<[String: (byteCount: Int, export: [String])]>([:])

  private let server: PostgresServer
  private let remote: BindbeeServer
  private let folder: TemporaryFolder
  private let ids: [String]

  init() throws {
    server = try Self.server.get()
    folder = try TemporaryFolder()
    let corpus = Corpus(seed: 7)
    let original = (0..<Self.records).map { String(decoding: corpus.record($0), as: UTF8.self) }
    // Half of them are left, and a third of those has changed.
    let half = original.prefix(Self.records / 2).enumerated().map { i, record in
      i % 3 == 0 ? record.replacing(#""title":""#, with: #""title":"Acting "#) : record
    }
    try folder.write(original.joined(separator: "\n"), to: "original")
    try folder.write(half.joined(separator: "\n"), to: "half")
    ids = original.compactMap { record in
      record.firstMatch(of: /"id":"([^"]+)"/).map { String($0.output.1) }
    }
    remote = try BindbeeServer([
      "token": (0..<Self.records).map {
        BindbeeServer.Candidate("r\($0)", modifiedAt: "2026-01-01T00:00:00Z", #""first_name":"Remote\#($0)""#)
      }
    ])
    remote.change { $0.limit = .max }
  }

  private var environment: [String: String] {
    [
      "BINDBEE_API_KEY": BindbeeServer.apiKey, "BINDBEE_CONNECTOR_TOKEN": "token",
      "BINDBEE_BASE_URL": remote.url,
    ]
  }

  private func filled(_ arguments: [String]) -> [String] {
    arguments.map { argument in
      if argument.hasPrefix("ID"), let i = Int(argument.dropFirst(2)) { return ids[i * 31] }
      return argument.replacing("FOLDER", with: folder.path)
    }
  }

  private func run(_ arguments: [String], on address: String) throws -> CommandRun {
    try candSearch(address, filled(arguments), environment: environment)
  }

  /// Every record of an index, in its order.
  private func export(_ address: String) throws -> [String] { try CandidateIndex(url: address).export() }

  private func prepared(_ command: Command) throws -> String {
    let address = try server.newDatabase()
    let index = try CandidateIndex(url: address, access: .writing)
    if !command.startsEmpty { try index.ingest { try $0.add(ByteSource(path: folder.file("original"))) } }
    return address
  }

  /// The address of a database through a relay.
  private func address(_ address: String, through relay: Relay) -> String {
    address.replacing(":\(server.port)/", with: ":\(relay.port)/")
  }

  private func calmRun(_ command: Command, _ relay: Relay) throws -> (byteCount: Int, export: [String]) {
    if let known = Self.calmRuns.withLock({ $0[command.description] }) { return known }
    let calm = try prepared(command)
    let begin = relay.byteCount
    let run = try run(command.arguments, on: address(calm, through: relay))
    #expect(run.exit == 0, "\(run.error)")
    let found = (relay.byteCount - begin, try export(calm))
    try server.drop(calm)
    Self.calmRuns.withLock { $0[command.description] = found }
    return found
  }

  @Test(.slow, arguments: cases) func theSameCommandCanBeRunAgain(_ item: Case) throws {
    let relay = try Relay(to: server.port)
    defer { relay.stop() }
    let (byteCount, expected) = try calmRun(item.command, relay)
    var errors = 0

    for moment in item.command.moments {
      let name = "\(item) after \(moment)"
      let address = try prepared(item.command)
      let process = try CommandRun.process(
        "cand-search", filled(item.command.arguments),
        environment: environment.merging(["CAND_SEARCH_INDEX": self.address(address, through: relay)]) { $1 })
      let said = try folder.write("", to: "said")
      process.standardError = FileHandle(forWritingAtPath: said)
      process.standardOutput = FileHandle.nullDevice
      let pid = Mutex<Int32>(0)
      let hasRun = Mutex(false)
      relay.run(afterBytes: Int(Double(byteCount) * moment)) { [server] in
        hasRun.withLock { $0 = true }
        switch item.interruption {
        case .client: kill(pid.withLock { $0 }, SIGKILL)
        case .server: server.kill()
        case .connections: try? server.terminateConnections(address)
        case .network: relay.cut()
        }
      }
      try pid.withLock { pid in
        try process.run()
        pid = process.processIdentifier
      }
      process.waitUntilExit()
      relay.disarm()
      #expect(hasRun.withLock { $0 }, "\(name)")
      if item.interruption == .server { try server.restartAfterKill() }
      let error = try String(contentsOfFile: said, encoding: .utf8)
      if item.interruption == .client {
        #expect(process.terminationReason == .uncaughtSignal, "\(name): \(error)")
      } else {
        // A lost connection is an error, unless nothing had begun on it.
        #expect([0, 4].contains(process.terminationStatus), "\(name): \(process.terminationStatus) \(error)")
        if process.terminationStatus == 4 {
          errors += 1
          let lines = error.split(separator: "\n").filter { $0.hasPrefix("cand-search") }
          #expect(lines.count == 1, "\(name): \(error)")
          #expect(error.contains("the server cannot be reached"), "\(name): \(error)")
        }
      }
      try expectWhatWasCommitted(item.command, address, name)
      let again = try run(item.command.arguments, on: address)
      #expect(again.exit == 0, "\(name): \(again.error)")
      #expect(try export(address) == expected, "\(name)")
      let check = try CandidateIndex(url: address, access: .writing).check(isFull: true)
      #expect(check.problems == [] && !check.isErasurePending, "\(name): \(check)")
      try server.drop(address)
    }
    // A search that verifies an erasure is tried again on a new connection.
    if item.interruption == .server { #expect(errors > 0, "\(item)") }
  }

  private func expectWhatWasCommitted(_ command: Command, _ address: String, _ name: String) throws {
    let index = try CandidateIndex(url: address, access: .writing)
    #expect(try index.check(isFull: true).problems == [], "\(name)")
    let count = try index.count("")
    switch command.description {
    case "load": try expectWholeParts(index, name)
    case "reindex": #expect(count == Self.records, "\(name): \(count)")
    case "reindex PATH": #expect([Self.records, Self.records / 2].contains(count), "\(name): \(count)")
    case "forget": #expect([Self.records, Self.records - 5].contains(count), "\(name): \(count)")
    default: #expect(count >= Self.records, "\(name): \(count)")
    }
  }

  /// Of each batch, the part of a lane is committed as a whole.
  private func expectWholeParts(_ index: CandidateIndex, _ name: String) throws {
    let committed = Set(try index.search("", SearchOptions(limit: Self.records)).hits.map(\.candidate.id))
    for first in stride(from: 0, to: ids.count, by: Self.batch) {
      let parts = Dictionary(grouping: ids[first..<min(first + Self.batch, ids.count)]) {
        Lane(ofID: $0, count: index.engine.laneCount)
      }
      for part in parts.values {
        let count = part.count { committed.contains($0) }
        #expect(count == 0 || count == part.count, "\(name): \(count) of \(part.count)")
      }
    }
  }

  /// What a session has counted is committed: it is there after the server was killed.
  @Test func whatWasReportedIsThere() throws {
    let address = try server.newDatabase()
    let index = try CandidateIndex(url: address, access: .writing)
    let session = try index.ingestSession(connector: "")
    session.batchRecords = Self.batch
    var reported = 0
    var batches = 0
    session.onProgress = { [server] summary, _ in
      reported = max(reported, summary.added)
      batches += 1
      if batches == 6 { server.kill() }
    }
    let error = #expect(throws: IndexError.self) {
      try session.add(ByteSource(path: folder.file("original")))
      try session.finish()
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("the server cannot be reached"))
    #expect(reported >= Self.batch)
    try server.restartAfterKill()
    let count = try index.count("")
    #expect(count >= session.summary.added && count >= reported && count < Self.records)
    #expect(try index.check(isFull: true).problems == [])
    // The same index is loaded further.
    try index.ingest { try $0.add(ByteSource(path: folder.file("original"))) }
    #expect(try index.count("") == Self.records)
    #expect(try index.check(isFull: true).problems == [])
  }

  /// A statement that waits for a lock ends when its client was killed, and with it the locks that it has.
  @Test(.mustEnd) func theLocksOfAKilledClientEnd() throws {
    let address = try server.newDatabase()
    _ = try CandidateIndex(url: address, access: .writing)
    let holder = try Session(address, "BEGIN; LOCK TABLE cand_search.connector")
    func connections(_ condition: String) throws -> Int {
      let sql = """
        SELECT count(*) FROM pg_stat_activity WHERE datname = '\(PostgresServer.database(address))' AND \(condition)
        """
      return Int(try server.psql(sql)) ?? -1
    }
    let process = try CommandRun.process(
      "cand-search", ["index", folder.file("original")], environment: ["CAND_SEARCH_INDEX": address])
    process.standardError = FileHandle.nullDevice
    try process.run()
    while try connections("wait_event_type = 'Lock'") == 0 { usleep(20_000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    // The other transaction still has the lock.
    while try connections("application_name = 'cand-search'") > 0 { usleep(20_000) }
    try holder.end()
  }

  @Test func anOpenIndexSurvivesTheServer() async throws {
    let address = try server.newDatabase()
    let writing = try CandidateIndex(url: address, access: .writing)
    try writing.ingest { try $0.add(ByteSource(path: folder.file("original"))) }
    let reading = try CandidateIndex(url: address, access: .reading(readers: 2))
    let expected = try reading.export()
    server.kill()
    for index in [writing, reading] {
      #expect(throws: IndexError.self) { try index.export() }
      await #expect(throws: IndexError.self) { try await index.search("engineer") }
    }
    #expect(throws: IndexError.self) { try writing.delete(ids: [ids[0]]) }
    try server.restartAfterKill()
    for index in [writing, reading] {
      #expect(try index.export() == expected)
      #expect(try await index.search("engineer").hits.isEmpty == false)
    }
    #expect(try writing.delete(ids: [ids[0]]) == [ids[0]])
  }

  /// Searches while the server is killed, or their connections are cut: an error or the right answer, and no hang.
  @Test(arguments: [Interruption.server, .connections, .network])
  func aSearchThatIsInterruptedFailsOnceOrIsRight(_ interruption: Interruption) throws {
    let address = try server.newDatabase()
    try CandidateIndex(url: address, access: .writing).ingest {
      try $0.add(ByteSource(path: folder.file("original")))
    }
    let relay = try Relay(to: server.port)
    defer { relay.stop() }
    let index = try CandidateIndex(
      url: address.replacing(":\(server.port)/", with: ":\(relay.port)/"), access: .reading(readers: 1))
    let begin = relay.byteCount
    let expected = try index.export()
    let length = relay.byteCount - begin
    for share in [0.01, 0.2, 0.5, 0.9] {
      relay.run(afterBytes: Int(Double(length) * share)) { [server] in
        switch interruption {
        case .server: server.kill()
        case .connections: try? server.terminateConnections(address)
        default: relay.cut()
        }
      }
      do {
        let found = try index.export()
        #expect(found == expected)
      } catch let error as IndexError {
        #expect("\(error)".contains("the server cannot be reached"), "\(error)")
      }
      if interruption == .server { try server.restartAfterKill() }
      #expect(try index.export() == expected)
    }
  }
}
