import BindbeeClient
import CandidateSearch
import CandidateSync
import Foundation
import TestSupport
import Testing

/// From the API into an index: what comes, what goes, and how far it has come.
@Suite struct SyncTests {
  private let index: CandidateIndex

  init() throws { index = try .inMemory() }

  @Test func theFirstSyncBringsEverythingAsItCame() async throws {
    let all = remotes(0..<450)
    let server = try BindbeeServer([token: all])
    let summary = try await index.sync(connector: "greenhouse", from: server.client())
    #expect(summary.counts == [450, 0, 0, 0, 0] && summary.pages == 3)
    #expect(try index.export() == all.map { "greenhouse \($0.json())" }.sorted())
    let status = try #require(try index.syncStatus(connector: "greenhouse"))
    #expect(status.mark?.description == time(449))
    #expect(status.kind == .full && status.outcome == .complete && status.added == 450)
    #expect(summary.removal == nil)
    for (number, entry) in server.takeLog().enumerated() {
      #expect(entry.request.path == "/api/ats/v1/candidates")
      #expect(entry.request.query.filter { $0.key != "cursor" } == ["page_size": "200"])
      #expect((entry.request.query["cursor"] == nil) == (number == 0))
    }
  }

  @Test func laterSyncsAskForWhatChangedLessAMinute() async throws {
    let server = try BindbeeServer([token: remotes(0..<10)])
    let client = try server.client()
    try await index.sync(connector: "a", from: client)
    server.change { state in
      state.candidates[token]?[3] = Remote("c3", modifiedAt: time(20), #""first_name":"Bea""#)
      state.candidates[token]?[4].modifiedAt = time(21)
      state.candidates[token]?.append(contentsOf: remotes(22..<23))
    }
    _ = server.takeLog()
    let summary = try await index.sync(connector: "a", from: client)
    #expect(server.takeLog().map { $0.request.query["modified_after"] } == [time(8)])
    // c9 comes again, since it is within the minute.
    #expect(summary.counts == [1, 1, 2, 0, 0])
    #expect(summary.removal == nil)
    let status = try #require(try index.syncStatus(connector: "a"))
    #expect(status.kind == .incremental && status.mark?.description == time(22))
    // Nothing new: the mark stays.
    _ = server.takeLog()
    server.change { $0.candidates[token] = [] }
    #expect(try await index.sync(connector: "a", from: client).counts == [0, 0, 0, 0, 0])
    #expect(try index.syncStatus(connector: "a")?.mark?.description == time(22))
    #expect(try index.count() == 11)
  }

  /// A record that is changed behind the walk, and another ahead of it, which is newer: the mark must not pass over the
  /// first.
  @Test func whatChangesBehindTheWalkComesWithTheNext() async throws {
    let server = try BindbeeServer([token: remotes(0..<400)])
    let later = Timestamp(microseconds: Timestamp.now.microseconds + 3_600_000_000)
    let muchLater = Timestamp(microseconds: later.microseconds + 7_200_000_000)
    server.change { state in
      state.before = { number, state in
        guard number == 2 else { return }
        state.candidates[token]?[5] = Remote("c5", modifiedAt: later.description, #""first_name":"Changed""#)
        state.candidates[token]?[300].modifiedAt = muchLater.description
      }
    }
    let client = try server.client()
    try await index.sync(connector: "a", from: client)
    #expect(try index.number(of: "changed") == 0)
    let summary = try await index.sync(connector: "a", from: client)
    #expect(summary.counts == [0, 1, 1, 0, 0])
    #expect(try index.number(of: "changed") == 1)
  }

  @Test func shortAndEmptyPagesGoOn() async throws {
    let server = try BindbeeServer([token: remotes(0..<50)])
    server.change { $0.sizes = [1: 0, 2: 1, 3: 0, 4: 0, 5: 7] }
    let summary = try await index.sync(connector: "a", from: server.client())
    #expect(summary.counts == [50, 0, 0, 0, 0] && summary.pages == 6)
  }

  @Test func aCursorThatComesAgainIsAnError() async throws {
    let server = try BindbeeServer([token: remotes(0..<5)])
    for cycle in [1, 2, 3] {
      _ = server.takeLog()
      server.change { state in
        state.fault = { number, _ in
          .answer(.init(status: 200, body: #"{"cursor":"c\#(number % cycle)","page_size":0,"items":[]}"#))
        }
      }
      let client = try server.client()
      let index = index
      let failure = await failure { try await index.sync(connector: "a", from: client) }
      #expect(failure?.reason as? BindbeeError == .cursorRepeated(page: cycle + 1))
      #expect(server.takeLog().count == cycle + 1)
    }
  }

  @Test func aBadRecordCostsItselfOnly() async throws {
    var all = remotes(0..<6)
    all[1].broken = #"{"id":{"c1":1},"first_name":"x"}"#
    all[2].broken = #"{"first_name":"nobody"}"#
    all[3].broken = "17"
    let server = try BindbeeServer([token: all])
    let events = Events()
    let summary = try await index.sync(connector: "a", from: server.client(), observe: events.note)
    #expect(summary.counts == [3, 0, 0, 0, 3])
    #expect(events.refusals.map(\.file) == ["a page 1", "a page 1", "a page 1"])
    #expect(events.refusals.first?.record == all[1].broken)
    #expect(try index.syncStatus(connector: "a")?.mark?.description == time(5))
  }

  /// Whatever the API answers to the first sync, what was there before stays.
  @Test(arguments: [1, 100, 101, 1500]) func theFirstSyncRemovesNobody(_ count: Int) async throws {
    try index.ingest(connector: "a") { ingest in
      let records = remotes(1000..<(1000 + count)).map { $0.json() }.joined(separator: "\n")
      try ingest.add(ByteSource(bytes: Array(records.utf8), name: "export"))
    }
    let server = try BindbeeServer([token: remotes(0..<1)])
    let summary = try await index.sync(connector: "a", from: server.client())
    #expect(summary.removal == nil && summary.counts == [1, 0, 0, 0, 0])
    #expect(try index.count() == count + 1)
    // Nor does a full walk remove more than half of few, nor the next plain sync any.
    let full = try await index.sync(connector: "a", from: server.client(), SyncOptions(extent: .full))
    if count > 1 { #expect(full.removal?.isGuarded == true) }
    try await index.sync(connector: "a", from: server.client())
    #expect(try index.count() == (count > 1 ? count + 1 : 1))
  }

  /// What a walk brings, how much it may remove, and what is left.
  static let removals: [(name: String, keep: Int, share: Double, removal: Removal, left: Int)] = [
    ("all there", 400, 0.1, .removed(0), 400),
    ("a tenth", 360, 0.1, .removed(40), 360),
    ("more than the guard", 200, 0.1, .guarded(200, of: 400, examples: ["c200", "c201", "c202"]), 400),
    ("more, but allowed", 200, 0.5, .removed(200), 200),
    ("nothing at all", 0, 1, .inputEmpty, 400),
  ]

  @Test(arguments: removals) func aFullWalkRemovesWhatDidNotCome(
    name: String, keep: Int, share: Double, removal: Removal, left: Int
  ) async throws {
    let server = try BindbeeServer([token: remotes(0..<400)])
    try await index.sync(connector: "a", from: server.client())
    server.change { $0.candidates[token] = remotes(0..<keep) }
    let options = SyncOptions(extent: .full, removalGuard: RemovalGuard(share: share))
    let summary = try await index.sync(connector: "a", from: server.client(), options)
    #expect(summary.removal == removal)
    #expect(try index.count() == left)
    #expect(try index.syncStatus(connector: "a")?.kind == .full)
  }

  /// A permission that is lost on the way looks like an end, or like an error: nobody is removed.
  @Test(arguments: [401, 403, 404, 422, 500]) func aWalkThatBrokeOffRemovesNobody(_ status: Int) async throws
  {
    let server = try BindbeeServer([token: remotes(0..<400)])
    let client = try server.client()
    try await index.sync(connector: "a", from: client)
    _ = server.takeLog()
    server.change { state in
      state.fault = { number, _ in
        number > 1 ? .answer(.init(status: status, body: #"{"detail":"lost"}"#)) : nil
      }
    }
    let index = index
    let everything = SyncOptions(extent: .full, removalGuard: RemovalGuard(share: 1))
    let failure = await failure { try await index.sync(connector: "a", from: client, everything) }
    #expect(failure?.summary.pages == 1 && failure?.summary.removal == nil)
    #expect(try index.count() == 400)
  }

  @Test func connectorsAreApartThoughTheirIdsAreTheSame() async throws {
    let server = try BindbeeServer([
      token: remotes(0..<300), "other": remotes(0..<300, #""first_name":"Cy""#),
    ])
    let clients = [try server.client(), try server.client("other")]
    let index = index
    async let first = index.sync(connector: "a", from: clients[0])
    async let second = index.sync(connector: "b", from: clients[1])
    #expect(try await first.counts == [300, 0, 0, 0, 0])
    #expect(try await second.counts == [300, 0, 0, 0, 0])
    #expect(try index.number(of: "connector:b cy") == 300)
    server.change { $0.candidates["other"] = remotes(0..<290) }
    let summary = try await index.sync(connector: "b", from: clients[1], SyncOptions(extent: .full))
    #expect(summary.removal == .removed(10))
    #expect(try index.number(of: "connector:a") == 300 && index.number(of: "connector:b") == 290)
  }

  @Test func customFieldsAndRawDataComeWhenAskedFor() async throws {
    let all = remotes(0..<2)
    let server = try BindbeeServer([token: all])
    try await index.sync(
      connector: "a", from: server.client(), SyncOptions(includesCustomFields: true, includesRawData: true))
    #expect(try index.export() == all.map { "a \($0.json(customFields: true, rawData: true))" })
  }

  @Test func aTimeOrIdsCanBeAskedFor() async throws {
    let server = try BindbeeServer([token: remotes(0..<250)])
    let client = try server.client()
    let since = try #require(Timestamp(time(239)))
    // Without a walk of everything before it, the mark cannot say that nothing is missing.
    #expect(
      try await index.sync(connector: "a", from: client, SyncOptions(extent: .since(since))).counts
        == [10, 0, 0, 0, 0])
    #expect(try index.syncStatus(connector: "a")?.mark == nil)
    #expect(try await index.sync(connector: "a", from: client).records.added == 240)

    server.change { $0.candidates[token]?.append(contentsOf: remotes(300..<400)) }
    let late = try #require(Timestamp(time(350)))
    try await index.sync(connector: "a", from: client, SyncOptions(extent: .since(late)))
    #expect(try index.syncStatus(connector: "a")?.mark?.description == time(249))
    let early = try #require(Timestamp(time(240)))
    try await index.sync(connector: "a", from: client, SyncOptions(extent: .since(early)))
    #expect(try index.syncStatus(connector: "a")?.mark?.description == time(399))

    _ = server.takeLog()
    let ids = (0..<150).map { "c\($0)" } + ["nobody"]
    let some = try await index.sync(connector: "a", from: client, SyncOptions(extent: .only(ids)))
    #expect(some.counts == [0, 0, 150, 0, 0] && some.removal == nil)
    #expect(server.takeLog().allSatisfy { $0.request.query["ids"] != nil })
    #expect(try index.syncStatus(connector: "a")?.kind == .since)
  }

  @Test func aDryRunChangesNothing() async throws {
    let server = try BindbeeServer([token: remotes(0..<300)])
    let client = try server.client()
    let dry = SyncOptions(extent: .full, isDryRun: true)
    #expect(try await index.sync(connector: "a", from: client, dry).counts == [300, 0, 0, 0, 0])
    #expect(try index.count() == 0)
    #expect(try index.syncStatus(connector: "a") == nil)
    try await index.sync(connector: "a", from: client)
    let status = try index.syncStatus(connector: "a")
    server.change { $0.candidates[token] = remotes(0..<295) }
    let summary = try await index.sync(connector: "a", from: client, dry)
    #expect(summary.removal == .wouldRemove(5, examples: ["c295", "c296", "c297"]))
    #expect(try index.count() == 300)
    #expect(try index.syncStatus(connector: "a") == status)
  }

  @Test func peopleWhoAskedToBeForgottenStayOut() async throws {
    let server = try BindbeeServer([token: remotes(0..<5)])
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("i.db"), access: .writing)
    _ = try index.forget(ids: ["c2"])
    let summary = try await index.sync(connector: "a", from: server.client())
    #expect(summary.records.forgotten == 1 && summary.records.added == 4)
    #expect(try index.candidates(id: "c2").isEmpty)
  }

  @Test func twoSyncsOfOneConnectorDoNotRunAtOnce() async throws {
    let folder = try TemporaryFolder()
    let server = try BindbeeServer([token: remotes(0..<5)])
    let index = try CandidateIndex(path: folder.file("i.db"), access: .writing)
    let client = try server.client()
    let lock = try #require(try index.lockSync(of: "a"))
    await #expect(throws: SyncIsRunning.self) { try await index.sync(connector: "a", from: client) }
    #expect(try await index.sync(connector: "b", from: client).records.added == 5)
    lock.release()
    #expect(try await index.sync(connector: "a", from: client).records.added == 5)
    // Its own lock is free again.
    #expect(try await index.sync(connector: "a", from: client).records.unchanged == 1)
  }

  /// Where it cannot be known whether another sync runs, none begins.
  @Test func aLockFileThatCannotBeOpenedIsAnError() async throws {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("i.db"), access: .writing)
    try FileManager.default.createDirectory(
      atPath: folder.file("i.db-sync"), withIntermediateDirectories: false)
    let client = try BindbeeServer([token: remotes(0..<5)]).client()
    let error = await #expect(throws: IndexError.self) { try await index.sync(connector: "a", from: client) }
    #expect("\(error, default: "")".contains("i.db-sync: cannot be written ("))
  }

  /// What a clock that was ahead has noted hides nothing that is written until then.
  @Test func aMarkInTheFutureIsNone() async throws {
    let server = try BindbeeServer([token: remotes(0..<5)])
    try await index.sync(connector: "a", from: server.client())
    var status = try #require(try index.syncStatus(connector: "a"))
    status.mark = Timestamp(microseconds: Timestamp.now.microseconds + 3_600_000_000)
    try index.store(status)
    server.change { $0.candidates[token]?.append(contentsOf: remotes(5..<7)) }
    let summary = try await index.sync(connector: "a", from: server.client())
    #expect(summary.counts == [2, 0, 5, 0, 0] && summary.removal == nil)
    #expect(try index.syncStatus(connector: "a")?.mark?.description == time(6))
  }

  @Test func cancellingEndsAfterThePageInHand() async throws {
    let server = try BindbeeServer([token: remotes(0..<600)])
    let client = try server.client()
    let index = index
    let work = Task {
      try await index.sync(connector: "a", from: client) { event in
        if case .page = event { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    let failure = await failure { _ = try await work.value }
    #expect(failure?.isInterruption == true && failure?.summary.counts == [200, 0, 0, 0, 0])
    let status = try #require(try index.syncStatus(connector: "a"))
    #expect(status.outcome == .interrupted && status.mark == nil && status.added == 200)
    #expect(try index.count() == 200)
  }
}
