import Foundation
import TestSupport
import Testing

/// `cand-search log`, and the commands that write the log.
@Suite struct LogCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let people = [
      #"{"id":"a-1","first_name":"Nora","last_name":"Quist","email_addresses":["nora@harbour.example"]}"#,
      #"{"id":"a-2","first_name":"Nora","last_name":"Berg","title":"Nurse"}"#,
    ]
    let load = try cand(
      "index", "--connector", "c", folder.write(people.joined(separator: "\n"), to: "in.ndjson"))
    try #require(load.exit == 0)
  }

  private var log: String { folder.file("log.db") }

  private func cand(_ arguments: String..., logs: Bool = false) throws -> CommandRun {
    var environment = ["CAND_SEARCH_INDEX": folder.file("i.db")]
    if logs { environment["CAND_SEARCH_LOG"] = log }
    return try CommandRun("cand-search", arguments, environment: environment)
  }

  /// The entries of the log without their times and users, the newest first.
  private func entries(_ arguments: String...) throws -> [String] {
    try CommandRun("cand-search", ["log"] + arguments + ["--log", log]).lines.map { line in
      line.split(separator: "  ").dropFirst(2).joined(separator: "  ")
    }
  }

  @Test func withoutALogNothingIsOpened() throws {
    #expect(try cand("nora").exit == 0)
    #expect(try cand("show", "a-1").exit == 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().allSatisfy {
        !$0.contains("log")
      })
    for arguments in [["log"], ["log", "verify"], ["log", "seen", "a-1"], ["nora", "--purpose", "x"]] {
      #expect(try CommandRun("cand-search", arguments).exit == 2, "\(arguments)")
    }
  }

  @Test func searchesAndOpenedRecordsAreLogged() throws {
    #expect(try cand("nora", "--format", "ids", "--log", log, "--purpose", "vacancy 12").exit == 0)
    #expect(try cand("quist", "--format", "ndjson", logs: true).exit == 0)
    #expect(try cand("show", "a-2", "a-1", logs: true).exit == 0)
    #expect(try cand("--count", "nora", logs: true).output == "2\n")
    #expect(try cand("nobody", "--format", "ids", logs: true).exit == 1)
    #expect(try cand("skills:java", logs: true).exit == 2)
    #expect(
      try entries() == [
        "search  0 shown  nobody", "search  0 shown  nora", "record  2 shown", "export  1 shown  quist",
        "search  2 shown  nora  (vacancy 12)",
      ])
    #expect(try entries("nora", "-n", "1") == ["search  0 shown  nora"])
    #expect(try entries("--purpose", "Vacancy 12") == ["search  2 shown  nora  (vacancy 12)"])
    #expect(try entries("--kind", "record") == ["record  2 shown"])
    #expect(try entries("--until", "2020-01-01").isEmpty)
    #expect(try entries("--since", "1d").count == 5)
    #expect(try entries("seen", "a-2") == ["record  2 shown", "search  2 shown  nora  (vacancy 12)"])
    #expect(try cand("log", "seen", "a-2", "--connector", "d", logs: true).exit == 1)
    #expect(try cand("log", "seen", "a-9", logs: true).exit == 1)
    let json = try cand("log", "--json", "-n", "1", "--purpose", "vacancy 12", logs: true).output
    let object = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["canonical_query"] as? String == "nora" && object["scope"] as? String == "all")
    #expect((object["candidates"] as? [[String: String]])?.map { $0["id"] }.count == 2)
    #expect((object["generation"] as? Int ?? 0) > 0)
  }

  @Test func aBrokenChainExitsWithThree() throws {
    for _ in 1...3 { _ = try cand("nora", "--format", "ids", logs: true) }
    let head = try cand("log", "head", logs: true).output.trimmingCharacters(in: .newlines)
    let sound = try cand("log", "verify", "--kept", head, logs: true)
    #expect(sound.exit == 0 && sound.error == "sound: 3 entries\n", "\(sound.error)")
    _ = try folder.shell(
      #"python3 -c "import sqlite3; d = sqlite3.connect('log.db'); d.executescript('DROP TRIGGER entry_update; UPDATE entry SET key = 9 WHERE number = 2')""#
    )
    let broken = try cand("log", "verify", logs: true)
    #expect(broken.exit == 3 && broken.error.contains("entry 2 is not what was written"), "\(broken.error)")
    #expect(try cand("log", "verify", "--kept", "x", logs: true).exit == 2)
  }

  @Test func nothingIsShownThatCannotBeLogged() throws {
    let foreign = try folder.write("no log", to: "log.db")
    for arguments in [["nora", "--format", "ids"], ["show", "a-1"]] {
      let run = try CommandRun(
        "cand-search", arguments + ["--log", foreign], environment: ["CAND_SEARCH_INDEX": folder.file("i.db")]
      )
      #expect(run.exit == 4 && run.output.isEmpty && run.error.contains("not a search log"), "\(run.error)")
    }
    let full = try folder.shell(
      #"trap '' XFSZ; ulimit -f 4; "$CAND" nora --format ids --log "$DIR/new.db""#,
      ["CAND_SEARCH_INDEX": folder.file("i.db")])
    #expect(full.exit == 4 && full.output.isEmpty && full.error.contains("make room"), "\(full.error)")
  }

  @Test func forgettingIncludesTheLog() throws {
    _ = try cand("nora quist", "--format", "ids", logs: true)
    _ = try cand("Quist", "--format", "ids", logs: true)
    _ = try cand("nurse", "--format", "ids", logs: true)
    _ = try cand("show", "a-1", logs: true)
    let missing = try cand("forget", "a-1", "--log", folder.file("none.db"))
    #expect(missing.exit == 4 && missing.error.contains("no search log"), "\(missing.error)")
    #expect(try cand("--count", "quist").output == "1\n")

    let run = try cand("forget", "--email", "Nora@harbour.example", logs: true)
    #expect(
      run.exit == 0 && run.error.contains("erased from the search log: 3 ids, 4 texts\n"), "\(run.error)")
    #expect(
      try entries() == [
        "record  1 shown", "search  1 shown  nurse", "search  1 shown  [erased]",
        "search  1 shown  [erased]",
      ])
    #expect(try entries("seen", "a-1").count == 3)
    #expect(try cand("log", "verify", logs: true).error == "sound: 4 entries, 4 texts and 3 ids are erased\n")
    for ending in ["", "-wal"] where FileManager.default.fileExists(atPath: log + ending) {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: log + ending))
      for text in ["quist", "Quist", "a-1"] { #expect(bytes.range(of: Data(text.utf8)) == nil, "\(text)") }
    }
    // Ids that the index does not have any more, in any case.
    _ = try cand("show", "a-2", logs: true)
    _ = try cand("delete", "a-2")
    #expect(try cand("forget", "A-2", logs: true).error.contains("search log: 2 ids, 0 texts"))
  }

  @Test func oldEntriesAreRemovedOnRequest() throws {
    _ = try cand("nora", "--format", "ids", "--log-keep", "13mo", logs: true)
    #expect(try entries().count == 1)
    for period in ["13", "0d", "x"] {
      #expect(try cand("nora", "--log-keep", period, logs: true).exit == 2)
    }
  }

  @Test(.slow) func processesThatAreKilledLeaveASoundChain() throws {
    let run = try folder.shell(
      """
      for round in 1 2 3 4 5 6 7 8; do
        for writer in 1 2 3 4; do
          "$CAND" show a-1 --log log.db >>shown.txt & pids[$writer]=$!
        done
        sleep 0.0$round; kill -9 ${pids[1]} ${pids[3]} 2>/dev/null
        wait 2>/dev/null
        "$CAND" log verify --log log.db || exit 9
      done
      """, ["CAND_SEARCH_INDEX": folder.file("i.db")])
    #expect(run.exit == 0, "\(run.error)")
    // What was shown is logged: also by those that were killed afterwards.
    let shown = try String(contentsOfFile: folder.file("shown.txt"), encoding: .utf8).split(separator: "\n")
      .count
    let logged = try entries("-n", "1000").count
    #expect(logged >= shown && shown >= 16, "\(logged) \(shown)")
  }
}
