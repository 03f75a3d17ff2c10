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

  @Test func documentsOfVersion3AreReindexed() throws {
    let path = try copy("documents-3.db")
    #expect(throws: IndexError.olderVersion(path: path)) { try CandidateIndex(path: path) }
    #expect(throws: IndexError.olderVersion(path: path)) { try CandidateIndex(path: path, access: .writing) }
    let index = try CandidateIndex(path: path, access: .rebuilding)
    #expect(try index.rebuild() == 42)
    #expect(try index.check(isFull: true).problems == [])

    // The same as if this version had read the records.
    let records = try index.read { try String.fetchAll($0, sql: "SELECT json FROM record") }
    let new = try CandidateIndex.inMemory()
    try new.add(records.shuffled(), connector: "greenhouse")
    #expect(try index.ids("") == new.ids(""))
    #expect(try index.ids("noon*").count == 5)
    #expect(try index.ids("application:app-3") == ["noon-3"])
    #expect(try index.add(records, connector: "greenhouse").unchanged == 42)
    #expect(try CandidateIndex(path: path).ids("") == new.ids(""))
  }

  @Test func whoWasForgottenByAnEarlierVersionStaysOut() throws {
    let index = try CandidateIndex(path: try copy("documents-3.db"), access: .rebuilding)
    try index.rebuild()
    #expect(try index.forgottenCount() == 1)
    #expect(try index.add([#"{"id":"GONE-1"}"#], connector: "greenhouse").forgotten == 1)
    #expect(try index.undoForget(ids: ["GONE-1"], connector: "greenhouse") == ["GONE-1"])
    #expect(try index.add([#"{"id":"GONE-1"}"#], connector: "greenhouse").added == 1)
  }
}
