import Foundation
import Testing

@testable import bench

@Suite struct StatisticsTests {
  static let quantiles: [(values: [Double], share: Double, expected: Double)] = [
    ([7], 0.5, 7), ([7], 0.99, 7), ([3, 1, 2], 0.5, 2), ([4, 1, 3, 2], 0.5, 2.5), ([1, 2], 0.25, 1.25),
    ([10, 20, 30, 40, 50], 0, 10), ([10, 20, 30, 40, 50], 1, 50), ([10, 20, 30, 40, 50], 0.9, 46),
    ([1, 2], -1, 1), ([1, 2], 7, 2),
  ]

  @Test(arguments: quantiles) func findsAQuantile(values: [Double], share: Double, expected: Double) throws {
    let sample = try #require(Sample(values))
    #expect(abs(sample.quantile(share) - expected) < 1e-9)
  }

  @Test func nothingCanBeSaidOfNoValues() { #expect(Sample([]) == nil) }

  @Test func hasPercentiles() throws {
    let sample = try #require(Sample((0...1000).map(Double.init)))
    #expect(sample.percentiles == (0...100).map { Double($0 * 10) })
  }

  static let means: [(values: [Double], mean: Double?)] = [
    ([8], 8), ([1, 100], 10), ([2, 8, 4], 4), ([0, 4], nil), ([-1, 4], nil),
  ]

  @Test(arguments: means) func averagesRatios(values: [Double], expected: Double?) throws {
    let mean = try #require(Sample(values)).geometricMean
    #expect(mean.map { ($0 * 1e6).rounded() / 1e6 } == expected)
  }

  @Test func spreadIsAShareOfTheMedian() throws {
    #expect(try #require(Sample([8, 10, 14])).spread == 0.6)
    #expect(try #require(Sample([5])).spread == 0)
    #expect(try #require(Sample([0, 0])).spread == 0)
  }

  @Test func everyQueryWeighsTheSame() throws {
    let often = QueryResult(
      query: "a", ids: [], seconds: Array(repeating: 1e-6, count: 900), keepsPercentiles: true)
    let seldom = QueryResult(
      query: "b", ids: [], seconds: Array(repeating: 9e-6, count: 10), keepsPercentiles: true)
    let latency = try #require(ClassLatency([often, seldom, .failed("c", "wrong")]))
    #expect(latency.p50 == 5 && latency.p95 == 9 && abs(latency.geometricMean - 3) < 1e-9)
    #expect(ClassLatency([.failed("c", "wrong")]) == nil)
  }

  @Test func ratiosAreTakenWithinARound() throws {
    func row(_ times: [Double]) -> LatencyRow {
      let rounds = times.compactMap { time in
        ClassLatency([QueryResult(query: "", ids: [], seconds: [time / 1e6], keepsPercentiles: true)])
      }
      return LatencyRow(engine: "", size: 1, class: "all", rounds: rounds)
    }
    // The machine was three times as slow in the second round.
    let ratios = try #require(row([20, 60, 22]).ratios(to: row([10, 30, 10]), \.p50))
    #expect(ratios.values == [2, 2, 2.2])
  }

  static let efforts: [(arguments: [String], warmUps: Int, counted: Int)] = [
    (["--calls", "7", "--seconds", "100"], 2, 7), (["--calls", "1"], 1, 1), (["--calls", "0"], 0, 0),
    (["--calls", "1000", "--seconds", "0"], 2, Effort.fewest),
  ]

  @Test(arguments: efforts) func aQueryIsAskedAsOftenAsTold(arguments: [String], warmUps: Int, counted: Int)
    throws
  {
    var calls = 0
    let times = try Effort.parse(arguments).times { calls += 1 }
    #expect(calls == warmUps + counted && times.count == counted)
  }

  static let numbers: [(text: String, expected: String)] = [
    (Numbers.time(0.5), "0.50 µs"), (Numbers.time(12.34), "12.3 µs"), (Numbers.time(999), "999 µs"),
    (Numbers.time(1500), "1.50 ms"), (Numbers.time(2_500_000), "2.50 s"), (Numbers.ratio(0.5), "**0.50×**"),
    (Numbers.ratio(12), "12.0×"), (Numbers.grouped(1_234_567), "1,234,567"), (Numbers.grouped(100), "100"),
    (Numbers.bytes(12_345_678), "12.3 MB"), (Numbers.percent(0.256), "26 %"),
  ]

  @Test(arguments: numbers) func writesNumbers(text: String, expected: String) {
    #expect(text == expected)
  }
}
