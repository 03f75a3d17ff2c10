import TestSupport
import Testing

@testable import CandidateSearch

@Suite struct TakenDocidsTests {
  /// What is found is what a search of a plain array finds, in one second and in the many blocks of those without a time.
  @Test(arguments: [nil, 0, 1_700_000_000, 99_000_000_000] as [Int64?]) func theLowestIsFound(
    _ second: Int64?
  ) {
    var random = SplitMix64(state: 7)
    let slots = Docid.slots(ofSecond: second)
    // A few docids next to one another, at the ends, and far apart.
    func docid() -> Int64 {
      switch random.next() % 4 {
      case 0: slots.lowerBound + Int64(random.next() % 20)
      case 1: slots.upperBound - Int64(random.next() % 20)
      default: Int64.random(in: slots, using: &random)
      }
    }
    var (taken, plain) = (TakenDocids(), [DocidEntry]())
    // Candidates of other times are never found.
    let others = [nil, 1, 1_700_000_001].filter { $0 != second }.enumerated().map { i, other in
      DocidEntry(number: Int64(-i), docid: Docid(value: Docid.slots(ofSecond: other).lowerBound))
    }
    for other in others { taken.insert(other) }
    for number in 0..<2_000 as Range<Int64> {
      if random.next() % 3 == 0, let removed = plain.randomElement(using: &random) {
        taken.remove(removed)
        plain.removeAll { $0 == removed }
      } else {
        let entry = DocidEntry(number: number, docid: Docid(value: docid()))
        if plain.contains(where: { $0.docid == entry.docid }) { continue }
        taken.insert(entry)
        plain.append(entry)
      }
      let ends = [docid(), docid()].sorted()
      let expected = plain.filter { (ends[0]...ends[1]).contains($0.docid.value) }.min { $0.docid < $1.docid }
      #expect(taken.first(in: ends[0]...ends[1]) == expected)
    }
    for entry in plain { taken.remove(entry) }
    #expect(!taken.isEmpty)
    for other in others { taken.remove(other) }
    #expect(taken.isEmpty && taken.first(in: slots) == nil)
  }
}
