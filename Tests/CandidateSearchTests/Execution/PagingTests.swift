import BenchmarkCorpus
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Pages, and the ways of finding them: all must lead to the same hits.
@Suite struct PagingTests {
  private static let corpus = Result { try corpusIndex(800) }

  static func corpusIndex(_ count: Int, seed: UInt64 = 3) throws -> CandidateIndex {
    let index = try CandidateIndex.empty()
    let corpus = Corpus(seed: seed)
    try index.add((0..<count).map { String(decoding: corpus.record($0), as: UTF8.self) })
    return index
  }

  static let queries = [
    "engineer", "software engineer", "senior engineer python", "smith", "john smith", "bob smith", "j smith",
    "enginer",
    "eng*", "engineer OR manager", "manager OR developer OR python", "-engineer", "", "tag:JUNIOR",
    "engineer tag:JUNIOR",
    "manager london", "senior software engineer", "zzzz", "engineer last_interaction:2015..2022",
    "\"senior engineer\"",
    "designr berlin", "modified:>2000 manager", "s", "o'brien OR smith",
  ]

  /// Those of the benchmarks, too.
  static let allQueries: [String] = {
    struct Mix: Decodable {
      struct Entry: Decodable { let query: String }
      let queries: [Entry]
    }
    let mix = try? JSONDecoder().decode(
      Mix.self, from: Data(Fixture.text("benchmarks/queries/mix.json").utf8))
    return queries + (mix?.queries.map(\.query) ?? [])
  }()

