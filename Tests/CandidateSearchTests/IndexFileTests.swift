import CandidateSearch
import Foundation
import GRDB
import TestSupport
import Testing

@Suite struct IndexFileTests {
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
    #expect(failure() == "there is no index here; make one with: cand-search index PATH…")
    #expect(!FileManager.default.fileExists(atPath: path))
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
        #expect(
          failure(access) == "this file is not an index of cand-search; name another with --index", "\(name)")
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
      ("UPDATE setting SET value = 0 WHERE name = 'document_version'", "older"),
      ("INSERT INTO grdb_migrations VALUES ('99')", "newer"),
    ]
    for (sql, message) in changes {
      try? FileManager.default.removeItem(atPath: path)
      try makeIndex()
      try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
      for access: CandidateIndex.Access in [.reading(), .writing] {
        #expect(failure(access)?.hasPrefix("written by an? \(message) version") != nil, "\(sql)")
        #expect(failure(access)?.contains(message) == true, "\(sql)")
      }
    }
  }

  @Test func aFolderThatCannotBeWrittenIsSaidSo() throws {
    let message = failureOf(path: "/proc/none/candidates.db")
    #expect(message.contains("cannot be written") && message.contains("--index"))
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

  @Test func aShellCanReadIt() throws {
    try makeIndex()
    let count = try DatabaseQueue(path: path).read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM posting WHERE posting MATCH 'title : nurse'")
    }
    #expect(count == 1)
  }
}
