import Foundation
import TestSupport
import Testing

@testable import bench

/// The whole benchmark, small and without peers: it must run, and its numbers must parse. No time is asserted.
@Suite struct RunCommandTests {
  private static let mix = Fixture.root.appendingPathComponent("benchmarks/queries/mix.json").path

  @Test(.slow) func measuresEverything() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(
      "bench",
      [
        "run", "--size", "2000", "--rounds", "1", "--calls", "2", "--seconds", "0.01", "--mix", Self.mix,
        "--work", folder.file("work"), "--output", folder.file("results"),
      ])
    #expect(run.exit == 0, "\(run.error)")
    let text = try String(contentsOfFile: folder.file("results/RESULTS.json"), encoding: .utf8)
    let results = try JSONDecoder().decode(Results.self, from: Data(text.utf8))
    checkNumbers(results)
    let report = try String(contentsOfFile: folder.file("results/RESULTS.md"), encoding: .utf8)
    for title in ["Queries over 2,000 candidates", "Growth", "Bringing records in", "Who is found"] {
      #expect(report.contains("## \(title)"), "\(title)")
    }
    #expect(!report.contains("nan") && !report.contains("inf ") && !report.contains("refused `"))
    let plot = try Data(contentsOf: URL(fileURLWithPath: folder.file("results/growth.svg")))
    #expect(String(decoding: plot, as: UTF8.self).contains("<polyline"))
  }

  private func checkNumbers(_ results: Results) {
    #expect(results.records == 2000 && results.candidateCounts == [200, 600, 2000])
    #expect(results.loads.map(\.size) == [200, 600, 2000])
    let records = results.sizes.first { $0.part == "records" }
    #expect(records.map { $0.stored > 0 && $0.compressed > 0 && $0.compressed < 0.5 * $0.stored } == true)
    #expect(results.loads.allSatisfy { $0.seconds > 0 && $0.diskBytes > 0 && ($0.peakBytes ?? 0) > 0 })
    // Fifteen classes, all of them together, and queries that find nothing with similar candidates; three sizes.
    #expect(results.classes.count == 17 * 3)
    for row in results.classes {
      #expect(row.rounds.count == 1)
      #expect(
        row.rounds.allSatisfy { 0 < $0.p50 && $0.p50 <= $0.p95 && $0.p95 <= $0.p99 && $0.geometricMean > 0 })
    }
    #expect(
      results.queries.count >= 60 && results.queries.allSatisfy { $0.error == nil && ($0.median ?? 0) > 0 })
    #expect(
      results.counts.count == results.queries.count && results.counts.allSatisfy { $0.differences.isEmpty })
    #expect(results.counts.contains { ($0.counts[Engine.oursKey] ?? 0) > 100 })
    #expect(results.relevance.count == RelevanceClass.allCases.count + 1)
    #expect(results.relevance.first { $0.class == LatencyRow.all }?.score.queries ?? 0 > 900)
    #expect(results.relevance.first { $0.class == RelevanceClass.email.rawValue }?.score.success1 == 1)
    #expect(results.oneShot.first?.name == "cand-search engineer")
    #expect(results.readers.map(\.threads) == [1, 2, 4] && results.readers.allSatisfy { $0.rate > 0 })
    #expect(results.resyncs.map(\.size) == [200, 2000] && results.upserts.first?.result.records == 50)
    #expect(results.loaded.first.map { $0.quiet > 0 && $0.loaded > 0 && $0.records == 2000 } == true)
  }

  @Test func saysWhatIsWrong() throws {
    let folder = try TemporaryFolder()
    let cases: [(arguments: [String], exit: Int32)] = [
      (["--size", "99"], 2), (["--rounds", "0"], 2), (["--mix", folder.file("absent.json")], 1),
      (["--mix", Self.mix, "--peers", folder.path, "--python", folder.file("no-python")], 1),
    ]
    for (arguments, exit) in cases {
      let run = try CommandRun(
        "bench", ["run", "--work", folder.file("work"), "--output", folder.file("results")] + arguments)
      #expect(run.exit == exit && !run.error.isEmpty, "\(arguments): \(run.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("results/RESULTS.md")))
  }
}
