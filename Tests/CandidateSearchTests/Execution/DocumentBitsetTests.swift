import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Sets in memory, which answer in place of FTS5 where it takes long.
@Suite struct DocumentBitsetTests {
  // MARK: - Expressions

  private static let count = 9_001

  private static func randomExpression(_ random: inout SplitMix64, depth: Int) -> BitsetExpression {
    func parts() -> [BitsetExpression] {
      (0..<Int.random(in: 0...3, using: &random)).map { _ in randomExpression(&random, depth: depth - 1) }
    }
    switch Int.random(in: 0..<(depth > 0 ? 6 : 3), using: &random) {
    case 0: return .constant(Bool.random(using: &random))
    case 1:
      let a = Int.random(in: 0...count, using: &random)
      return .range(a..<Int.random(in: a...count, using: &random))
    case 2:
      let density = [0.001, 0.5, 0.999][Int.random(in: 0..<3, using: &random)]
      return .set(
        DocumentBitset(
          (0..<count).filter { _ in Double.random(in: 0..<1, using: &random) < density }, of: count))
    case 3: return .and(parts())
    case 4: return .or(parts())
    default: return .not(randomExpression(&random, depth: depth - 1))
    }
  }

  @Test func blocksAndSingleCandidatesAgree() {
    var random = SplitMix64(state: 7)
    for _ in 0..<300 {
      let expression = Self.randomExpression(&random, depth: 3)
      let start = Int.random(in: 0...(Self.count + 1), using: &random)
      let limit = [1, 10, Int.max].randomElement(using: &random) ?? 1
      let plain = (0..<Self.count).filter { $0 >= start && expression.contains($0) }.prefix(limit)
      #expect(expression.first(limit, from: start, of: Self.count) == Array(plain), "\(expression)")
    }
  }

  // MARK: - The cache

  private static let smith = IndexQuery.phrase(["smith"])

  private static func people() throws -> CandidateIndex {
    try CandidateIndex.holding(
      #"{"id":"a","first_name":"Jo","last_name":"Smith"}"#,
      #"{"id":"b","first_name":"Al","last_name":"Smith"}"#,
      #"{"id":"c","first_name":"Al","last_name":"Jones"}"#)
  }

  @Test func aSetIsMadeOnceItsPriceIsSpentButNeverTheFirstTime() throws {
    let index = try Self.people()
    // Three candidates: a price of three microseconds.
    let cache = DocumentBitsetCache(costs: CostModel(candidatesPerMicrosecond: 1))
    for (spent, isMade) in [(1_000, false), (2, false), (1, true)] {
      try index.snapshot { snapshot in
        try cache.record([Self.smith: spent], in: snapshot)
        #expect((try cache.bitsets(for: snapshot)?.sets[Self.smith] != nil) == isMade, "after \(spent) more")
      }
    }
  }

  @Test func setsAreThoseOfTheStateThatIsRead() throws {
    let index = try Self.people()
    let cache = DocumentBitsetCache(costs: CostModel(candidatesPerMicrosecond: .max))
    func smiths() throws -> Int? {
      try index.snapshot { snapshot in
        for _ in 0..<2 { try cache.record([Self.smith: 1], in: snapshot) }
        return try cache.bitsets(for: snapshot)?.first(10, of: Self.smith, from: .min)?.count
      }
    }
    #expect(try smiths() == 2)
    try index.add([#"{"id":"d","last_name":"Smith"}"#])
    #expect(try index.snapshot { try cache.bitsets(for: $0) == nil }, "of an older state")
    #expect(try smiths() == 3)
  }

  @Test func whatAnOlderStateNeedsIsNotKept() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("c.db")
    let writer = try CandidateIndex(path: path, access: .writing)
    try writer.add([#"{"id":"a","last_name":"Smith"}"#])
    let reader = try CandidateIndex(path: path)
    let cache = DocumentBitsetCache(costs: CostModel(candidatesPerMicrosecond: .max))
    func note(_ word: String, _ snapshot: any IndexSnapshot) throws {
      for _ in 0..<2 { try cache.record([.phrase([word]): 1], in: snapshot) }
    }
    try reader.snapshot { old in
      // Only the first look at it begins a snapshot.
      #expect(try old.generation() == 1)
      try writer.add([#"{"id":"b","first_name":"Jo","last_name":"Smith"}"#])
      try writer.snapshot { try note("smith", $0) }
      try note("jo", old)
      #expect(try cache.bitsets(for: old) == nil)
    }
    let sets = try reader.snapshot { try cache.bitsets(for: $0) }
    #expect(sets?.first(10, of: Self.smith, from: .min)?.count == 2)
    #expect(sets?.sets[.phrase(["jo"])] == nil)
  }

  @Test func aRebuildThatLeavesNobodyIsAChange() throws {
    let index = try Self.people()
    let before = try index.snapshot { try $0.generation() }
    try index.write { try $0.execute(sql: "DELETE FROM record; DELETE FROM candidate") }
    try index.rebuild()
    #expect(try index.snapshot { try $0.generation() } > before)
  }

  @Test func memoryHasABound() throws {
    let index = try Self.people()
    // One set of three candidates.
    let cache = DocumentBitsetCache(costs: CostModel(candidatesPerMicrosecond: .max, maximumBitsetBytes: 8))
    try index.snapshot { snapshot in
      for word in ["smith", "jones", "al"] {
        for _ in 0..<2 { try cache.record([.phrase([word]): 1], in: snapshot) }
        #expect(try cache.bitsets(for: snapshot)?.sets.keys.first == .phrase([word]))
        #expect(try cache.bitsets(for: snapshot)?.sets.count == 1)
      }
    }
  }

  // MARK: - What sets tell

  @Test(arguments: [
    (IndexQuery.phrase(["a"]), true), (.phrase(["a", "b"], in: [.title]), false),
    (.together([["a"], ["b"]], in: [.title, .name]), true), (.together([["a"], ["b"]]), false),
    (.together([["a", "b"]], in: [.title]), false), (.none(of: .phrase(["a"])), true),
    (.none(of: .phrase(["a", "b"])), false), (.record(.id("x")), false), (.phrase(["?"]), false),
    (.any([.phrase(["a"]), .phrase(["?"])]), false), (.all([.phrase(["a"]), .phrase(["?"])]), false),
    (.everything, true), (.nothing, true), (.phrase(["a b"]), false),
  ]) func theyTellExactlyWhoMatchesOnlyWhereTheyCan(_ match: IndexQuery, _ isExact: Bool) throws {
    let ordinals = try Self.people().snapshot { try DocidOrdinals($0) }
    let bound = BitsetBound(of: match, ordinals: ordinals) { leaf in
      leaf == .phrase(["?"]) ? nil : DocumentBitset([0], of: 3)
    }
    #expect(bound.isExact == isExact)
    #expect(bound.expression.contains(0) || match == .nothing || match == .none(of: .phrase(["a"])))
  }
}
