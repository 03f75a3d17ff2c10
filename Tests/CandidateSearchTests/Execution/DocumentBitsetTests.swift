import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Sets in memory, which answer in place of FTS5 where it takes long.
@Suite struct DocumentBitsetTests {
  // MARK: - Expressions

  /// More than a block.
  private static let count = DocumentBitset.blockLength + 233

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
          (0..<UInt32(count)).filter { _ in Double.random(in: 0..<1, using: &random) < density }, of: count))
    case 3: return .and(parts())
    case 4: return .or(parts())
    default: return .not(randomExpression(&random, depth: depth - 1))
    }
  }

  @Test func blocksAndSingleCandidatesAgree() {
    var random = SplitMix64(state: 7)
    for _ in 0..<40 {
      let expression = Self.randomExpression(&random, depth: 3)
      let start = Int.random(in: 0...(Self.count + 1), using: &random)
      let limit = [1, 10, Int.max].randomElement(using: &random) ?? 1
      let plain = (0..<Self.count).filter { $0 >= start && expression.contains($0) }.prefix(limit)
      #expect(expression.first(limit, from: start, of: Self.count) == Array(plain), "\(expression)")
    }
  }

  @Test func aUnionIsTheExpressionOfItsSets() {
    var random = SplitMix64(state: 8)
    for sets in 0..<6 {
      for density in [0, 0.0005, 0.01, 0.5] {
        let sets = (0..<sets).map { _ in
          DocumentBitset(
            (0..<UInt32(Self.count)).filter { _ in Double.random(in: 0..<1, using: &random) < density },
            of: Self.count
          )
        }
        let union = DocumentBitset(unionOf: sets, of: Self.count)
        let members = BitsetExpression.or(sets.map { .set($0) }).first(.max, from: 0, of: Self.count)
        #expect((0..<Self.count).filter(union.contains) == members)
        #expect(union.count == members.count)
        #expect(union.size <= DocumentBitset(members.map(UInt32.init), of: Self.count).size)
      }
    }
  }

  // MARK: - The cache

  private static let smith = IndexQuery.phrase(["smith"])

  private static func people() throws -> CandidateIndex {
    try CandidateIndex.holding(
      #"{"id":"a","first_name":"Jo","last_name":"Smith","title":"Nurse Manager"}"#,
      #"{"id":"b","first_name":"Al","last_name":"Smith","title":"Nurse, Senior Manager"}"#,
      #"{"id":"c","first_name":"Al","last_name":"Jones"}"#)
  }

  @Test func aSetIsMadeOnceTheDocidsArePaidButNeverTheFirstTime() throws {
    let index = try Self.people()
    // Three docids are read in three microseconds.
    let cache = DocumentBitsetCache(
      costs: CostModel(minimumSpent: 1, docidsPerMicrosecond: 1, docidsShare: 1))
    for (spent, isMade) in [(1, false), (1, false), (1, true)] {
      try index.snapshot { snapshot in
        try cache.record([Self.smith: spent], in: snapshot)
        #expect((try cache.bitsets(for: snapshot)?[Self.smith] != nil) == isMade, "after \(spent) more")
      }
    }
    let eager = DocumentBitsetCache(costs: .eager)
    try index.snapshot { snapshot in
      try eager.record([Self.smith: 1_000_000], in: snapshot)
      #expect(try eager.bitsets(for: snapshot) == nil)
    }
  }

  @Test func aSearchReadsOneSliceWhereItsStepsAreFast() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<100).map { #"{"id":"\#($0)","last_name":"\#($0 % 3 == 0 ? "Smith" : "Jones")"}"# })
    var costs = CostModel.eager
    costs.postingsInSlice = 10
    let cache = DocumentBitsetCache(costs: costs)
    try index.snapshot { snapshot in
      // 34 postings are four slices. The first search reads none.
      for search in 1...5 {
        try cache.record([Self.smith: 0], in: snapshot)
        #expect((try cache.bitsets(for: snapshot)?[Self.smith] != nil) == (search == 5), "search \(search)")
      }
      let (bitsets, ordinals) = (try #require(try cache.bitsets(for: snapshot)), try DocidOrdinals(snapshot))
      let docids = try snapshot.docids(of: Self.smith, from: .min, limit: .max).map(\.value)
      let members = ordinals.docids.indices.filter { bitsets[Self.smith]?.contains($0) == true }
      #expect(members.map { ordinals.docids[$0] } == docids)
      // A disjunction is built from the bitset of one part, and the postings of the other.
      let either = IndexQuery.any([Self.smith, .phrase(["jones"])])
      for _ in 0..<20 { try cache.record([either: 0], in: snapshot) }
      #expect(bitsets[either]?.count == 100)
    }
  }

  @Test func aPhraseWhosePositionsAreComparedIsReadOnceAsMuchWasSpentOnIt() throws {
    let index = try CandidateIndex.empty()
    try index.add(
      (0..<90).map { #"{"id":"\#($0)","locations":["\#($0 % 3 == 0 ? "Santiago de" : "Punta del") Chile"]}"# }
    )
    var costs = CostModel.eager
    costs.comparedPostingsPerMicrosecond = 1
    let cache = DocumentBitsetCache(costs: costs)
    // 30, 30 and 90 candidates have its words.
    let phrase = IndexQuery.phrase(["santiago", "de", "chile"], in: [.location])
    try index.snapshot { snapshot in
      for (time, count) in [(100, nil), (149, nil), (1, 30)] as [(Int, Int?)] {
        try cache.record([phrase: time], in: snapshot)
        #expect(try cache.bitsets(for: snapshot)?[phrase]?.count == count, "after \(time) more")
      }
    }
  }

  @Test func aDisjunctionIsCombinedOfItsPartsAndRemembered() throws {
    let index = try Self.people()
    try index.snapshot { snapshot in
      let bitsets = DocumentBitsets(ordinals: try DocidOrdinals(snapshot), costs: .standard)
      func read(_ word: String) throws -> IndexQuery {
        _ = try bitsets.read(.phrase([word]), limit: .max, in: snapshot, .never)
        return .phrase([word])
      }
      let either = IndexQuery.or([try read("jo"), try read("jones"), try read("absent")])
      guard case .unknown = bitsets.known(either) else {
        Issue.record("it has no bitset of its own")
        return
      }
      guard case .set(let union) = bitsets.knownOrCombined(either) else {
        Issue.record("each part has a bitset")
        return
      }
      let docids = try snapshot.docids(of: either, from: .min, limit: .max).map(\.value)
      #expect(docids.count == 2)
      #expect(
        bitsets.ordinals.docids.indices.filter(union.contains).map { bitsets.ordinals.docids[$0] } == docids)
      #expect(bitsets[either] === union)
      if case .set = bitsets.knownOrCombined(.or([either, .phrase(["al"])])) {
        Issue.record("a part has no bitset")
      }
    }
  }

  @Test func setsAreThoseOfTheStateThatIsRead() throws {
    let index = try Self.people()
    let cache = DocumentBitsetCache(costs: .eager)
    func smiths() throws -> Int? {
      try index.snapshot { snapshot in
        for _ in 0..<2 { try cache.record([Self.smith: 1], in: snapshot) }
        return try cache.bitsets(for: snapshot)?[Self.smith]?.count
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
    let cache = DocumentBitsetCache(costs: .eager)
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
    #expect(sets?[Self.smith]?.count == 2)
    #expect(sets?[.phrase(["jo"])] == nil)
  }

  @Test(.sqlite) func aRebuildThatLeavesNobodyIsAChange() throws {
    let index = try Self.people()
    let before = try index.snapshot { try $0.generation() }
    try index.write { try $0.execute(sql: "DELETE FROM record; DELETE FROM candidate") }
    try index.rebuild()
    #expect(try index.snapshot { try $0.generation() } > before)
  }

  @Test func memoryHasABoundAndTheLeastRecentlyUsedAreDiscarded() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<100).map { #"{"id":"\#($0)","last_name":"w\#($0)"}"# })
    let size = DocumentBitset([0], of: 100).size
    var costs = CostModel.eager
    costs.maximumBitsetBytes = 8 * size
    let cache = DocumentBitsetCache(costs: costs)
    try index.snapshot { snapshot in
      for i in 0..<100 {
        for _ in 0..<2 { try cache.record([.phrase(["w\(i)"]): 1], in: snapshot) }
        let bitsets = try #require(try cache.bitsets(for: snapshot))
        #expect(bitsets.size <= costs.maximumBitsetBytes)
        #expect(bitsets[.phrase(["w\(i)"])]?.count == 1, "the last is kept")
        #expect(bitsets[.phrase(["w0"])]?.count == 1, "what is used in each search is kept")
      }
      #expect(try cache.bitsets(for: snapshot)?.count ?? 0 >= 6)
    }
    costs.maximumRecordedTerms = 8
    let small = DocumentBitsetCache(costs: costs)
    try index.snapshot { snapshot in
      for i in 0..<100 {
        for _ in 0..<2 { try small.record([.phrase(["w\(i)"]): 1], in: snapshot) }
        #expect(try small.bitsets(for: snapshot)?.count ?? 0 <= 8)
      }
    }
  }

  @Test func rareSetsTakeTwoBytesForEachMember() {
    let rare = DocumentBitset(Array(stride(from: 7, to: 1_000_000, by: 100)), of: 1_000_000)
    let frequent = DocumentBitset(Array(stride(from: 7, to: 1_000_000, by: 50)), of: 1_000_000)
    #expect((20_000..<22_000).contains(rare.size))
    #expect((125_000..<126_000).contains(frequent.size))
  }

  // MARK: - What sets tell

  @Test(arguments: [
    (IndexQuery.phrase(["a"]), true), (.phrase(["a", "b"], in: [.title]), false),
    (.together([["a"], ["b"]], in: [.title, .name]), true), (.together([["a"], ["b"]]), false),
    (.together([["a", "b"]], in: [.title]), false), (.none(of: .phrase(["a"])), true),
    (.none(of: .phrase(["a", "b"])), false), (.record(.id("x")), false), (.phrase(["?"]), false),
    (.any([.phrase(["a"]), .phrase(["?"])]), false), (.all([.phrase(["a"]), .phrase(["?"])]), false),
    (.everything, true), (.nothing, true), (.phrase(["a b"]), false),
    (.all([.phrase(["none"]), .phrase(["?"])]), true), (.any([.phrase(["none"]), .phrase(["?"])]), false),
    (.together([["?"], ["none"]]), true), (.phrase(["none", "?"], in: [.title]), true),
    (.all([.phrase(["none"]), .record(.id("x"))]), true), (.none(of: .phrase(["none", "?"])), true),
  ]) func theyTellExactlyWhoMatchesOnlyWhereTheyCan(_ match: IndexQuery, _ isExact: Bool) throws {
    let ordinals = try Self.people().snapshot { try DocidOrdinals($0) }
    let bound = BitsetBound(of: match, ordinals: ordinals) { part in
      // Only single tokens have bitsets, all but one of them.
      guard case .phrase(let tokens, _, _) = part, tokens.count == 1, !tokens[0].contains(" ") else {
        return nil
      }
      return tokens == ["?"] ? nil : DocumentBitset(tokens == ["none"] ? [] : [0], of: 3)
    }
    #expect(bound.isExact == isExact)
    // A candidate with every token but “none”.
    let columns = TextColumn.allCases.indices.map { _ in "a b ?" }.joined()
    let document = Array(columns.utf8).withUnsafeBufferPointer { text in
      let ends = (0...TextColumn.allCases.count).map { 5 * $0 }
      return Document(keys: text, texts: text, ends: ends, isPrivate: false)
    }
    #expect(bound.expression.contains(0) || !DocumentMatcher(document).matches(match))
  }

  @Test(arguments: [
    (IndexQuery.phrase(["nurse", "manager"], in: [.title]), 1), (.phrase(["nurse", "manager"]), 1),
    (.phrase(["nurse", "manager"], in: [.title, .name]), 1),
    (.any([.phrase(["nurse", "manager"], in: [.title]), .phrase(["jones"])]), 2),
    (.any([.phrase(["al"], in: [.name]), .phrase(["al"], in: [.title]), .phrase(["jo"])]), 3),
    (.phrase(["nurse", "senior", "manager"], in: [.title]), 1),
    (.phrase(["manager", "nurse"], in: [.title]), 0),
  ]) func theyAreReadAsFTS5FindsThem(_ query: IndexQuery, _ count: Int) throws {
    try Self.people().snapshot { snapshot in
      let ordinals = try DocidOrdinals(snapshot)
      let docids = try snapshot.docids(of: query, from: .min, limit: .max)
      let set = try #require(try DocumentBitset(of: query.readForBitset, ordinals, in: snapshot))
      #expect(docids.count == count)
      #expect(ordinals.docids.indices.filter(set.contains).map { ordinals.docids[$0] } == docids.map(\.value))
      #expect(query.bitsetParts.contains(query))
    }
  }
}

extension CostModel {
  /// The costs with which bitsets are built as soon as a step was measured twice.
  static let eager = CostModel(
    minimumSlowStep: 0, minimumSpent: 0, docidsPerMicrosecond: .max,
    comparedPostingsPerMicrosecond: .max)
}
