import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

@Suite(.sqlite) struct IndexFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("candidates.db") }

  init() throws { folder = try TemporaryFolder() }

  private func makeIndex() throws {
    try CandidateIndex(path: path, access: .writing).add([#"{"id":"1","title":"Nurse"}"#])
  }

  /// The error that opening gives, with the path left out.
  private func failure(_ access: CandidateIndex.Access = .reading()) -> String? {
    do {
      _ = try CandidateIndex(path: path, access: access)
      return nil
    } catch {
      return "\(error)".replacing(path + ": ", with: "")
    }
  }

  @Test func aMissingIndexIsNotMadeByReading() {
    #expect(failure() == "there is no index here")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  /// A copy of an index has a rollback journal until it is changed. A process that is killed meanwhile leaves it.
  @Test func aChangeThatWasKilledInACopyIsUndone() throws {
    try makeIndex()
    let (copy, killed) = (folder.file("copy.db"), folder.file("killed.db"))
    try CandidateIndex(path: path).backup(to: copy)
    try DatabaseQueue(path: copy).inDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE; CREATE TABLE filler (x)")
      for _ in 0..<200 { try db.execute(sql: "INSERT INTO filler VALUES (randomblob(3000))") }
      for ending in ["", "-journal"] {
        try FileManager.default.copyItem(atPath: copy + ending, toPath: killed + ending)
      }
      try db.execute(sql: "ROLLBACK")
    }
    #expect(try CandidateIndex(path: killed).count("nurse") == 1)
    #expect(!FileManager.default.fileExists(atPath: killed + "-journal"))
  }

  @Test func theFileAndItsFolderAreTheOwnersAlone() throws {
    let nested = folder.file("a/b/candidates.db")
    try CandidateIndex(path: nested, access: .writing).add([#"{"id":"1"}"#])
    for file in [nested, nested + "-wal"] where FileManager.default.fileExists(atPath: file) {
      #expect(
        try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600, "\(file)")
    }
    let permissions =
      try FileManager.default.attributesOfItem(atPath: folder.file("a"))[.posixPermissions] as? Int
    #expect(permissions == 0o700)
  }

  @Test func whatIsNoIndexIsLeftAlone() throws {
    let kinds: [(name: String, make: () throws -> Void)] = [
      (
        "text",
        {
          try folder.write(
            "this is not a database, but it is long enough to be taken for one", to: "candidates.db")
        }
      ),
      (
        "another database",
        { try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE t (a)") } }
      ),
      (
        "another application's",
        { try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA application_id = 7") } }
      ),
    ]
    for (name, make) in kinds {
      try? FileManager.default.removeItem(atPath: path)
      try make()
      let before = try Data(contentsOf: URL(fileURLWithPath: path))
      for access: CandidateIndex.Access in [.reading(), .writing] {
        #expect(failure(access) == "this file is not an index of cand-search", "\(name)")
      }
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before, "\(name)")
    }
  }

  @Test func whatAKilledProcessBeganIsFinished() throws {
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    }
    try makeIndex()
    #expect(try CandidateIndex(path: path).count("nurse") == 1)
  }

  /// Tables that came later are no reason to refuse a file; whoever writes next makes them.
  @Test func aFileOfBeforeTheSyncIsReadAndLifted() throws {
    try makeIndex()
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "DROP TABLE sync; DELETE FROM grdb_migrations WHERE identifier = '2'")
    }
    let reader = try CandidateIndex(path: path)
    #expect(try reader.count("nurse") == 1)
    #expect(try reader.statistics().syncs.isEmpty && reader.syncStatus(connector: "a") == nil)
    _ = try CandidateIndex(path: path, access: .writing)
    let isThere = try DatabaseQueue(path: path).read { try $0.tableExists("sync") }
    #expect(isThere)
  }

  @Test func otherVersionsAreRefused() throws {
    let changes: [(sql: String, message: String)] = [
      ("UPDATE setting SET value = 99 WHERE name = 'document_version'", "newer"),
      ("UPDATE setting SET value = 0 WHERE name = 'document_version'", "too old"),
      ("UPDATE setting SET value = 3 WHERE name = 'document_version'", "older"),
      ("INSERT INTO grdb_migrations VALUES ('99')", "newer"),
    ]
    for (sql, message) in changes {
      try? FileManager.default.removeItem(atPath: path)
      try makeIndex()
      try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
      for access: CandidateIndex.Access in [.reading(), .writing] {
        #expect(failure(access)?.contains(message) == true, "\(sql)")
      }
    }
  }

  @Test func aFolderThatCannotBeWrittenIsSaidSo() throws {
    let message = failureOf(path: "/proc/none/candidates.db")
    #expect(message.contains("cannot be written") && !message.contains("--index"))
  }

  private func failureOf(path: String) -> String {
    do {
      _ = try CandidateIndex(path: path, access: .writing)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func aDamagedFileIsSaidSo() throws {
    try makeIndex()
    let records = (0..<2000).map { #"{"id":"x\#($0)","title":"Nurse \#($0)"}"# }
    try CandidateIndex(path: path, access: .writing).add(records)
    try DatabaseQueue(path: path).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    let size = try handle.seekToEnd()
    for offset in stride(from: UInt64(8192), to: size, by: 4096) {
      try handle.seek(toOffset: offset)
      try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
    }
    try handle.close()
    let error = #expect(throws: IndexError.self) {
      let index = try CandidateIndex(path: path)
      _ = try index.search("nurse")
    }
    #expect(error?.description.contains("damaged") == true, "\(String(describing: error))")
  }

  @Test func readersAndTheWriterDoNotWaitForOneAnother() throws {
    try makeIndex()
    let reader = try CandidateIndex(path: path)
    let other = try DatabaseQueue(path: path)
    try other.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      #expect(try reader.ids("nurse") == ["1"])
      try db.execute(sql: "ROLLBACK")
    }
  }

  /// Paths that SQLite would take for something else, and those that lead to no file of bytes.
  static let special: [(name: String, make: @Sendable (String) -> Bool)] = [
    ("a FIFO", { mkfifo($0, 0o600) == 0 }),
    ("a link to a device", { symlink("/dev/null", $0) == 0 }),
    ("a folder", { mkdir($0, 0o700) == 0 }),
  ]

  @Test(arguments: special) func whatIsNoFileOfBytesIsNoIndex(name: String, make: @Sendable (String) -> Bool)
    throws
  {
    #expect(make(path))
    for access: CandidateIndex.Access in [.reading(), .writing] {
      #expect(throws: IndexError.notAnIndex(path: path)) {
        try CandidateIndex(path: path, access: access)
      }
    }
  }

  @Test func aLinkToNothingIsSaidSo() throws {
    #expect(symlink(folder.file("nothing"), path) == 0)
    #expect(failure(.writing) == "cannot be written (No such file or directory)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("nothing")))
  }

  @Test func aFolderThatAnotherProcessLocksIsBusy() throws {
    try makeIndex()
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX) == 0)
    #expect(throws: IndexError.busy(path: path)) {
      try IndexFile(path: path, busyTimeout: 0.1).openForWriting()
    }
    #expect(try CandidateIndex(path: path).count("nurse") == 1, "readers do not wait")
    #expect(flock(descriptor, LOCK_UN) == 0)
    _ = try IndexFile(path: path, busyTimeout: 0.1).openForWriting()
  }

  // MARK: - Where nothing can be written

  @Test(arguments: ["c.db", "a b?mode=memory&x=%41#ü.db", "file:x.db"])
  func aFileThatDoesNotChangeIsReadWithoutCompanions(_ name: String) throws {
    let path = folder.file(name)
    try CandidateIndex(path: path, access: .writing).add([#"{"id":"1","title":"Nurse"}"#])
    for ending in ["-wal", "-shm"] { unlink(path + ending) }
    let immutable = try #require(try ImmutableFile(path: path) { _ in false })
    let queue = try DatabaseQueue(path: immutable.uri)
    #expect(try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM candidate") } == 1)
    #expect(!FileManager.default.fileExists(atPath: path + "-shm"))
    try immutable.expectUnchanged()
    #expect(try ImmutableFile(path: path) { _ in true } == nil)
  }

  @Test func aFileThatChangesIsNotReadAsImmutable() throws {
    try makeIndex()
    for ending in ["-wal", "-shm"] { unlink(path + ending) }
    let immutable = try #require(try ImmutableFile(path: path) { _ in false })
    let writer = try CandidateIndex(path: path, access: .writing)
    try writer.add([#"{"id":"2","title":"Nurse"}"#])
    #expect(throws: IndexError.changedWhileRead(path: path)) { try immutable.expectUnchanged() }
    #expect(FileManager.default.fileExists(atPath: path + "-wal"))
    try writer.write { try $0.execute(sql: "CREATE TABLE t (a)") }
    #expect(throws: IndexError.self) { try ImmutableFile(path: path) { _ in false } }
  }

  @Test func aShellCanReadIt() throws {
    try makeIndex()
    let count = try DatabaseQueue(path: path).read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM posting WHERE posting MATCH 'title : nurse'")
    }
    #expect(count == 1)
  }
}
