import Dispatch
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch

/// What a check says of an index, whole or damaged.
@Suite struct CheckTests {
  private let nurses: NursesOnDisk
  private var path: String { nurses.path }

  init() throws { nurses = try NursesOnDisk() }

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
    _ = try nurses.index(of: 0..<20)
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
    let index = try nurses.index(of: 0..<20)
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
    let index = try nurses.index(of: 0..<400)
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
            try writer.add((0..<40).map { NursesOnDisk.record($0 * 7 % 400, title: "Title \(round)") })
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
    let index = try nurses.index(of: 0..<20)
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

  @Test(arguments: [(-1, 0), (0, -1), (.min, .min), (.max, .max)])
  func aPostingWithAnyNumbersHasAHash(column: Int, offset: Int) {
    let hash = Array("nurse".utf8).withUnsafeBytes { PostingSums.hash($0, column: column, offset: offset) }
    #expect(hash != Array("nurse".utf8).withUnsafeBytes { PostingSums.hash($0, column: 1, offset: 1) })
  }
}
