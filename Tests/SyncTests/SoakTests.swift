import Foundation
import Synchronization
import TestSupport
import Testing

/// Writers, readers, rebuilds, removals, `forget` and syncs from a server that fails, all at once on one index, with
/// `kill -9` at random moments. It runs for `SOAK_SECONDS` (a minute unless set), and at the end the index must be sound
/// and hold exactly what was written.
@Suite(.serialized) struct SoakTests {
  private static var seconds: Double {
    ProcessInfo.processInfo.environment["SOAK_SECONDS"].flatMap(Double.init) ?? 60
  }

  @Test(.slow) func nothingIsLostTornOrLeftBehind() throws {
    let soak = try Soak()
    let end = Date().addingTimeInterval(Self.seconds)
    let workers = soak.workers.map { work in
      let done = DispatchSemaphore(value: 0)
      Thread {
        while Date() < end, soak.log.problems.isEmpty {
          do { try work() } catch { soak.log.add("\(error)") }
        }
        done.signal()
      }.start()
      return done
    }
    for worker in workers { worker.wait() }
    if soak.log.problems.isEmpty { try soak.verifyTheEnd() }
    print("soak: \(soak.log.summary)")
    #expect(soak.log.problems == [])
    #expect(soak.log.kills > 0)
  }
}

/// One index, the processes that work on it, and what it must hold.
private final class Soak: Sendable {
  let log = SoakLog()
  private let folder: TemporaryFolder
  private let server: BindbeeServer
  private let environment: [String: String]
  /// By writer, the versions that its records may have: two where the last write was killed.
  private let versions = Mutex<[Set<Int>]>([[], [], []])
  /// The people who may be forgotten, and those who surely are.
  private let forgotten = Mutex<(begun: Set<Int>, done: Set<Int>)>(([], []))
  private let nextFile = Mutex(0)

  private static let peoplePerWriter = 24
  private static let forgettable = 4_000
  private static let remotes = 300

