import TestSupport
import Testing

@testable import CandidateSearch

@Suite struct DocidSetTests {
  @Test(arguments: [0, 1, 2, 3, 7, 8, 9, 1_000]) func containsItsDocidsOnly(_ count: Int) {
    var random = SplitMix64(state: UInt64(count))
    // Neighbours, as candidates of one second are, and docids of any time.
    let docids = (0..<Int64(count)).map { $0 % 3 == 0 ? Int64(random.next() >> 1) : ($0 << 20) }
    let set = DocidSet(docids)
    #expect(docids.allSatisfy(set.contains))
    #expect(Set(docids.compactMap(set.slot)).count == Set(docids).count)
    #expect(!docids.contains { !docids.contains($0 + 1) && set.contains($0 + 1) })
    #expect(!set.contains(-1) && !set.contains(.max))
    #expect(set.slotCount * 8 <= max(32, 32 * count))
  }
}
