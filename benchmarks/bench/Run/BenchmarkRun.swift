import BenchmarkCorpus
import Foundation

/// What all measurements of a run share.
struct BenchmarkRun {
  /// Which corpus; another one brings in records that nobody holds.
  static let seed: UInt64 = 1
  static let otherSeed: UInt64 = 2

  let size: Int
  let rounds: Int
  let effort: Effort
  let mix: QueryMix
  let engines: [Engine]
  /// A peer that is given our filter terms; nil if Tantivy is not measured.
  let withOurTerms: Engine?
  let programs: Programs
  let workspace: Workspace

  /// The sizes that are measured: how times grow shows between the first and the last.
  var sizes: [Int] { [size / 10, size * 3 / 10, size] }

  var effortOptions: [String] { ["--calls", "\(effort.calls)", "--seconds", "\(effort.seconds)"] }

  /// Asks an engine queries of the mix; one result for each.
  func ask(
    _ engine: Engine, _ entries: [QueryMix.Entry], size: Int, _ options: [String]
  ) throws -> [QueryResult] {
    let queries = try workspace.write("queries-\(engine.key).txt", queries: entries.map { $0.form(engine) })
    return try ask(engine, file: queries, count: entries.count, size: size, options)
  }

  func ask(
    _ engine: Engine, file: String, count: Int, size: Int, _ options: [String]
  ) throws -> [QueryResult] {
    let results = try engine.query(
      file, in: workspace.index(engine, size), options, output: workspace.file("answer-\(engine.key).json")
    ).result([QueryResult].self, mayFail: [2])
    guard results.count == count else {
      throw FileFailure("\(engine.name): answered \(results.count) of \(count) queries")
    }
    return results
  }

  func say(_ message: String) {
    // Nothing depends on who watches.
    try? FileHandle.standardError.write(contentsOf: Data("bench: \(message)\n".utf8))
  }
}
