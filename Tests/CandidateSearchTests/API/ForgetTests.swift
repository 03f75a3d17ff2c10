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

  /// A SQLite with STAT4 copies ids to a table of its own; this one has none, and is given the table.
  @Test func theSamplesOfThePlannerAreErased() throws {
    let index = try makeIndex()
    try DatabaseQueue(path: path).writeWithoutTransaction { db in
      try db.execute(
        sql: """
          CREATE TABLE samples (tbl, idx, neq, nlt, ndlt, sample);
          INSERT INTO samples VALUES ('candidate', 'candidate_identity', '1', '1', '1', CAST('\(Self.id)' AS BLOB));
          PRAGMA writable_schema = ON;
          UPDATE sqlite_schema SET name = 'sqlite_stat4', tbl_name = 'sqlite_stat4',
            sql = 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)' WHERE name = 'samples';
          PRAGMA writable_schema = RESET
          """)
    }
    #expect(try index.forget(ids: [Self.id]) == ForgetSummary(removed: [Self.id]))
    try expectNoTraces()
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
    try index.change { transaction in
      try Remover(transaction: transaction).remove(transaction.records(id: Self.id).map(\.number))
      try transaction.beginErasure()
    }
    #expect(try found() != [])
    try index.add([#"{"id":"3"}"#])
    try expectNoTraces()
  }

  // MARK: - Who is meant

  @Test(arguments: ["victim-00001", "VICTIM-00001", "Victim-00001"]) func everyCaseOfAnIdIsBlocked(
    _ id: String
  ) throws {
    let index = try makeIndex()
    try index.add([#"{"id":"Victim-00001","first_name":"Vera"}"#])
    #expect(try index.forget(ids: [id]).removed == ["Victim-00001"])
    for variant in ["victim-00001", "VICTIM-00001", "Victim-00001", "vICTIM-00001"] {
      #expect(try index.add([#"{"id":"\#(variant)"}"#]).forgotten == 1)
    }
    #expect(try index.undoForget(ids: ["VICTIM-00001"]) == ["VICTIM-00001"])
    #expect(try index.add([#"{"id":"victim-00001"}"#]).added == 1)
  }

  @Test func idsOfOtherNormalisationAreOtherPeople() throws {
    let ids = ["caf\u{E9}-1", "cafe\u{301}-1"]
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add(ids.map { #"{"id":"\#($0)","first_name":"Nora"}"# })
    #expect(try index.count("") == 2)
    #expect(try index.forget(ids: [ids[0]]).removed.map { Array($0.utf8) } == [Array(ids[0].utf8)])
    #expect(try index.add([#"{"id":"\#(ids[1])","first_name":"Nora"}"#]).unchanged == 1)
    let both = try index.forget(ids: ids)
    #expect(both.removed.map { Array($0.utf8) } == [Array(ids[1].utf8)])
    #expect(both.unknown.map { Array($0.utf8) } == [Array(ids[0].utf8)])
    for id in ids { #expect(try index.add([#"{"id":"\#(id)"}"#]).forgotten == 1) }
  }

  @Test func aRelinkedConnectorDoesNotBringThePersonBack() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    let person = #"{"id":"old-id","remote_id":"R-77","first_name":"Nora"}"#
    let relinked = person.replacing("old-id", with: "new-id")
    try index.add([person], connector: "greenhouse")
    _ = try index.forget(ids: ["old-id"], connector: "greenhouse")
    #expect(try index.add([relinked], connector: "greenhouse").forgotten == 1)
    #expect(
      try index.add([relinked], connector: "lever").added == 1, "another system's R-77 is another person")
    #expect(try index.undoForget(ids: ["old-id"], connector: "greenhouse") == ["old-id"])
    #expect(try index.add([relinked], connector: "greenhouse").added == 1)
  }

  @Test func aRecordThatTheReaderTakesForUnchangedIsLookedAtToo() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    let records = (0..<20).map { #"{"id":"a\#($0)","remote_id":"R\#($0)"}"# }
    try index.add(records, connector: "c")
    _ = try index.forget(ids: ["a3"], connector: "c")
    // Known ids with a remote id of a person who was forgotten, and new ids, read from text.
    let text = #"{"id":"a4","remote_id":"R3"}"# + "\n" + #"{"id":"b3","remote_id":"R3"}"# + "\n" + records[5]
    let summary = try index.ingest(connector: "c") {
      try $0.add(ByteSource(bytes: Array(text.utf8), name: "x"))
    }
    #expect((summary.forgotten, summary.unchanged) == (2, 1))
  }

  // MARK: - By address

  @Test func everyoneWithAnAddressIsForgotten() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add(
      [
        #"{"id":"1","remote_id":"R1","first_name":"Nora","email_addresses":["Nora@Harbour.example","n@x.example"]}"#,
        #"{"id":"2","first_name":"Nora","email_addresses":["nora@harbour.example"]}"#,
        #"{"id":"3","first_name":"Nora","email_addresses":["nora@harbour.example.org"]}"#,
      ], connector: "c")
    let address = "NORA@harbour.example"
    #expect(Set(try index.candidates(email: address).map(\.candidate.id)) == ["1", "2"])
    let summary = try index.forget(email: address)
    #expect(Set(summary.removed) == ["1", "2"])
    #expect(summary.isVerified)
    #expect(try index.ids("nora") == ["3"])
    let again = [
      #"{"id":"9","email_addresses":["x@y.example","nora@HARBOUR.example"]}"#, #"{"id":"1"}"#,
      #"{"id":"8","remote_id":"R1"}"#,
    ]
    for record in again { #expect(try index.add([record], connector: "c").forgotten == 1) }
    #expect(try index.forgottenCount() == 1)
    #expect(try index.undoForget(email: address))
    for record in again { #expect(try index.add([record], connector: "c").added == 1) }
    #expect(try index.undoForget(email: address) == false)
  }

  @Test func ofAConnectorOnlyItsAddressIsForgotten() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    let record = #"{"id":"1","email_addresses":["nora@harbour.example"]}"#
    for connector in ["a", "b"] { try index.add([record], connector: connector) }
    #expect(try index.forget(email: "nora@harbour.example", connector: "a").removed == ["1"])
    #expect(try index.add([record], connector: "a").forgotten == 1)
    #expect(try index.add([record], connector: "b").unchanged == 1)
  }

  @Test func onlyKeyedHashesAreKept() throws {
    let index = try makeIndex()
    _ = try index.forget(email: "w.quist@harbour.example")
    try expectNoTraces()
    let hashes = try index.read { try Data.fetchAll($0, sql: "SELECT hash FROM forgotten") }
    #expect(hashes.allSatisfy { $0.count == 32 })
  }

  // MARK: - Verification

  /// Damages that leave something of a person in the file.
  enum Damage: String, CaseIterable, Sendable {
    case postingsOfNoCandidate, wordInTheTerms, textInASetting
  }

  @Test(arguments: Damage.allCases) func whatIsLeftIsReported(_ damage: Damage) throws {
    let index = try makeIndex()
    let candidate = try CandidateDecoder().decode(json: Self.person)
    try index.write { db in
      switch damage {
      case .postingsOfNoCandidate:
        let document = DocumentBuilder(connector: "", customFields: []).document(of: candidate)
        try PostingStore(db, isBulk: false).insert(document, docid: Docid(value: 12_345))
      case .wordInTheTerms:
        try db.execute(
          sql:
            "INSERT INTO posting (rowid, keys, name) SELECT max(docid) + 7, '', 'wilhelmina' FROM candidate")
      case .textInASetting:
        try db.execute(sql: "INSERT INTO setting VALUES ('note', 'asked by w.quist@harbour.example')")
      }
    }
    let summary = try index.forget(ids: [Self.id])
    #expect(summary.removed == [Self.id])
    #expect(!summary.isVerified)
    switch damage {
    case .postingsOfNoCandidate, .wordInTheTerms:
      #expect(!summary.problems.isEmpty)
      // Repairing removes what belongs to no candidate; then the verification succeeds.
      _ = try index.repair()
      #expect(try index.forget(ids: [Self.id]).isVerified)
      try expectNoTraces()
    case .textInASetting: #expect(summary.leftovers.contains("w.quist@harbour.example"))
    }
  }

  @Test func theOnlyCandidateIsForgotten() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add([Self.person])
    let summary = try index.forget(ids: [Self.id])
    #expect(summary.isVerified, "\(summary)")
    try expectNoTraces()
  }

  @Test func copiesAreNamed() throws {
    let index = try makeIndex()
    let (kept, gone) = (folder.file("kept.db"), folder.file("gone.db"))
    try folder.write("", to: "kept.db")
    try index.noteCopy(.backup, path: kept)
    try index.noteCopy(.rejects, path: gone)
    #expect(try index.forget(ids: [Self.id]).copies.map(\.path) == [kept])
  }

  @Test(arguments: [1, 5, 6, 7, 8, 255, 256, 257, 300]) func aTextIsFoundAcrossPieces(_ length: Int) throws {
    let text = (0..<length).map { UInt8(ascii: "a") + UInt8($0 * 7 % 26) }
    let bytes = [UInt8](repeating: 0x2E, count: 1_000) + text + [UInt8](repeating: 0x2E, count: 20)
    for cut in 990..<1_010 {
      var scan = ResidueScan([text])
      let overlap = max(0, cut - ResidueScan.maximumLength)
      bytes[..<cut].withUnsafeBytes { scan.scan($0) }
      bytes[overlap...].withUnsafeBytes { scan.scan($0) }
      #expect(scan.found.isEmpty == (length < ResidueScan.minimumLength))
    }
  }

  /// Without the key of the hashes, everyone who is forgotten would come back.
  @Test(arguments: [
    "DELETE FROM setting WHERE name = 'forgotten_key'",
    "UPDATE setting SET value = x'00' WHERE name = 'forgotten_key'",
  ])
  func nothingIsAddedWithoutTheKey(_ damage: String) throws {
    let index = try makeIndex()
    _ = try index.forget(ids: [Self.id])
    try DatabaseQueue(path: index.path).write { try $0.execute(sql: damage) }
    let lost = IndexError.forgottenDamaged(path: index.path)
    #expect(throws: lost) { try index.add([#"{"id":"\#(Self.id)"}"#]) }
    #expect(throws: lost) { try index.forget(ids: ["other"]) }
    let backup = folder.file("empty.db")
    _ = try CandidateIndex(path: backup, access: .writing)
    #expect(throws: lost) { try CandidateIndex.restore(from: backup, to: index.path) }
    #expect(try index.candidates(id: Self.id).isEmpty)
  }
}
