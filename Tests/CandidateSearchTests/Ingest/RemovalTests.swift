import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Removing what an export no longer holds, while others write.
@Suite struct RemovalTests {
  private static func record(_ id: String, _ time: String = "2024-03-01", title: String = "Nurse") -> String {
    #"{"id":"\#(id)","first_name":"Fn\#(id)","title":"\#(title)","last_interaction_at":"\#(time)"}"#
  }

  /// What another process may do between the listing of missing candidates and their removal.
  enum Meanwhile: String, CaseIterable, Sendable {
    case nothing, moved, changed, touched, deleted, deletedAndBack, replacedByOthersOfItsSecond
  }

  @Test(arguments: Meanwhile.allCases) func whoWasChangedSinceTheListingStays(_ meanwhile: Meanwhile) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("c.db")
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add(["stays", "a", "b"].map { Self.record($0) })
    let other = try CandidateIndex(path: path, access: .writing)
    let session = try IngestSession(index.engine, connector: "", tracksSeen: true) {
      switch meanwhile {
      case .nothing: break
      case .moved: try other.add([Self.record("a", "2024-05-05")])
      case .changed: try other.add([Self.record("a", title: "Doctor")])
      case .touched:
        try other.add([Self.record("a").replacing("{", with: #"{"modified_at":"2024-01-01","#)])
      case .deleted: _ = try other.delete(ids: ["a"])
      case .deletedAndBack:
        _ = try other.delete(ids: ["a"])
        try other.add([Self.record("a")])
      case .replacedByOthersOfItsSecond:
        _ = try other.delete(ids: ["a"])
        try other.add((0..<100).map { Self.record("x\($0)") })
      }
    }
    let result = try session.finish { session in
      try session.add(Self.candidates("stays"))
      try session.commit()
      return try session.removeUnseen(RemovalGuard(share: 1))
    }
    let stays = [.moved, .changed, .touched, .deletedAndBack].contains(meanwhile)
    let removed = meanwhile == .nothing ? 2 : 1
    #expect(result == .removed(removed))
    #expect(try index.ids("id:a") == (stays ? ["a"] : []))
    #expect(try index.ids("id:b") == [])
    #expect(try index.ids("fnstays") == ["stays"])
    #expect(try index.check(isFull: true).problems == [])
  }

  private static func candidates(_ ids: String...) throws -> [Candidate] {
    try ids.map { try CandidateDecoder().decode(json: record($0)) }
  }

  @Test(.sqlite) func aRowWithoutARecordIsReportedAndNothingIsRemoved() throws {
    let index = try CandidateIndex.holding(Self.record("a"), Self.record("b"))
    try index.write { try $0.execute(sql: "DELETE FROM record WHERE number = 1") }
    #expect(throws: IndexError.self) { try index.delete(ids: ["b", "a"]) }
    #expect(try index.ids("id:b") == ["b"])
    #expect(try index.repair() == 1)
    #expect(try index.delete(ids: ["b"]) == ["b"])
    #expect(try index.check(isFull: true).problems == [])
  }
}
