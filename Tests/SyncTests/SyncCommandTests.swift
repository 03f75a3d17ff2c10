import BindbeeClient
import CandidateSearch
import Foundation
import TestSupport
import Testing

/// `cand-search sync` and `cand-search get` as people run them.
@Suite struct SyncCommandTests {
  private let run: SyncRun

  init() throws { run = try SyncRun([token: remotes(0..<250), "other": remotes(0..<30)]) }

  @Test func theEnvironmentIsEnough() throws {
    let first = try run.cand("sync")
    #expect(first.exit == 0 && first.output.isEmpty)
    #expect(
      first.error.hasPrefix("bindbee: added 250, updated 0, unchanged 0, stale 0, refused 0 ("))
    #expect(first.error.hasSuffix("2 pages\n") && first.error.split(separator: "\n").count == 1)
    #expect(try run.cand("--count").output == "250\n")
    #expect(try run.cand("show", "c7").output == remotes(7..<8)[0].json() + "\n")
    #expect(
      try run.cand("sync").error.hasPrefix("bindbee: added 0, updated 0, unchanged 1, stale 0, refused 0 ("))
  }

  @Test func severalConnectorsRunAtOnceAndOneThatFailsStopsNoOther() throws {
    try run.folder.write("other\n", to: "other-token")
    let config = try run.configuration(
      """
      {"api_key_variable": "MY_KEY", "connectors": [
        {"name": "green", "token": "\(token)", "base_url": "\(run.server.url)"},
        {"name": "wrong", "token": "no-such-token", "base_url": "\(run.server.url)/"},
        {"name": "blue", "token_file": "other-token", "base_url": "\(run.server.url)", "include_custom_fields": true}
      ]}
      """)
    chmod(run.folder.file("other-token"), 0o600)
    run.variables = ["MY_KEY": apiKey]
    let all = try run.cand("sync", "--config", config)
    #expect(all.exit == 4)
    #expect(all.error.contains("green: added 250,") && all.error.contains("blue: added 30,"))
    #expect(all.error.contains("cand-search: wrong: 403") && all.error.contains("HRIS"))
    #expect(!all.error.contains("warning"))
    #expect(try run.cand("--count", "connector:blue").output == "30\n")
    #expect(try run.cand("show", "c1").output.contains("visa"))

    let one = try run.cand("sync", "--config", config, "--connector", "green", "--connector", "blue")
    #expect(one.exit == 0 && !one.error.contains("wrong"), "\(one.error)")
    run.variables["CAND_SEARCH_CONFIG"] = config
    let json = try run.cand("sync", "--format", "json", "--full")
    #expect(json.exit == 4 && json.lines.count == 3)
    for line in json.lines {
      #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
    }
    #expect(json.lines.contains { $0.hasPrefix(#"{"connector":"wrong","ending":"failed","error":"403"#) })
    #expect(
      json.lines.contains { $0.hasPrefix(#"{"connector":"green","ending":"complete","pages":2,"added":0"#) })

    for mode in [0o644, 0o640] {
      chmod(config, mode_t(mode))
      let warned = try run.cand("sync", "--connector", "green")
      let warnings = warned.error.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
      #expect(
        warned.exit == 0
          && warnings == [
            "warning: \(config): others can read or write it; make it yours alone: chmod 600 \(config)"
          ], "\(warned.error)")
    }
  }

  /// A file that is shared by all programs need not name connectors.
  @Test func theConnectorMayBeInTheEnvironmentBesideAFile() throws {
    let config = try run.folder.write("log.file = \"log.db\"", to: "c.toml")
    run.variables["CAND_SEARCH_CONFIG"] = config
    #expect(try run.cand("sync").error.contains("added 250,"))
    run.variables["BINDBEE_CONNECTOR_TOKEN"] = nil
    let none = try run.cand("sync")
    #expect(none.exit == 2 && none.error.contains("\(config): it names no connector"))
  }

  @Test func aTOMLFileConfiguresConnectorsAndTheIndex() throws {
    let config = try run.folder.write(
      """
      index = "other.db"
      api-key-variable = "MY_KEY"

      [[connector]]
      name = "green"
      token = "\(token)"
      base-address = "\(run.server.url)"

      [[connector]]
      name = "blue"
      token = "other"
      base-address = "\(run.server.url)"
      custom-fields = true
      """, to: "cand-search.toml")
    chmod(config, 0o600)
    // An empty variable counts as unset.
    run.variables = ["MY_KEY": apiKey, "CAND_SEARCH_INDEX": ""]
    let all = try run.cand("sync", "--config", config)
    #expect(all.exit == 0 && all.error.contains("green: added 250,") && all.error.contains("blue: added 30,"))
    #expect(!all.error.contains("warning") && !FileManager.default.fileExists(atPath: run.index))
    let other = run.folder.file("other.db")
    #expect(try run.cand("--count", "connector:blue", "--index", other).output == "30\n")
    #expect(try run.cand("show", "c1", "--index", other).output.contains("visa"))
    let one = try run.cand("get", "c1", "--config", config, "--connector", "green", "--index-it")
    #expect(one.exit == 0 && one.error.hasPrefix("green: "), "\(one.error)")
    #expect(try run.cand("sync", "--config", config, "--index", run.index).exit == 0)
    run.variables["CAND_SEARCH_INDEX"] = run.folder.file("variable.db")
    #expect(try run.cand("sync", "--config", config).exit == 0)
    for index in [run.index, run.folder.file("variable.db")] {
      let count = try run.cand("--count", "--index", index).output
      #expect(count == "280\n", "an option and a variable come before the file")
    }

    let wrong = try run.folder.write("[[connector]]\nname = \"a\"\ntokn = \"SECRET\"\n", to: "wrong.toml")
    let result = try run.cand("sync", "--config", wrong)
    #expect(result.exit == 2)
    #expect(result.error.hasSuffix(":3:1: connector a: there is no member “tokn”; did you mean “token”?\n"))
  }

  /// A configuration or options, and what is said of them. Every one ends with 2, before anything is asked.
  static let wrong: [(configuration: String?, arguments: [String], said: String)] = [
    ("{", [], "not a JSON object"),
    ("[]", [], "not a JSON object"),
    ("{}", [], "names no connector"),
    (#"{"connectors": {}}"#, [], "connectors: it must be a list of objects"),
    (#"{"connectors": [{"token": "SECRET"}]}"#, [], "connector 1: it has no name"),
    (#"{"connectors": [{"name": "a"}]}"#, [], "connector a: it has no token"),
    (
      #"{"connectors": [{"name": "a", "token": "SECRET", "tokn": "SECRET"}]}"#, [],
      "no member “tokn”; did you mean “token”?"
    ),
    (#"{"connectors": [{"name": "a", "token": ["SECRET"]}]}"#, [], "token: it must be a text"),
    (
      #"{"connectors": [{"name": "a", "token": "SECRET", "token_file": "x"}]}"#, [],
      "give one of token, token_variable and token_file"
    ),
    (#"{"connectors": [{"name": "a", "token_variable": "NO_SUCH"}]}"#, [], "the variable NO_SUCH is not set"),
    (#"{"connectors": [{"name": "a", "token_file": "no-such"}]}"#, [], "no-such: cannot be read"),
    (
      #"{"connectors": [{"name": "a", "token": "SECRET", "region": "moon"}]}"#, [],
      #"region: it must be one of "us", "eu""#
    ),
    (#"{"connectors": [{"name": "a", "token": "SECRET\nX: 1"}]}"#, [], "contains characters that no key has"),
    (
      #"{"connectors": [{"name": "a", "token": "SECRET", "base_url": "http://example.com"}]}"#, [],
      "must begin with https://"
    ),
    (
      #"{"connectors": [{"name": "a", "token": "SECRET"}, {"name": "a", "token": "SECRET"}]}"#, [],
      "two connectors are called a"
    ),
    (#"{"connectors": [{"name": "a", "token": "SECRET"}]}"#, ["--connector", "b"], "no connector “b”"),
    (
      #"{"connectors": [{"name": "a", "token": "SECRET"}, {"name": "b", "token": "SECRET"}]}"#,
      ["--base-url", "https://localhost"], "--base-url is for one connector"
    ),
    (nil, ["--connector", "a", "--connector", "b"], "several connectors need a configuration file"),
    (nil, ["--full", "--since", "2024-01-01"], "exclude one another"),
    (nil, ["--rejects", ""], "--rejects: takes a path"),
    (nil, ["--allow-removals", "20"], "--allow-removals needs --full"),
    (nil, ["--since", "soon"], "--since"),
    (nil, ["--ids", ","], "--ids"),
    (nil, ["--token", "SECRET"], "--token"),
    (nil, ["--timeout", "0"], "--timeout"),
    (nil, ["--page-size", "0"], "--page-size"),
    (nil, ["--page-size", "201"], "--page-size"),
    (nil, ["--config", "/no/such/file"], "/no/such/file: cannot be read"),
  ]

  @Test(.slow, arguments: wrong) func aWrongConfigurationIsToldAndAsksNobody(
    configuration: String?, arguments: [String], said: String
  ) throws {
    let config = try configuration.map { ["--config", try run.configuration($0)] } ?? []
    let result = try run.cand(["sync"] + config + arguments)
    #expect(result.exit == 2 && result.error.contains(said), "\(result.error)")
    #expect(!result.error.contains("SECRET") || arguments.contains("SECRET"), "\(result.error)")
    #expect(run.server.takeLog().isEmpty && !FileManager.default.fileExists(atPath: run.index))
  }

  @Test(arguments: ["BINDBEE_API_KEY", "BINDBEE_CONNECTOR_TOKEN"]) func aMissingSecretIsNamed(_ name: String)
    throws
  {
    for value in [nil, ""] as [String?] {
      run.variables[name] = value
      let result = try run.cand("sync")
      #expect(result.exit == 2 && result.error.contains("the variable \(name) is not set"), "\(result.error)")
    }
  }

  @Test func refusedRecordsAndRemovalsAreReported() throws {
    #expect(try run.cand("sync").exit == 0)
    run.server.change { $0.candidates[token] = remotes(0..<50) }
    let guarded = try run.cand("sync", "--full")
    #expect(guarded.exit == 3 && guarded.error.contains("add --allow-removals 80%"), "\(guarded.error)")
    let dry = try run.cand("sync", "--full", "--dry-run", "--allow-removals", "80")
    #expect(
      dry.exit == 0 && dry.error.contains("bindbee: would remove 200: c50, c51, c52, …"), "\(dry.error)")
    #expect(try run.cand("--count").output == "250\n")
    let allowed = try run.cand("sync", "--full", "--allow-removals", "80%")
    #expect(allowed.exit == 0 && allowed.error.contains("removed 200"))

    run.server.change { $0.candidates[token]?[49].broken = #"{"id": "c49\n", "tags": []}"# }
    let rejects = run.folder.file("rejects.ndjson")
    let refused = try run.cand("sync", "--full", "--rejects", rejects)
    #expect(
      refused.exit == 3 && refused.error.contains("bindbee page 1:1: id: contains"), "\(refused.error)")
    #expect(refused.error.contains("nothing was removed"))
    let line = try String(contentsOfFile: rejects, encoding: .utf8)
    #expect(line.contains(#""record":"{\"id\": \"c49\\n\""#) && line.split(separator: "\n").count == 1)
    for ending in ["", "-sync"] {
      #expect(try run.cand("sync", "--rejects", run.index + ending).error.contains("would overwrite"))
    }
    let full = try run.cand("sync", "--full", "--rejects", "/dev/full")
    #expect(full.exit == 4 && full.error.contains("--rejects /dev/full: "), "\(full.error)")
    #expect(try run.cand("--count").output == "50\n")
  }

  @Test func timesAndIdsCanBeAskedFor() throws {
    #expect(try run.cand("sync", "--since", time(239)).error.hasPrefix("bindbee: added 10,"))
    #expect(
      try run.cand("sync", "--ids", "c1,c2", "--ids", "c3", "--include-raw-data").error.hasPrefix(
        "bindbee: added 3,"))
    #expect(try run.cand("show", "c3").output.contains("raw_data"))
  }

  @Test(.slow) func pagesThatAreTooLongAreMadeSmaller() throws {
    // 200 KB each.
    run.server.change { state in
      let raw = String(repeating: "x", count: 200_000)
      for i in 0..<250 { state.candidates[token]?[i].rawData = "{\"x\":\"\(raw)\"}" }
    }
    let short = try run.cand("sync", "--include-raw-data")
    #expect(short.exit == 0 && short.error.contains("added 250,"), "\(short.error)")
    #expect(run.server.takeLog().map { $0.request.query["page_size"] } == ["200", "100", "100", "100"])
    run.server.change { state in
      let raw = String(repeating: "x", count: BindbeeClient.maximumAnswerLength)
      state.candidates[token]?[0].rawData = "{\"x\":\"\(raw)\"}"
    }
    let long = try run.cand("sync", "--full", "--include-raw-data")
    #expect(
      long.exit == 4
        && long.error.contains(
          "the answer is longer than 32 MiB; request less of each candidate: sync without")
    )
    #expect(
      run.server.takeLog().map { $0.request.query["page_size"] } == [
        "200", "100", "50", "25", "12", "6", "3", "1",
      ])
  }

  @Test func aDryRunMakesNoIndex() throws {
    #expect(try run.cand("sync", "--dry-run").exit == 4)
    #expect(!FileManager.default.fileExists(atPath: run.index))
  }

  @Test func oneCandidateIsFetchedAndShown() throws {
    let record = remotes(5..<6)[0]
    let shown = try run.cand("get", "c5")
    #expect(shown.exit == 0 && shown.output == record.json() + "\n" && shown.error.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: run.index))
    let indexed = try run.cand("get", "c5", "--index-it", "--include-custom-fields")
    #expect(indexed.output == record.json(customFields: true) + "\n")
    #expect(indexed.error.hasPrefix("bindbee: added 1,"))
    #expect(try run.cand("show", "c5").output == indexed.output)
    let unknown = try run.cand("get", "nobody")
    #expect(
      unknown.exit == 1 && unknown.output.isEmpty
        && unknown.error.contains("404: not found (no candidate nobody)"))
    run.variables["BINDBEE_CONNECTOR_TOKEN"] = "hris"
    let refused = try run.cand("get", "c5")
    #expect(refused.exit == 4 && refused.error.contains("403"), "\(refused.error)")
    #expect(try run.cand("get").exit == 2)
    let config = try run.configuration(
      """
      {"api_key": "\(apiKey)", "connectors": [
        {"name": "a", "token": "\(token)"}, {"name": "b", "token": "other"}
      ]}
      """)
    #expect(try run.cand("get", "c5", "--config", config).error.contains("choose it with --connector"))
    // The address is that of the environment, since the file names none.
    #expect(try run.cand("get", "c5", "--config", config, "--connector", "b").output == shown.output)
  }

  @Test func aCommandRunsAfterAChange() throws {
    let command = """
      echo "$CAND_SEARCH_ADDED $CAND_SEARCH_UPDATED $CAND_SEARCH_REMOVED $CAND_SEARCH_CONNECTORS" >> '\
      \(run.folder.file("hook"))'; env; test "$CAND_SEARCH_INDEX" = '\(run.index)'
      """
    func lines() throws -> [String] {
      try String(contentsOfFile: run.folder.file("hook"), encoding: .utf8).split(separator: "\n").map(
        String.init)
    }
    let first = try run.cand("sync", "--after", command)
    #expect(first.exit == 0 && first.output.isEmpty)
    #expect(first.error.contains("HOME="))
    #expect(!first.error.contains(token) && !first.error.contains(apiKey))
    #expect(try lines() == ["250 0 0 bindbee"])
    // Nothing has changed.
    #expect(try run.cand("sync", "--after", command).exit == 0)
    #expect(try lines().count == 1)
    run.server.change { state in
      state.candidates[token] = remotes(0..<245)
      state.candidates[token]?[0] = Remote("c0", modifiedAt: time(900), #""first_name":"Bea""#)
    }
    #expect(try run.cand("sync", "--dry-run", "--full", "--after", command).exit == 0)
    #expect(try run.cand("sync", "--full", "--after", command).exit == 0)
    #expect(try lines() == ["250 0 0 bindbee", "0 1 5 bindbee"])
    run.server.change { $0.candidates[token] = remotes(1000..<1001) }
    let failed = try run.cand("sync", "--after", "exit 7")
    #expect(failed.exit == 4 && failed.error.contains("--after: the command failed (7)"), "\(failed.error)")
  }

  /// Neither a secret of any connector of the file, asked or not and under whatever name, nor a file or a connection.
  @Test func theCommandReceivesNoSecretAndNoDescriptor() throws {
    let config = try run.configuration(
      """
      {"api_key_variable": "MY_KEY", "connectors": [
        {"name": "one", "token_variable": "ONE_TOKEN", "base_url": "\(run.server.url)"},
        {"name": "two", "token_variable": "TWO_TOKEN", "base_url": "\(run.server.url)"},
        {"name": "three", "token": "token-of-three", "api_key_variable": "THREE_KEY"}
      ]}
      """)
    run.variables = [
      "MY_KEY": apiKey, "ONE_TOKEN": token, "TWO_TOKEN": "other-secret", "THREE_KEY": "third-secret",
      "COPY": "x=\(apiKey)", "ANOTHER": "token-of-three", "BINDBEE_API_KEY": "old-secret", "KEPT": "kept",
      "CAND_SEARCH_INDEX": run.index,
    ]
    // The shell that starts the program leaves a file open.
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", #"exec 7</etc/passwd; exec "$0" "$@""#, CommandRun.binary("cand-search").path, "sync", "--config",
      config, "--connector", "one", "--after",
      #"env; for f in /proc/self/fd/*; do echo "descriptor $(readlink $f)"; done"#,
    ]
    process.environment = run.variables.merging(["PATH": "/usr/bin:/bin"]) { $1 }
    for name in ["LD_LIBRARY_PATH", "LLVM_PROFILE_FILE"] {
      process.environment?[name] = ProcessInfo.processInfo.environment[name]
    }
    try run.folder.write("", to: "said")
    process.standardError = FileHandle(forWritingAtPath: run.folder.file("said"))
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let said = try run.said()
    #expect(process.terminationStatus == 0 && said.contains("KEPT=kept") && said.contains("one: added 250,"))
    for secret in [apiKey, token, "other-secret", "third-secret", "token-of-three", "old-secret"] {
      #expect(!said.contains(secret), "\(secret)")
    }
    // Standard input, output and error, and the shell's own list of files.
    let descriptors = said.matches(of: /descriptor (.*)/).map { String($0.output.1) }
    #expect(descriptors.count >= 3)
    for descriptor in descriptors {
      #expect(
        descriptor == "/dev/null" || descriptor == run.folder.file("said") || descriptor.isEmpty
          || descriptor.contains("/proc/") || descriptor.hasPrefix("pipe:"), "\(descriptors)")
    }
  }

  @Test func failuresEndTheRunWithWhatHadCome() throws {
    run.server.change { state in
      state.fault = { number, _ in number >= 2 ? .answer(.init(status: 500, body: "")) : nil }
    }
    let result = try run.cand("sync", "--retries", "0")
    #expect(result.exit == 4)
    #expect(result.error.contains("the API could not be read in one attempt: the API answered 500"))
    #expect(result.error.contains("what had come is kept") && result.error.contains("bindbee: added 200,"))
    #expect(try run.cand("--count").output == "200\n")
    #expect(
      try run.cand("stats").output.contains(/sync bindbee +the API could not be read.*not complete yet/))
  }

  @Test func statisticsTellOfTheLastSync() throws {
    #expect(try run.cand("sync").exit == 0)
    let text = try run.cand("stats").output
    #expect(text.contains(/sync bindbee +complete 2\S+Z \(full\), data [0-9]+ s old\n/), "\(text)")
    let json = try run.cand("stats", "--format", "json").output
    #expect(
      json.contains(
        /"syncs":\[{"connector":"bindbee","kind":"full","begun_at":"2[^"]+Z","ended_at":"2[^"]+Z","running":false,/
      ),
      "\(json)")
  }

  /// What monitoring says of a sync that the API answered in this way.
  static let states: [(status: Int?, exit: Int32, said: String)] = [
    (nil, 0, "OK - 1 connector, data"), (401, 1, "the API refuses access"),
    (403, 1, "the API refuses access"),
    (400, 1, "bindbee: never synced completely"), (500, 1, "bindbee: never synced completely"),
  ]

  @Test(arguments: states) func monitoringTellsOfTheLastSync(status: Int?, exit: Int32, said: String) throws {
    run.server.change { state in
      state.fault = { _, _ in status.map { .answer(.init(status: $0, body: "")) } }
    }
    _ = try run.cand("sync", "--retries", "0")
    let result = try run.cand("status")
    #expect(result.exit == exit && result.output.contains(said), "\(result.output)")
    let isRefused = said.contains("refuses")
    #expect(result.output.contains("refuses access") == isRefused, "\(result.output)")
    let doctor = try run.cand("doctor")
    #expect(doctor.output.contains("relink the connector") == isRefused, "\(doctor.output)")
    #expect(doctor.exit == (status == nil ? 0 : 3), "\(doctor.output)")
  }

  @Test func helpAndCompletionKnowTheCommands() throws {
    for arguments in [["sync", "--help"], ["help", "sync"]] {
      let help = try run.cand(arguments)
      #expect(
        help.exit == 0 && help.output.contains("--include-raw-data") && help.output.contains("token-variable")
      )
    }
    #expect(try run.cand("--help").output.contains(/\n  get +Fetch one candidate/))
    #expect(try run.cand("completions", "bash").output.contains("--index-it"))
  }

  @Test func theExamplesOfTheDocumentsWork() async throws {
    let library = try Fixture.text("docs/library.md")
    let example = try Fixture.text("Tests/SyncTests/LibraryExample.swift")
    #expect(library.contains("```swift\n\(example)```"))
    let index = try CandidateIndex.inMemory()
    let summary = try await syncGreenhouse(into: index, key: apiKey, token: token, from: run.server.url)
    #expect(summary.records.added == 250)

    // It is understood, but for the files, which are elsewhere.
    let toml = try #require(Fixture.text("docs/sync.md").firstMatch(of: /(?s)```toml\n(.*?)```/)?.output.1)
    let file = try run.folder.write(String(toml), to: "cand-search.toml")
    let result = try run.cand("sync", "--config", file)
    #expect(
      result.error.contains("/etc/cand-search/greenhouse: cannot be read")
        || result.error.contains("api-key: cannot"))
    #expect(
      try run.cand("help", "sync").output.contains(#"token-variable = "LEVER_TOKEN""#))
  }
}
