import CandidateSearch
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateServer

/// The file of events.
@Suite(.mustEnd) struct EventStoreTests {
  private let folder: TemporaryFolder
  private let now = Timestamp(microseconds: 1_767_225_600_000_000)

  init() throws { folder = try TemporaryFolder() }

  private func open(_ name: String = "events.db", maximum: Int = 10_000) throws -> EventStore {
    try EventStore(path: folder.file(name), maximumEvents: maximum)
  }

  private func event(_ number: Int, _ name: String = "connector_synced", ids: String? = nil) throws
    -> WebhookEvent
  {
    let data = ids.map { #"{"candidates":["\#($0)"]}"# } ?? "{}"
    return try #require(try WebhookEvent(body(name, sync: "sync-\(number)", data: data)))
  }

  @Test func duplicatesAreDroppedForSevenDays() async throws {
    let store = try open()
    #expect(try await store.insert(event(1), connector: "a", at: now) == .stored)
    #expect(try await store.insert(event(1), connector: "a", at: now) == .duplicate)
    // The same sync, another event; the same event, another sync.
    #expect(try await store.insert(event(1, "connector_sync_error"), connector: "a", at: now) == .stored)
    #expect(try await store.insert(event(2), connector: "a", at: now) == .stored)
    let last = try #require(try await store.pending(connector: "a").last)
    try await store.finish(connector: "a", upTo: last, at: now)
    let week = Duration.seconds(EventStore.retention)
    #expect(try await store.insert(event(1), connector: "a", at: now.advanced(by: week)) == .duplicate)
    #expect(
      try await store.insert(event(1), connector: "a", at: now.advanced(by: week + .seconds(1))) == .stored)
    #expect(try store.count() == 1)
  }

