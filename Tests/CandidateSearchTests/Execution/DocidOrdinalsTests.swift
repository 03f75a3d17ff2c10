import TestSupport
import Testing

@testable import CandidateSearch

/// The ordinals of docids, found by blocks, compared with all docids one by one.
@Suite struct DocidOrdinalsTests {
  private static let lists: [(name: String, docids: [Int64])] = {
    var random = SplitMix64(state: 17)
    return [
      ("none", []), ("one", [5]), ("one block", Array(0..<16)), ("one more", Array(0..<17)),
      ("the ends of the numbers", [.min, -1, 0, 1, .max - 1, .max]),
      ("near one another, then far", (0..<40).map { $0 } + (1...40).map { $0 << 50 }),
      ("any", Set((0..<500).map { _ in Int64.random(in: 0..<5_000, using: &random) }).sorted()),
    ]
  }()

  @Test(arguments: lists) func theFirstNotBelowIsFoundFromAnyStart(_ list: (name: String, docids: [Int64])) {
    let ordinals = DocidOrdinals(list.docids)
    let wanted = Set(list.docids + [.min, 0, 7, 2_500, .max]).flatMap { [$0, $0 &- 1, $0 &+ 1] }
    for docid in wanted {
      for start in stride(from: 0, through: list.docids.count, by: 3) {
        let first =
          list.docids.indices.dropFirst(start).first { list.docids[$0] >= docid } ?? list.docids.count
        #expect(ordinals.first(notBelow: docid, from: start) == first, "\(docid) from \(start)")
      }
    }
  }

  @Test(arguments: lists) func docidsAreAppendedWhereTheyHaveACandidate(
    _ list: (name: String, docids: [Int64])
  ) {
    let ordinals = DocidOrdinals(list.docids)
    for step in [1, 2, 7, 40] {
      let chosen = stride(from: 0, to: list.docids.count, by: step).map { Int($0) }
      let absent = [-2, 3, 4_999, 1 << 61].filter { !list.docids.contains($0) }
      let docids = (chosen.map { list.docids[$0] } + absent).sorted().map { Docid(value: $0) }
      var found: [UInt32] = []
      // In two parts, as slices are read.
      ordinals.append(Array(docids.prefix(docids.count / 3)), to: &found)
      ordinals.append(Array(docids.dropFirst(docids.count / 3)), to: &found)
      #expect(found.map { Int($0) } == chosen)
    }
  }
}
