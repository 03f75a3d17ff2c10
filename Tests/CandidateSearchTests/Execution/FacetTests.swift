import Dispatch
import Foundation
import GRDB
import TestSupport
import Testing
import TextAnalysis

@testable import CandidateSearch

@Suite struct FacetTests {
  /// What a facet says of people: plainly, by looking at each.
  private static func plainCounts(
    _ facet: Facet, of people: [(candidate: Candidate, connector: String)], limit: Int
  ) -> FacetCounts {
    var counts: [String: (text: String, count: Int)] = [:]
    var missing = 0
    for (candidate, connector) in people {
      var seen: Set<String> = []
      for (text, folded) in values(facet, candidate, connector) where seen.insert(folded).inserted {
        counts[folded, default: (text, 0)].count += 1
      }
      if seen.isEmpty { missing += 1 }
    }
    let sorted = counts.sorted { a, b in
      a.value.count == b.value.count
        ? a.key.utf8.lexicographicallyPrecedes(b.key.utf8) : a.value.count > b.value.count
    }
    return FacetCounts(
      facet: facet, values: sorted.prefix(limit).map { FacetValue(value: $1.text, count: $1.count) },
      distinct: counts.count, missing: missing)
  }

  private static func values(
    _ facet: Facet, _ candidate: Candidate, _ connector: String
  ) -> [(text: String, folded: String)] {
    func flag(_ flag: Bool?) -> String { flag.map(String.init) ?? "unknown" }
    func words(_ text: String) -> (String, String) {
      (text, Analyzer.words(of: text).flatMap(\.tokens).joined(separator: "\u{E000}"))
    }
    func whole(_ text: String) -> (String, String) {
      (
        text,
        String(String.UnicodeScalarView(Folding.fold(text))).split(separator: " ").joined(
          separator: "\u{E000}")
      )
    }
    let values: [(String, String)] =
      switch facet {
      case .tag: candidate.tags.map(whole)
      case .company: [candidate.company].compactMap(\.self).map(words)
      case .location: candidate.locations.map(words)
      case .title: [candidate.title].compactMap(\.self).map(words)
      case .connector: [whole(connector)]
      case .canEmail: [whole(flag(candidate.canEmail))]
      case .isPrivate: [whole(flag(candidate.isPrivate))]
      default: []
      }
    return values.filter { !$1.isEmpty }.map { text, folded in
      (text, folded.utf8.count > 500 ? String(folded.prefix(400)) : folded)
    }
  }

  private static let people = Result { try MixedPeople() }

  @Test(.slow) func countsWhatAPlainLookCounts() throws {
    let people = try Self.people.get()
    let warm = FacetCache()
    var nonEmpty = 0
    for query in MixedPeople.queries(60, seed: 3) {
      let match = try MixedPeople.match(query, people.index)
      let found = try people.found(query)
      nonEmpty += found.isEmpty ? 0 : 1
      for limit in [3, 1_000] {
        let plain = Facet.allCases.map { Self.plainCounts($0, of: found, limit: limit) }
        for cache in [warm, FacetCache()] {
          let counts = try people.index.snapshot {
            try FacetCounter(snapshot: $0, cache: cache).counts(of: Facet.allCases, in: match, limit: limit)
          }
          for (a, b) in zip(counts, plain) where a != b { Issue.record("\(query), \(limit): \(a) for \(b)") }
        }
      }
    }
    #expect(nonEmpty > 50)
  }

  @Test(arguments: Facet.allCases) func recordsAndPostingsSayTheSame(_ facet: Facet) throws {
    let people = try Self.people.get()
    try people.index.snapshot { snapshot in
      let index = try FacetIndex(facet, DocidOrdinals(snapshot), in: snapshot)
      let counter = FacetCounter(snapshot: snapshot, cache: FacetCache())
      for share in [1, 2, 9, 100_000] {
        let matches = try DocidOrdinals(snapshot).docids.enumerated().filter {
          $0.offset % share == share / 2
        }.map(
          \.element)
        let fromRecords = try counter.tally([facet], fromRecordsOf: matches)
        #expect([index.tally(matches)] == fromRecords, "one of \(share)")
        let fromPostings = try PostingTally(matches, in: snapshot, .never).tally(facet)
        #expect([fromPostings] == fromRecords, "one of \(share)")
      }
    }
  }

