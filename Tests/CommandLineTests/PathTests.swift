import CandidateSearch
import Foundation
import TestSupport
import Testing

/// Paths that mean something to SQLite, to a shell or to the system, and files that nothing may overwrite.
@Suite struct PathTests {
  private let folder: TemporaryFolder
  private var environment: [String: String] { ["CAND_SEARCH_INDEX": folder.file("i.db")] }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(#"{"id":"a","first_name":"Ann"}"#, to: "a.json")
  }

  private func cand(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandRun {
    try CommandRun("cand-search", arguments, environment: self.environment.merging(environment) { $1 })
  }

  private func shell(_ script: String) throws -> CommandRun { try folder.shell(script, environment) }

  private func permissions(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: folder.file(name))[.posixPermissions] as? Int
  }

  static let names = [
    "file:x.db", "file:y.db?mode=memory", ":memory:", "q?mode=memory.db", "h#x.db", "pct%41.db",
    "with space.db",
    "quo'te.db", "-dash.db", "ünï.db",
  ]

  @Test(.slow, arguments: names) func anIndexAndItsBackupAreTheFilesThatAreNamed(_ name: String) throws {
    let script = #"""
      umask 022; export NAME
      "$CAND" index --index="$NAME" a.json && "$CAND" backup --index="$NAME" -- "backup of $NAME" &&
      "$CAND" restore --index="./copy of $NAME" -- "backup of $NAME" && "$CAND" --index="./copy of $NAME" --count ''
      """#
    let run = try folder.shell(script, ["NAME": name])
    #expect(run.exit == 0 && run.output == "1\n", "\(run.error)")
    for name in [name, "backup of \(name)", "copy of \(name)"] {
      #expect(try permissions(name) == 0o600, "\(name)")
    }
    #expect(try permissions("backup of \(name)") != nil)
    let backup = try folder.shell(
      #""$CAND" backup --index="$NAME" 'file:b.db' && "$CAND" --index='file:b.db' ann"#, ["NAME": name])
    #expect(backup.exit == 0 && backup.output.contains("Ann"), "\(backup.error)")
  }

  // MARK: - Refused records

  /// Where `--rejects` leads, and whether that is allowed.
  static let rejects: [(path: String, isAllowed: Bool)] = [
    ("in/1.json", false), ("./in/../in/1.json", false), ("link.ndjson", false), ("named.json", false),
    ("i.db", false), ("i.db-wal", false), ("i.db-shm", false), ("i.db-journal", false), ("i.db-sync", false),
    ("linked.db-wal", true), ("new.ndjson", true), ("in/old.ndjson", true), ("in/new.ndjson", true),
    ("old.txt", true),
    ("in", false), ("fifo", false), ("/dev/null", true), ("/proc/none/r", false),
  ]

  @Test(.slow, arguments: rejects) func refusedRecordsOverwriteNothingThatIsNeeded(
    path: String, isAllowed: Bool
  )
    throws
  {
    let prepared = try shell(
      #"""
      mkdir in; cp a.json in/1.json; cp a.json named.json; ln -s in/1.json link.ndjson; ln -s i.db linked.db
      mkfifo fifo; echo '{"id":""}' > in/bad.json; echo mine > old.txt; chmod 666 old.txt
      echo '{"file":"x","line":1,"reason":"y","record":"z"}' > in/old.ndjson; "$CAND" index a.json
      """#)
    #expect(prepared.exit == 0, "\(prepared.error)")
    let run = try shell(#""$CAND" index --rejects '\#(path)' in named.json"#)
    #expect(run.exit == (isAllowed ? 3 : 2), "\(run.error)")
    #expect(
      try Fixture.text(of: folder.file("in/1.json")) == Fixture.text(of: folder.file("a.json")))
    #expect(try cand("--count").output == "1\n")
    if isAllowed, path != "/dev/null" {
      #expect(
        try Fixture.text(of: folder.file(path)).hasPrefix(#"{"file":"in/bad.json","line":1,"#))
      #expect(try permissions(path) == 0o600)
    } else if path != "/dev/null" {
      #expect(run.error.contains("--rejects \(path): "), "\(run.error)")
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    #expect(names.allSatisfy { !$0.contains("partial") }, "\(names)")
    // The same again, as a job of cron.
    #expect(try shell(#""$CAND" index --rejects '\#(path)' in named.json"#).exit == run.exit)
  }

  @Test func whatIsNoFileOfBytesIsLeftOutAndNamed() throws {
    let run = try shell(
      #"""
      mkdir in; cp a.json in/1.json; mkfifo in/f.json; ln -s /dev/zero in/z.json; ln -s . in/loop
      timeout -s KILL 20 "$CAND" index in
      """#)
    #expect(run.exit == 0, "\(run.error)")
    #expect(run.error.contains("note: in/f.json: left out, since it is a FIFO"), "\(run.error)")
    #expect(run.error.contains("note: in/z.json: left out, since it is a device"), "\(run.error)")
    #expect(run.error.contains("note: in/loop: left out, since it is a link to a folder"), "\(run.error)")
    #expect(try cand("--count").output == "1\n")
    #expect(try shell(#""$CAND" index <(echo '{"id":"b"}')"#).exit == 0, "a FIFO that is named is read")
    #expect(try cand("--count").output == "2\n")
  }

  static let unread: [(name: String, made: String)] = [
    ("a link that leads nowhere", "ln -s /nowhere/c.json in/c.json"),
    ("a link to a folder", "ln -s .. in/linked"),
    ("a FIFO", "mkfifo in/f.ndjson"),
  ]

  @Test(arguments: unread) func aReplacementThatCannotReadAllRemovesNothing(name: String, made: String) throws
  {
    let run = try shell(
      #"""
      mkdir in; cp a.json in/1.json; echo '{"id":"b"}' > in/2.json; "$CAND" reindex in || exit 9
      rm in/2.json; \#(made); timeout -s KILL 20 "$CAND" reindex in
      """#)
    #expect(run.exit == 3, "\(run.error)")
    #expect(try cand("--count").output == "2\n")
  }

  @Test(.enabled(if: geteuid() != 0, "root lists every folder"))
  func aFolderThatCannotBeListedKeepsNoOtherOut() throws {
    let run = try shell(#"mkdir -p in/locked; cp a.json in/1.json; chmod 000 in/locked; "$CAND" index in"#)
    #expect(run.exit == 3 && run.error.contains("in/locked: cannot be read: the folder cannot be listed"))
    #expect(try cand("--count").output == "1\n")
  }

  @Test func anEmptyFileIsNoIndex() throws {
    for command in ["check", "delete x", "forget x", "reindex"] {
      let run = try shell(#": > i.db; chmod 600 i.db; "$CAND" \#(command); test -s i.db && exit 9; exit $?"#)
      let told = try shell(#": > i.db; chmod 600 i.db; "$CAND" \#(command)"#)
      #expect(
        run.exit == 1 && told.exit == 4 && told.error.contains("not an index"), "\(command): \(told.error)")
    }
  }

  // MARK: - Permissions

  @Test func anIndexThatOthersCanReadIsNamed() throws {
    let path = folder.file("it's.db")
    #expect(try cand("index", folder.file("a.json"), "--index", path).error.contains("warning") == false)
    for mode in [0o644, 0o602, 0o640] {
      chmod(path, mode_t(mode))
      for arguments in [["ann"], ["stats"], ["index", folder.file("a.json")], ["check"]] {
        let run = try CommandRun("cand-search", arguments + ["--index", path])
        let warnings = run.error.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
        #expect(
          warnings == [
            "warning: \(path): others can read or write it; make it yours alone: chmod 600 '\(folder.path)/it'\\''s.db'"
          ], "\(run.error)")
      }
    }
  }

  /// As the Debian package installs its configuration: of root, readable for the group of the service.
  @Test(.enabled(if: geteuid() == 0, "only root can give a file to a group"))
  func aFileForTheGroupOfAServiceIsPrivate() throws {
    let path = folder.file("service.db")
    _ = try cand("index", folder.file("a.json"), "--index", path)
    for (owner, group, mode, isWarned) in [
      (0, 65_534, 0o640, false), (0, 65_534, 0o660, true), (0, 65_534, 0o644, true), (0, 0, 0o640, true),
      (65_534, 65_534, 0o640, true),
    ] as [(uid_t, gid_t, mode_t, Bool)] {
      #expect(chown(path, owner, group) == 0 && chmod(path, mode) == 0)
      let run = try CommandRun("cand-search", ["stats", "--index", path])
      #expect(run.error.contains("warning: ") == isWarned, "\(owner):\(group) \(mode)")
    }
  }

  /// Runs a script as a user who may read the folder `ro` and write nothing in it.
  private func readOnly(_ script: String) throws -> CommandRun {
    try shell(
      #"""
      mkdir -p ro; chmod 755 . ro; cp -n "$CAND" ro/cand; chmod 755 ro/cand; chmod 644 ro/*.db*; cd ro
      run() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
      [ "$(id -u)" = 0 ] || chmod 555 .
      \#(script); code=$?; chmod 755 .; exit $code
      """#)
  }

  @Test func aFolderThatCannotBeWrittenIsSearched() throws {
    let path = folder.file("ro/i %41?.db")
    #expect(try cand("index", folder.file("a.json"), "--index", path).exit == 0)
    let found = try readOnly(
      "rm -f *-wal *-shm; run ./cand --index 'i %41?.db' --count ann && run ./cand stats --index 'i %41?.db'")
    #expect(found.exit == 0 && found.output.hasPrefix("1\n"), "\(found.error)")
    #expect(found.error.isEmpty, "a reader cannot change the permissions: \(found.error)")
    let written = try readOnly("run ./cand index --index 'i %41?.db' ../a.json")
    #expect(written.exit == 4 && written.error.contains("cannot be written"), "\(written.error)")
    let pending = try readOnly(
      "echo something > 'i %41?.db-wal'; chmod 600 *-wal; run ./cand --index 'i %41?.db' ann")
    #expect(
      pending.exit == 4 && pending.error.contains("-wal file beside it contains changes"), "\(pending.error)")
    let hidden = try readOnly("rm *-wal; chmod 600 *.db; run ./cand --index 'i %41?.db' ann")
    #expect(
      hidden.exit == 4 && hidden.error.contains("cannot be read (Permission denied)"), "\(hidden.error)")
  }

  // MARK: - Restoring

  @Test func aBackupReplacesAnIndexWithALeftoverWAL() throws {
    let records = (0..<300).map { #"{"id":"\#($0)","first_name":"Ann"}"# }
    try folder.write(records.joined(separator: "\n"), to: "many.ndjson")
    let run = try shell(
      #"""
      "$CAND" index a.json && "$CAND" backup b.db && "$CAND" index a.json || exit 9
      # A writer that is killed leaves a WAL.
      mkfifo slow; "$CAND" index --batch-records 1 slow & job=$!; exec 3> slow; cat many.ndjson >&3
      until [ "$("$CAND" --count ann)" -gt 100 ]; do sleep 0.05; done; kill -9 $job; exec 3>&-; wait $job
      [ -s i.db-wal ] || exit 8
      "$CAND" restore b.db && "$CAND" --count ann && "$CAND" check --full
      """#)
    #expect(run.exit == 0 && run.output == "1\n", "\(run.exit) \(run.error)")
    #expect(run.error.contains("restored 1 candidates\n"), "\(run.error)")
  }

  @Test func aDamagedIndexNamesTheCommand() throws {
    #expect(try cand("index", Fixture.samples).exit == 0)
    #expect(try cand("backup", folder.file("b.db")).exit == 0)
    _ = try cand("forget", "018b18ef-0000-7dde-8044-23993fefa621")
    let damaged = try shell(#"rm -f i.db-*; truncate -s 100K i.db; "$CAND" engineer"#)
    #expect(damaged.exit == 4 && damaged.error.contains("cand-search restore FILE"), "\(damaged.error)")
    let restored = try cand("restore", folder.file("b.db"))
    #expect(
      restored.exit == 0 && restored.error == "restored 340 candidates, forgot 1 of them again\n",
      "\(restored.error)")
    #expect(try cand("check", "--full").exit == 0)
    #expect(try cand("--count").output == "339\n")
    for (backup, error) in [
      (
        Fixture.samples,
        "this file is not a backup of an index; name a file that cand-search backup has written"
      ),
      (folder.file("none.db"), "there is no backup here; name a file that cand-search backup has written"),
    ] {
      let refused = try cand("restore", backup)
      #expect(
        refused.exit == 4 && refused.error == "cand-search: \(backup): \(error)\n", "\(refused.error)")
    }
    let text = try folder.write("no index", to: "text")
    #expect(try cand("restore", folder.file("b.db"), "--index", text).exit == 4)
    #expect(try Fixture.text(of: text) == "no index")
    #expect(!FileManager.default.fileExists(atPath: text + "-sync"), "nothing is left beside it")
  }
}

extension Fixture {
  fileprivate static func text(of path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }
}
