import BenchmarkCorpus
import CandidateModel
import Foundation
import PostgresEngine
import SearchLog
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch
@testable import PostgresEngine

/// `forget` on a server: no byte of a person is left in any file of the server's data folder.
@Suite(.serialized, .mustEnd) struct ForgetTests {
  /// A server whose WAL contains whole pages, and whose files of WAL are removed rather than used again.
  private static let server = Result {
    try PostgresServer(settings: [
      "wal_recycle=off", "full_page_writes=on", "wal_log_hints=on", "max_prepared_transactions=5",
    ])
  }

  private let server: PostgresServer
  private let folder: TemporaryFolder
  private let address: String
  private let index: CandidateIndex

  init() throws {
    server = try Self.server.get()
    folder = try TemporaryFolder()
    address = try server.newDatabase()
    index = try CandidateIndex(url: address, access: .writing)
    let corpus = Corpus(seed: 3)
    try index.add((0..<150).map { String(decoding: corpus.record($0), as: UTF8.self) }, connector: "corpus")
  }

  /// A person whose texts no other record has. The long ones cannot be compressed, so that they would be seen in a file.
  private static func person(_ name: String, revision: Int = 0) -> (record: String, texts: [String]) {
    var random = SplitMix64(state: UInt64(name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }) &+ UInt64(revision))
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    func noise(_ count: Int) -> String {
      String((0..<count).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
    }
    let words = (0..<400).map { _ in noise(17) }
    let texts =
      ["\(name)-0001-person", "xanthippe\(name)", "quuxington\(name)", "\(name)@quux.example", noise(40)]
      + words
    let record = """
      {"id":"\(texts[0])","first_name":"\(texts[1])","last_name":"\(texts[2])","email_addresses":["\(texts[3])"],\
      "remote_id":"\(texts[4])","title":"Version \(revision)","tags":["\(words[0])"],\
      "custom_fields":{"note":"\(words.joined(separator: " "))"},"modified_at":"2026-01-0\(revision + 1)T00:00:00Z"}
      """
    return (record, texts)
  }

  /// The texts that files of the server contain, with the names of the files.
  private func found(_ texts: [String]) throws -> [String: Set<String>] {
    let patterns = try folder.write(texts.joined(separator: "\n"), to: "texts")
    let run = try CommandRun(
      program: "/bin/grep", ["-raoF", "-f", patterns, "."], environment: ["LC_ALL": "C"],
      folder: server.folder)
    // The server removes files meanwhile.
    let isRead = run.error.split(separator: "\n").allSatisfy { $0.hasSuffix("No such file or directory") }
    #expect(run.exit < 2 || isRead, "\(run.error)")
    var found: [String: Set<String>] = [:]
    for line in run.lines {
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      found[parts[1], default: []].insert(parts[0])
    }
    return found
  }

