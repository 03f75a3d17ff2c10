import BindbeeClient
import CandidateSearch
import CandidateSync
import Foundation
import TestSupport
import Testing

/// Refused records: the mark moves past them, and the next sync requests them again.
@Suite struct RefusedTests {
  private let folder: TemporaryFolder
  private let index: CandidateIndex

  init() throws {
    folder = try TemporaryFolder()
    index = try CandidateIndex(path: folder.file("i.db"), access: .writing)
  }

  /// A record that no JSON reader takes, with an id.
  private static func broken(_ id: String) -> String { "{\"id\":\"\(id)\",\"x\":tru}" }

  private func kept() throws -> [String] { try index.refusedIDs(connector: "a").all }

  private func count() throws -> Int? { try index.syncStatus(connector: "a")?.toRequestAgain }

  /// A server with this many candidates, of which c1 and c3 are broken, after the first sync.
  private func synced(_ count: Int = 6) async throws -> BindbeeServer {
    let server = try BindbeeServer([token: remotes(0..<count)])
    server.change { state in
      for i in [1, 3] { state.candidates[token]?[i].broken = Self.broken("c\(i)") }
    }
    let summary = try await index.sync(connector: "a", from: server.client())
    #expect(summary.records.refused == 2 && summary.records.added == count - 2)
    #expect(try index.syncStatus(connector: "a")?.mark?.description == time(count - 1))
    #expect(try kept() == ["c1", "c3"] && self.count() == 2)
    _ = server.takeLog()
    return server
  }

  @Test func aRefusedRecordIsRequestedUntilItComesIn() async throws {
    let server = try await synced()
    // Still broken: both stay.
    try await index.sync(connector: "a", from: server.client())
    #expect(server.takeLog().map { $0.request.query["ids"] } == [nil, "c1,c3"])
    #expect(try kept() == ["c1", "c3"])
    // One is mended, which does not move its time.
    server.change { $0.candidates[token]?[1].broken = nil }
    let summary = try await index.sync(connector: "a", from: server.client())
    #expect(summary.records.added == 1 && summary.records.refused == 1)
    #expect(try kept() == ["c3"] && count() == 1)
    #expect(try index.candidates(id: "c1").count == 1)
    server.change { $0.candidates[token]?[3].broken = nil }
    try await index.sync(connector: "a", from: server.client())
    #expect(try kept() == [] && count() == 0)
    _ = server.takeLog()
    try await index.sync(connector: "a", from: server.client())
    #expect(server.takeLog().map { $0.request.query["ids"] } == [nil])
    #expect(try index.syncStatus(connector: "a")?.mark?.description == time(5))
  }

  @Test func whatIsGoneFromTheAPIIsNotRequestedAgain() async throws {
    let server = try await synced()
    server.change { state in state.candidates[token]?.removeAll { $0.id == "c1" } }
    try await index.sync(connector: "a", from: server.client())
    #expect(try kept() == ["c3"])
    // A full walk shows it without a request of its own.
    server.change { state in state.candidates[token]?.removeAll { $0.id == "c3" } }
    _ = server.takeLog()
    try await index.sync(connector: "a", from: server.client(), SyncOptions(extent: .full))
    #expect(server.takeLog().map { $0.request.query["ids"] } == [nil])
    #expect(try kept() == [])
  }

  @Test func whatComesWithTheWalkIsNotRequestedAgain() async throws {
    let server = try await synced()
    server.change { state in
      state.candidates[token]?[1] = Remote("c1", modifiedAt: time(50))
      state.candidates[token]?[3].modifiedAt = time(51)
    }
    try await index.sync(connector: "a", from: server.client())
    #expect(server.takeLog().map { $0.request.query["ids"] } == [nil])
    #expect(try kept() == ["c3"])
    // Nor what is asked for by hand.
    server.change { $0.candidates[token]?[3].broken = nil }
    try await index.sync(connector: "a", from: server.client(), SyncOptions(extent: .only(["c3", "c9"])))
    #expect(server.takeLog().map { $0.request.query["ids"] } == ["c3,c9"])
    #expect(try kept() == [])
  }

