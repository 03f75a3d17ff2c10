import ArgumentParser
import CommandSupport

/// The options of commands that load records.
struct IngestOptions: ParsableArguments {
  @Option(help: "The source of the records; ids are unique within a connector.")
  var connector = ""

  @Option(help: "Write refused records, with their reasons, to this file (NDJSON).")
  var rejects: String?

  @Option(
    name: .customLong("batch-records"),
    help: "The maximum number of records in a transaction; searches see small ones sooner.")
  var batchRecords: Int?

  @Option(help: "text (one line on standard error) or json (on standard output).")
  var format: SummaryFormat = .text

  func validate() throws {
    if rejects?.isEmpty == true { throw ValidationError("--rejects: takes a path") }
    if let batchRecords, batchRecords < 1 { throw ValidationError("--batch-records: takes a number from 1") }
  }
}
