import BenchmarkCorpus
import CandidateModel
import Foundation
import PostgresEngine
import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch

/// Several writers at once, whose candidates have equal times and docids that collide.
@Suite(.mustEnd) struct WriterTests {
  private static let connectors = ["a", "b", "c"]
  private static let second = "2026-03-01T12:00:00Z"

  /// Ids of the connectors whose docids have one slot of a second, or neighbouring ones: they make room for one another.
  private static let colliding: [String: [String]] = {
    let slots = Docid.slots(ofSecond: 1_772_366_400)
    var taken: [Int64: [(String, String)]] = [:]
    for connector in connectors {
      for i in 0..<40_000 {
        let slot = DocidKey(second: 1_772_366_400, connector: connector, id: "x\(i)").slot(in: slots)
        taken[slot, default: []].append((connector, "x\(i)"))
      }
    }
    var ids: [String: [String]] = [:]
    for group in taken.values where group.count > 1 {
      for (connector, id) in group { ids[connector, default: []].append(id) }
    }
    return ids.mapValues { $0.sorted().prefix(40).map(\.self) }
  }()

  private static func record(_ id: String, version: Int) -> String {
    """
    {"id":"\(id)","title":"Version\(version) Tester","company":"Company\(version % 3)",\
    "is_private":\((version + id.utf8.count) % 3 == 0),"last_interaction_at":"\(second)"}
    """
  }

  /// Ids of a connector: those that collide, some of the same second, and the corpus for other times.
  private static func ids(_ connector: String) -> [String] {
    (colliding[connector] ?? []) + (0..<40).map { "same-\($0)" }
  }

  private static func corpus(_ connector: String) -> [String] {
    let corpus = Corpus(seed: UInt64(connector.utf8.first ?? 0))
    return (0..<60).map { String(decoding: corpus.record($0), as: UTF8.self) }
  }

  /// The records of a connector at the end.
  private static func last(_ connector: String) -> [String] {
    ids(connector).enumerated().filter { $0.offset % 5 != 0 }.map { record($0.element, version: 9) }
      + corpus(connector)
  }

