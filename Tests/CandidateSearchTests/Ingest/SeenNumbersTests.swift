import Testing

@testable import CandidateSearch

/// Sets of the numbers of candidates, which a damaged file may contain in any range.
@Suite struct SeenNumbersTests {
  private static let numbers: [Int64] = [
    .min, .min + 1, -4_097, -4_096, -1, 0, 1, 63, 64, 4_095, 4_096, 1 << 40, .max - 1, .max,
  ]

  @Test(arguments: numbers) func aNumberIsSeenAlone(_ number: Int64) {
    var seen = SeenNumbers()
    seen.formUnion([number])
    for other in Self.numbers { #expect(seen.contains(other) == (other == number)) }
  }

  @Test func manyNumbersAreSeen() {
    var seen = SeenNumbers()
    seen.formUnion(stride(from: 1, to: 100_000, by: 3).map { Int64($0) })
    for i in 0..<100_000 { #expect(seen.contains(Int64(i)) == (i % 3 == 1)) }
  }
}