  @Test func anIndexIsBuiltAtTheSecondUse() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<200).map { Self.record($0, tag: "a") })
    let cache = FacetCache()
    try index.snapshot { snapshot in
      let uses = try [Facet.tag, .tag, .title].map { try cache.isFirstUse(of: $0, for: snapshot) }
      #expect(uses == [true, false, true])
    }
    try index.add([Self.record(0, tag: "b")])
    #expect(try index.snapshot { try cache.isFirstUse(of: .tag, for: $0) }, "the generation is another")
  }

  @Test(.sqlite) func hostileValuesCountAsWhatTheyShow() throws {
    let index = try CandidateIndex.empty()
    try index.add(MixedPeople.hostile, connector: " ")
    let counts = try Self.counts(index, "", limit: 100)
    let tags = Dictionary(uniqueKeysWithValues: counts[.tag, default: []].map { ($0.value, $0.count) })
    #expect(tags["JUNIOR"] == nil, "one spelling of each value, that of the most recent")
    #expect(tags["Ｊｕｎｉｏｒ"] == 6)
    #expect(tags["🎉"] == 3)
    #expect(tags[MixedPeople.longTag] == 3, "two values that begin alike for 500 bytes are one")
    #expect(tags["'; DROP TABLE posting; --"] == 3)
    #expect(tags["new york"] == 3)
    #expect(tags.keys.allSatisfy { !$0.isBlank })
    #expect(counts[.company]?.map(\.count) == [6])
    #expect(counts[.connector]?.isEmpty == true)
    #expect(counts[.canEmail]?.map(\.value) == ["unknown", "true", "false"])
  }

  private static func counts(
    _ index: CandidateIndex, _ query: String, limit: Int = 10, cache: FacetCache = FacetCache()
  ) throws -> [Facet: [FacetValue]] {
    let match = try MixedPeople.match(query, index)
    let counts = try index.snapshot {
      try FacetCounter(snapshot: $0, cache: cache).counts(of: Facet.allCases, in: match, limit: limit)
    }
    return Dictionary(uniqueKeysWithValues: counts.map { ($0.facet, $0.values) })
  }

  @Test func nobodyHasNothing() throws {
    let people = try Self.people.get()
    let counts = try people.index.snapshot {
      try FacetCounter(snapshot: $0, cache: FacetCache()).counts(of: [.tag], in: .nothing, limit: 10)[0]
    }
    #expect(counts == FacetCounts(facet: .tag, values: [], distinct: 0, missing: 0))
    let empty = try CandidateIndex.empty()
    #expect(try Self.counts(empty, "").values.allSatisfy(\.isEmpty))
  }

  @Test func theLimitCutsValuesOnly() throws {
    let people = try Self.people.get()
    try people.index.snapshot { snapshot in
      let counter = FacetCounter(snapshot: snapshot, cache: FacetCache())
      let all = try counter.counts(of: [.title], in: .everything, limit: .max)[0]
      #expect(all.values.count == all.distinct && all.distinct > 20)
      for limit in [-1, 0, 1, 7, all.distinct - 1] {
        let some = try counter.counts(of: [.title], in: .everything, limit: limit)[0]
        #expect(some.values == Array(all.values.prefix(max(0, limit))))
        #expect(some.distinct == all.distinct && some.missing == all.missing)
      }
    }
  }

  // MARK: - Changes

  private static func record(_ i: Int, tag: String, isPrivate: Bool = false) -> String {
    #"{"id":"\#(i)","title":"Nurse","tags":["\#(tag)"],"is_private":\#(isPrivate),"last_interaction_at":"2024-01-01"}"#
  }

  @Test(.sqlite) func everyChangeIsSeen() throws {
    let index = try CandidateIndex.empty()
    let cache = FacetCache()
    func tags() throws -> [String: Int] {
      let values = try Self.counts(index, "nurse", cache: cache)[.tag, default: []]
      return Dictionary(uniqueKeysWithValues: values.map { ($0.value, $0.count) })
    }
    try index.add((0..<9).map { Self.record($0, tag: "a") })
    #expect(try tags() == ["a": 9])
    try index.add((5..<12).map { Self.record($0, tag: $0 < 9 ? "b" : "c") })
    #expect(try tags() == ["a": 5, "b": 4, "c": 3])
    _ = try index.delete(ids: ["5", "11"])
    #expect(try tags() == ["a": 5, "b": 3, "c": 2])
    try index.rebuild()
    #expect(try tags() == ["a": 5, "b": 3, "c": 2])
    try index.add([Self.record(0, tag: "A")])
    #expect(try tags() == ["A": 5, "b": 3, "c": 2])
  }

  @Test(arguments: [1, 4]) func readersThatMayOnlyReadCount(_ readers: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("index.db")
    try CandidateIndex(path: path, access: .writing).add((0..<40).map { Self.record($0, tag: "t\($0 % 3)") })
    let index = try CandidateIndex(path: path, access: .reading(readers: readers))
    #expect(try Self.counts(index, "")[.tag]?.map(\.count) == [14, 13, 13])
    #expect(throws: (any Error).self) {
      try index.read { try $0.execute(sql: "DELETE FROM candidate") }
    }
  }

  @Test func aReaderInMemoryStaysAReader() throws {
    let index = try CandidateIndex.holding(Self.record(1, tag: "a"))
    #expect(throws: (any Error).self) {
      try index.read { db in
        let snapshot = SQLiteSnapshot(db)
        _ = try FacetIndex(.tag, DocidOrdinals(snapshot), in: snapshot)
        try db.execute(sql: "DELETE FROM candidate")
      }
    }
    #expect(try index.count("") == 1)
  }

  @Test func manyCountAtOnceWhileOthersWrite() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("index.db")
    let writer = try CandidateIndex(path: path, access: .writing)
    try writer.add((0..<50).map { Self.record($0, tag: "old") })
    let reader = try CandidateIndex(path: path)
    let cache = FacetCache(costs: CostModel(maximumFacetBytes: 1_000))
    DispatchQueue.concurrentPerform(iterations: 120) { i in
      do {
        if i % 10 == 0 {
          try writer.add((0..<5).map { Self.record(i * 5 + $0 + 50, tag: "new\(i)") })
        } else {
          try reader.snapshot { snapshot in
            let counts = try FacetCounter(snapshot: snapshot, cache: cache).counts(
              of: Facet.allCases, in: .everything, limit: 1_000)
            let candidates = try snapshot.candidateCount(of: .everything)
            for facet in counts where facet.facet != .location && facet.facet != .company {
              let sum = facet.values.reduce(facet.missing) { $0 + $1.count }
              if sum != candidates { Issue.record("\(facet.facet): \(sum) of \(candidates)") }
            }
          }
        }
      } catch {
        Issue.record(error)
      }
    }
  }

  @Test func manySmallResultsMakeAnIndex() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<200).map { Self.record($0, tag: "a") })
    let cache = FacetCache()
    try index.snapshot { snapshot in
      let preferences = try (0..<3).map { _ in try cache.prefersRecords(2, [.tag], for: snapshot) }
      #expect(preferences == [true, false, false], "two of 200 are few, four are many")
      _ = try cache.index(of: .tag, for: snapshot)
      #expect(try !cache.prefersRecords(0, [.tag], for: snapshot), "the index is there")
    }
    try index.add([Self.record(0, tag: "b")])
    #expect(try index.snapshot { try cache.prefersRecords(2, [.tag], for: $0) }, "the index is gone")
  }

  // MARK: - Privacy

  @Test(.sqlite) func privateCandidatesChangeNothing() throws {
    let samples = try Fixture.text("docs/samples/candidates.ndjson").split(separator: "\n").map(String.init)
    let isPrivate = try samples.map { try CandidateDecoder().decode(json: $0).isPrivate == true }
    let publicOnly = zip(samples, isPrivate).filter { !$1 }.map(\.0)
    let secret = (0..<60).map { i in
      #"{"id":"secret-\#(i)","is_private":true,"can_email":true,"tags":["JUNIOR ","senior","SECRET\#(i)"],"#
        + #""title":"SOFTWARE engineer","locations":["berlin"],"last_interaction_at":"2026-11-2\#(i % 4)"}"#
    }
    let (plain, mixed) = (try CandidateIndex.empty(), try CandidateIndex.inMemory())
    try plain.add(publicOnly)
    try mixed.add(secret)
    try mixed.add(samples)
    for query in MixedPeople.queries(20, seed: 5) {
      let counts = try [plain, mixed].map { index in
        let match = try MixedPeople.match(query, index.seen(in: .public))
        return try index.snapshot {
          try FacetCounter(snapshot: $0, cache: FacetCache()).counts(
            of: Facet.allCases, in: match, limit: 1_000)
        }
      }
      if counts[0] != counts[1] { Issue.record("\(query): \(counts[0]) is not \(counts[1])") }
    }
  }
}
