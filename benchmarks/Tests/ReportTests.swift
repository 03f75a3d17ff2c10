import Foundation
import Testing

@testable import bench

/// What the report says of numbers that are given to it.
@Suite struct ReportTests {
  /// We take 100 µs in each round, the peer what is given, ten times as many candidates twice as long.
  private static func results(peer times: [Double]) -> Results {
    var results = Results(
      machine: Machine(), date: "2026-01-31",
      engines: [
        EngineRow(key: Engine.oursKey, name: "cand-search", version: "1"),
        EngineRow(key: "tantivy", name: "Tantivy <&>", version: "2"),
      ], records: 1000, rounds: times.count, calls: 1, seconds: 1)
    for size in [100, 1000] {
      let scale = size == 1000 ? 1.0 : 0.5
      for name in ["name", LatencyRow.all] {
        results.classes.append(row(Engine.oursKey, size, name, times.map { _ in 100 * scale }))
        results.classes.append(row("tantivy", size, name, times.map { $0 * scale }))
      }
    }
    results.queries = [
      QueryRow(engine: Engine.oursKey, class: "name", query: "a|b", form: "a|b", median: 100),
      QueryRow(engine: "tantivy", class: "name", query: "a|b", form: "x", median: Sample(times)?.median),
    ]
    return results
  }

  private static func row(_ engine: String, _ size: Int, _ name: String, _ times: [Double]) -> LatencyRow {
    let rounds = times.compactMap { time in
      ClassLatency([QueryResult(query: "", ids: [], seconds: [time / 1e6], keepsPercentiles: true)])
    }
    return LatencyRow(engine: engine, size: size, class: name, rounds: rounds)
  }

  @Test func givesRatiosWithTheirSpread() {
    let report = MarkdownReport(results: Self.results(peer: [200, 300, 250])).text
    #expect(report.contains("| name | 100 µs | 2.50× ±20 % |"))
    #expect(report.contains("| all | 100 µs | 2.50× |"))
    #expect(report.contains("No query of the mix."))
    #expect(report.contains("| name | 2.00× | 2.00× |"))
  }

  @Test func saysWhereAPeerIsFaster() {
    let report = MarkdownReport(results: Self.results(peer: [40])).text
    #expect(report.contains("| name | 100 µs | **0.40×** ±0 % |"))
    #expect(report.contains(#"| `a\|b` | 100 µs | Tantivy <&> | 40.0 µs | **0.40×** | 1 |"#))
    #expect(!report.contains("No query of the mix."))
  }

  @Test func saysWhichEngineRefusedAQueryOrWasAskedSomethingElse() {
    var results = Self.results(peer: [200])
    results.queries.append(
      QueryRow(engine: "tantivy", class: "name", query: "c", form: "c:", median: nil, error: "no such field"))
    let entry = QueryMix.Entry(class: "name", query: "c", peers: "c")
    results.counts = [
      CountRow(
        entry: entry, counts: [Engine.oursKey: 7, "tantivy": 8], engines: [Engine.oursKey, "tantivy"])
    ]
    let report = MarkdownReport(results: results).text
    #expect(report.contains("- tantivy refused `c:`: no such field"))
    #expect(report.contains("| `c` | 7 | tantivy | 8 | **not explained** |"))
    #expect(report.contains("0 of 1 queries find the same number"))
  }

  @Test func whatIsBetterThanOursIsBold() {
    var results = Self.results(peer: [200])
    var (better, worse) = (RelevanceScore([[true]]), RelevanceScore([[false, true]]))
    (better.zeroResults, worse.zeroResults) = (0, 0.5)
    results.relevance = [("cand-search", worse), ("Tantivy", better)].map {
      RelevanceRow(engine: $0, class: RelevanceClass.nickname.rawValue, score: $1)
    }
    let report = MarkdownReport(results: results).text
    #expect(report.contains("| nickname and last name | 1 | 0.00 | **100** |"))
    #expect(report.contains("| nickname and last name | 1 | 50.0 | **0.00** |"))
    #expect(report.contains("| nickname and last name | 1 | 100 | 100 |"))
  }

  @Test func drawsALineForEachEngine() throws {
    let svg = try #require(GrowthPlot(results: Self.results(peer: [100])).svg)
    #expect(svg.matches(of: /<polyline/).count == 2 && svg.matches(of: /<circle/).count == 4)
    #expect(svg.contains("Tantivy &lt;&amp;>") && svg.contains("1,000") && svg.hasSuffix("</svg>\n"))
    // Two lines that end in the same place: their names must not lie on each other.
    let heights = svg.matches(of: /<text x='612.0' y='([0-9.]+)'/).compactMap { Double($0.output.1) }.sorted()
    #expect(heights.count == 2 && heights[1] - heights[0] >= 18)
  }

  @Test func drawsNothingOfASingleSize() {
    var results = Self.results(peer: [100])
    results.classes.removeAll { $0.size == 100 }
    #expect(GrowthPlot(results: results).svg == nil)
    #expect(!MarkdownReport(results: results).text.contains("## Growth"))
  }

  @Test func theNumbersSurviveTheirFile() throws {
    let results = Self.results(peer: [200, 300])
    let bytes = JSONOutput.bytes(results, isPretty: true)
    let again = try JSONDecoder().decode(Results.self, from: Data(bytes))
    #expect(JSONOutput.bytes(again, isPretty: true) == bytes && bytes.count > 1000)
  }
}
