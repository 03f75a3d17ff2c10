import TestSupport
import Testing

@testable import CandidateSearch

@Suite(.sqlite) struct TournamentTests {
  /// The last number separates competitors with equal keys.
  private struct Competitor {
    var key: Int64
    var rest: Int
  }

  private static let highestKey: Int64 = 1 << 62
  private static let counts = [1, 2, 3, 4, 5, 7, 8, 9, 33, 64]

  /// What is found without a tree: the competitors that are equal to the first, by number.
  private func first(of competitors: [Competitor]) -> [Int] {
    let first = competitors.min { ($0.key, $0.rest) < ($1.key, $1.rest) }
    return competitors.indices.filter {
      competitors[$0].key == first?.key && competitors[$0].rest == first?.rest
    }
  }

  @Test(arguments: counts, [2, 100, 1 << 61]) func theFirstIsFoundAfterEveryChange(
    _ count: Int, _ range: Int64
  ) {
    var random = SplitMix64(state: UInt64(count))
    func competitor() -> Competitor {
      Competitor(
        key: Int.random(in: 0..<9, using: &random) == 0
          ? Self.highestKey : .random(in: -range..<range, using: &random),
        rest: .random(in: 0..<2, using: &random))
    }
    var tournament = Tournament(maximumCount: 64, highestKey: Self.highestKey)
    for _ in 0..<5 {
      var competitors = (0..<count).map { _ in competitor() }
      let order = { competitors[$0].rest - competitors[$1].rest }
      tournament.begin(count: count, key: { competitors[$0].key }, order: order)
      for round in 0..<100 {
        let expected = first(of: competitors)
        var found: [Int] = []
        tournament.forEachFirst { found.append($0) }
        let (winner, winnerCount, lowestKey) = (
          tournament.winner, tournament.winnerCount, tournament.lowestKey
        )
        #expect(found == expected)
        #expect(winner == expected[0])
        #expect(winnerCount == expected.count)
        #expect(lowestKey == competitors[expected[0]].key)
        // The first changes most often in a merge, but others may too.
        let changed = round % 3 == 0 ? Int.random(in: 0..<count, using: &random) : winner
        competitors[changed] = competitor()
        tournament.update(changed, key: competitors[changed].key, order: order)
      }
    }
  }

  /// A damaged file may have any docid: what is found may be wrong, but it exists unless the key says that it does not.
  @Test(arguments: [6, 7, 64]) func keysOutOfRangeDoNotStopTheProgram(_ count: Int) {
    let extremes = [Int64.min, .max, 0, .max - 1, .min + 1, 1 << 62]
    let keys = (0..<count).map { extremes[$0 % extremes.count] }
    var tournament = Tournament(maximumCount: count, highestKey: Self.highestKey)
    tournament.begin(count: count, key: { keys[$0] }, order: { _, _ in 0 })
    for (i, key) in keys.enumerated() {
      tournament.update(i, key: ~key, order: { _, _ in 0 })
      let (winner, lowestKey) = (tournament.winner, tournament.lowestKey)
      #expect(keys.indices.contains(winner) || lowestKey == Self.highestKey)
    }
  }
}
