import Foundation
import GRDB
import TestSupport
import Testing

@testable import SearchLog

/// Removing a person from the log.
@Suite struct LogForgetTests {
  private static func entry(
    _ query: String?, purpose: String? = nil, _ candidates: [SearchLogEntry.Candidate] = []
  ) -> SearchLogEntry {
    var entry = SearchLogEntry(.search, key: "recruiting", candidates: candidates)
    (entry.query, entry.canonicalQuery, entry.purpose) = (query, query.map { "(\($0))" }, purpose)
    return entry
  }

  private static func candidate(_ id: String, _ connector: String = "greenhouse") -> SearchLogEntry.Candidate
  {
    .init(connector: connector, id: id)
  }

  @Test(.sqlite) func noByteOfThePersonStays() throws {
    let test = try TestLog()
    let log = try test.open()
    let id = "018b18ef-c487-703c-afd9-0ca478ccd9d6"
    for i in 0..<300 { try log.append(TestLog.entry(i)) }
    try log.append(Self.entry("Nora Quistgaard", purpose: "call Quistgaard back", [Self.candidate(id)]))
    for i in 300..<600 { try log.append(TestLog.entry(i)) }
    // Rows of many lengths, so that not all of what is freed is used again at once.
    let lengths = 1...100
    for length in lengths {
      let padding = String(repeating: "x", count: length * 7)
      try log.append(
        Self.entry("Quistgaard \(padding)", purpose: "\(padding) Quistgaard", [Self.candidate("\(length)")]))
      try log.append(TestLog.entry(length))
    }
    try log.append(Self.entry("engineer", purpose: "vacancy", [Self.candidate("other"), Self.candidate(id)]))
    try log.flush()
    let before = try test.bytes()
    for text in [id, "Quistgaard"] { #expect(before.contains(text: text)) }

    let erasure = try log.forget(
      [ForgottenCandidate(connector: "greenhouse", id: id)], texts: ["Nora Quistgaard", "Quistgaard"])
    #expect(erasure.ids == 2 && erasure.texts == 3 + 3 * lengths.count)
    let after = try test.bytes()
    for text in [id, "Quistgaard", "Nora"] { #expect(!after.contains(text: text), "\(text)") }
    let verification = try log.verify()
    #expect(verification.isSound && verification.entries == 602 + 2 * lengths.count)
    #expect(verification.erasedTexts == erasure.texts && verification.erasedIDs == 2)

    let seen = try log.entries(thatShowed: id)
    #expect(seen.map(\.number) == [602 + 2 * lengths.count, 301])
    #expect(seen[1].query == .erased && seen[1].canonicalQuery == .erased && seen[1].purpose == .erased)
    #expect(seen[0].query == .text("engineer") && seen[0].purpose == .text("vacancy"))
    #expect(seen[0].candidates.map(\.id) == ["other", nil])
    // Appending goes on from the same chain.
    try log.append(TestLog.entry(1))
    try log.flush()
    #expect(try log.verify().isSound)
  }

  @Test func pendingEntriesAreIncluded() throws {
    let log = try TestLog().open()
    try log.append(Self.entry("nora quist", [Self.candidate("1")]))
    #expect(try log.forget([ForgottenCandidate(id: "1")], texts: ["Nora Quist"]).texts == 2)
    #expect(try log.entries().first?.query == .erased)
  }

  @Test func onlyTheConnectorsOwn() throws {
    let log = try TestLog().open()
    try log.append(
      Self.entry(nil, [Self.candidate("AB", "c"), Self.candidate("AB", "d"), Self.candidate("ab", "c")]))
    #expect(try log.forget([ForgottenCandidate(connector: "c", id: "aB")]).ids == 2)
    #expect(try log.entries().first?.candidates.map(\.id) == [nil, "AB", nil])
    #expect(try log.entries(thatShowed: "AB", connector: "c").count == 1)
    #expect(try log.entries(thatShowed: "AB", connector: "e").isEmpty)
  }

  @Test(.sqlite) func anInterruptedErasureIsFinishedWhenTheLogIsOpened() throws {
    let test = try TestLog(entries: 50)
    // As a process leaves it that was killed after the transaction.
    try test.tamper(
      """
      PRAGMA secure_delete = OFF; UPDATE entry SET query = NULL, query_salt = NULL; UPDATE chain SET erasure_pending = 1
      """)
    let log = try test.open()
    _ = log
    #expect(
      try DatabaseQueue(path: test.path).read {
        try Int.fetchOne($0, sql: "SELECT erasure_pending FROM chain")
      } == 0)
    #expect(!(try test.bytes().contains(text: "engineer number7")))
  }

  @Test(.sqlite) func aReaderOfAnOlderStateBlocksTheErasure() throws {
    let test = try TestLog(entries: 3)
    let log = try SearchLog(
      SQLiteLogStore(LogFile(path: test.path, busyTimeout: 0.05), access: .appending))
    let other = try DatabaseQueue(path: test.path)
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN; SELECT * FROM entry")
      defer { try? db.execute(sql: "ROLLBACK") }
      _ = try Row.fetchAll(db, sql: "SELECT * FROM entry")
      #expect(throws: SearchLogError.erasureBlocked(path: test.path)) {
        try log.forget([ForgottenCandidate(id: "c-1")])
      }
    }
    #expect(try log.forget([ForgottenCandidate(id: "c-1")]).ids == 0)
    #expect(!(try test.bytes().contains(text: "c-1")))
    #expect(try log.verify().erasedIDs == 1)
  }

  /// A text of a person, a logged text, and whether that names the person.
  struct Naming: Sendable, CustomTestStringConvertible {
    let text: String
    let logged: String
    let isNamed: Bool
    init(_ text: String, _ logged: String, _ isNamed: Bool) {
      (self.text, self.logged, self.isNamed) = (text, logged, isNamed)
    }
    var testDescription: String { "“\(text)” in “\(logged)”" }
  }

  static let namings = [
    Naming("Nora Quist", "nora quist", true),
    Naming("Nora Quist", "QUIST, Nora (engineer)", true),
    Naming("Nora Quist", "name:\"Nora Quist\" -tag:X", true),
    Naming("Nora Quist", "nora AND (title:nurse OR quist)", true),
    Naming("Nora Quist", "nora qui", true),
    Naming("Nora Quist", "nora* quist", true),
    Naming("Nora Quist", "nor* quist", true),
    Naming("Nora Quist", "nora qu", false),
    Naming("Nora Quist", "nora", false),
    Naming("Nora Quist", "nora berg", false),
    Naming("Nora Quist", "noraquist", false),
    Naming("Quist", "engineer quist", true),
    Naming("Quist", "quistgaard", false),
    Naming("Zoë Müller", "zoe mueller", true),
    Naming("Zoë Müller", "ZOE MULLER", true),
    Naming("Zoe Mueller", "Zoë Müller", true),
    Naming("Seán O’Brien", "sean obrien", true),
    Naming("Seán O’Brien", "sean o'brien", true),
    Naming("山田 太郎", "山田太郎", true),
    Naming("Александр Иванов", "иванов александр", true),
    Naming("nora@harbour.example", "email:nora@harbour.example", true),
    Naming("nora@harbour.example", "NORA@Harbour", true),
    Naming("nora@harbour.example", "harbour.example", false),
    Naming("nora@harbour.example", "@harbour.example", false),
    Naming("+1 (415) 555-0123", "4155550123", true),
    Naming("+1 (415) 555-0123", "phone:\"555 0123\"", true),
    Naming("+1 (415) 555-0123", "555-0199", false),
    Naming("https://www.linkedin.com/in/noraquist", "linkedin.com/in/noraquist", true),
    Naming("https://www.linkedin.com/in/noraquist", "noraquist", true),
    Naming("https://www.linkedin.com/in/noraquist", "linkedin.com/in/other", false),
    Naming("https://nora.example", "nora.example", true),
    Naming("018b18ef-c487", "id:018B18EF-C487", true),
    Naming("", "anything", false),
    Naming("***", "anything", false),
    Naming("-", "-", false),
  ]

  @Test(arguments: namings) func textsThatNameThePerson(_ naming: Naming) {
    #expect(PersonTexts([naming.text]).areNamed(in: naming.logged) == naming.isNamed)
  }
}
