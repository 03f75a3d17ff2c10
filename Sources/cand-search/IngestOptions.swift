import ArgumentParser
import CandidateSearch
import CommandSupport

/// What commands that bring records in have in common.
struct IngestOptions: ParsableArguments {
  @Option(help: "Where the records come from; ids are unique within a connector.")
  var connector = ""

  @Option(help: "Write refused records, with their reasons, to this file (NDJSON).")
  var rejects: String?

  @Option(
    name: .customLong("batch-records"),
    help: "Write at most so many records in one transaction; fewer are sooner seen by searches.")
  var batchRecords: Int?

  @Option(help: "text (one line on standard error) or json (on standard output).")
  var format: SummaryFormat = .text

  func validate() throws {
    if let batchRecords, batchRecords < 1 { throw ValidationError("--batch-records: takes a number from 1") }
  }
}

/// Feeds paths to an ingest and tells what becomes of them.
struct IngestRun {
  private let paths: [String]
  private let batchRecords: Int?
  private let rejects: RejectsFile?
  private let progress = ProgressLine()

  init(_ paths: [String], _ options: IngestOptions, index: CandidateIndex) throws {
    self.paths = paths
    batchRecords = options.batchRecords
    rejects = try options.rejects.map {
      try RejectsFile(path: $0, sparing: paths + ["", "-wal", "-shm"].map { index.path + $0 })
    }
  }

  /// Names all files of the paths.
  func feed(_ ingest: Ingest) throws {
    if let batchRecords { ingest.batchRecords = batchRecords }
    ingest.onRefusal = { refusal in
      progress.clear()
      StandardError.write(refusal.description)
      rejects?.write(refusal)
    }
    ingest.onProgress = { progress.show($0, $1) }
    for path in paths { try add(path, to: ingest) }
  }

  /// Tells how it went. Throws `ExitStatus` where something was refused.
  func finish(_ summary: IngestSummary, _ format: SummaryFormat, removal: Removal? = nil) throws {
    progress.clear()
    for member in summary.unreadMembers { StandardError.write(member.description) }
    if let removal, let text = RemovalText.text(removal) {
      StandardError.write(removal.isRefused ? "cand-search: \(text)" : text)
    }
    try format.print(summary, removal: removal)
    if let failure = rejects?.failure { StandardError.write("cand-search: \(failure)") }
    if summary.refused > 0 || removal?.isRefused == true { throw ExitStatus.refused }
  }

  private func add(_ path: String, to ingest: Ingest) throws {
    if path == "-" { return try ingest.add(.standardInput) }
    let files: [String]
    do throws(ReadFailure) {
      files = try InputFiles.find(path)
    } catch {
      return ingest.refuse(Refusal(error))
    }
    if files.isEmpty { StandardError.write("note: \(path): holds no .json, .ndjson or .jsonl file") }
    // The refused records of this run are no input, even where they stand in a folder that is.
    for file in files where rejects == nil || FileIdentity(path: file) != rejects?.identity {
      try addFile(file, to: ingest)
    }
  }

  private func addFile(_ path: String, to ingest: Ingest) throws {
    let source: ByteSource
    do throws(ReadFailure) {
      source = try ByteSource(path: path)
    } catch {
      return ingest.refuse(Refusal(error))
    }
    try ingest.add(source)
  }
}
