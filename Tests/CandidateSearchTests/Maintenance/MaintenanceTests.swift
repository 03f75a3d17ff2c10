import Dispatch
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch

/// Making an index equal to an export, mending it, copying it.
@Suite struct MaintenanceTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("candidates.db") }

  init() throws { folder = try TemporaryFolder() }

  private static func record(_ i: Int, title: String = "Nurse") -> String {
    #"{"id":"\#(i)","first_name":"Ada","title":"\#(title)","last_interaction_at":"2021-07-0\#(i % 9 + 1)"}"#
  }

  private func index(of numbers: Range<Int>, connector: String = "") throws -> CandidateIndex {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add(numbers.map { Self.record($0) }, connector: connector)
    return index
  }

  @Test(arguments: [(-1, 0), (0, -1), (.min, .min), (.max, .max)])
  func aPostingWithAnyNumbersHasAHash(column: Int, offset: Int) {
    let hash = Array("nurse".utf8).withUnsafeBytes { PostingSums.hash($0, column: column, offset: offset) }
    #expect(hash != Array("nurse".utf8).withUnsafeBytes { PostingSums.hash($0, column: 1, offset: 1) })
  }

  private static func replace(
    _ index: CandidateIndex, with records: [String], connector: String = "",
    guard removalGuard: RemovalGuard = .init(),
    isDryRun: Bool = false
  ) throws -> ReplacementSummary {
    try index.replace(connector: connector, guard: removalGuard, isDryRun: isDryRun) { ingest in
      ingest.batchRecords = 7
      try ingest.add(ByteSource(bytes: Array(records.joined(separator: "\n").utf8), name: "export"))
    }
  }

  // MARK: - Removal

  /// How many of so many candidates an export lacks, and whether they are removed.
  static let guards: [(name: String, all: Int, missing: Int, guard: RemovalGuard, isRemoved: Bool)] = [
    ("none", 50, 0, .init(), true),
    ("all of few", 50, 50, .init(), false),
    ("half of few", 50, 25, .init(), true),
    ("more than half of few", 50, 26, .init(), false),
    ("100 of 101 that remain with one new", 100, 99, .init(), false),
    ("a hundred, half of them", 199, 100, .init(), true),
    ("more than half, less than a hundred", 197, 100, .init(), false),
    ("more than a hundred and a tenth, less than half", 300, 101, .init(), false),
    ("none beyond the share", 50, 6, .init(share: 0.1, always: 0), false),
    ("more than half, allowed", 9, 9, .init(share: 0.9, always: 0), true),
    ("more than a hundred, less than a tenth", 2000, 150, .init(), true),
    ("more than a tenth", 2000, 201, .init(), false),
    ("more than a tenth, allowed", 2000, 201, .init(share: 0.11), true),
    ("more than is allowed", 2000, 300, .init(share: 0.11), false),
  ]

  @Test(.slow, arguments: guards) func removesNoMoreThanTheGuardAllows(
    name: String, all: Int, missing: Int, removalGuard: RemovalGuard, isRemoved: Bool
  ) throws {
    let index = try index(of: 0..<all)
    let export = (missing..<all).map { Self.record($0) } + [Self.record(all)]
    let result = try Self.replace(index, with: export, guard: removalGuard)
    #expect(result.records.counts == [1, 0, all - missing, 0, 0])
    if isRemoved {
      #expect(result.removal == .removed(missing))
      #expect(try index.count("nurse") == all - missing + 1)
    } else {
      guard case .guarded(missing, all + 1, let examples) = result.removal else {
        Issue.record("\(result.removal)")
        return
      }
      #expect(examples.count == 3)
      #expect(try index.count("nurse") == all + 1)
    }
    #expect(try index.check(isFull: true).problems == [])
  }

  /// The share that the program suggests after a refusal, a whole number of percent, is enough.
  @Test func theSuggestedShareIsAllowed() {
    for candidates in 1...300 {
      for removals in 0...candidates {
        let percent = RemovalGuard.smallestPercentage(allowing: removals, of: candidates)
        #expect(
          RemovalGuard(share: Double(percent) / 100, always: 0).allows(removals, of: candidates),
          "\(removals) of \(candidates)")
      }
    }
  }

  @Test func anEmptyInputKeepsEverything() throws {
    let index = try index(of: 0..<5)
    #expect(try Self.replace(index, with: []).removal == .inputEmpty)
    #expect(try Self.replace(index, with: ["  "]).removal == .inputEmpty)
    #expect(try index.count("") == 5)
  }

  @Test func whatAnotherProcessAddsMeanwhileStays() throws {
    let index = try index(of: 0..<3)
    let result = try index.replace { ingest in
      try ingest.add(ByteSource(bytes: Array(Self.record(0).utf8), name: "export"))
      _ = try index.delete(ids: ["2"])
      try index.add([Self.record(7)])
    }
    #expect(result.removal == .removed(1))
    #expect(Set(try index.ids("")) == ["0", "7"])
  }

  @Test func customFieldsThatComeMeanwhileAreIndexed() throws {
    func record(_ i: Int, _ visa: String) -> String { #"{"id":"\#(i)","custom_fields":{"visa":"\#(visa)"}}"# }
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add([record(1, "yes")])
    try index.ingest { ingest in
      try index.addCustomFields(Set([CustomField("visa")].compactMap(\.self)))
      let records = [record(1, "maybe"), record(2, "yes")].joined(separator: "\n")
      try ingest.add(ByteSource(bytes: Array(records.utf8), name: "late"))
    }
    #expect(try index.ids("custom.visa:yes") == ["2"])
    #expect(try index.ids("custom.visa:maybe") == ["1"])
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func whatCannotBeReadIsTakenOutAndComesBack() throws {
    let index = try index(of: 0..<6)
    try DatabaseQueue(path: path).write { db in
      try db.execute(
        sql: "UPDATE record SET json = '{\"id\":' WHERE number = 2; DELETE FROM record WHERE number = 3")
    }
    let error = #expect(throws: IndexError.self) { try index.ids("nurse") }
    #expect(error?.description.contains("a stored record cannot be read") == true)
    #expect(try !index.check().isSound)
    #expect(try index.repair() == 2)
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.add((0..<6).map { Self.record($0) }).added == 2)
  }

  /// Records with more postings than a load holds in memory, so that segments are written while records are read.
  private static let large = (0..<120).map { i in
    let tags = (0..<250).map { #""a tag of a person \#(i) with number \#($0)""# }.joined(separator: ",")
    return #"{"id":"\#(i)","tags":[\#(tags)]}"#
  }

  @Test func aLargeIndexIsRepairedAndUpgraded() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add(Self.large)
    #expect(try index.repair() == 0)
    #expect(try index.check(isFull: true).problems == [])
    try DatabaseQueue(path: path).write { db in
      try db.execute(
        sql: "UPDATE setting SET value = \(Document.version - 1) WHERE name = 'document_version'")
    }
    try FileManager.default.copyItem(atPath: path, toPath: folder.file("older.db"))
    #expect(try index.rebuild() == Self.large.count)
    #expect(try index.count("tag:\"a tag of a person 7 with number 99\"") == 1)
    try CandidateIndex.restore(from: folder.file("older.db"), to: folder.file("restored.db"))
    let restored = try CandidateIndex(path: folder.file("restored.db"), access: .writing)
    #expect(try restored.check(isFull: true).problems == [])
    #expect(try restored.count("tag:\"a tag of a person 7 with number 99\"") == 1)
  }

  @Test func aRefusedRecordKeepsEverything() throws {
    let index = try index(of: 0..<5)
    let result = try Self.replace(index, with: [Self.record(0), "nonsense"])
    #expect(result.removal == .inputIncomplete)
    #expect(try index.count("") == 5)
  }

  @Test func onlyTheConnectorsCandidatesAreRemoved() throws {
    let index = try index(of: 0..<5, connector: "lever")
    try index.add([Self.record(1), Self.record(9)], connector: "other")
    let result = try Self.replace(index, with: (1..<4).map { Self.record($0) }, connector: "lever")
    #expect(result.removal == .removed(2))
    #expect(try index.count("connector:other") == 2)
    #expect(try index.count("connector:lever") == 3)
  }

  @Test func aDryRunChangesNothing() throws {
    let index = try index(of: 0..<30)
    let export = (15..<40).map { Self.record($0, title: $0 < 20 ? "Chef" : "Nurse") }
    let result = try Self.replace(index, with: export, isDryRun: true)
    #expect(result.records.counts == [10, 5, 10, 0, 0])
    #expect(result.removal == .wouldRemove(15, examples: ["0", "1", "2"]))
    #expect(try index.count("") == 30)
    #expect(try index.count("chef") == 0)
  }

  // MARK: - Rebuilding

  @Test func aRebuiltIndexFindsTheSame() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.ingest { try $0.add(ByteSource(path: Fixture.samples)) }
    let queries = [
      "", "engineer", "o'brien", "山田", "tag:JUNIOR", "created:2018-04", "last_name:smith", "-title:*",
    ]
    let before = try queries.map { try index.ids($0, limit: 1000) }
    #expect(try index.rebuild() == 340)
    #expect(try queries.map { try index.ids($0, limit: 1000) } == before)
    #expect(try index.check(isFull: true).problems == [])
  }

  /// Another thread reads the records in batches, of which there are more than may wait.
  @Test func allBatchesOfARebuildArrive() throws {
    let index = try index(of: 0..<3_300)
    try index.write { db in
      try db.execute(sql: "UPDATE candidate SET created_at = number, sort_name = 'x' WHERE number % 3 = 0")
      try db.execute(
        sql: "DELETE FROM vocabulary WHERE term = 'nurse'; DELETE FROM posting_data WHERE id > 10")
    }
    var progress: [Int] = []
    #expect(try index.rebuild { progress.append($0) } == 3_300)
    #expect(progress == [])
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.count("nurse") == 3_300)
  }

  @Test func aRebuildThatCannotReadARecordChangesNothing() throws {
    let index = try index(of: 0..<1_200)
    try index.write { try $0.execute(sql: "UPDATE record SET json = '{' WHERE number = 900") }
    #expect(throws: IndexError.self) { try index.rebuild() }
    #expect(try index.count("nurse") == 1_200)
    #expect(try index.repair() == 1)
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test(arguments: [1, 2, 1_000]) func segmentsAreRemovedInParts(_ blocks: Int) throws {
    let index = try index(of: 0..<400)
    try index.write { db in
      let segments = Segments(db: db)
      try segments.removeContents(blocks: blocks)
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM posting_data WHERE id > 10") == 0)
      try db.execute(sql: "DROP TABLE posting")
      try Schema.createPostings(db)
    }
    try index.rebuild()
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func aReaderSeesTheOldIndexUntilTheNewOneIsThere() throws {
    let index = try index(of: 0..<50)
    let reader = try CandidateIndex(path: path)
    #expect(try reader.count("nurse") == 50)
    try index.rebuild { _ in }
    #expect(try reader.count("nurse") == 50)
  }

  @Test func anOlderVersionIsLifted() throws {
    _ = try index(of: 0..<20)
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "UPDATE setting SET value = 3 WHERE name = 'document_version'")
      try db.execute(sql: "DROP TABLE posting; CREATE VIRTUAL TABLE posting USING fts5(whatever)")
    }
    #expect(throws: IndexError.self) { try CandidateIndex(path: path, access: .writing) }
    let index = try CandidateIndex(path: path, access: .rebuilding)
    try index.rebuild()
    #expect(try CandidateIndex(path: path).count("nurse") == 20)
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func customFieldsAreFoundFromWhenTheyAreAskedFor() throws {
    let record = #"{"id":"1","custom_fields":{"Hire Source":["Fair","web"],"nationality":"USA","n":null}}"#
    let index = try CandidateIndex.holding(record)
    #expect(throws: QueryError.self) { try index.count("custom.hire_source:fair") }
    try index.addCustomFields(Set(["Hire Source"].compactMap { CustomField($0) }))
    #expect(try index.ids("custom.hire_source:fair") == ["1"])
    #expect(try index.ids("custom.hire_source:WE*") == ["1"])
    #expect(throws: QueryError.self) { try index.count("custom.nationality:usa") }
    #expect(try index.ids("fair") == [], "never part of free text")
    try index.add([#"{"id":"1","custom_fields":{"hire_source":"mail"}}"#])
    #expect(try index.ids("custom.hire_source:fair") == [])
    #expect(try index.check(isFull: true).problems == [])
  }

  // MARK: - Deleting

  @Test func whatIsDeletedMayComeBack() throws {
    let index = try index(of: 0..<9)
    #expect(Set(try index.delete(ids: ["3", "nobody", "5", "3"])) == ["3", "5"])
    #expect(try index.count("nurse") == 7)
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.add([Self.record(3)]).added == 1)
    #expect(try index.count("nurse") == 8)
  }

  // MARK: - Checking

  /// What is done to an index, and what the check says of it.
  static let damages: [(name: String, sql: String, problem: String)] = [
    ("a posting too few", "INSERT INTO posting (posting) VALUES ('delete-all')", "not in the postings"),
    (
      "a posting too many", "INSERT INTO posting (rowid, keys) VALUES (7, char(0xE000) || 'a')",
      "no candidate has it"
    ),
    (
      "another word", "UPDATE record SET json = replace(json, 'Nurse', 'Chef') WHERE number = 3",
      "its row does not agree"
    ),
    ("no record", "DELETE FROM record WHERE number = 3", "has a row, but no record"),
    ("no row", "DELETE FROM candidate WHERE number = 3", "has a record, but no row"),
    ("no connector", "DELETE FROM connector", "belongs to no connector"),
    (
      "another title",
      """
      INSERT INTO posting (rowid, title) SELECT docid, 'chef' FROM candidate WHERE number = 3
      """, "not indexed as it should be"
    ),
  ]

  /// The damages that only a full check compares.
  private static let unsampled: Set = ["another title"]

  @Test func aFileThatAnotherProcessWritesToIsNotDamaged() throws {
    _ = try index(of: 0..<20)
    let file = IndexFile(path: path, busyTimeout: 0.1)
    let engine = try SQLiteEngine(
      DatabaseQueue(path: path, configuration: file.configuration("")), file: file)
    #expect(try engine.storageProblems() == [])
    try DatabaseQueue(path: path).inTransaction(.immediate) { _ in
      #expect(throws: IndexError.busy(path: path)) { try IndexCheck.run(engine, isFull: true) }
      return .rollback
    }
  }

  @Test(arguments: damages) func damageIsFound(name: String, sql: String, problem: String) throws {
    let index = try index(of: 0..<20)
    try DatabaseQueue(path: path).writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      try db.execute(sql: sql)
    }
    let report = try index.check(isFull: true)
    #expect(report.problems.contains { $0.contains(problem) }, "\(report.problems)")
    #expect(!report.isSound)
    // A sample of all candidates finds what is wrong with them and the tables, for reading only.
    let sample = try CandidateIndex(path: path).sampledCheck()
    #expect(sample.isSound == Self.unsampled.contains(name), "\(sample.problems)")
    // One connection serves one thread.
    let oneThread = try SQLiteEngine(DatabaseQueue(path: path), file: .memory)
    #expect(try IndexCheck.run(oneThread, isFull: true) == report)
  }

  /// Another process may write between the snapshots of the two threads.
  @Test func aCheckIsOfOneState() throws {
    let index = try index(of: 0..<400)
    let writer = try CandidateIndex(path: path, access: .writing)
    let isDone = Atomic(false)
    DispatchQueue.concurrentPerform(iterations: 2) { i in
      do {
        if i == 0 {
          for round in 0..<20 { #expect(try index.check(isFull: true).problems == [], "round \(round)") }
          isDone.store(true, ordering: .releasing)
        } else {
          var round = 0
          while !isDone.load(ordering: .acquiring) {
            try writer.add((0..<40).map { Self.record($0 * 7 % 400, title: "Title \(round)") })
            round += 1
          }
        }
      } catch {
        Issue.record(error)
        isDone.store(true, ordering: .releasing)
      }
    }
  }

  @Test func aSampleFindsALostTerm() throws {
    let index = try index(of: 0..<20)
    try DatabaseQueue(path: path).write { db in
      try db.execute(
        sql: """
          INSERT INTO posting (posting, rowid, title) SELECT 'delete', docid, 'nurse' FROM candidate WHERE number = 3
          """)
    }
    #expect(try index.check().problems == ["candidate 2: it is not indexed as it should be"])
    try index.rebuild()
    #expect(try index.check().isSound)
  }

  // MARK: - Copying

  @Test func aBackupIsOneConsistentState() throws {
    let index = try index(of: 0..<40)
    let copy = folder.file("copy.db")
    try CandidateIndex(path: path).backup(to: copy)
    try index.add([Self.record(40)])
    let restored = try CandidateIndex(path: copy, access: .writing)
    #expect(try restored.count("nurse") == 40)
    #expect(try restored.check(isFull: true).problems == [])
    #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
    #expect(throws: IndexError.self) { try index.backup(to: copy) }
    #expect(throws: IndexError.self) { try index.backup(to: "/proc/none/copy.db") }
  }

  @Test func aBackupIsCheckedBeforeItHasItsName() throws {
    let index = try index(of: 0..<40)
    try index.write { try $0.execute(sql: "DELETE FROM record WHERE number = 3") }
    let copy = folder.file("copy.db")
    let error = #expect(throws: IndexError.self) { try index.backup(to: copy) }
    #expect(error?.description.contains("damaged") == true)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names.allSatisfy { !$0.contains("copy") }, "\(names)")
  }

  @Test func aBackupOverwritesNothing() throws {
    let index = try index(of: 0..<4)
    let copy = try folder.write("mine", to: "copy.db")
    #expect(symlink("/nonexistent/x", folder.file("link.db")) == 0)
    for target in [copy, folder.file("link.db"), path, folder.path] {
      #expect(throws: IndexError.self) { try index.backup(to: target) }
    }
    #expect(try String(contentsOfFile: copy, encoding: .utf8) == "mine")
    #expect(try index.count("nurse") == 4)
  }

  @Test func aBulkLoadLeavesOneSegmentAndMergingOn() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add((0..<6_000).map { Self.record($0) })
    #expect(try index.read { try Segments(db: $0).count() } == 1)
    #expect(try index.read { try Segments(db: $0).isMerging() })
    #expect(try index.check().isSound)
  }

  /// The parts of one session, such as the pages of a sync, are searchable when they are committed; the segments are
  /// merged once, when the session is finished, also after an error.
  @Test(arguments: [false, true]) func aSessionCommitsEachPartAndMergesAtItsEnd(fails: Bool) throws {
    struct PageError: Error {}
    let index = try CandidateIndex(path: path, access: .writing)
    try index.write { try Segments(db: $0).beginBulkLoad() }
    let other = try CandidateIndex(path: path)
    let session = try IngestSession(index.engine, connector: "")
    let result = Result {
      try session.finish { session in
        for page in 0..<3 {
          let records = (page * 10..<page * 10 + 10).map { Self.record($0) }.joined(separator: "\n")
          try session.add(ByteSource(bytes: Array(records.utf8), name: "page \(page)"))
          try session.commit()
          #expect(try other.count("nurse") == page * 10 + 10)
          #expect(session.summary.added == page * 10 + 10)
          #expect(try index.read { try !Segments(db: $0).isMerging() })
        }
        if fails { throw PageError() }
      }
    }
    #expect((try? result.get()) != nil || fails)
    #expect(try index.read { try Segments(db: $0).count() } == 1)
    #expect(try index.read { try Segments(db: $0).isMerging() })
    #expect(try index.count("nurse") == 30)
  }
}
