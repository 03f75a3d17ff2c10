import ArgumentParser
import Foundation

/// `bench load`: how long it takes to bring a file of records in.
struct LoadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Measure how long it takes to bring a file of records into an index, new or old.",
    discussion: """
      Prints {"records", "seconds", "peak_bytes", "disk_bytes"}; with --one-by-one {"records", "median_us",
      "p99_us"}: each line alone, as a transaction of its own.
      """)

  @Option(help: "The index; made if it is not there.")
  var index: String

  @Option(help: "The records, as NDJSON.")
  var corpus: String

  @Flag(help: "Bring in one record after the other.")
  var oneByOne = false

  func run() throws {
    var output = try ByteOutput(path: nil)
    let bytes = oneByOne ? JSONOutput.bytes(try single()) : JSONOutput.bytes(try whole())
    try output.append { $0.append(contentsOf: bytes) }
    try output.finish()
  }

  private func whole() throws -> LoadResult {
    var records = 0
    let seconds = try Stopwatch.seconds { records = try LibraryIndex.ingest(corpus, into: index) }
    return LoadResult(
      records: records, seconds: seconds, peakBytes: Memory.peakBytes, diskBytes: DiskUse.bytes(of: index))
  }

  private func single() throws -> UpsertResult {
    let seconds = try LibraryIndex.ingestOneByOne(corpus, into: index)
    guard let sample = Sample(seconds.map { $0 * 1e6 }) else {
      throw FileFailure("\(corpus): holds no record")
    }
    return UpsertResult(records: seconds.count, median: sample.median, p99: sample.quantile(0.99))
  }
}