  init() throws {
    folder = try TemporaryFolder()
    server = try BindbeeServer([
      token: (0..<Self.remotes).map {
        Remote(
          "s\($0)", modifiedAt: "2024-01-01T00:00:00Z", #""first_name":"Remote\#($0)","company":"Remote""#)
      }
    ])
    server.change { $0.limit = .max }
    environment = [
      "BINDBEE_API_KEY": apiKey, "BINDBEE_CONNECTOR_TOKEN": token, "BINDBEE_BASE_URL": server.url,
      "CAND_SEARCH_INDEX": folder.file("i.db"),
    ]
    for writer in 0..<versions.withLock(\.count) { try write(writer, killing: false) }
    let people = (0..<Self.forgettable).map { Self.forgettablePerson($0) }
    try run(["index", "--connector", "f", try file(people)], killing: false, allowed: [0])
  }

  private static func forgettablePerson(_ i: Int) -> String {
    #"{"id":"f\#(i)","first_name":"Xanthippe\#(i)","last_name":"Quuxington\#(i)end","email_addresses":["x\#(i)@quux.example"],"last_interaction_at":"2023-05-0\#(i % 9 + 1)"}"#
  }

  /// Each runs again and again on a thread of its own.
  var workers: [@Sendable () throws -> Void] {
    [
      { try self.write(0) }, { try self.write(1) }, { try self.replace() }, { try self.rebuild() },
      { try self.forget() }, { try self.sync() }, { try self.read() }, { try self.read() },
      { try self.check() },
    ]
  }

  // MARK: - Work

  private func write(_ writer: Int, killing: Bool = true) throws {
    let version = (versions.withLock { $0[writer].max() } ?? 0) + 1
    versions.withLock { _ = $0[writer].insert(version) }
    let records = (0..<Self.peoplePerWriter).map { i in
      // Half of them always have one second, so that they meet; the others move.
      let time = i % 2 == 0 ? "2024-03-01T12:00:00Z" : "2024-01-\(10 + (version + i) % 18)"
      return """
        {"id":"w\(writer)-\(i)","title":"Version\(version) Tester","company":"Version\(version)",\
        "tags":["soak"],"is_private":\((version + i) % 3 == 0),"last_interaction_at":"\(time)"}
        """
    }
    // The third writer makes the index equal to its records.
    let command = writer == 2 ? ["reindex", "--allow-removals", "100%"] : ["index"]
    let exit = try run(
      command + ["--connector", "w\(writer)", try file(records)], killing: killing, allowed: [0, 4])
    if exit == 0 { versions.withLock { $0[writer] = [version] } }
  }

  private func replace() throws { try write(2) }

  private func rebuild() throws {
    try run(["reindex"], killing: true, allowed: [0, 4])
    Thread.sleep(forTimeInterval: .random(in: 0...1))
  }

  private func forget() throws {
    let some = forgotten.withLock { state in
      let some = (0..<3).map { _ in Int.random(in: 0..<Self.forgettable) }
      state.begun.formUnion(some)
      return some
    }
    let exit = try run(
      ["forget", "--connector", "f"] + some.map { "f\($0)" }, killing: true, allowed: [0, 4])
    if exit == 0 { forgotten.withLock { $0.done.formUnion(some) } }
    try run(
      ["index", "--connector", "f", try file(some.map(Self.forgettablePerson))], killing: true,
      allowed: [0, 4])
    Thread.sleep(forTimeInterval: .random(in: 0...0.5))
  }

  private func sync() throws {
    server.change { state in
      state.fault = { number, answer in
        switch Int.random(in: 0..<12) {
        case 0: .reset(answer, afterBytes: Int.random(in: 0...answer.body.count))
        case 1: .cut(answer, afterBytes: Int.random(in: 0...answer.body.count))
        case 2: .answer(.init(status: 503, headers: ["Retry-After": "0"], body: "{}"))
        case 3: .answer(.init(status: 200, body: "<html>"))
        default: nil
        }
      }
    }
    let full = Bool.random() ? ["--full"] : []
    try run(["sync", "--connector", "s", "--retries", "2"] + full, killing: true, allowed: [0, 3, 4])
    Thread.sleep(forTimeInterval: .random(in: 0...0.5))
  }

  private func read() throws {
    let writer = Int.random(in: 0..<2)
    let ids = (0..<Self.peoplePerWriter).map { "w\(writer)-\($0)" }.joined(separator: ",")
    let result = try CommandRun(
      "cand-search", ["id:\(ids)", "--format", "ndjson", "--limit", "100"], environment: environment)
    log.count("search")
    guard result.exit == 0, result.lines.count == Self.peoplePerWriter else {
      return log.add("search: exit \(result.exit), \(result.lines.count) lines, \(result.error)")
    }
    let found = Set(
      result.lines.flatMap { line in line.matches(of: /Version([0-9]+)/).map { String($0.output.1) } })
    if found.count != 1 { log.add("search: writer \(writer) has versions \(found)") }
  }

  private func check() throws {
    try run(["check", "--full"], killing: true, allowed: [0, 4]) { error in
      // 4 is also what a damaged index gives.
      error.contains("another process") || error.isEmpty
    }
    Thread.sleep(forTimeInterval: .random(in: 0...2))
  }

  // MARK: - The end

  func verifyTheEnd() throws {
    server.change { $0.fault = { _, _ in nil } }
    for command in [["sync", "--connector", "s", "--full"], ["reindex"], ["check", "--full"]] {
      try run(command, killing: false, allowed: [0])
    }
    for (writer, versions) in versions.withLock({ $0 }).enumerated() {
      let records = try search("connector:w\(writer)")
      let found = Set(
        records.flatMap { line in line.matches(of: /Version([0-9]+)/).compactMap { Int($0.output.1) } })
      if records.count != Self.peoplePerWriter || found.count != 1 || !found.isSubset(of: versions) {
        log.add("writer \(writer): \(records.count) records of versions \(found), not \(versions)")
      }
    }
    if try search("connector:s").count != Self.remotes { log.add("not all remote candidates are there") }

    // What a killed forget has begun is asked for again, as the documentation says.
    let (begun, _) = forgotten.withLock { $0 }
    for some in stride(from: 0, to: begun.count, by: 200).map({ Array(begun.sorted()[$0...].prefix(200)) }) {
      try run(["forget", "--connector", "f"] + some.map { "f\($0)" }, killing: false, allowed: [0])
    }
    if try search("connector:f").count != Self.forgettable - begun.count {
      log.add("forgotten people are counted")
    }
    for name in ["i.db", "i.db-wal", "i.db-shm", "i.db-journal"] {
      guard let bytes = FileManager.default.contents(atPath: folder.file(name)) else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      // FTS5 stores beginnings of terms between its pages: only a whole number tells of a person.
      let left = Set(text.matches(of: /[Qq]uuxington([0-9]+)e/).compactMap { Int($0.output.1) })
      if !left.isDisjoint(with: begun) {
        log.add("\(name) holds \(left.intersection(begun).count) people who were forgotten")
      }
    }
    log.note("\(begun.count) people forgotten")
  }

  private func search(_ query: String) throws -> [String] {
    try CommandRun(
      "cand-search", [query, "--format", "ndjson", "--limit", "100000"], environment: environment
    ).lines
  }

  // MARK: - Processes

  private func file(_ records: [String]) throws -> String {
    // A killed process may still be reading the file before.
    let number = nextFile.withLock { number in
      number += 1
      return number
    }
    try? FileManager.default.removeItem(atPath: folder.file("\(number - 50).ndjson"))
    return try folder.write(records.joined(separator: "\n"), to: "\(number).ndjson")
  }

  /// Runs a command, and kills half of them at a random moment. Returns the exit code; nil if it was killed.
  @discardableResult
  private func run(
    _ arguments: [String], killing: Bool, allowed: Set<Int32>, _ isAllowed: (String) -> Bool = { _ in true }
  ) throws -> Int32? {
    let process = try CommandRun.process("cand-search", arguments, environment: environment)
    let errors = try folder.write("", to: "errors-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(atPath: errors) }
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    if killing, Bool.random() {
      Thread.sleep(forTimeInterval: pow(.random(in: 0...1), 2))
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    if process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGKILL, killing {
      log.count("kill of \(arguments[0])")
      return nil
    }
    log.count(arguments[0])
    let error = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
    let exit = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    if !allowed.contains(exit) || exit == 4 && !isAllowed(error) {
      log.add("\(arguments.prefix(3)): exit \(exit): \(error.prefix(500))")
    }
    return exit
  }
}

/// What the workers have done and seen.
private final class SoakLog: Sendable {
  private let state = Mutex<(problems: [String], counts: [String: Int], notes: [String])>(([], [:], []))

  var problems: [String] { state.withLock(\.problems) }
  var kills: Int { state.withLock { $0.counts.filter { $0.key.hasPrefix("kill") }.values.reduce(0, +) } }
  var summary: String {
    state.withLock { state in
      (["\(state.counts.filter { $0.key.hasPrefix("kill") }.values.reduce(0, +)) kills"]
        + state.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" } + state.notes)
        .joined(separator: ", ")
    }
  }

  func add(_ problem: String) { state.withLock { $0.problems.append(problem) } }
  func note(_ note: String) { state.withLock { $0.notes.append(note) } }
  func count(_ what: String) { state.withLock { $0.counts[what, default: 0] += 1 } }
}
