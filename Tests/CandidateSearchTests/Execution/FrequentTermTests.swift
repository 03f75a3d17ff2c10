import BenchmarkCorpus
import TestSupport
import Testing

@testable import CandidateSearch

/// Random queries of frequent terms: bitsets lead to the same pages as posting lists alone.
@Suite struct FrequentTermTests {
  private static let corpus = Result { try PagingTests.corpusIndex(1_500, seed: 11) }

  private static let terms = [
    "engineer", "senior", "manager", "john", "maria", "smith", "london", "software", "nurse", "analyst", "jr",
    "developer", "sales", "python", "tag:JUNIOR", "tag:SENIOR", "can_email:true", "can_email:false", "bob",
    "engineering", "managers", "title:engineer", "company:smith", "\"software engineer\"", "\"john smith\"",
    "san francisco", "qa", "o'brien", "is_private:true", "last_interaction:2015..2022", "has:email", "j",
  ]

  private static let queries: [String] = {
    var random = SplitMix64(state: 17)
    func draw() -> String { terms[Int.random(in: terms.indices, using: &random)] }
    return (0..<150).map { i in
      switch i % 6 {
      case 0: "\(draw()) \(draw())"
      case 1: "\(draw()) \(draw()) \(draw())"
      case 2: "\(draw()) OR \(draw())"
      case 3: "\(draw()) -\(draw())"
      case 4: "(\(draw()) OR \(draw())) \(draw())"
      default: "\(draw()) \(draw()) -(\(draw()) OR \(draw()))"
      }
    }
  }()

  /// The pages of a query, followed by their cursors.
  private static func pages(_ index: CandidateIndex, _ query: String) throws -> [String] {
    var all: [String] = []
    var cursor: String?
    repeat {
      let page = try index.search(query, SearchOptions(limit: 7, cursor: cursor))
      all += page.hits.map { "\($0.candidate.id) \($0.tier) \($0.reason ?? "")" }
      cursor = page.nextCursor
    } while cursor != nil && all.count < 40
    return all
  }

  /// The costs of an index that is searched: by posting lists alone; by bitsets as soon as a step was measured twice; with
  /// documents compared in place of them wherever a bound has few candidates; with room for few bitsets; and by all hits of
  /// the typed tiers wherever these are few, tried after the second step.
  private static let costs: [(name: String, costs: CostModel)] = {
    var plain = CostModel.eager
    plain.minimumSlowStep = .max
    plain.postingStepsPerRecord = .infinity
    plain.minimumSlowTypedStep = .max
    var late = plain
    late.minimumSlowTypedStep = 0
    var lateBitsets = CostModel.eager
    lateBitsets.postingStepsPerRecord = .infinity
    lateBitsets.minimumSlowTypedStep = 0
    lateBitsets.maximumDocuments = 5
    var verified = CostModel.eager
    verified.maximumVerified = 1_000
    verified.comparedPostingsPerMicrosecond = 1
    var small = CostModel.eager
    small.maximumBitsetBytes = 20_000
    var cautious = CostModel.eager
    cautious.maximumVerified = 0
    cautious.maximumRareCount = 3
    return [
      ("posting lists", plain), ("bitsets", .eager), ("documents", verified), ("few bitsets", small),
      ("frequent bitsets", cautious), ("few hits that are looked for late", late),
      ("bitsets, and few hits late", lateBitsets),
    ]
  }()

  @Test(.slow, arguments: Scope.named.map(\.value))
  func allWaysLeadToTheSamePages(_ scope: Scope) throws {
    let ways = try Self.costs.map { way in
      let index = try Self.corpus.get()
      return (way.name, CandidateIndex(index.engine, scope: scope, caches: SearchCaches(costs: way.costs)))
    }
    let plain = try Self.queries.map { try Self.pages(ways[0].1, $0) }
    #expect(plain.count { $0.count > 7 } > 40, "many queries have several pages")
    for (name, index) in ways.dropFirst() {
      // Bitsets are built when a step was slow twice, and most queries share their terms with others.
      for round in 0..<3 {
        for (query, expected) in zip(Self.queries, plain) {
          let found = try Self.pages(index, query)
          #expect(found == expected, "\(query): \(name), round \(round)")
        }
      }
      if index.caches.costs.minimumSlowStep == .max { continue }
      #expect(try index.snapshot { try index.caches.bitsets.bitsets(for: $0)?.count ?? 0 } > 20, "\(name)")
    }
  }
}