  @Test(arguments: [nil, "a", "b"] as [String?]) func theForgottenAreNotRequestedAgain(_ connector: String?)
    async throws
  {
    let server = try await synced()
    _ = try index.forget(ids: ["C1"], connector: connector)
    #expect(try kept() == (connector == "b" ? ["c1", "c3"] : ["c3"]))
    // Forgotten while a sync has it in memory.
    let index = index
    server.change { state in
      state.before = { _, _ in _ = try? index.forget(ids: ["c3"], connector: "a") }
    }
    try await index.sync(connector: "a", from: server.client())
    #expect(try kept() == (connector == "b" ? ["c1"] : []))
  }

  @Test func aWalkThatBreaksOffLosesNone() async throws {
    let server = try await synced(450)
    server.change { state in
      state.candidates[token]?[2].broken = Self.broken("c2")
      state.candidates[token]?[1].broken = nil
      state.fault = { number, _ in number == 2 ? .answer(.init(status: 403, body: "{}")) : nil }
    }
    let client = try server.client()
    let index = index
    let full = SyncOptions(extent: .full)
    #expect(await failure { try await index.sync(connector: "a", from: client, full) } != nil)
    // c1 came in, c2 is new, and of c3 nothing else is known.
    #expect(try kept() == ["c2", "c3"])
    // Nor does a request for them that breaks off.
    server.change { state in
      state.log = []
      state.fault = { number, _ in number == 2 ? .answer(.init(status: 401, body: "{}")) : nil }
    }
    #expect(await failure { try await index.sync(connector: "a", from: client) } != nil)
    #expect(try kept() == ["c2", "c3"])
    #expect(try index.syncStatus(connector: "a")?.mark?.description == time(449))
  }

  /// What an API says to ids that it does not understand costs neither the sync nor the other ids.
  @Test(arguments: [400, 404, 414, 422]) func anIDThatIsNotAcceptedCostsItselfOnly(_ status: Int) async throws
  {
    let server = try await synced(300)
    server.change { state in
      for i in 10..<40 { state.candidates[token]?[i].broken = Self.broken("c\(i)") }
    }
    try await index.sync(connector: "a", from: server.client(), SyncOptions(extent: .full))
    server.change { state in
      state.log = []
      for i in 0..<300 { state.candidates[token]?[i].broken = nil }
      state.unacceptable = (["c12"], status)
    }
    let summary = try await index.sync(connector: "a", from: server.client())
    #expect(summary.records.added == 2 && summary.records.refused == 0)
    #expect(try kept() == [] && server.requestCount < 20)
    #expect(try index.syncStatus(connector: "a")?.outcome == .complete)
  }

  /// An API that cannot answer the request for refused records costs neither the sync nor the ids, which the next one requests.
  @Test func whatCannotBeAnsweredIsRequestedNextTime() async throws {
    let server = try await synced(300)
    server.change { state in
      for i in 10..<40 { state.candidates[token]?[i].broken = Self.broken("c\(i)") }
    }
    try await index.sync(connector: "a", from: server.client(), SyncOptions(extent: .full))
    let all = try kept()
    #expect(all.count > 2)
    server.change { state in
      for i in 0..<300 { state.candidates[token]?[i].broken = nil }
      state.unacceptable = (["c12"], 500)
    }
    try await index.sync(connector: "a", from: server.client())
    #expect(try kept() == all)
    #expect(try index.syncStatus(connector: "a")?.outcome == .complete)
    server.change { $0.unacceptable = ([], 422) }
    try await index.sync(connector: "a", from: server.client())
    #expect(try kept() == [])
  }

  /// Records that do not fit into one answer are requested one by one. What fits into none is kept.
  @Test func recordsThatAreTooLongForOneAnswerAreApart() async throws {
    let server = try await synced(300)
    let length = BindbeeClient.maximumAnswerLength
    func spelled(_ i: Int, _ length: Int) -> String {
      #"{"id":"c\#(i)","x":tru,"y":""# + String(repeating: "x", count: length) + "\"}"
    }
    server.change { state in
      for i in [10, 11, 12] { state.candidates[token]?[i].broken = Self.broken("c\(i)") }
    }
    try await index.sync(connector: "a", from: server.client(), SyncOptions(extent: .full))
    #expect(try kept() == ["c1", "c10", "c11", "c12", "c3"])
    server.change { state in
      state.candidates[token]?[10].broken = spelled(10, length * 2 / 3)
      state.candidates[token]?[11].broken = nil
      state.candidates[token]?[12].broken = spelled(12, length + 1)
    }
    try await index.sync(connector: "a", from: server.client())
    #expect(try kept() == ["c1", "c10", "c12", "c3"])
    #expect(try index.syncStatus(connector: "a")?.outcome == .complete)
  }