  @Test func theMixIsRead() { #expect(Self.allQueries.count >= Self.queries.count + 60) }

  private static func walk(_ index: CandidateIndex, _ query: String, _ size: Int) throws -> [String] {
    var all: [String] = []
    var cursor: String?
    repeat {
      let page = try index.search(query, SearchOptions(limit: size, cursor: cursor))
      all += page.hits.map { "\($0.candidate.id) \($0.tier)" }
      cursor = page.nextCursor
      #expect(page.hits.count == size || cursor == nil, "\(query): only the last page is short")
    } while cursor != nil && all.count < 10_000
    return all
  }

  @Test(arguments: queries) func pagesNeverRepeatOrSkip(_ query: String) throws {
    let index = try Self.corpus.get()
    let whole = try Self.walk(index, query, 5_000)
    #expect(Set(whole.map { $0.split(separator: " ")[0] }).count == whole.count, "\(query): nobody twice")
    #expect(try index.count(query) == whole.count, "\(query): the count is that of all pages")
    for size in [1, 7, 50] where size > 1 || whole.count < 60 {
      #expect(try Self.walk(index, query, size) == whole, "\(query) in pages of \(size)")
    }
  }

  /// Every tier is found as FTS5 alone would find it: each expression asked in full, the earlier hits left out.
  @Test(.slow, arguments: allQueries) func theFastWayLeadsWhereThePlainOneDoes(_ query: String) throws {
    let index = try Self.corpus.get()
    let plain = try index.snapshot { snapshot -> [String] in
      let plan = try Search(
        SearchQuery(query), .init(), scope: index.scope, caches: index.caches, in: snapshot
      ).plan
      var found: [String] = []
      var seen: Set<Docid> = []
      for planned in plan.tiers {
        for part in try planned.queries() {
          let docids = try snapshot.docids(of: .all([part, plan.filter]), from: .min, limit: .max)
          for docid in docids where seen.insert(docid).inserted {
            let stored = try snapshot.records([docid])[docid]
            found.append("\(stored?.candidate.id ?? "?") \(planned.tier)")
          }
        }
      }
      let all = try snapshot.docids(of: plan.everyHit(), from: .min, limit: .max)
      #expect(Set(all) == seen, "\(query): the tiers together are the relaxed query")
      return found
    }
    for way in Way.all {
      #expect(try way.hits(index, query, pageSize: 5_000) == plain, "\(way)")
    }
    let begin = Array(plain.prefix(40))
    #expect(try Way.bitsets.hits(index, query, pageSize: 7).starts(with: begin), "\(query) in pages, by sets")
  }

  /// How the steps of a search are answered.
  private struct Way {
    let cache: DocumentBitsetCache

    private init(postingStepsPerRecord: Double, minimumSlowStep: Int) {
      var costs = CostModel.eager
      costs.postingStepsPerRecord = postingStepsPerRecord
      costs.minimumSlowStep = minimumSlowStep
      cache = DocumentBitsetCache(costs: costs)
    }

    /// By posting lists alone, on records where hits are few, and by bitsets wherever these decide anything.
    static let postings = Way(postingStepsPerRecord: .infinity, minimumSlowStep: .max)
    static let records = Way(postingStepsPerRecord: 0, minimumSlowStep: .max)
    static let bitsets = Way(postingStepsPerRecord: .infinity, minimumSlowStep: 0)
    static let bitsetsOfFew = Way(postingStepsPerRecord: 0, minimumSlowStep: 0)
    // Bitsets are built when a term has been slow twice, one in each search.
    static let all =
      [postings, records] + Array(repeating: bitsets, count: 8) + Array(repeating: bitsetsOfFew, count: 8)

    func hits(_ index: CandidateIndex, _ query: String, pageSize: Int) throws -> [String] {
      try index.snapshot { snapshot in
        let plan = try Search(
          SearchQuery(query), .init(), scope: index.scope, caches: index.caches, in: snapshot
        ).plan
        var found: [String] = []
        var position: TierPass.Position?
        while found.count < 5_000 {
          let pass = TierPass(snapshot, plan, cache: cache)
          let page = try pass.page(limit: pageSize, after: position)
          try pass.records.load(page.map(\.docid))
          found += page.map { "\(pass.records[$0.docid]?.candidate.id ?? "?") \($0.tier)" }
          guard page.count == pageSize, let last = page.last else { break }
          position = TierPass.Position(step: last.step, docid: last.docid)
        }
        return found
      }
    }
  }

  @Test(arguments: ["title:eng*", "name:j* title:s*", "-company:b*", "tag:x* OR location:ber*", "title:zzz*"])
  func beginningsInFieldsFindWhatFTS5Finds(_ query: String) throws {
    let index = try Self.corpus.get()
    let (fast, plain) = try index.snapshot { snapshot in
      let search = try Search(
        SearchQuery(query), .init(), scope: index.scope, caches: index.caches, in: snapshot)
      var compiler = QueryCompiler()
      let plain = compiler.match(search.parsed.query)
      let fast = try snapshot.docids(of: search.plan.everyHit(), from: .min, limit: .max)
      return (fast, try snapshot.docids(of: plain, from: .min, limit: .max))
    }
    #expect(fast == plain)
  }

  @Test func aCursorIsForItsQueryAndIndexOnly() throws {
    let index = try Self.corpus.get()
    let cursor = try #require(try index.search("engineer").nextCursor)
    #expect(cursor.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
    #expect(throws: CursorError.foreign) { try index.search("manager", SearchOptions(cursor: cursor)) }
    #expect(throws: CursorError.foreign) { try index.search("engineer", .asTyped(cursor: cursor)) }
    let other = try Self.corpusIndex(50)
    #expect(throws: CursorError.forged) { try other.search("engineer", SearchOptions(cursor: cursor)) }
  }

  @Test(arguments: ["", "x", "first", "AAAA", "%%%", String(repeating: "A", count: 100_000), "é", "\u{0}"])
  func forgedCursorsAreRefused(_ cursor: String) throws {
    let index = try Self.corpus.get()
    #expect(throws: CursorError.forged) { try index.search("engineer", SearchOptions(cursor: cursor)) }
  }

  @Test func everyChangedLetterOfACursorIsNoticed() throws {
    let index = try Self.corpus.get()
    let cursor = Array(try #require(try index.search("engineer").nextCursor))
    for i in cursor.indices.dropLast() {
      var changed = cursor
      changed[i] = cursor[i] == "A" ? "B" : "A"
      #expect(throws: CursorError.self) {
        try index.search("engineer", SearchOptions(cursor: String(changed)))
      }
    }
  }

  @Test func agesAreThoseOfTheFirstPage() throws {
    let index = try CandidateIndex.holding(
      #"{"id":"a","title":"x","last_interaction_at":"2020-01-10"}"#,
      #"{"id":"b","title":"x","last_interaction_at":"2020-01-09"}"#)
    let day = try #require(Timestamp("2020-01-20"))
    let first = try index.search("x last_interaction:<12d", SearchOptions(limit: 1, now: day))
    let second = try index.search(
      "x last_interaction:<12d", SearchOptions(limit: 1, cursor: first.nextCursor))
    #expect(first.hits.map(\.candidate.id) + second.hits.map(\.candidate.id) == ["a", "b"])
  }

  @Test func aPageMayEndWithTheLongestID() throws {
    var random = SplitMix64(state: 3)
    // PostgreSQL compresses what repeats itself.
    let ids = ["a", "b"].map { first in
      first
        + String(
          (1..<RecordLimits.maximumIDBytes).map { _ in "0123456789abcdef".randomElement(using: &random) ?? "0"
          })
    }
    let index = try CandidateIndex.empty()
    try index.add(ids.map { #"{"id":"\#($0)","title":"x"}"# })
    let first = try index.search("x", SearchOptions(limit: 1))
    let second = try index.search("x", SearchOptions(limit: 1, cursor: first.nextCursor))
    #expect(Set((first.hits + second.hits).map(\.candidate.id)) == Set(ids))
  }

  /// An index of an earlier version may hold longer ids.
  @Test(arguments: [1_000, 10_000, 100_000]) func aCursorContainsAnyID(_ length: Int) throws {
    let cursor = SearchCursor(
      fingerprint: 1, now: Timestamp(microseconds: 0), step: 0,
      position: SortPosition(
        value: .none, second: nil, id: String(repeating: "a,", count: length / 2), connector: "b"))
    let key = Digest.makeKey()
    #expect(
      try SearchCursor(cursor.text(signedWith: key), fingerprint: 1, sort: nil, key: key) == cursor)
  }

  /// A command line would take a dash for an option.
  @Test func cursorsBeginWithALetter() throws {
    for fingerprint in [Int64.min, -1, 0, 1, 9, .max] + (0..<100).map({ _ in .random(in: .min ... .max) }) {
      let cursor = SearchCursor(
        fingerprint: fingerprint, now: Timestamp(microseconds: 0), step: 0,
        position: SortPosition(value: .none, second: nil, id: "a", connector: "b"))
      #expect(cursor.text(signedWith: Digest.makeKey()).first?.isLetter == true)
    }
  }
}
