import Foundation
import GRDB
import TestSupport
import Testing

/// `cand-search forget` as a data protection officer runs it.
@Suite struct ForgetCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let people = [
      #"{"id":"1","first_name":"Nora","last_name":"Quist","email_addresses":["nora@harbour.example"]}"#,
      #"{"id":"2","first_name":"Nora","last_name":"Berg","email_addresses":["NORA@harbour.example"]}"#,
      #"{"id":"3","first_name":"Ida","last_name":"Lund","email_addresses":["ida@harbour.example"]}"#,
    ]
    let load = try cand(
      "index", "--connector", "c", folder.write(people.joined(separator: "\n"), to: "in.ndjson"))
    try #require(load.exit == 0)
  }

  private func cand(_ arguments: String...) throws -> CommandRun {
    try CommandRun("cand-search", arguments, environment: ["CAND_SEARCH_INDEX": folder.file("i.db")])
  }

  private func ids() throws -> [String] { try cand("--format", "ids").lines.sorted() }

  @Test func oneOwnerOfAnAddressIsForgottenAtOnce() throws {
    let run = try cand("forget", "--email", "Ida@harbour.example")
    #expect(
      run.exit == 0
        && run.error == "3 of c: Ida Lund\nforgot 1; verified: nothing of them is left in the files\n")
    #expect(try ids() == ["1", "2"])
    let again = try cand("index", "--connector", "c", folder.file("in.ndjson"))
    #expect(again.error.contains("forgotten 1"), "\(again.error)")
    #expect(try cand("forget", "--undo", "--email", "ida@harbour.example").error == "admitted again 1\n")
    #expect(try cand("index", "--connector", "c", folder.file("in.ndjson")).error.hasPrefix("added 1,"))
  }

  @Test func severalOwnersAreListedFirst() throws {
    let asked = try cand("forget", "--email", "nora@harbour.example")
    #expect(asked.exit == 2)
    #expect(Set(asked.error.split(separator: "\n").prefix(2)) == ["1 of c: Nora Quist", "2 of c: Nora Berg"])
    #expect(asked.error.contains("--yes"))
    #expect(try ids() == ["1", "2", "3"])
    let done = try cand("forget", "--email", "nora@harbour.example", "--yes")
    #expect(done.exit == 0 && done.error.contains("forgot 2; verified"), "\(done.error)")
    #expect(try ids() == ["3"])
  }

  @Test(arguments: [
    [], ["1", "--email", "a@b.example"], ["1", "--yes"], ["--list", "--email", "a@b.example"],
    ["--email", "nobody"],
  ])
  func wrongUsageForgetsNobody(_ arguments: [String]) throws {
    let run = try CommandRun(
      "cand-search", ["forget"] + arguments, environment: ["CAND_SEARCH_INDEX": folder.file("i.db")])
    #expect(run.exit == 2, "\(run.error)")
    #expect(try ids() == ["1", "2", "3"])
  }

  @Test func copiesThatAreNotErasedAreNamed() throws {
    #expect(try cand("backup", folder.file("b.db")).exit == 0)
    let bad = try folder.write(#"{"id":""}"#, to: "bad.ndjson")
    #expect(try cand("index", "--rejects", folder.file("r.ndjson"), bad).exit == 3)
    #expect(try cand("index", "--rejects", folder.file("none.ndjson"), folder.file("in.ndjson")).exit == 0)
    let run = try cand("forget", "3")
    #expect(run.exit == 0)
    let notes = run.error.split(separator: "\n").filter { $0.hasPrefix("note: not erased from the ") }
    #expect(notes.count == 2, "\(run.error)")
    #expect(notes.contains { $0.contains("backup of 2") && $0.hasSuffix(folder.file("b.db")) })
    #expect(notes.contains { $0.contains("rejects of 2") && $0.hasSuffix(folder.file("r.ndjson")) })
  }

  /// A server writes a log beside the index if nothing else is configured.
  @Test func theLogBesideTheIndexIsErased() throws {
    let path = folder.file("i.db-searches")
    #expect(try cand("ida lund", "--log", path).exit == 0)
    func bytes() throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
    #expect(try bytes().contains("lund"))
    let run = try cand("forget", "--email", "ida@harbour.example")
    #expect(run.exit == 0 && run.error.contains("erased from the search log: 1 ids, 2 texts"), "\(run.error)")
    #expect(try !bytes().contains("lund"))
  }

  /// What Litestream does to an index: tables of its own, and a read transaction that stays open.
  @Test func aReaderThatStaysDelaysTheErasure() throws {
    let queue = try DatabaseQueue(path: folder.file("i.db"))
    try queue.write { db in
      try db.execute(
        sql: """
          CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
          CREATE TABLE _litestream_lock (id INTEGER)
          """)
    }
    try queue.inTransaction(.deferred) { db in
      _ = try Row.fetchAll(db, sql: "SELECT * FROM _litestream_seq")
      #expect(try cand("--count", "nora").output == "2\n")
      #expect(try cand("check").exit == 0)
      #expect(try cand("backup", folder.file("b.db")).exit == 0)
      let blocked = try cand("forget", "3")
      #expect(blocked.exit == 4 && blocked.error.contains("another process still reads the file"))
      return .commit
    }
    try queue.close()
    #expect(try cand("forget", "3").exit == 0)
    #expect(try cand("check").exit == 0)
  }

  @Test func aDamagedIndexIsNotVerified() throws {
    // As an interrupted program of an earlier version left it: a word of Ida's that belongs to no candidate.
    let queue = try DatabaseQueue(path: folder.file("i.db"))
    try queue.write { db in
      try db.execute(sql: "INSERT INTO posting (rowid, name) SELECT max(docid) + 9, 'lund' FROM candidate")
    }
    try queue.close()
    let run = try cand("forget", "3")
    #expect(run.exit == 4)
    #expect(run.error.contains("not verified") && !run.error.contains("; verified"), "\(run.error)")
    #expect(try cand("check", "--repair").exit == 0)
    #expect(try cand("forget", "3").exit == 0)
    #expect(try cand("suggest", "lun").output == "")
  }
}