  /// Pages that are too long, one of them in the middle of a walk, become shorter; the mark moves as always.
  @Test(arguments: [SyncOptions.Extent.incremental, .only((0..<24).map { "c\($0)" })])
  func aPageThatIsTooLongIsHalved(_ extent: SyncOptions.Extent) async throws {
    let server = try BindbeeServer([token: remotes(0..<24)])
    server.change { state in
      state.candidates[token]?[1].broken = Self.broken("c1")
      for i in [8, 9, 10] {
        state.candidates[token]?[i] = Remote(
          "c\(i)", modifiedAt: time(i),
          "\"x\":\"" + String(repeating: "x", count: BindbeeClient.maximumAnswerLength * 2 / 5) + "\"")
      }
    }
    var options = SyncOptions(extent: extent)
    options.pageSize = 24
    let events = Events()
    let summary = try await index.sync(connector: "a", from: server.client(), options, observe: events.note)
    #expect(events.refusals.count == 1)
    #expect(summary.records.added == 23 && summary.records.refused == 1 && summary.removal?.count ?? 0 == 0)
    #expect(try index.count() == 23)
    let mark = try index.syncStatus(connector: "a")?.mark?.description
    if case .only = extent { #expect(mark == nil) } else { #expect(mark == time(23)) }
    let sizes = Set(server.takeLog().map { $0.request.query["page_size"] })
    #expect(sizes == ["24", "12", "6", "3"])
  }

  @Test func onlyWhatCanBeRequestedIsKept() async throws {
    let server = try BindbeeServer([token: remotes(0..<6)])
    let odd = [
      #"{"first_name":"nobody"}"#, "17", Self.broken("a,b"), Self.broken("a b"),
      Self.broken(String(repeating: "x", count: 300)), Self.broken("é"),
    ]
    server.change { state in
      for (i, record) in odd.enumerated() { state.candidates[token]?[i].broken = record }
    }
    let summary = try await index.sync(connector: "a", from: server.client())
    #expect(summary.records.refused == 6)
    #expect(try kept() == ["é"])
    #expect(try index.syncStatus(connector: "a")?.refused == 6)
  }

  /// The table is bounded: of what is refused beyond that, only the count remains.
  @Test func atMostTenThousandAreKept() {
    var ids = RefusedIDs([])
    for i in 0..<30_000 { ids.insert("c\(i)") }
    #expect(ids.all.count == 10_000 && RefusedIDs.maximumCount == 10_000)
    ids.remove("c1")
    ids.insert("d")
    #expect(ids.all.count == 10_000 && ids.all.contains("d"))
    // Byte for byte: two spellings of é are two ids.
    #expect(RefusedIDs(["\u{e9}", "e\u{301}"]).all.count == 2)
  }

  @Test func connectorsAreApart() async throws {
    let server = try await synced()
    server.change { $0.candidates["other"] = [] }
    try await index.sync(connector: "b", from: server.client("other"))
    #expect(try index.syncStatus(connector: "b")?.toRequestAgain == 0 && count() == 2)
  }

  @Test func aDryRunKeepsNothing() async throws {
    let server = try await synced()
    server.change { $0.candidates[token]?[1].broken = nil }
    try await index.sync(connector: "a", from: server.client(), SyncOptions(isDryRun: true))
    #expect(try kept() == ["c1", "c3"])
  }

  @Test func statisticsCountThem() async throws {
    let run = try SyncRun([token: remotes(0..<6)])
    run.server.change { $0.candidates[token]?[1].broken = Self.broken("c1") }
    #expect(try run.cand("sync").exit == 3)
    #expect(
      try run.cand("stats").output.contains(
        /sync bindbee .*, data [0-9]+ s old, 1 refused to request again\n/))
    #expect(try run.cand("stats", "--format", "json").output.contains(#""to_request_again":1"#))
    run.server.change { $0.candidates[token]?[1].broken = nil }
    #expect(try run.cand("sync").exit == 0)
    #expect(try !run.cand("stats").output.contains("request again"))
  }
}
