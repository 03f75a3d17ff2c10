import Foundation
import GRDB
import TestSupport
import Testing

/// `cand-search status`: the line, the performance data and the exit codes of monitoring plugins.
@Suite struct StatusCommandTests {
  private let folder: TemporaryFolder
  private var index: String { folder.file("i.db") }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(#"{"id":"1","first_name":"Ada"}"#, to: "a.ndjson")
    let arguments = ["index", "--index", index, "--connector", "green", folder.file("a.ndjson")]
    #expect(try CommandRun("cand-search", arguments).exit == 0)
  }

  /// A last sync: its age in seconds, how it ended, and the age of the last complete one.
  struct Sync: Sendable {
    var connector = "green"
    var age: Int64
    /// Nil if it did not end.
    var ending: String? = "complete"
    /// Nil for none.
    var freshAge: Int64?
  }

  private func store(_ syncs: [Sync]) throws {
    let now = Int64(Date().timeIntervalSince1970)
    try DatabaseQueue(path: index).write { db in
      for sync in syncs {
        let begun = (now - sync.age) * 1_000_000
        try db.execute(
          sql: """
            INSERT INTO sync (connector, kind, begun_at, ended_at, ending, fresh_at) VALUES (?, 'full', ?, ?, ?, ?)
            """,
          arguments: [
            sync.connector, begun, sync.ending.map { _ in begun }, sync.ending,
            sync.freshAge.map { (now - $0) * 1_000_000 },
          ])
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var syncs: [Sync] = []
    var arguments: [String] = []
    var configuration: String?
    let exit: Int32
    /// The beginning of the line.
    let line: String
  }

  private static let (hour, day): (Int64, Int64) = (3_600, 86_400)
  private static let connector = "[[connector]]\nname = 'blue'\ntoken = 'x'\n"

  static let cases = [
    Case(testDescription: "no sync", exit: 0, line: "OK - no connector is synced"),
    Case(
      testDescription: "current", syncs: [Sync(age: hour, freshAge: hour)], exit: 0,
      line: "OK - 1 connector, data 1 h old"),
    Case(
      testDescription: "the oldest of two",
      syncs: [Sync(age: hour, freshAge: hour), Sync(connector: "blue", age: 7200, freshAge: 7200)], exit: 0,
      line: "OK - 2 connectors, data 2 h old"),
    Case(
      testDescription: "stale", syncs: [Sync(age: 2 * day, freshAge: 2 * day)], exit: 1,
      line: "WARNING - green: data 2 d old"),
    Case(
      testDescription: "old enough", syncs: [Sync(age: 2 * day, freshAge: 2 * day)],
      arguments: ["--warning-age", "3d"], exit: 0, line: "OK"),
    Case(
      testDescription: "stale by a threshold", syncs: [Sync(age: hour, freshAge: hour)],
      arguments: ["--warning-age", "30min"], exit: 1, line: "WARNING - green: data 1 h old"),
    Case(
      testDescription: "critical", syncs: [Sync(age: 2 * day, freshAge: 2 * day)],
      arguments: ["--critical-age", "1d"], exit: 2, line: "CRITICAL - green: data 2 d old"),
    Case(
      testDescription: "critical before stale", syncs: [Sync(age: 3 * hour, freshAge: 3 * hour)],
      arguments: ["--critical-age", "2h"], exit: 2, line: "CRITICAL - green: data 3 h old"),
    Case(
      testDescription: "a failure of the moment, and current data",
      syncs: [Sync(age: 60, ending: "503: the API", freshAge: hour)], exit: 0, line: "OK"),
    Case(
      testDescription: "a killed sync, and current data", syncs: [Sync(age: 60, ending: nil, freshAge: hour)],
      exit: 0, line: "OK"),
    Case(
      testDescription: "refused access",
      syncs: [Sync(age: 60, ending: "401: the API does not know the key", freshAge: hour)],
      exit: 1, line: "WARNING - green: the API refuses access: relink it"),
    Case(
      testDescription: "never complete", syncs: [Sync(age: 60, ending: "interrupted")], exit: 1,
      line: "WARNING - green: never synced completely"),
    Case(
      testDescription: "configured and never synced", configuration: connector, exit: 1,
      line: "WARNING - blue: never synced completely"),
    Case(
      testDescription: "configured and out of the scope",
      configuration: "scope = 'connector:green'\n" + connector,
      exit: 0, line: "OK"),
    Case(
      testDescription: "of the future", syncs: [Sync(age: -hour, freshAge: -hour)], exit: 0,
      line: "OK - 1 connector, data 0 s old"),
    Case(
      testDescription: "a name that is no label",
      syncs: [Sync(connector: "a|b='c\u{1B}[31m\nd", age: 2 * day, freshAge: 2 * day)], exit: 1,
      line: "WARNING - a/b='c"),
    Case(
      testDescription: "many",
      syncs: (0..<9).map { Sync(connector: "c\($0)", age: 2 * day, freshAge: 2 * day) },
      exit: 1,
      line:
        "WARNING - c0: data 2 d old; c1: data 2 d old; c2: data 2 d old; c3: data 2 d old; c4: data 2 d old; and 4 more"
    ),
    Case(testDescription: "a sound sample", arguments: ["--check"], exit: 0, line: "OK"),
    Case(
      testDescription: "no index", arguments: ["--index", "/nonexistent/i.db"], exit: 2,
      line: "CRITICAL - /nonexistent/i.db: there is no index here"),
    Case(
      testDescription: "a foreign file", arguments: ["--index", Fixture.samples], exit: 2, line: "CRITICAL - "
    ),
    Case(
      testDescription: "a wrong option", arguments: ["--warning-age", "1x"], exit: 3,
      line: "UNKNOWN - a wrong option"),
    Case(
      testDescription: "an unknown option", arguments: ["--nonsense"], exit: 3,
      line: "UNKNOWN - a wrong option"),
    Case(testDescription: "a word", arguments: ["now"], exit: 3, line: "UNKNOWN - a wrong option"),
    Case(testDescription: "a wrong configuration", configuration: "indx = 1", exit: 3, line: "UNKNOWN - "),
    Case(testDescription: "a filter that is none", arguments: ["--scope", "x"], exit: 3, line: "UNKNOWN - "),
    Case(
      testDescription: "a check in a scope", arguments: ["--check", "--visibility", "public"], exit: 3,
      line: "UNKNOWN - "),
  ]

  /// A label in quotes, a value with its unit, the thresholds, the minimum.
  private static func isPerformanceData(_ text: Substring) -> Bool {
    text.wholeMatch(of: /( '[^'=|]+'=\d+[sB]?;\d*;\d*;0;)+/) != nil
  }

  @Test(arguments: cases) func theStateIsPrinted(_ case: Case) throws {
    try store(`case`.syncs)
    var arguments =
      ["status"] + (`case`.arguments.contains("--index") ? [] : ["--index", index]) + `case`.arguments
    if let text = `case`.configuration { arguments += ["--config", try folder.write(text, to: "c.toml")] }
    let run = try CommandRun("cand-search", arguments)
    #expect(run.exit == `case`.exit, "\(run.output) \(run.error)")
    #expect(run.output.hasPrefix("CAND-SEARCH " + `case`.line), "\(run.output)")
    #expect(
      run.lines.count == 1 && run.output.hasSuffix("\n") && !run.output.contains("\u{1B}"), "\(run.output)")
    let parts = run.output.dropLast().split(separator: "|", omittingEmptySubsequences: false)
    #expect(parts.count == 1 || parts.count == 2 && Self.isPerformanceData(parts[1]), "\(run.output)")
    #expect(parts.count == 2 || `case`.exit >= 2, "\(run.output)")

    let json = try CommandRun("cand-search", arguments + ["--format", "json"])
    let state = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(json.exit == `case`.exit && state["code"] as? Int == Int(`case`.exit), "\(json.output)")
    #expect(
      "\(state["state"] ?? "")".uppercased() == ["OK", "WARNING", "CRITICAL", "UNKNOWN"][Int(`case`.exit)])
  }

  @Test func thresholdsAndSizesAreData() throws {
    try store([Sync(age: 100, freshAge: 100)])
    let run = try CommandRun(
      "cand-search", ["status", "--index", index, "--warning-age", "2h", "--critical-age", "1d"])
    let data = try #require(run.output.split(separator: "|").last)
    #expect(
      data.wholeMatch(of: /\ 'age green'=1\d\ds;7200;86400;0; 'candidates green'=1;;;0; 'size'=\d+B;;;0;\n/)
        != nil,
      "\(data)")
  }

  @Test func aDamagedSampleIsCritical() throws {
    try DatabaseQueue(path: index).write { try $0.execute(sql: #"UPDATE record SET json = '{"id":"1"}'"#) }
    let run = try CommandRun("cand-search", ["status", "--index", index, "--check"])
    #expect(run.exit == 2 && run.output.contains("1 problem in the index"), "\(run.output)")
    #expect(try CommandRun("cand-search", ["status", "--index", index]).exit == 0)
  }

  @Test func helpIsNoState() throws {
    #expect(try CommandRun("cand-search", ["status", "--help"]).exit == 0)
    // A query of the word alone.
    #expect(try CommandRun("cand-search", ["search", "--index", index, "--", "status"]).exit == 1)
  }
}
