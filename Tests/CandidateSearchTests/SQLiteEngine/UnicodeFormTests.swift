import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Texts that differ in their Unicode form are different to SQLite and equal to Swift.
@Suite struct UnicodeFormTests {
  private static let names = ["caf\u{E9}", "cafe\u{301}"]

  private let folder: TemporaryFolder
  private let index: CandidateIndex

  init() throws {
    folder = try TemporaryFolder()
    index = try CandidateIndex(path: folder.file("i.db"), access: .writing)
    for (i, name) in Self.names.enumerated() {
      try index.add([#"{"id":"\#(i)","first_name":"Ada"}"#], connector: name)
    }
  }

  @Test func connectorsKeepTheirCandidatesAndRefusedRecords() throws {
    try index.change { transaction in
      for (i, name) in Self.names.enumerated() {
        try transaction.store(
          SyncStatus(connector: name, kind: .full, begunAt: Timestamp(microseconds: 1)))
        try transaction.replaceRefusedIDs(with: (0...i).map { "r\($0)" }, connector: name)
      }
    }
    let states = try index.connectorStates()
    #expect(states.count == 2)
    #expect(states.map { $0.candidates } == [1, 1])
    #expect(Set(states.map { $0.lastSync?.toRequestAgain }) == [1, 2])
    #expect(try Self.names.map { try index.syncStatus(connector: $0)?.toRequestAgain } == [1, 2])
  }

  @Test func foldersOfBackupsKeepTheirLimits() throws {
    try index.change { transaction in
      for (i, name) in Self.names.enumerated() { try transaction.storeBackupLimit(i + 1, folder: "/" + name) }
    }
    let limits = try index.engine.read { try $0.backupLimits() }
    #expect(Self.names.map { limits[ExactText("/" + $0)] } == [1, 2])
    let copies = Self.names.flatMap { name in
      ["i-20260101T000000Z.db", "i-20260102T000000Z.db"].map {
        KnownCopy(path: "/\(name)/\($0)", kind: .backup, writtenAt: Timestamp(microseconds: 0))
      }
    }
    let removals = KnownCopy.withRemovals(copies, limits: limits).map(\.backupsUntilRemoval)
    #expect(removals == [1, 1, 1, 2])
    #expect(try index.forget(ids: ["0"]).removed == ["0"])
  }

  @Test func oneSessionTellsConnectorsApart() throws {
    let found = try index.engine.read { snapshot in
      try Self.names.map { name in try ["0", "1"].map { try snapshot.known(id: $0, connector: name) != nil } }
    }
    #expect(found == [[true, false], [false, true]])
  }
}

/// Ids of candidates whose letters have a case.
@Suite struct IDCaseTests {
  private let index: CandidateIndex

  init() throws {
    index = try CandidateIndex.empty()
    try index.add(["ABC", "abc", "\u{E9}X", "\u{E9}x", "only"].map { #"{"id":"\#($0)"}"# })
  }

  @Test(arguments: [
    (id: "ABC", deleted: ["ABC"]), ("abc", ["abc"]), ("\u{E9}X", ["\u{E9}X"]), ("\u{C9}X", ["\u{E9}x"]),
    ("ONLY", ["only"]),
    ("none", []),
  ]) func anExactIDIsDeletedAlone(id: String, deleted: [String]) throws {
    #expect(try index.delete(ids: [id]) == deleted)
  }

  @Test func anIDIsFoundInLowerCaseOfAnyScript() throws {
    #expect(try index.candidates(id: "\u{C9}X").map(\.candidate.id) == ["\u{E9}x"])
  }

  @Test func refusedIDsAreForgottenInAnyCase() throws {
    try index.change { try $0.replaceRefusedIDs(with: ["\u{E9}1", "e1"], connector: "hr") }
    _ = try index.forget(ids: ["\u{C9}1"])
    let left = try index.engine.read { try $0.refusedIDs(connector: "hr") }
    #expect(left == ["e1"])
  }
}