  /// Without a sync's id, two events can have the same body: the same candidate was modified twice.
  @Test func theSameBodyIsAnotherEventAfterTheDeliveries() async throws {
    let store = try open()
    let event = try #require(
      try WebhookEvent(body("connector_data_modified", sync: nil, data: #"{"candidates":["c7"]}"#)))
    let later = now.advanced(by: .seconds(EventStore.redelivery + 1))
    #expect(try await store.insert(event, connector: "a", at: now) == .stored)
    let last = now.advanced(by: .seconds(EventStore.redelivery))
    #expect(try await store.insert(event, connector: "a", at: last) == .duplicate)
    // A sync that is running may have fetched the candidate already.
    #expect(try await store.insert(event, connector: "a", at: later) == .stored)
    try await store.finish(connector: "a", upTo: 1, at: later)
    #expect(try await store.pending(connector: "a").ids == ["c7"])
    try await store.finish(connector: "a", upTo: 2, at: later)
    #expect(try await store.insert(event, connector: "a", at: later) == .duplicate)
    #expect(try store.count() == 1)
  }

  @Test func processedEventsAreRemovedWithoutANewOne() async throws {
    let bench = try Bench()
    bench.start()
    _ = try await bench.connectors.receive(body("connector_synced"))
    try await bench.waitUntilProcessed()
    _ = try await bench.clock.nextSleep()
    #expect(try bench.connectors.store.count() == 1)
    bench.clock.advance(by: .seconds(EventStore.retention + 1))
    try await wait { try bench.connectors.store.count() == 0 }
  }

  @Test func storedEventsSurviveAKill() async throws {
    let store = try open()
    _ = try await store.insert(event(1, "connector_data_modified", ids: "c7"), connector: "a", at: now)
    _ = try await store.insert(event(2), connector: "a", at: now)
    _ = try await store.insert(event(3, "connector_sync_error"), connector: "a", at: now)
    try await store.setFullSync(connector: "a", at: now)
    // What a killed process leaves: the files as they are, without an orderly end.
    for ending in ["", "-wal"] {
      try FileManager.default.copyItem(
        atPath: folder.file("events.db\(ending)"), toPath: folder.file("killed.db\(ending)"))
    }
    let restarted = try open("killed.db")
    let pending = try await restarted.pending(connector: "a")
    #expect(pending.ids == ["c7"] && pending.needsSync)
    #expect(try restarted.failures() == ["a": now])
    #expect(try await restarted.fullSync(connector: "a") == now)
    #expect(try await restarted.insert(event(2), connector: "a", at: now) == .duplicate)
  }

  /// In WAL mode with FULL, SQLite calls fsync before a commit returns.
  @Test func eventsAreOnTheDiskBeforeTheyAreAnswered() async throws {
    let settings = try await open().queue.read { db in
      [
        try String.fetchOne(db, sql: "PRAGMA journal_mode"),
        try Int.fetchOne(db, sql: "PRAGMA synchronous").map { "\($0)" },
        try Int.fetchOne(db, sql: "PRAGMA secure_delete").map { "\($0)" },
      ]
    }
    #expect(settings == ["wal", "2", "1"])
  }

  @Test func onlyTheOwnerReadsTheFile() async throws {
    let store = try open()
    _ = try await store.insert(event(1), connector: "a", at: now)
    for ending in ["", "-wal"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("events.db\(ending)"))
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func processedEventsMakeRoomAndPendingOnesDoNot() async throws {
    let store = try open(maximum: 3)
    for number in 1...3 { _ = try await store.insert(event(number), connector: "a", at: now) }
    let problem = await #expect(throws: Problem.self) {
      try await store.insert(event(4), connector: "a", at: now)
    }
    #expect(problem?.kind == .overloaded)
    try await store.finish(connector: "a", upTo: 2, at: now)
    for number in 4...5 {
      #expect(try await store.insert(event(number), connector: "a", at: now) == .stored)
    }
    #expect(try store.count() == 3)
    #expect(try await store.pending(connector: "a").last == 5)
    await #expect(throws: Problem.self) { try await store.insert(event(6), connector: "a", at: now) }
  }

  @Test func idsAreBoundedAndRemovedWithTheirEvent() async throws {
    let store = try open()
    for number in 0...EventStore.maximumEventsWithIDs {
      let event = try event(number, "connector_data_modified", ids: "c\(number)")
      _ = try await store.insert(event, connector: "a", at: now)
      #expect(
        try await store.pending(connector: "a").needsSync == (number == EventStore.maximumEventsWithIDs))
    }
    let pending = try await store.pending(connector: "a")
    #expect(pending.ids.count == EventStore.maximumEventsWithIDs)
    try await store.finish(connector: "a", upTo: try #require(pending.last), at: now)
    let left = try await store.queue.read { try String.fetchAll($0, sql: "SELECT DISTINCT ids FROM event") }
    #expect(left == [""])
  }

  @Test func forgottenIDsLeaveNoTrace() async throws {
    let store = try open()
    let ids = ["c-71be05c9", "c-0f8d2a11", "c-5a5a5a5a"]
    for (number, id) in ids.enumerated() {
      _ = try await store.insert(
        event(number, "connector_data_modified", ids: id), connector: "a", at: now)
    }
    func traces() throws -> [String] {
      try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: folder.file("events.db\($0)"))) }
        .flatMap { bytes in ids.filter { bytes.range(of: Data($0.utf8)) != nil } }
    }
    #expect(Set(try traces()) == Set(ids))
    try store.forget([ids[0]], connector: "b")
    #expect(Set(try traces()) == Set(ids), "those of another connector")
    try store.forget([ids[0].uppercased(), "other"])
    #expect(Set(try traces()) == Set(ids[1...]))
    #expect(try await store.pending(connector: "a").ids == ids[1...].sorted())
    try await store.finish(connector: "a", upTo: 3, at: now)
    #expect(try traces() == [])
  }

  @Test func connectorsAreApart() async throws {
    let store = try open()
    _ = try await store.insert(event(1), connector: "a", at: now)
    _ = try await store.insert(event(2), connector: "b", at: now)
    try await store.finish(connector: "a", upTo: 2, at: now)
    #expect(try await store.pending(connector: "a").last == nil)
    #expect(try await store.pending(connector: "b").last == 2)
    try store.finishOthers(than: ["a"], at: now)
    #expect(try await store.pending(connector: "b").last == nil)
  }

  @Test func theLastEventDecidesTheErrorState() async throws {
    let store = try open()
    for (number, name) in ["connector_sync_error", "connector_synced", "connector_sync_error"].enumerated() {
      _ = try await store.insert(event(number, name), connector: "a", at: now)
      #expect(try store.failures().isEmpty == (name == "connector_synced"))
    }
  }

  @Test(arguments: ["text", "another database", "a folder"])
  func anotherFileIsRefused(_ kind: String) throws {
    let path = folder.file("other")
    switch kind {
    case "text": try folder.write(String(repeating: "no database ", count: 100), to: "other")
    case "a folder": try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    default: try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE t (a)") }
    }
    let error = #expect(throws: EventStoreError.self) { try EventStore(path: path) }
    #expect(error?.path == path)
  }
}
