import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// A data subject's request.
@Suite struct ForgetTests {
  private static let person = """
    {"id":"01997e57-aaaa-7bbb-8ccc-23993fefa621","first_name":"Wilhelmina","last_name":"Østergård-Quist",
    "title":"Harbour Pilot","phone_numbers":["+45 5599 4477 31"],"email_addresses":["w.quist@harbour.example"],
    "tags":["Zephyrine"],"last_interaction_at":"2021-07-01"}
    """
  private static let id = "01997e57-aaaa-7bbb-8ccc-23993fefa621"
  /// What must not be found in any file, in whatever form text preparation gave it.
  private static let traces = [
    id, "Wilhelmina", "wilhelmina", "Østergård", "ostergard", "oestergaard", "quist", "Quist", "harbour",
    "Harbour",
    "5599 4477", "1377449955", "zephyrine", "Zephyrine",
  ]

  private let folder: TemporaryFolder
  private var path: String { folder.file("candidates.db") }

  init() throws { folder = try TemporaryFolder() }

  /// An index in which the person has been read, changed and merged among many others.
  private func makeIndex() throws -> CandidateIndex {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.ingest { try $0.add(ByteSource(path: Fixture.samples)) }
    try index.add([Self.person.replacing("Pilot", with: "Master")])
    try index.add(
      (0..<500).map { #"{"id":"x\#($0)","title":"Nurse \#($0)","last_interaction_at":"2021-07-01"}"# })
    try index.add([Self.person])
    return index
  }

  /// The traces that stand in any file of the folder, in UTF-8 or UTF-16.
  private func found() throws -> [String] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let contents = try files.map { try Data(contentsOf: URL(fileURLWithPath: folder.file($0))) }
    return Self.traces.filter { trace in
      let spellings = [
        Data(trace.utf8), trace.data(using: .utf16LittleEndian), trace.data(using: .utf16BigEndian),
      ].compactMap(\.self)
      return contents.contains { content in spellings.contains { content.range(of: $0) != nil } }
    }
  }

  private func expectNoTraces() throws {
    let traces = try found()
    #expect(traces == [])
  }

  @Test func noByteIsLeft() throws {
    let index = try makeIndex()
    #expect(try found().count > 8, "the traces are there before")
    #expect(try index.forget(ids: [Self.id]) == ForgetSummary(removed: [Self.id]))
    try expectNoTraces()
    #expect(try index.count("quist") == 0)
    let all = try index.count("")
    #expect(all == 840)
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func deletingAloneLeavesTraces() throws {
    let index = try makeIndex()
    _ = try index.delete(ids: [Self.id])
    #expect(try found() != [], "or the test above proves nothing")
  }

  @Test func whoWasDeletedBeforeIsErasedToo() throws {
    let index = try makeIndex()
    _ = try index.delete(ids: [Self.id])
    #expect(try index.forget(ids: [Self.id]) == ForgetSummary(unknown: [Self.id]))
    try expectNoTraces()
    #expect(try index.add([Self.person]).forgotten == 1)
  }

  @Test func noIngestBringsThePersonBack() throws {
    let index = try makeIndex()
    _ = try index.forget(ids: [Self.id])
    for _ in 0..<2 {
      let summary = try index.add([Self.person])
      #expect(summary.forgotten == 1)
      #expect(summary.counts == [0, 0, 0, 0, 0])
    }
    #expect(try index.add([Self.person], connector: "other").forgotten == 1, "nor under another connector")
    try expectNoTraces()
    try index.rebuild()
    #expect(try index.forgottenCount() == 1)
    #expect(try index.undoForget(ids: [Self.id, "nobody"]) == [Self.id])
    #expect(try index.forgottenCount() == 0)
    #expect(try index.add([Self.person]).added == 1)
  }

  @Test func ofAConnectorOnlyItsRecordIsForgotten() throws {
    let index = try makeIndex()
    try index.add([Self.person], connector: "other")
    #expect(try index.forget(ids: [Self.id], connector: "").removed == [Self.id])
    #expect(try index.candidates(id: Self.id).map(\.connector) == ["other"])
    #expect(try index.add([Self.person]).forgotten == 1)
    #expect(try index.add([Self.person], connector: "other").unchanged == 1)
  }

  @Test func anIdInCapitalsIsTheSame() throws {
    let index = try makeIndex()
    #expect(try index.forget(ids: [Self.id.uppercased()]).removed == [Self.id])
    try expectNoTraces()
    #expect(try index.add([Self.person]).forgotten == 1)
  }

  @Test func whoIsForgottenWhileAnIngestRunsStaysOut() throws {
    let index = try makeIndex()
    let summary = try index.ingest { ingest in
      _ = try index.forget(ids: [Self.id])
      try ingest.add(ByteSource(bytes: Array(Self.person.utf8), name: "late"))
    }
    #expect(summary.forgotten == 1)
    try expectNoTraces()
  }

  @Test func anUnknownIdIsKeptOutToo() throws {
    let index = try makeIndex()
    #expect(try index.forget(ids: ["nobody"]) == ForgetSummary(unknown: ["nobody"]))
    #expect(try index.add([#"{"id":"nobody"}"#]).forgotten == 1)
  }

  @Test func aNamesakeKeepsTheName() throws {
    let index = try makeIndex()
    try index.add([#"{"id":"2","first_name":"Wilhelmina","last_name":"Østergård-Quist"}"#])
    #expect(try index.forget(ids: [Self.id]).leftovers == [])
    #expect(try index.ids("wilhelmina") == ["2"])
  }

  @Test func whatWasInterruptedIsFinishedByTheNextWrite() throws {
    let index = try makeIndex()
    try index.write { db in
      _ = try Remover(db).remove(CandidatePlace.all(id: Self.id, connector: nil, db).map(\.number))
      try Erasure.begin(db)
    }
    #expect(try found() != [])
    try index.add([#"{"id":"3"}"#])
    try expectNoTraces()
  }
}
