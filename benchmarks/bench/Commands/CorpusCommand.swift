import ArgumentParser
import BenchmarkCorpus

/// `bench corpus`: made-up candidates as NDJSON.
struct CorpusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Write made-up candidates as NDJSON: the same bytes on every machine for the same options.",
    discussion: """
      bench corpus --records 1000000 --output million.ndjson
      bench corpus --records 1000000 --modified-shift 1 --changed 2000 | cand-search index -
      """)

  private static let largest = 10_000_000
  private static let longestShift = CorpusRevision.longestShift

  @Option(help: "How many, 1 to 10000000. The first of many are those of few.")
  var records: Int

  @Option(help: "Which corpus.")
  var seed: UInt64 = 1

  @Option(help: "The file to write; else standard output.")
  var output: String?

  @Option(
    parsing: .unconditional,
    help: "Move every modified_at by so many days, as a resync does; a negative number moves them back.")
  var modifiedShift: Int = 0

  @Option(help: "Give so many of the records, evenly spread, another title.")
  var changed: Int = 0

  func validate() throws {
    guard (1...Self.largest).contains(records) else {
      throw ValidationError("--records: expected 1 to \(Self.largest), found \(records)")
    }
    guard (-Self.longestShift...Self.longestShift).contains(modifiedShift) else {
      throw ValidationError(
        "--modified-shift: expected at most \(Self.longestShift) days, found \(modifiedShift)")
    }
    guard (0...records).contains(changed) else {
      throw ValidationError("--changed: expected 0 to the number of records, found \(changed)")
    }
  }

  func run() throws {
    let corpus = Corpus(
      seed: seed,
      revision: CorpusRevision(modifiedShiftDays: modifiedShift, changed: changed, of: records))
    var output = try ByteOutput(path: output)
    for record in 0..<records {
      try output.append { corpus.append(record, to: &$0) }
    }
    try output.finish()
  }
}
