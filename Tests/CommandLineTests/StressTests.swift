import Foundation
import Synchronization
import TestSupport
import Testing

/// Writers and readers as processes of their own, all at once on one index.
@Suite struct StressTests {
  private static let writers = 4
  private static let readers = 8
  private static let recordsPerWriter = 12
  private static let seconds = 30.0

  private let folder: TemporaryFolder
  private var environment: [String: String] { ["CAND_SEARCH_INDEX": folder.file("i.db")] }

  init() throws { folder = try TemporaryFolder() }

  /// Every field of a record tells its version.
  private static func record(_ writer: Int, _ i: Int, version: Int) -> String {
    """
    {"id":"w\(writer)-\(i)","title":"Version\(version) Tester","company":"Version\(version)",\
    "tags":["stress","version \(version)"],"last_interaction_at":"2024-01-\(10 + (version + i) % 18)"}
    """
  }

  private static func records(_ writer: Int, version: Int) -> Data {
    Data((0..<recordsPerWriter).map { record(writer, $0, version: version) }.joined(separator: "\n").utf8)
  }

  @Test(.slow) func nothingIsTornAndNothingLost() throws {
    for writer in 0..<Self.writers {
      #expect(
        try CommandRun(
          "cand-search", ["index", "-"], input: Self.records(writer, version: 0), environment: environment
        )
        .exit == 0)
    }
    let deadline = Date().addingTimeInterval(Self.seconds)
    let log = Log(writers: Self.writers)
    let workers = (0..<Self.writers + Self.readers).map { i in
      // A thread each: there are more of them than processors.
      let done = DispatchSemaphore(value: 0)
      Thread { [self] in
        while Date() < deadline, log.problems.isEmpty { work(i, log) }
        done.signal()
      }.start()
      return done
    }
    for worker in workers { worker.wait() }

    #expect(log.problems == [])
    #expect(log.reads > Self.readers)
    for (writer, version) in log.versions.enumerated() {
      #expect(version > 0, "writer \(writer) has written")
      let count = try CommandRun(
        "cand-search", ["--count", "tag:\"version \(version)\" title:version\(version)"],
        environment: environment)
      #expect((Int(count.lines.first ?? "") ?? 0) >= Self.recordsPerWriter, "writer \(writer)")
    }
    #expect(
      try CommandRun("cand-search", ["--count", "tag:stress"], environment: environment).output
        == "\(Self.writers * Self.recordsPerWriter)\n")
    let check = try CommandRun("cand-search", ["check", "--full"], environment: environment)
    #expect(check.exit == 0, "\(check.error)")
  }

  /// What the workers have seen.
  private final class Log: Sendable {
    private let state: Mutex<(problems: [String], reads: Int, versions: [Int])>

    init(writers: Int) { state = Mutex(([], 0, [Int](repeating: 0, count: writers))) }

    var problems: [String] { state.withLock(\.problems) }
    var reads: Int { state.withLock(\.reads) }
    var versions: [Int] { state.withLock(\.versions) }

    func add(_ problem: String) { state.withLock { $0.problems.append(problem) } }
    func noteRead() { state.withLock { $0.reads += 1 } }
    func note(_ writer: Int, _ version: Int) { state.withLock { $0.versions[writer] = version } }
  }

  private func work(_ i: Int, _ log: Log) {
    do {
      if i >= Self.writers {
        if let problem = try read(i) { log.add(problem) } else { log.noteRead() }
        return
      }
      let version = log.versions[i] + 1
      let run = try CommandRun(
        "cand-search", ["index", "-"], input: Self.records(i, version: version), environment: environment)
      if run.exit == 0 { log.note(i, version) } else { log.add("writer \(i): \(run.exit) \(run.error)") }
    } catch {
      log.add("\(error)")
    }
  }

  /// What is wrong with what a search gives: every record must be all of one version, and every writer's records
  /// all of the same.
  private func read(_ reader: Int) throws -> String? {
    let writer = reader % Self.writers
    let query = (0..<Self.recordsPerWriter).map { "w\(writer)-\($0)" }.joined(separator: ",")
    let run = try CommandRun(
      "cand-search", ["id:\(query)", "--format", "ndjson", "--limit", "100"], environment: environment)
    guard run.exit == 0 else { return "reader \(reader): \(run.exit) \(run.error)" }
    guard run.lines.count == Self.recordsPerWriter else {
      return "reader \(reader): \(run.lines.count) records"
    }
    let versions = Set(
      run.lines.flatMap { line in line.matches(of: /[Vv]ersion ?([0-9]+)/).map { String($0.output.1) } })
    return versions.count == 1 ? nil : "reader \(reader): versions \(versions)"
  }
}
