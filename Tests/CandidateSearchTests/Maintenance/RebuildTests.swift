import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Rebuilding an index from its records, and repairing it.
@Suite struct RebuildTests {
  private let nurses: NursesOnDisk
  private var folder: TemporaryFolder { nurses.folder }
  private var path: String { nurses.path }

  init() throws { nurses = try NursesOnDisk() }

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
    let index = try nurses.index(of: 0..<3_300)
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
    let index = try nurses.index(of: 0..<1_200)
    try index.write { try $0.execute(sql: "UPDATE record SET json = '{' WHERE number = 900") }
    #expect(throws: IndexError.self) { try index.rebuild() }
    #expect(try index.count("nurse") == 1_200)
    #expect(try index.repair() == 1)
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test(arguments: [1, 2, 1_000]) func segmentsAreRemovedInParts(_ blocks: Int) throws {
    let index = try nurses.index(of: 0..<400)
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
    let index = try nurses.index(of: 0..<50)
    let reader = try CandidateIndex(path: path)
    #expect(try reader.count("nurse") == 50)
    try index.rebuild { _ in }
    #expect(try reader.count("nurse") == 50)
  }

  @Test func anOlderVersionIsLifted() throws {
    _ = try nurses.index(of: 0..<20)
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

  @Test func whatCannotBeReadIsTakenOutAndComesBack() throws {
    let index = try nurses.index(of: 0..<6)
    try DatabaseQueue(path: path).write { db in
      try db.execute(
        sql: "UPDATE record SET json = '{\"id\":' WHERE number = 2; DELETE FROM record WHERE number = 3")
    }
    let error = #expect(throws: IndexError.self) { try index.ids("nurse") }
    #expect(error?.description.contains("a stored record cannot be read") == true)
    #expect(try !index.check().isSound)
    #expect(try index.repair() == 2)
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.add((0..<6).map { NursesOnDisk.record($0) }).added == 2)
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
}
