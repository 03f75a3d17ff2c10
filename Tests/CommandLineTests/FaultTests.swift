import BenchmarkCorpus
import Foundation
import GRDB
import TestSupport
import Testing

/// Disks that are full, files that are damaged, gone or somebody else's: an error that says what to do, exit 4, and
/// the good data still there.
@Suite struct FaultTests {
  private let folder: TemporaryFolder
  private var environment: [String: String] { ["CAND_SEARCH_INDEX": folder.file("i.db")] }

  init() throws {
    folder = try TemporaryFolder()
    let corpus = Corpus(seed: 9)
    let records = (0..<1_500).map { String(decoding: corpus.record($0), as: UTF8.self) }
    try folder.write(records.prefix(300).joined(separator: "\n"), to: "few.ndjson")
    try folder.write(records.joined(separator: "\n"), to: "many.ndjson")
    let run = try cand("index", folder.file("few.ndjson"))
    #expect(run.exit == 0, "\(run.error)")
  }

  private func cand(_ arguments: String...) throws -> CommandRun {
    try CommandRun("cand-search", arguments, environment: environment)
  }

  private func shell(_ script: String) throws -> CommandRun { try folder.shell(script, environment) }

  private func expectGoodData() throws {
    #expect(try cand("--count").output == "300\n")
    #expect(try cand("check", "--full").exit == 0)
  }

  @Test func aFullDisk() throws {
    // A limit on the size of files stands for the disk: writes beyond it fail.
    let run = try shell(#"trap '' XFSZ; ulimit -f 900; "$CAND" index "$DIR/many.ndjson""#)
    #expect(run.exit == 4, "\(run.error)")
    #expect(run.error.contains("make room and run the same again"), "\(run.error)")
    try expectGoodData()
    #expect(try cand("index", folder.file("many.ndjson")).exit == 0)
    #expect(try cand("--count").output == "1500\n")
  }

  /// The refused records of a load that fails are a copy that `forget` names.
  @Test func theRejectsOfAFailingLoadAreNamed() throws {
    let run = try shell(
      #"""
      (echo '{"id":""}'; cat "$DIR/many.ndjson") > "$DIR/mixed.ndjson"
      trap '' XFSZ; ulimit -f 900; "$CAND" index --rejects "$DIR/r.ndjson" "$DIR/mixed.ndjson"
      """#)
    #expect(run.exit == 4, "\(run.error)")
    let forget = try cand("forget", "missing")
    #expect(forget.error.contains("note: not erased from the rejects of 2"), "\(forget.error)")
  }

  /// A file of refused records that does not fit leaves that of the run before.
  @Test func rejectsThatDoNotFitReplaceNoFile() throws {
    let first = try shell(#"echo '{"id":""}' | "$CAND" index --rejects "$DIR/r.ndjson" -"#)
    #expect(first.exit == 3, "\(first.error)")
    let old = try String(contentsOfFile: folder.file("r.ndjson"), encoding: .utf8)
    let run = try shell(
      #"""
      yes '{"id":"","title":"a title that makes the file of refused records long"}' | head -n 20000 > "$DIR/bad.ndjson"
      trap '' XFSZ; ulimit -f 900; "$CAND" index --rejects "$DIR/r.ndjson" "$DIR/bad.ndjson"
      """#)
    #expect(run.exit == 4, "\(run.error.suffix(500))")
    #expect(
      run.error.contains("cand-search: --rejects \(folder.file("r.ndjson")): "), "\(run.error.suffix(500))")
    #expect(try String(contentsOfFile: folder.file("r.ndjson"), encoding: .utf8) == old)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.allSatisfy { !$0.contains("partial") }, "\(names)")
    let full = try shell(#"echo '{"id":""}' | "$CAND" index --rejects /dev/full -"#)
    #expect(full.exit == 4 && full.error.contains("--rejects /dev/full: "), "\(full.error)")
    try expectGoodData()
  }

  @Test func aFullDiskInTheMiddleOfAReindex() throws {
    let run = try shell(#"trap '' XFSZ; ulimit -f 500; "$CAND" reindex"#)
    #expect(run.exit == 4, "\(run.error)")
    try expectGoodData()
  }

  @Test func aBackupThatDoesNotFitIsNoBackup() throws {
    let run = try shell(#"trap '' XFSZ; ulimit -f 100; "$CAND" backup "$DIR/copy.db""#)
    #expect(run.exit == 4, "\(run.error)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.contains("copy") })
    try expectGoodData()
  }

  /// What is done to the file, and what is said of it by a search and by an ingest.
  static let damages: [(name: String, damage: String, search: String, index: String)] = [
    (
      "no database", #"echo "not a database at all, but long enough" > "$DIR/i.db""#, "not an index",
      "not an index"
    ),
    ("empty", #": > "$DIR/i.db""#, "not an index", ""),
    ("removed", #"rm "$DIR/i.db""#, "there is no index here", ""),
    ("cut in half", #"truncate -s 100K "$DIR/i.db""#, "damaged", "damaged"),
    ("a folder", #"rm "$DIR/i.db"; mkdir "$DIR/i.db""#, "not an index", "not an index"),
  ]

  @Test(arguments: damages) func aFileThatIsNoSoundIndex(
    name: String, damage: String, search: String, index: String
  ) throws {
    _ = try shell(#"rm -f "$DIR"/i.db-wal "$DIR"/i.db-shm; "# + damage)
    let found = try cand("engineer")
    #expect(found.exit == 4 && found.error.contains(search), "\(found.exit) \(found.error)")
    let indexed = try cand("index", folder.file("many.ndjson"))
    #expect(indexed.exit == (index.isEmpty ? 0 : 4), "\(indexed.error)")
    #expect(index.isEmpty || indexed.error.contains(index), "\(indexed.error)")
  }

  @Test func aDamagedPageIsFoundAndMended() throws {
    // The leaves of the postings, which can be made anew; the records are whole.
    try DatabaseQueue(path: folder.file("i.db")).write { db in
      try db.execute(sql: "UPDATE posting_data SET block = zeroblob(length(block)) WHERE id > 100")
    }
    let check = try cand("check")
    #expect(check.exit == 3 && check.error.contains("--repair"), "\(check.error)")
    #expect(try cand("check", "--repair").exit == 0)
    try expectGoodData()
  }

  @Test func aFileThatIsRemovedUnderAReader() throws {
    let run = try shell(
      #"("$CAND" --limit 300 --format json | (sleep 0.3; rm -f "$DIR/i.db"; wc -l)); exit ${PIPESTATUS[0]}"#)
    #expect(run.exit == 0, "\(run.error)")
  }

  @Test func twoAtOnceWaitOrSaySo() throws {
    let run = try shell(
      """
      for i in 1 2; do "$CAND" reindex "$DIR/many.ndjson" & done; \
      for job in $(jobs -p); do wait $job || code=$?; done; exit ${code:-0}
      """)
    #expect(run.exit == 0 || run.exit == 4, "\(run.error)")
    #expect(try cand("check", "--full").exit == 0)
    #expect(try cand("--count").output == "1500\n")
  }
}