  private func prepare() throws -> [String] {
    try index.addCustomFields([#require(CustomField("note"))])
    var texts: [String] = []
    for revision in 0..<3 {
      for name in ["anna", "bert"] {
        let person = Self.person(name, revision: revision)
        try index.add([person.record], connector: "people")
        texts += person.texts
      }
      try server.psql("CHECKPOINT")
    }
    // As a database administrator does: of the partitioned tables, too.
    try server.psql("VACUUM ANALYZE", database: PostgresServer.database(address))
    try server.psql("CHECKPOINT")
    let found = try found(texts)
    // A few are cut by the end of a page.
    #expect(found.count > texts.count * 95 / 100, "\(found.count) of \(texts.count) are seen in files")
    return texts
  }

  @Test func noByteIsLeftAfterACallOfTheLibrary() throws {
    let texts = try prepare()
    let byID = try index.forget(ids: ["anna-0001-person"])
    #expect(byID.removed == ["anna-0001-person"])
    #expect(byID.isVerified, "\(byID)")
    let byAddress = try index.forget(email: "bert@quux.example")
    #expect(byAddress.removed == ["bert-0001-person"])
    #expect(byAddress.isVerified, "\(byAddress)")
    #expect(try found(texts) == [:])
    // The horizon is a position of the WAL that the server has written.
    let horizon = try #require(byAddress.horizon)
    let position = try #require(horizon.firstMatch(of: /[0-9A-F]+\/[0-9A-F]+/)).output
    #expect(
      try server.psql("SELECT '\(position)'::pg_lsn <= pg_current_wal_insert_lsn()") == "t", "\(horizon)")
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func theCommandNamesTheHorizonOfTheWAL() throws {
    let texts = try prepare()
    let run = try candSearch(address, ["forget", "anna-0001-person", "bert-0001-person"])
    #expect(run.exit == 0, "\(run.error)")
    #expect(run.error.contains("forgot 2; verified"))
    #expect(
      run.error.contains(
        /note: not erased from the server's WAL before LSN [0-9A-F]+\/[0-9A-F]+ \(file [0-9A-F]{24}, .*Z\)/),
      "\(run.error)")
    #expect(try found(texts) == [:])
    // A second request for who was forgotten before erases again what it may.
    #expect(try candSearch(address, ["forget", "anna-0001-person"]).error.contains("note: not erased from"))
  }

  @Test func whoeverReadsAnOlderStateIsWaitedFor() throws {
    let texts = try prepare()
    let reader = try Session(address, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1")
    Thread {
      sleep(1)
      try? reader.end()
    }.start()
    let summary = try index.forget(ids: ["anna-0001-person", "bert-0001-person"])
    #expect(summary.isVerified)
    #expect(try found(texts) == [:])
  }

  @Test func anOlderStateThatDoesNotEndIsNamed() throws {
    let engine = try PostgresEngine(address, isWritable: true, readers: 1, maximumWait: .milliseconds(200))
    let impatient = CandidateIndex(engine, scope: .all)
    let person = Self.person("carl")
    try impatient.add([person.record], connector: "people")
    let error = try index.engine.read { snapshot in
      _ = try snapshot.isEmpty()
      return #expect(throws: IndexError.self) { try impatient.forget(ids: ["carl-0001-person"]) }
    }
    guard case .erasureBlocked(engine.location, let holder?) = error else {
      Issue.record("\(error.map { "\($0)" } ?? "none")")
      return
    }
    #expect(holder.contains(/a transaction of process [0-9]+ of the server \(cand-search\) reads/))
    #expect(try impatient.sampledCheck().isErasurePending)
    // The next load erases what is left.
    try impatient.add([], connector: "people")
    #expect(try !impatient.sampledCheck().isErasurePending)
    #expect(try found(person.texts) == [:])
  }

  @Test func aPreparedTransactionIsWaitedFor() throws {
    let engine = try PostgresEngine(address, isWritable: true, readers: 1, maximumWait: .milliseconds(200))
    let impatient = CandidateIndex(engine, scope: .all)
    let person = Self.person("dora")
    try impatient.add([person.record], connector: "people")
    let database = PostgresServer.database(address)
    try server.psql(
      "BEGIN; SELECT * FROM cand_search.sync; SELECT txid_current(); PREPARE TRANSACTION 'old'",
      database: database)
    #expect(
      throws: IndexError.erasureBlocked(path: engine.location, holder: "the prepared transaction old keeps")
    ) {
      try impatient.forget(ids: ["dora-0001-person"])
    }
    try server.psql("COMMIT PREPARED 'old'", database: database)
    #expect(try impatient.forget(ids: ["dora-0001-person"]).isVerified)
    #expect(try found(person.texts) == [:])
  }

  @Test func aSecondErasureDuringOneIsNotLost() throws {
    let texts = try prepare()
    // Two at once: the one that ends first must not note that the other one is done.
    let problems = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 2) { i in
      do {
        let index = try CandidateIndex(url: address, access: .writing)
        let summary = try index.forget(ids: [i == 0 ? "anna-0001-person" : "bert-0001-person"])
        if !summary.isVerified { problems.withLock { $0.append("\(summary)") } }
      } catch {
        problems.withLock { $0.append("\(error)") }
      }
    }
    #expect(problems.withLock { $0 } == [])
    try server.psql("CHECKPOINT")
    #expect(try found(texts) == [:])
  }

  /// Candidates that are removed while an erasure writes the last tables are erased, too: it must not note that none is
  /// pending.
  @Test func whoIsRemovedDuringAnErasureIsErased() throws {
    let texts = try prepare()
    let old = try Session(address, "BEGIN; SELECT count(*) FROM cand_search.sync")
    let isDone = DispatchSemaphore(value: 0)
    let result = Mutex<Result<ForgetSummary, any Error>?>(nil)
    Thread { [index] in
      result.withLock { $0 = Result { try index.forget(ids: ["anna-0001-person"]) } }
      isDone.signal()
    }.start()
    func waitFor(_ condition: String) throws {
      while try server.psql(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cand-search' AND \(condition)")
        == "0"
      {
        usleep(20_000)
      }
    }
    // It waits for the older transaction, but not for one that begins now, which keeps it from the last tables.
    try waitFor("query LIKE '%virtualxid%'")
    usleep(300_000)
    let newer = try Session(address, "BEGIN; LOCK TABLE cand_search.sync IN ACCESS SHARE MODE")
    try old.end()
    try waitFor("query LIKE 'VACUUM%' AND wait_event_type = 'Lock'")
    let other = try CandidateIndex(url: address, access: .writing)
    try other.engine.write { transaction in
      let numbers = try transaction.numbers(id: "bert-0001-person", connector: nil)
      #expect(try Remover(transaction: transaction).remove(numbers).count == 1)
      try transaction.beginErasure()
    }
    try newer.end()
    isDone.wait()
    #expect(try #require(result.withLock { $0 }).get().isVerified)
    #expect(try !other.sampledCheck().isErasurePending)
    #expect(try found(texts) == [:])
  }

  // MARK: - The search log

  /// Logs searches for a person, and others; returns texts that no candidate has. They are long and cannot be compressed.
  private func logSearches(for name: String) throws -> [String] {
    let person = Self.person(name)
    let noise = (0..<4).map {
      "\(name)query\($0) " + Self.person("\(name)\($0)query").texts.suffix(150).joined(separator: " ")
    }
    let log = try SearchLog(url: address)
    for i in 0..<60 {
      var entry = SearchLogEntry(
        .search, key: "k", candidates: [.init(connector: "people", id: person.texts[0])])
      let names = "\(person.texts[1]) \(person.texts[2])"
      (entry.query, entry.canonicalQuery) = ("engineer \(i)", "(engineer AND \(i))")
      if i % 3 == 0 {
        (entry.query, entry.canonicalQuery) = ("\(names) \(noise[0])", "(\(names) AND \(noise[1]))")
      }
      if i % 3 == 1 { entry.purpose = "call \(names) back \(noise[2])" }
      if i % 3 == 2 { entry.purpose = "e-mail to \(person.texts[3]) \(noise[3])" }
      try log.append(entry)
      if i % 20 == 0 { try log.flush() }
    }
    try log.flush()
    try server.psql("VACUUM ANALYZE", database: PostgresServer.database(address))
    try server.psql("CHECKPOINT")
    let texts = noise.flatMap { $0.split(separator: " ").map(String.init) }
    let found = try found(texts)
    #expect(found.count > texts.count * 90 / 100, "\(found.count) of \(texts.count) are seen in files")
    return texts
  }

  private func expectSoundLog(_ number: Int) throws {
    let log = try SearchLog(url: address, access: .reading)
    let verification = try log.verify()
    #expect(verification.isSound && verification.entries == number, "\(verification)")
    #expect(verification.erasedIDs > 0 && verification.erasedTexts > 0)
  }

  @Test func noByteIsLeftInTheSearchLog() throws {
    var texts = try prepare() + logSearches(for: "anna")
    texts += try logSearches(for: "bert")
    // No log is named.
    let byID = try candSearch(address, ["forget", "anna-0001-person"])
    #expect(byID.exit == 0, "\(byID.error)")
    #expect(byID.error.contains("erased from the search log: 60 ids, 80 texts\n"), "\(byID.error)")
    let byAddress = try candSearch(address, ["forget", "--email", "bert@quux.example", "--log", "none"])
    #expect(byAddress.exit == 0, "\(byAddress.error)")
    #expect(byAddress.error.contains("erased from the search log: 60 ids, 80 texts\n"), "\(byAddress.error)")
    #expect(try found(texts) == [:])
    try expectSoundLog(120)
    let seen = try SearchLog(url: address, access: .reading).entries(thatShowed: "anna-0001-person")
    #expect(seen.count == 60 && seen.allSatisfy { $0.candidates.map(\.id) == [nil] })
    #expect(seen.filter { $0.query == .erased }.count == 20)
  }

  @Test func theLibraryErasesTheLogAlone() throws {
    let texts = try logSearches(for: "erik") + ["erik-0001-person"]
    let log = try SearchLog(url: address)
    let erasure = try log.forget(
      [ForgottenCandidate(id: "ERIK-0001-person")],
      texts: ["Xanthippeerik Quuxingtonerik", "erik@quux.example"])
    #expect(erasure.ids == 60 && erasure.texts == 80)
    let horizon = try #require(erasure.horizon?.firstMatch(of: /[0-9A-F]+\/[0-9A-F]+/)).output
    #expect(try server.psql("SELECT '\(horizon)'::pg_lsn <= pg_current_wal_insert_lsn()") == "t")
    #expect(try found(texts) == [:])
    try expectSoundLog(60)
  }

  /// A server keeps the bytes of removed rows until it needs the room.
  @Test func whatRetentionHasRemovedIsErased() throws {
    let texts = try logSearches(for: "hans")
    let log = try SearchLog(url: address)
    let later = Timestamp(microseconds: SearchLog.present().microseconds + 60 * 86_400_000_000)
    #expect(try log.removeEntries(olderThan: #require(Period("30d")), now: later) == 60)
    try server.psql("CHECKPOINT")
    #expect(try !found(texts).isEmpty)
    #expect(try log.forget([ForgottenCandidate(id: "hans-0001-person")]).ids == 0)
    #expect(try found(texts) == [:])
    #expect(try log.verify().isSound)
  }

  /// A process that was killed after its transaction: the next one that opens the log erases, whoever may.
  @Test func anInterruptedErasureOfTheLogIsFinished() throws {
    let texts = try logSearches(for: "fritz")
    let database = PostgresServer.database(address)
    let columns: [StoredEntry.TextColumn] = [.query, .canonical, .purpose]
    try SearchLog(url: address).store.change { transaction in
      for column in columns { _ = try transaction.eraseTexts(column, of: Array(1...60)) }
      _ = try transaction.eraseIDs([StoredEntry.Place(entry: 1, place: 0)])
      try transaction.beginErasure()
    }
    try server.psql(
      """
      DROP ROLE IF EXISTS appender; CREATE ROLE appender LOGIN; GRANT USAGE ON SCHEMA cand_search TO appender;
      GRANT ALL ON ALL TABLES IN SCHEMA cand_search TO appender
      """, database: database)
    defer { _ = try? server.psql("DROP OWNED BY appender; DROP ROLE appender", database: database) }
    let other = try SearchLog(url: address.replacing("postgres@", with: "appender@"))
    try other.append(SearchLogEntry(.search, key: "k"))
    try other.flush()
    #expect(try !found(texts).isEmpty)
    let error = #expect(throws: SearchLogError.self) { try other.forget([ForgottenCandidate(id: "x")]) }
    #expect("\(error.map { "\($0)" } ?? "")".contains("only the owner of its tables can erase"))
    let log = try SearchLog(url: address)
    #expect(try found(texts) == [:])
    #expect(try log.verify().isSound)
  }

  @Test func aReaderOfAnOlderLogIsNamed() throws {
    let texts = try logSearches(for: "gerd")
    let reader = try Session(
      address, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM cand_search.log_entry")
    let log = try SearchLog(PostgresLogStore(address, isWritable: true, maximumWait: .milliseconds(200)))
    let people = [ForgottenCandidate(id: "gerd-0001-person")]
    let names = ["Xanthippegerd Quuxingtongerd", "gerd@quux.example"]
    #expect(throws: SearchLogError.erasureBlocked(path: address)) { try log.forget(people, texts: names) }
    #expect(try !found(texts).isEmpty)
    try reader.end()
    #expect(try log.forget(people, texts: names).ids == 0)
    #expect(try found(texts) == [:])
    try expectSoundLog(60)
  }

  @Test func onlyTheOwnerOfTheTablesCanErase() throws {
    let texts = try prepare()
    let database = PostgresServer.database(address)
    try server.psql(
      """
      DROP ROLE IF EXISTS writer; CREATE ROLE writer LOGIN; GRANT USAGE ON SCHEMA cand_search TO writer;
      GRANT ALL ON ALL TABLES IN SCHEMA cand_search TO writer; GRANT ALL ON ALL SEQUENCES IN SCHEMA cand_search TO writer
      """, database: database)
    defer { _ = try? server.psql("DROP OWNED BY writer; DROP ROLE writer", database: database) }
    let asWriter = address.replacing("postgres@", with: "writer@")
    let load = try candSearch(asWriter, ["index", "--connector", "people", Fixture.people])
    #expect(load.exit == 0, "\(load.error)")
    let run = try candSearch(asWriter, ["forget", "anna-0001-person", "bert-0001-person"])
    #expect(run.exit == 4)
    #expect(run.error.contains("cannot be written (only the owner of its tables can erase"), "\(run.error)")
    // What was removed is erased by whoever may.
    #expect(try candSearch(address, ["forget", "anna-0001-person"]).exit == 0)
    #expect(try found(texts) == [:])
  }
}
