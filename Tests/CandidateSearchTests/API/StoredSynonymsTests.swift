import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Synonyms as a setting of an index file.
@Suite struct StoredSynonymsTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("candidates.db") }
  private var copy: String { folder.file("copy.db") }

  /// With a byte order mark, CR LF, comments and letters of every length.
  private static let text = "\u{FEFF}# Zürich 🎉\r\nSDR\t=> sales  development\r\n\r\nエンジニア = engineer"

  init() throws { folder = try TemporaryFolder() }

  private func makeIndex() throws -> CandidateIndex {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add([
      #"{"id":"1","title":"Sales Development","last_interaction_at":"2021-07-01"}"#,
      #"{"id":"2","title":"Engineer","last_interaction_at":"2020-07-01"}"#,
    ])
    try index.setSynonyms(Synonyms(Self.text))
    return index
  }

  private func expectSynonyms(_ index: CandidateIndex) throws {
    #expect(try Array(index.synonyms().text.utf8) == Array(Self.text.utf8), "byte for byte")
    #expect(try index.tiers("sdr") == ["1 synonym"])
    #expect(try index.tiers("エンジニア") == ["2 synonym"])
    #expect(try index.tiers("title:engineer") == ["2 recent"])
  }

  @Test func areNoneAtFirstAndStay() throws {
    #expect(try CandidateIndex(path: folder.file("new.db"), access: .writing).synonyms() == Synonyms())
    try expectSynonyms(makeIndex())
    try expectSynonyms(CandidateIndex(path: path))
    try expectSynonyms(CandidateIndex(path: path, scope: .public))
    try CandidateIndex(path: path, access: .writing).setSynonyms(Synonyms())
    #expect(try CandidateIndex(path: path).count("sdr") == 0)
    #expect(try CandidateIndex(path: path).synonyms() == Synonyms())
  }

  @Test func aChangeOfSynonymsChangesNoPosting() throws {
    let index = try makeIndex()
    let generation = try index.snapshot { try $0.generation() }
    try index.setSynonyms(Synonyms("sdr = engineer"))
    #expect(try index.snapshot { try $0.generation() } == generation)
    #expect(try index.tiers("sdr") == ["2 synonym"])
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func aRebuildKeepsThem() throws {
    let index = try makeIndex()
    try index.rebuild()
    try expectSynonyms(index)
    #expect(try index.repair() == 0)
    try expectSynonyms(index)
    _ = try index.replace { try $0.add(ByteSource(bytes: Array(#"{"id":"2","title":"x"}"#.utf8), name: "x")) }
    #expect(try index.synonyms().text == Self.text)
  }

  @Test func aBackupContainsThemAndARestoreBringsThemBack() throws {
    let index = try makeIndex()
    let reader = try CandidateIndex(path: path)
    try index.backup(to: copy)
    try expectSynonyms(CandidateIndex(path: copy))
    try index.setSynonyms(Synonyms("sdr = nothing"))
    #expect(try reader.count("sdr") == 0 && index.count("sdr") == 0)
    try CandidateIndex.restore(from: copy, to: path)
    for index in [index, reader] { try expectSynonyms(index) }
    let new = folder.file("a/new.db")
    try CandidateIndex.restore(from: copy, to: new)
    try expectSynonyms(CandidateIndex(path: new))
  }

  @Test func aBackupWithoutSynonymsRemovesThem() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add([#"{"id":"1","title":"Sales"}"#])
    try index.backup(to: copy)
    try index.setSynonyms(Synonyms("sdr = sales"))
    let reader = try CandidateIndex(path: path)
    #expect(try reader.count("sdr") == 1)
    try CandidateIndex.restore(from: copy, to: path)
    #expect(try reader.count("sdr") == 0 && reader.synonyms() == Synonyms())
    try index.setSynonyms(Synonyms("sdr = nurse"))
    #expect(try reader.count("sdr") == 0, "nothing old is kept in memory")
  }

  @Test func synonymsThatAreSetDuringARestoreAreThoseOfTheBackup() throws {
    let index = try makeIndex()
    try index.backup(to: copy)
    var calls = 0
    _ = try Restore(backup: IndexFile(path: copy), target: IndexFile(path: path), steps: .standard).run {
      calls += 1
      if calls == 1 { try index.setSynonyms(Synonyms("sdr = engineer")) }
    }
    #expect(calls == 2, "the state of the index has changed")
    try expectSynonyms(index)
  }

  @Test func anIndexOfAnEarlierVersionHasNone() throws {
    try FileManager.default.copyItem(
      atPath: Fixture.path("Tests/Fixtures/indexes/documents-4-tables-6.db"), toPath: path)
    let index = try CandidateIndex(path: path, access: .rebuilding)
    try index.rebuild()
    #expect(try index.synonyms() == Synonyms())
    try index.setSynonyms(Synonyms(Self.text))
    #expect(try CandidateIndex(path: path).synonyms().text == Self.text)
  }

  // MARK: - Checks

  @Test func aTextOfSynonymsIsNoLeftoverOfAForgottenCandidate() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add([
      #"{"id":"01997e57-aaaa","title":"Harbour Pilotage"}"#, #"{"id":"01997e57-bbbb","title":"Nurse"}"#,
    ])
    try index.setSynonyms(Synonyms("hp => Harbour Pilotage"))
    #expect(try index.forget(ids: ["01997e57-aaaa"]) == ForgetSummary(removed: ["01997e57-aaaa"]))
    #expect(try index.synonyms().text == "hp => Harbour Pilotage", "the user's text stays")
  }

  /// What another program may have written, and what `check` reports; and how many rules of it are used.
  static let damaged: [(value: DatabaseValue, problems: [String], rules: Int)] = [
    (
      "a = b\nc\nd = e".databaseValue,
      ["the synonyms: line 2 is no rule: there is neither = nor => in this line"], 2
    ),
    (
      Data([0x61, 0xFF, 0x00, 0x62]).databaseValue,
      [
        "the synonyms: line 1 is no rule: a control character, or a mark that changes the direction of writing"
      ], 0
    ),
    (7.databaseValue, ["the synonyms: line 1 is no rule: there is neither = nor => in this line"], 0),
  ]

  @Test(arguments: damaged.indices) func checkReportsWhatIsNoRule(_ number: Int) throws {
    let (value, problems, rules) = Self.damaged[number]
    let index = try makeIndex()
    try index.write { db in
      try db.execute(sql: "UPDATE setting SET value = ? WHERE name = 'synonyms'", arguments: [value])
      try db.execute(sql: "UPDATE setting SET value = value + 1 WHERE name = 'synonyms_version'")
    }
    #expect(try index.check().problems == problems)
    #expect(try index.synonyms().ruleCount == rules)
    #expect(try index.search("sdr nurse").hits.isEmpty, "a search goes on")
  }
}