  @Test func threadsEndWhereOneWriterEnds() throws {
    let server = try PostgresServer.shared.get()
    let address = try server.newDatabase()
    let problems = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: Self.connectors.count) { i in
      let connector = Self.connectors[i]
      var random = SplitMix64(state: UInt64(i))
      do {
        // Each creates the tables, if no other has.
        let index = try CandidateIndex(url: address, access: .writing)
        let ids = Self.ids(connector)
        let first = try index.add(
          ids.shuffled(using: &random).map { Self.record($0, version: 0) }, connector: connector, batch: 9)
        if first.added != ids.count { problems.withLock { $0.append("\(connector): \(first)") } }
        for version in 1..<6 {
          let some = ids.shuffled(using: &random).prefix(30)
          let sum = try index.add(
            some.map { Self.record($0, version: version) }, connector: connector, batch: 7)
          if sum.records != some.count { problems.withLock { $0.append("\(connector): \(sum)") } }
          // Deleted and brought back.
          let deleted = try index.delete(ids: Array(some.prefix(4)), connector: connector)
          if deleted.count != 4 { problems.withLock { $0.append("\(connector): deleted \(deleted)") } }
          let again = try index.add(
            some.prefix(4).map { Self.record($0, version: version) }, connector: connector, batch: 3)
          if again.added != 4 { problems.withLock { $0.append("\(connector): \(again)") } }
        }
        let replaced = try index.replace(connector: connector, guard: RemovalGuard(share: 1, always: 0)) {
          $0.batchRecords = 11
          try $0.add(
            ByteSource(
              bytes: Array(Self.last(connector).shuffled(using: &random).joined(separator: "\n").utf8),
              name: connector))
        }
        let expected = (ids.count + 4) / 5
        if replaced.removal != .removed(expected) {
          problems.withLock { $0.append("\(connector): \(replaced)") }
        }
      } catch {
        problems.withLock { $0.append("\(connector): \(error)") }
      }
    }
    #expect(problems.withLock { $0 } == [])
    try expectAll(address)
  }

  /// A writer makes room for its candidates among those of another connector, while that one's writer moves them to another
  /// time. Neither must change rows that the other one has moved.
  @Test func aCandidateThatMadeRoomIsNotMovedTwice() throws {
    let server = try PostgresServer.shared.get()
    let address = try server.newDatabase()
    let index = try CandidateIndex(url: address, access: .writing)
    let ids = Self.colliding
    try index.add((ids["b"] ?? []).map { Self.record($0, version: 0) }, connector: "b")
    let other = try CandidateIndex(url: address, access: .writing)
    let moved = (ids["b"] ?? []).map {
      Self.record($0, version: 1).replacing(Self.second, with: "2026-04-01T12:00:00Z")
    }
    let own = (ids["a"] ?? []).map { Self.record($0, version: 0) }
    let isDone = DispatchSemaphore(value: 0)
    let problem = Mutex<String?>(nil)
    let begins = Mutex(true)
    let builder = DocumentBuilder(connector: "a", customFields: [])
    let batch = try own.map {
      IncomingRecord.prepared(PreparedRecord(try CandidateDecoder().decode(bytes: Array($0.utf8)), builder))
    }
    let writer = BatchWriter(connector: "a", customFields: [], isDryRun: false)
    _ = try index.engine.write(ofConnector: "a", lane: Lane(number: 0)) { transaction in
      let outcome = try writer.write(batch, in: transaction)
      _ = try transaction.isEmpty()
      // The rows are changed, and nothing is committed yet. Once only: the transaction may be tried again.
      guard
        begins.withLock({ begins in
          defer { begins = false }; return begins
        })
      else { return outcome }
      Thread {
        do { try other.add(moved, connector: "b") } catch { problem.withLock { $0 = "\(error)" } }
        isDone.signal()
      }.start()
      // Until it waits for this transaction.
      while try server.psql(
        """
        SELECT count(*) FROM pg_stat_activity WHERE datname = '\(PostgresServer.database(address))' \
        AND wait_event_type = 'Lock'
        """) == "0"
      {
        usleep(10_000)
      }
      return outcome
    }
    isDone.wait()
    #expect(problem.withLock { $0 } == nil)
    let problems = try index.check(isFull: true).problems
    #expect(problems == [])
    let expected = try CandidateIndex.inMemory()
    try expected.add(own, connector: "a")
    try expected.add(moved, connector: "b")
    #expect(try index.export() == expected.export())
  }

  /// The lanes of one connector meet where its candidates collide.
  @Test func lanesEndWhereOneWriterEnds() throws {
    let server = try PostgresServer.shared.get()
    let address = try server.newDatabase()
    let index = try CandidateIndex(url: address, access: .writing)
    #expect(index.engine.laneCount > 1)
    let slots = Docid.slots(ofSecond: 1_772_366_400)
    let bySlot = Dictionary(grouping: (0..<40_000).map { "x\($0)" }) {
      DocidKey(second: 1_772_366_400, connector: "a", id: $0).slot(in: slots)
    }
    let ids = bySlot.values.filter { ids in
      Set(ids.map { Lane(ofID: $0, count: index.engine.laneCount) }).count > 1
    }.joined().sorted()
    #expect(ids.count > 10)
    let expected = try CandidateIndex.inMemory()
    for version in 0..<6 {
      // Each record twice in a batch, and again in the next one: the last one counts.
      let records = (0..<3).flatMap { i in
        ids.flatMap { [Self.record($0, version: i), Self.record($0, version: version)] }
      }
      let (sum, one) = try (
        index.add(records, connector: "a", batch: 2 * ids.count),
        expected.add(records, connector: "a", batch: 2 * ids.count)
      )
      #expect((sum.added, sum.updated, sum.unchanged) == (one.added, one.updated, one.unchanged))
    }
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.export() == expected.export())
  }

  /// What another ingest of the connector is bringing in when a replacement begins is not removed by it.
  @Test func aReplacementKeepsWhatComesMeanwhile() throws {
    let server = try PostgresServer.shared.get()
    let address = try server.newDatabase()
    let index = try CandidateIndex(url: address, access: .writing)
    let other = try CandidateIndex(url: address, access: .writing)
    try index.add([Self.record("old", version: 0)], connector: "a")
    let builder = DocumentBuilder(connector: "a", customFields: [])
    let late = PreparedRecord(
      try CandidateDecoder().decode(bytes: Array(Self.record("late", version: 0).utf8)), builder)
    let writer = BatchWriter(connector: "a", customFields: [], isDryRun: false)
    let result = Mutex<Result<ReplacementSummary, any Error>?>(nil)
    let isDone = DispatchSemaphore(value: 0)
    _ = try index.engine.write(ofConnector: "a", lane: Lane(number: 0)) { transaction in
      let outcome = try writer.write([.prepared(late)], in: transaction)
      // Of another connector, with a higher number.
      try other.add([Self.record("other", version: 0)], connector: "b")
      Thread {
        let replacement = Result {
          try other.replace(connector: "a", guard: RemovalGuard(share: 1, always: 0)) {
            try $0.add(ByteSource(bytes: Array(Self.record("new", version: 0).utf8), name: "new"))
          }
        }
        result.withLock { $0 = replacement }
        isDone.signal()
      }.start()
      while try server.psql(
        """
        SELECT count(*) FROM pg_stat_activity WHERE datname = '\(PostgresServer.database(address))' \
        AND wait_event_type = 'Lock'
        """) == "0"
      {
        usleep(10_000)
      }
      return outcome
    }
    isDone.wait()
    #expect(try #require(result.withLock { $0 }).get().removal == .removed(1))
    #expect(try index.identifiers() == ["a late", "a new", "b other"])
  }

  @Test func processesEndWhereOneWriterEnds() throws {
    let server = try PostgresServer.shared.get()
    let address = try server.newDatabase()
    let folder = try TemporaryFolder()
    let runs = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: Self.connectors.count) { i in
      let connector = Self.connectors[i]
      do {
        for version in [0, 1, 2] {
          let file = try folder.write(
            Self.ids(connector).map { Self.record($0, version: version) }.joined(separator: "\n"),
            to: "\(connector)-\(version)")
          let load = try candSearch(
            address, ["index", "--connector", connector, "--batch-records", "10", file])
          if load.exit != 0 { runs.withLock { $0.append(load.error) } }
        }
        let file = try folder.write(Self.last(connector).joined(separator: "\n"), to: connector)
        let replace = try candSearch(
          address,
          ["reindex", "--allow-removals", "100", "--connector", connector, "--batch-records", "10", file])
        if replace.exit != 0 { runs.withLock { $0.append(replace.error) } }
      } catch {
        runs.withLock { $0.append("\(error)") }
      }
    }
    #expect(runs.withLock { $0 } == [])
    try expectAll(address)
  }

  /// Compares an index with one on SQLite of the same candidates, and its term statistics with those of a rebuild.
  private func expectAll(_ address: String) throws {
    let index = try CandidateIndex(url: address, access: .writing)
    let expected = try CandidateIndex.inMemory()
    for connector in Self.connectors { try expected.add(Self.last(connector), connector: connector) }
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.export() == expected.export())
    for query in ["tester", "version9", "company:company0", "is_private:true", "engineer", "version3"] {
      #expect(try index.count(SearchQuery(query)) == expected.count(SearchQuery(query)), "\(query)")
    }
    let server = try PostgresServer.shared.get()
    func statistics() throws -> String {
      try server.psql(
        "SELECT * FROM cand_search.vocabulary ORDER BY term, field; SELECT * FROM cand_search.vocabulary_change",
        database: PostgresServer.database(address))
    }
    let concurrent = try statistics()
    try index.rebuild()
    #expect(concurrent == (try statistics()))
    #expect(!concurrent.isEmpty)
  }
}
