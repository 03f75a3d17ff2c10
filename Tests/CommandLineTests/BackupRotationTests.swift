import CandidateSearch
import Foundation
import GRDB
import TestSupport
import Testing

/// `cand-search backup FOLDER --keep N`, run by the real binary.
@Suite struct BackupRotationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let people = (1...3).map { #"{"id":"\#($0)","first_name":"Nora","last_name":"Quist\#($0)"}"# }
    try folder.write(people.joined(separator: "\n"), to: "in.ndjson")
    let load = try cand("index", folder.file("in.ndjson"))
    try #require(load.exit == 0, "\(load.error)")
    try FileManager.default.createDirectory(
      atPath: folder.file("b"), withIntermediateDirectories: false)
  }

  private func cand(_ arguments: String...) throws -> CommandRun { try cand(arguments) }

  private func cand(_ arguments: [String]) throws -> CommandRun {
    try CommandRun("cand-search", arguments, environment: ["CAND_SEARCH_INDEX": folder.file("i.db")])
  }

  private func names(in name: String = "b") throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.file(name)))
  }

  /// Writes a backup with an old time in its name.
  @discardableResult
  private func makeBackup(_ name: String) throws -> String {
    let run = try cand("backup", folder.file("b/\(name)"))
    try #require(run.exit == 0, "\(run.error)")
    return name
  }

  @Test func theOldestBeyondTheNumberAreRemoved() throws {
    let old = try (1...4).map { try makeBackup("i-2020010\($0)T000000Z.db") }
    let run = try cand("backup", folder.file("b"), "--keep", "3")
    #expect(run.exit == 0, "\(run.error)")
    let new = try #require(run.output.firstMatch(of: /\/(i-[0-9]{8}T[0-9]{6}Z\.db)\n$/)?.output.1)
    #expect(try names() == [old[2], old[3], String(new)])
    #expect(run.error == old[..<2].map { "removed \(folder.file("b/\($0)"))\n" }.joined())
    let found = try CommandRun(
      "cand-search", ["--count", "nora"], environment: ["CAND_SEARCH_INDEX": folder.file("b/\(new)")])
    #expect(found.output == "3\n")
    let permissions = try FileManager.default.attributesOfItem(atPath: folder.file("b/\(new)"))[
      .posixPermissions]
    #expect(permissions as? Int == 0o600)
  }

  @Test func aFolderNeedsANumber() throws {
    let run = try cand("backup", folder.file("b"))
    #expect(run.exit == 2 && run.error.contains("this is a folder; to write a new file into it: --keep N"))
    #expect(try names().isEmpty)
  }

  @Test func backupsOfOneSecondAreKeptInTheirOrder() throws {
    var written: [String] = []
    for _ in 1...6 {
      let run = try cand("backup", folder.file("b"), "--keep", "2")
      #expect(run.exit == 0, "\(run.error)")
      written += run.lines.map { URL(fileURLWithPath: $0).lastPathComponent }
      #expect(try names() == Set(written.suffix(2)))
    }
    #expect(Set(written).count == 6)
  }

  /// A clock that was ahead, or is slow now.
  @Test func theNewOneStaysWhateverTheTimesOfTheOthers() throws {
    try makeBackup("i-20990101T000000Z.db")
    try makeBackup("i-20990102T000000Z.db")
    let run = try cand("backup", folder.file("b"), "--keep", "1")
    #expect(try names().map { folder.file("b/\($0)") } == run.lines)
  }

  /// A file in the folder that is no backup of this index, and what is said of it; nil if nothing.
  struct Other: CustomStringConvertible, Sendable {
    let name: String
    let script: String
    let note: String?
    var description: String { "\(name): \(script)" }
  }

  static let others: [Other] = [
    .init(name: "letter.txt", script: "echo hi > $F", note: nil),
    .init(name: "i.db", script: "cp $DIR/i.db $F", note: nil),
    .init(name: "i-20200101T000000Z.db.bak", script: "cp $DIR/copy.db $F", note: nil),
    .init(name: "i-20200101T000000Z", script: "cp $DIR/copy.db $F", note: nil),
    .init(name: "i-20200101T006000Z.db", script: "cp $DIR/copy.db $F", note: nil),
    .init(name: "i-20200230T000000Z.db", script: "cp $DIR/copy.db $F", note: nil),
    .init(name: "i-20200101T000000Z-1.db", script: "cp $DIR/copy.db $F", note: nil),
    .init(name: "i-20200101T000000Z-02.db", script: "cp $DIR/copy.db $F", note: nil),
    .init(name: "i-٢٠٢٠0101T000000Z.db", script: "cp $DIR/copy.db $F", note: nil),
    .init(name: "other-20200101T000000Z.db", script: "cp $DIR/copy.db $F", note: nil),
    .init(name: "i\n-20200101T000000Z.db", script: "cp $DIR/copy.db $F", note: nil),
    .init(name: "i-20200101T000000Z.db", script: "echo hi > $F", note: "not an index of cand-search"),
    .init(name: "i-20200101T000000Z.db", script: ": > $F", note: "not an index of cand-search"),
    .init(name: "i-20200101T000000Z.db", script: "head -c 20000 $DIR/copy.db > $F", note: "damaged"),
    .init(name: "i-20200101T000000Z.db", script: "mkdir $F", note: "not a file of its own"),
    .init(name: "i-20200101T000000Z.db", script: "mkfifo $F", note: "not a file of its own"),
    .init(name: "i-20200101T000000Z.db", script: "ln -s $DIR/copy.db $F", note: "not a file of its own"),
    .init(name: "i-20200101T000000Z.db", script: "ln -s /nonexistent $F", note: "not a file of its own"),
    .init(name: "i-20200101T000000Z.db", script: "ln $DIR/i.db $F", note: "not a file of its own"),
    .init(name: "i-20200101T000000Z.db", script: "cp $DIR/i.db $F", note: "used it as an index"),
    .init(
      name: "i-20200101T000000Z.db",
      script:
        #"CAND_SEARCH_INDEX=$DIR/x.db "$CAND" index $DIR/in.ndjson; "$CAND" backup --index $DIR/x.db $F"#,
      note: "a backup of another index"),
    .init(
      name: "i-20200101T000000Z.db.partial-1x", script: "echo hi > $F", note: "an unfinished backup"),
  ]

  @Test(arguments: others) func noOtherFileIsTouched(_ other: Other) throws {
    #expect(try cand("backup", folder.file("copy.db")).exit == 0)
    let path = folder.file("b/\(other.name)")
    let made = try folder.shell(
      #"F="$FILE"; "# + other.script.replacing("$F", with: #""$F""#), ["FILE": path])
    try #require(made.exit == 0, "\(made.error)")
    try makeBackup("i-20190101T000000Z.db")
    let (before, state) = (
      try names(), try folder.shell(#"stat -c '%i %s %F' "$FILE""#, ["FILE": path]).output
    )
    let run = try cand("backup", folder.file("b"), "--keep", "1")
    #expect(run.exit == 0, "\(run.error)")
    #expect(try names().contains(other.name))
    // The backup of 2019 is gone, the new one is there, and nothing was created beside the other file.
    let new = URL(fileURLWithPath: run.lines.joined()).lastPathComponent
    #expect(try names() == before.subtracting(["i-20190101T000000Z.db"]).union([new]))
    #expect(try folder.shell(#"stat -c '%i %s %F' "$FILE""#, ["FILE": path]).output == state)
    let notes = run.error.split(separator: "\n").filter { $0.hasPrefix("note: left as it is: ") }
    #expect(notes.count == (other.note == nil ? 0 : 1), "\(run.error)")
    #expect(other.note.map { note in notes.contains { $0.contains(note) } } ?? true, "\(run.error)")
  }

  @Test(arguments: [["--keep", "0"], ["--keep=-1"], ["--keep", "x"], ["--keep", "99999999999999999999"]])
  func aWrongNumberWritesNothing(_ arguments: [String]) throws {
    let run = try cand(["backup", folder.file("b")] + arguments)
    #expect(run.exit == 2, "\(run.error)")
    #expect(try names() == [])
  }

  /// A folder into which nothing can be written, and what is said.
  static let folders: [(name: String, path: String, text: String)] = [
    ("missing", "nowhere", "there is no such folder"),
    ("a file", "in.ndjson", "it is not a folder"),
    ("read only", "/proc/self", "cannot be written"),
    ("a link to nothing", "dangling", "there is no such folder"),
  ]

  @Test(arguments: folders) func aFolderThatCannotBeUsed(name: String, path: String, text: String) throws {
    _ = try folder.shell("ln -s nothing dangling")
    let run = try cand("backup", path.hasPrefix("/") ? path : folder.file(path), "--keep", "2")
    #expect(run.exit == 4 && run.error.contains(text) && run.output == "", "\(name): \(run.error)")
  }

  @Test func anIndexWithALongNameIsAnError() throws {
    let path = folder.file(String(repeating: "n", count: 225) + ".db")
    #expect(try cand("index", "--index", path, folder.file("in.ndjson")).exit == 0)
    let run = try cand("backup", "--index", path, folder.file("b"), "--keep", "2")
    #expect(run.exit == 4 && run.error.contains("File name too long"), "\(run.error)")
    #expect(try names() == [])
  }

  @Test func aBackupThatDoesNotFitRemovesNothing() throws {
    let old = try (1...3).map { try makeBackup("i-2020010\($0)T000000Z.db") }
    let run = try folder.shell(
      #"trap '' XFSZ; ulimit -f 100; "$CAND" backup "$DIR/b" --keep 1"#,
      ["CAND_SEARCH_INDEX": folder.file("i.db")])
    #expect(run.exit == 4 && run.output == "", "\(run.error)")
    #expect(try names() == Set(old))
  }

  @Test func aDamagedIndexRemovesNothing() throws {
    let old = try (1...3).map { try makeBackup("i-2020010\($0)T000000Z.db") }
    let queue = try DatabaseQueue(path: folder.file("i.db"))
    try queue.write { try $0.execute(sql: "DELETE FROM record") }
    try queue.close()
    let run = try cand("backup", folder.file("b"), "--keep", "1")
    #expect(run.exit == 4, "\(run.error)")
    #expect(try names() == Set(old))
  }

  @Test(.slow) func killedAtAnyMomentItLeavesTheOlderOnes() throws {
    let old = try (1...4).map { try makeBackup("i-2020010\($0)T000000Z.db") }
    for milliseconds in stride(from: 0, through: 60, by: 4) {
      let run = try folder.shell(
        #""$CAND" backup "$DIR/b" --keep 4 & sleep $WAIT; kill -9 $! 2>/dev/null; wait"#,
        ["CAND_SEARCH_INDEX": folder.file("i.db"), "WAIT": "0.0\(milliseconds / 10)\(milliseconds % 10)"])
      let backups = try names().filter { $0.hasSuffix(".db") }
      #expect(backups.count >= 4, "\(milliseconds) ms: \(run.error)")
    }
    for name in try names() where name.hasSuffix(".db") {
      #expect(try cand("check", "--index", folder.file("b/\(name)")).exit == 0, "\(name), beside \(old)")
    }
  }

  // MARK: - Forgetting

  /// The path of each backup that `forget` names, and when it is removed.
  private func notes() throws -> [String: String] {
    let error = try cand("forget", "--connector", "none", "1").error
    let notes = error.matches(of: /note: not erased from the backup of 20[^ ]+Z, which (.*): (\/.*)\n/)
    return Dictionary(uniqueKeysWithValues: notes.map { (String($0.output.2), String($0.output.1)) })
  }

  @Test func forgettingStatesWhenEachBackupIsRemoved() throws {
    try makeBackup("i-20200101T000000Z.db")
    let paths = try (1...3).flatMap { _ in try cand("backup", folder.file("b"), "--keep", "3").lines }
    let runs = { (count: Int) in "backup --keep removes in \(count) run\(count == 1 ? "" : "s")" }
    // The first was removed, and is not named.
    #expect(try notes() == [paths[0]: runs(1), paths[1]: runs(2), paths[2]: runs(3)])
    try FileManager.default.removeItem(atPath: paths[1])
    #expect(try notes() == [paths[0]: runs(2), paths[2]: runs(3)])
    #expect(try cand("backup", folder.file("single.db")).exit == 0)
    #expect(try notes()[folder.file("single.db")] == "exists until you remove it")
  }

  /// Backups that could not be noted, as those of a user who may only read the index, are noted by a later rotation.
  @Test func aRotationNotesWhatWasNotNoted() throws {
    #expect(try cand("backup", folder.file("b"), "--keep", "3").exit == 0)
    let queue = try DatabaseQueue(path: folder.file("i.db"))
    try queue.write { try $0.execute(sql: "DELETE FROM known_copy") }
    try queue.close()
    #expect(try notes().isEmpty)
    #expect(try cand("backup", folder.file("b"), "--keep", "3").exit == 0)
    #expect(try notes().count == 2)
  }

  /// The folder is named once by its path, once by a link, once from inside.
  @Test func aBackupIsNamedOnceWhateverTheFolderIsCalled() throws {
    _ = try folder.shell("ln -s b link")
    for argument in ["$DIR/b", "$DIR/link/", "./b/../b", "b"] {
      let run = try folder.shell(
        #""$CAND" backup \#(argument) --keep 2"#, ["CAND_SEARCH_INDEX": folder.file("i.db")])
      #expect(run.exit == 0, "\(run.error)")
    }
    #expect(try notes().count == 2)
  }
}
