import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Files that earlier versions have written.
@Suite struct OldIndexTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A copy of a fixture, since opening an index may change it.
  private func copy(_ name: String) throws -> String {
    let path = folder.file("old.db")
    try FileManager.default.copyItem(
      atPath: Fixture.root.appendingPathComponent("Tests/Fixtures/indexes/\(name)").path, toPath: path)
    return path
  }

  /// A file of an earlier state of the program.
  struct OldIndex: CustomTestStringConvertible {
    /// The version of its documents, and its migrations.
    let name: String
    let candidates: Int
    /// Whether it can be searched as it is. A file of older documents must be reindexed.
    var opens = false
    var testDescription: String { name }
  }

  /// One file of each version of documents that can be upgraded, and of each state of the tables.
  static let indexes = [
    OldIndex(name: "documents-3-tables-2", candidates: 42),
    OldIndex(name: "documents-3-tables-3", candidates: 37),
    OldIndex(name: "documents-3-tables-4", candidates: 37),
    OldIndex(name: "documents-4-tables-5", candidates: 37),
    OldIndex(name: "documents-4-tables-6", candidates: 37),
    OldIndex(name: "documents-5-tables-6", candidates: 37, opens: true),
    OldIndex(name: "documents-5-tables-7", candidates: 37, opens: true),
  ]

  @Test(arguments: indexes) func opensOrIsRefusedAndIsUpgraded(_ old: OldIndex) throws {
    let path = try copy("\(old.name).db")
    if old.opens {
      let reader = try CandidateIndex(path: path)
      #expect(try reader.count("") == old.candidates)
      #expect(try reader.search("", SearchOptions(limit: .max)).hits.count == old.candidates)
      #expect(
        try CandidateIndex(path: path, access: .writing).check(isFull: true).problems.isEmpty)
    } else {
      #expect(throws: IndexError.olderVersion(path: path)) { try CandidateIndex(path: path) }
      #expect(throws: IndexError.olderVersion(path: path)) {
        try CandidateIndex(path: path, access: .writing)
      }
    }
    let index = try CandidateIndex(path: path, access: .rebuilding)
    #expect(try index.rebuild() == old.candidates)
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.statistics().schemaVersion == 8)
    #expect(try index.statistics().documentVersion == Document.version)

    // The same as if this version had read the records.
    let rows = try index.read {
      try Row.fetchAll(
        $0,
        sql: """
          SELECT r.json, n.name FROM record r JOIN candidate c ON c.number = r.number
          JOIN connector n ON n.number = c.connector
          """)
    }
    let new = try CandidateIndex.empty()
    for row in rows { try new.add([row[0]], connector: row[1]) }
    #expect(try index.ids("") == new.ids(""))
    for row in rows { #expect(try index.add([row[0]], connector: row[1]).unchanged == 1) }
  }

  @Test(arguments: ["documents-1", "documents-2"]) func theFirstVersionsAreRefused(_ name: String) throws {
    let path = try copy("\(name).db")
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    for access in [CandidateIndex.Access.reading(), .writing, .rebuilding] {
      #expect(throws: IndexError.tooOld(path: path)) { try CandidateIndex(path: path, access: access) }
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before, "nothing was written")
  }

  @Test func documentsOfVersion3AreReindexed() throws {
    let path = try copy("documents-3-tables-2.db")
    #expect(throws: IndexError.olderVersion(path: path)) { try CandidateIndex(path: path) }
    #expect(throws: IndexError.olderVersion(path: path)) { try CandidateIndex(path: path, access: .writing) }
    let index = try CandidateIndex(path: path, access: .rebuilding)
    #expect(try index.rebuild() == 42)
    #expect(try index.check(isFull: true).problems == [])

    // The same as if this version had read the records.
    let records = try index.read { try String.fetchAll($0, sql: "SELECT json FROM record") }
    let new = try CandidateIndex.empty()
    try new.add(records.shuffled(), connector: "greenhouse")
    #expect(try index.ids("") == new.ids(""))
    #expect(try index.ids("noon*").count == 5)
    #expect(try index.ids("application:app-3") == ["noon-3"])
    #expect(try index.add(records, connector: "greenhouse").unchanged == 42)
    #expect(try CandidateIndex(path: path).ids("") == new.ids(""))
  }

  @Test func whoWasForgottenByAnEarlierVersionStaysOut() throws {
    let index = try CandidateIndex(path: try copy("documents-3-tables-2.db"), access: .rebuilding)
    try index.rebuild()
    #expect(try index.forgottenCount() == 1)
    #expect(try index.add([#"{"id":"GONE-1"}"#], connector: "greenhouse").forgotten == 1)
    #expect(try index.undoForget(ids: ["GONE-1"], connector: "greenhouse") == ["GONE-1"])
    #expect(try index.add([#"{"id":"GONE-1"}"#], connector: "greenhouse").added == 1)
  }
}
