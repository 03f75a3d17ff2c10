import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Bringing a backup back.
@Suite(.sqlite) struct RestoreTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("candidates.db") }
  private var copy: String { folder.file("copy.db") }

  init() throws { folder = try TemporaryFolder() }

  private static func record(_ i: Int, title: String = "Nurse") -> String {
    #"{"id":"\#(i)","first_name":"Firstname\#(i)","title":"\#(title)","last_interaction_at":"2021-07-0\#(i % 9 + 1)"}"#
  }

  /// An index of ten nurses that has a backup, and has gone on to be one of chefs.
  private func makeIndex() throws -> CandidateIndex {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add((0..<10).map { Self.record($0) })
    try index.backup(to: copy)
    try index.add((0..<30).map { Self.record($0, title: "Chef") })
    return index
  }

  private func expectNothingElseInTheFolder() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.allSatisfy { !$0.contains("restoring") && !$0.contains("partial") }, "\(names)")
  }

  @Test func openReadersAndWritersSeeTheBackup() throws {
    let index = try makeIndex()
    let reader = try CandidateIndex(path: path)
    #expect(try reader.count("chef") == 30)
    #expect(try reader.facets("", of: [.title])[0].distinct == 1)
    let generation = try index.snapshot { try $0.generation() }
    #expect(try CandidateIndex.restore(from: copy, to: path) == RestoreSummary(candidates: 10))
    for index in [index, reader] {
      #expect(try index.count("chef") == 0)
      #expect(try index.count("nurse") == 10)
      #expect(
        try index.facets("", of: [.title])[0].values.map(\.count) == [10], "nothing old is kept in memory")
    }
    #expect(try index.snapshot { try $0.generation() } > generation)
    #expect(try index.add((0..<30).map { Self.record($0, title: "Chef") }).counts == [20, 10, 0, 0, 0])
    #expect(try reader.count("chef") == 30)
    #expect(try index.check(isFull: true).problems == [])
    try expectNothingElseInTheFolder()
  }

  @Test func aMissingIndexIsMade() throws {
    _ = try makeIndex()
    let new = folder.file("a/new.db")
    #expect(try CandidateIndex.restore(from: copy, to: new).candidates == 10)
    #expect(try CandidateIndex(path: new).count("nurse") == 10)
    #expect(try FileManager.default.attributesOfItem(atPath: new)[.posixPermissions] as? Int == 0o600)
    #expect(try CandidateIndex(path: new, access: .writing).check(isFull: true).problems == [])
  }

  // MARK: - Forgotten candidates

  /// The texts that occur in any file of the index.
  private func found(_ texts: [String]) throws -> [String] {
    let contents = try ["", "-wal", "-shm"].map { path + $0 }
      .filter { FileManager.default.fileExists(atPath: $0) }
      .map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
    return texts.filter { text in contents.contains { $0.range(of: Data(text.utf8)) != nil } }
  }

  @Test func whoWasForgottenSinceStaysForgotten() throws {
    let index = try makeIndex()
    _ = try index.forget(ids: ["3", "20"])
    #expect(try CandidateIndex.restore(from: copy, to: path) == RestoreSummary(candidates: 9, forgotten: 1))
    #expect(try !index.ids("nurse").contains("3"))
    #expect(try found(["Firstname3", "firstname3"]) == [])
    #expect(try index.add([Self.record(3), Self.record(20)]).forgotten == 2)
    #expect(try index.forgottenCount() == 2)
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func whoTheBackupForgetsStaysForgotten() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add((0..<3).map { Self.record($0) })
    _ = try index.forget(ids: ["1"])
    try index.backup(to: copy)
    _ = try index.undoForget(ids: ["1"])
    #expect(try CandidateIndex.restore(from: copy, to: path).otherHashes == 0)
    #expect(try index.add([Self.record(1)]).added == 1, "the index says who is forgotten")
    let new = folder.file("new.db")
    try CandidateIndex.restore(from: copy, to: new)
    #expect(try CandidateIndex(path: new, access: .writing).add([Self.record(1)]).forgotten == 1)
  }

  @Test func hashesOfAnotherKeyAreTold() throws {
    let other = try CandidateIndex(path: folder.file("other.db"), access: .writing)
    try other.add((0..<5).map { Self.record($0) })
    _ = try other.forget(ids: ["1", "2"])
    try other.backup(to: copy)
    let index = try CandidateIndex(path: path, access: .writing)
    _ = try index.forget(ids: ["4"])
    #expect(
      try CandidateIndex.restore(from: copy, to: path)
        == RestoreSummary(candidates: 2, forgotten: 1, otherHashes: 2))
    #expect(try index.add([Self.record(4)]).forgotten == 1)
  }

  @Test func whoIsForgottenMeanwhileStaysForgotten() throws {
    let index = try makeIndex()
    var calls = 0
    let summary = try Restore(backup: IndexFile(path: copy), target: IndexFile(path: path), steps: .standard)
      .run {
        calls += 1
        if calls == 1 { _ = try index.forget(ids: ["5"]) }
      }
    #expect(calls == 2 && summary == RestoreSummary(candidates: 9, forgotten: 1))
    #expect(try found(["Firstname5", "firstname5"]) == [])
  }

  @Test func anIndexThatIsWrittenToAllTheTimeIsBusy() throws {
    let index = try makeIndex()
    var calls = 0
    #expect(throws: IndexError.busy(path: path)) {
      try Restore(backup: IndexFile(path: copy), target: IndexFile(path: path), steps: .standard).run {
        calls += 1
        try index.add([Self.record(100 + calls)])
      }
    }
    #expect(calls == 5)
    #expect(try index.count("") == 35)
    try expectNothingElseInTheFolder()
  }

  // MARK: - Damage

  /// What is done to the index, and what a restore says of it; nil if it works.
  struct Damage: Sendable, CustomStringConvertible {
    let description: String
    var kept: Double = 1
    var zeroesForgotten = false
    var replacesHeader = false
    let error: String?
  }

  static let damages: [Damage] = [
    Damage(description: "cut short", kept: 0.6, error: nil),
    Damage(
      description: "where it tells who is forgotten", zeroesForgotten: true,
      error: "the list of who is forgotten"),
    Damage(description: "its header", replacesHeader: true, error: "not an index"),
  ]

  @Test(arguments: damages) func aDamagedIndexIsReplaced(_ damage: Damage) throws {
    do {
      let index = try makeIndex()
      _ = try index.forget(ids: ["3"])
    }
    let root = try DatabaseQueue(path: path).writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      return try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'forgotten'") ?? 0
    }
    for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    if damage.zeroesForgotten {
      try file.seek(toOffset: UInt64(root - 1) * 8192)
      try file.write(contentsOf: Data(repeating: 0xA5, count: 8192))
    }
    if damage.replacesHeader { try file.write(contentsOf: Data(repeating: 0xA5, count: 8192)) }
    try file.truncate(atOffset: UInt64(Double(try file.seekToEnd()) * damage.kept))
    try file.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    guard let text = damage.error else {
      #expect(try CandidateIndex.restore(from: copy, to: path) == RestoreSummary(candidates: 9, forgotten: 1))
      #expect(try CandidateIndex(path: path, access: .writing).check(isFull: true).problems == [])
      return
    }
    let error = #expect(throws: IndexError.self) { try CandidateIndex.restore(from: copy, to: path) }
    #expect(error?.description.contains(text) == true, "\(String(describing: error))")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    try expectNothingElseInTheFolder()
  }

  /// What is wrong with a backup, and what is said of it.
  static let backups: [(name: String, sql: String?, text: String)] = [
    ("missing", nil, "there is no index here"),
    ("another application's", "PRAGMA application_id = 7", "not an index"),
    ("newer", "UPDATE setting SET value = 99 WHERE name = 'document_version'", "newer version"),
    ("without a record", "DELETE FROM record WHERE number = 3", "damaged"),
    ("without a posting", "INSERT INTO posting (posting) VALUES ('delete-all')", "damaged"),
  ]

  @Test(arguments: backups) func aBackupThatIsNotSoundChangesNothing(name: String, sql: String?, text: String)
    throws
  {
    let index = try makeIndex()
    if let sql {
      try DatabaseQueue(path: copy).writeWithoutTransaction { try $0.execute(sql: sql) }
    } else {
      try FileManager.default.removeItem(atPath: copy)
    }
    for target in [path, folder.file("new.db")] {
      let error = #expect(throws: IndexError.self) {
        try CandidateIndex.restore(from: copy, to: target)
      }
      #expect(error?.description.contains(text) == true, "\(String(describing: error))")
      #expect(error?.description.contains(copy) == true, "\(String(describing: error))")
    }
    #expect(try index.count("chef") == 30)
    #expect(!FileManager.default.fileExists(atPath: folder.file("new.db")))
    try expectNothingElseInTheFolder()
  }

  @Test func anOlderBackupIsRebuilt() throws {
    let index = try makeIndex()
    try DatabaseQueue(path: copy).write {
      try $0.execute(sql: "UPDATE setting SET value = 3 WHERE name = 'document_version'")
    }
    #expect(try CandidateIndex.restore(from: copy, to: path).candidates == 10)
    #expect(try index.count("nurse") == 10)
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func anIndexOfOtherPagesIsReplaced() throws {
    let other = folder.file("other.db")
    _ = try makeIndex()
    try DatabaseQueue(path: other).writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA page_size = 4096; VACUUM")
    }
    let index = try CandidateIndex(path: other, access: .writing)
    #expect(try index.read { try Int.fetchOne($0, sql: "PRAGMA page_size") } == 4096)
    try CandidateIndex.restore(from: copy, to: other)
    #expect(try index.count("nurse") == 10)
  }

  @Test func theIndexIsNoBackupOfItself() throws {
    let index = try makeIndex()
    #expect(throws: IndexError.self) { try CandidateIndex.restore(from: path, to: path) }
    #expect(try index.count("chef") == 30)
  }

  /// The draft of a restore that was killed is as much a copy as a backup.
  @Test func forgettingRemovesTheDraftOfAKilledRestore() throws {
    let index = try makeIndex()
    let draft = path + "-restoring"
    try FileManager.default.copyItem(atPath: copy, toPath: draft)
    let lock = try #require(try ConnectorLock(path: path, connector: "\u{0}restore"))
    _ = try index.forget(ids: ["1"])
    #expect(FileManager.default.fileExists(atPath: draft), "of a restore that is running")
    lock.release()
    _ = try index.forget(ids: ["2"])
    #expect(!FileManager.default.fileExists(atPath: draft))
  }

  @Test func idsOfForgottenPeopleAreNotRequestedAgain() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    var refused = RefusedIDs([])
    for id in ["x1", "x2"] { refused.insert(id) }
    let status = SyncStatus(connector: "a", kind: .full, begunAt: .now)
    try index.store(status, refused, connector: "a")
    try index.backup(to: copy)
    _ = try index.forget(ids: ["X1"])
    #expect(try index.refusedIDs(connector: "a").all == ["x2"])
    try CandidateIndex.restore(from: copy, to: path)
    #expect(try index.refusedIDs(connector: "a").all == ["x2"])
  }

  @Test func twoRestoresDoNotMix() throws {
    _ = try makeIndex()
    let lock = try #require(try ConnectorLock(path: path, connector: "\u{0}restore"))
    #expect(throws: IndexError.busy(path: path)) { try CandidateIndex.restore(from: copy, to: path) }
    lock.release()
    #expect(try CandidateIndex.restore(from: copy, to: path).candidates == 10)
  }
}
