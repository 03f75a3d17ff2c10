import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Candidates with the same time: their order depends on these two alone, whatever else was in the index.
@Suite struct SameSecondTests {
  private static func record(
    _ id: String, _ time: String = "2024-03-01T12:00:00Z", isPrivate: Bool = false, version: Int = 0
  ) -> String {
    #"{"id":"\#(id)","first_name":"A\#(id) v\#(version)","is_private":\#(isPrivate),"last_interaction_at":"\#(time)"}"#
  }

  private static func docids(_ index: CandidateIndex) throws -> [String: Int64] {
    try index.read { db in
      Dictionary(
        uniqueKeysWithValues: try Row.fetchAll(db, sql: "SELECT id, docid FROM candidate").map {
          ($0[0], $0[1])
        })
    }
  }

  private static func order(_ index: CandidateIndex, _ query: String = "") throws -> [String] {
    try index.ids(query, limit: 100_000)
  }

  @Test(.slow) func moreThanAnySecondHeldBefore() throws {
    let index = try CandidateIndex.empty()
    let ids = (0..<20_000).map { "n\($0)" }
    #expect(try index.add(ids.map { Self.record($0) }).added == 20_000)
    #expect(try index.check(isFull: true).problems == [])
    let wanted = ids.sorted {
      DocidKey(second: 0, connector: "", id: $0) < DocidKey(second: 0, connector: "", id: $1)
    }
    #expect(try Self.order(index) == wanted)
    // 20,000 in 2^24 slots: some have met.
    let taken = try Self.docids(index).filter { id, docid in
      let slots = Docid.slots(ofSecond: 1_709_294_400)
      return DocidKey(second: 1_709_294_400, connector: "", id: id).slot(in: slots) != docid
    }
    #expect(!taken.isEmpty, "or making room for others is not tested here")
  }

  @Test(.slow) func updatesKeepTheirPlaces() throws {
    let index = try CandidateIndex.empty()
    let ids = (0..<5_000).map { "n\($0)" }
    try index.add(ids.map { Self.record($0) })
    let before = try Self.docids(index)
    for version in 1...7 {
      #expect(try index.add(ids.map { Self.record($0, version: version) }).updated == 5_000)
    }
    #expect(try Self.docids(index) == before)
    #expect(try index.check(isFull: true).problems == [])
  }

  /// Two indexes with the same candidates in the end, after different histories.
  @Test(.slow, arguments: 1...6 as ClosedRange<UInt64>) func theOrderIsTheSameAfterAnyHistory(_ seed: UInt64)
    throws
  {
    var random = SplitMix64(state: seed)
    let times = ["2024-03-01T12:00:00Z", "2024-03-01T11:59:59Z", "", "2024-03-01"]
    let people = (0..<300).map { (id: "p\($0)", time: times.randomElement(using: &random) ?? "") }
    let plain = try CandidateIndex.empty()
    try plain.add(people.map { Self.record($0.id, $0.time) })
    let changed = try CandidateIndex.empty()
    for _ in 0..<40 {
      // Others come and go; people come at other times, private, and in another order.
      let others = (0..<50).map { "o\($0 + Int.random(in: 0..<200, using: &random))" }
      try changed.add(
        others.map { Self.record($0, times.randomElement(using: &random) ?? "", isPrivate: true) })
      let some = people.shuffled(using: &random).prefix(60)
      try changed.add(
        some.map {
          Self.record($0.id, times.randomElement(using: &random) ?? "", isPrivate: .random(using: &random))
        })
      _ = try changed.delete(ids: others + some.prefix(10).map(\.id))
    }
    _ = try changed.delete(ids: (0..<400).map { "o\($0)" })
    try changed.add(people.shuffled(using: &random).map { Self.record($0.id, $0.time) })
    #expect(try Self.order(changed) == Self.order(plain))
    #expect(try changed.check(isFull: true).problems == [])
    try changed.rebuild()
    #expect(try Self.order(changed) == Self.order(plain))
  }

  @Test func privateCandidatesDecideNothingThatThePublicSees() throws {
    let publics = [
      Self.record("P1", "2024-03-01T00:00:00Z"), Self.record("P2", "2024-03-01T00:00:01Z"),
      Self.record("P3", "2024-03-01T00:00:00Z"),
    ]
    let secrets = (0..<5_000).map { Self.record("priv\($0)", "2024-03-01T00:00:00Z", isPrivate: true) }
    let (without, with) = (try CandidateIndex.empty(), try CandidateIndex.inMemory())
    try without.add(publics)
    try with.add(secrets + publics)
    var answers: [[String]] = []
    for index in [without, with] {
      let index = index.seen(in: .public)
      var answer: [String] = []
      for sort in [nil, SearchSort(by: .recent, order: .ascending), SearchSort(by: .name)] {
        var options = SearchOptions(limit: 1, now: Timestamp(microseconds: 0))
        options.sort = sort
        let page = try index.search("", options)
        answer += page.hits.map(\.candidate.id)
        let cursor = try #require(page.nextCursor).replacing("-", with: "+").replacing("_", with: "/")
        let bytes = try #require(
          Data(base64Encoded: cursor + String(repeating: "=", count: (4 - cursor.count % 4) % 4)))
        // All but the signature, which is made with a key of the file.
        answer.append(String(decoding: bytes.dropLast(12), as: UTF8.self))
      }
      answers.append(answer + (try index.ids("")))
    }
    #expect(answers[0] == answers[1])
  }

  @Test func whoMovesToAnotherSecondAndBackHasTheSamePlace() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<100).map { Self.record("n\($0)") })
    let before = try Self.order(index)
    try index.add([Self.record("n7", "2024-03-02")])
    #expect(try Self.order(index).first == "n7")
    try index.add([Self.record("n7")])
    #expect(try Self.order(index) == before)
  }
}
