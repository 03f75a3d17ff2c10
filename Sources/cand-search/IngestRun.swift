import CandidateModel
import CandidateSearch
import CommandSupport

/// Adds paths to an ingest session and reports the result.
struct IngestRun {
  /// What a path refers to.
  private enum Input {
    case standardInput
    case files([String], failures: [ReadFailure])

    var files: [String] { if case .files(let files, _) = self { files } else { [] } }
  }

  private let inputs: [Input]
  /// The files of the index. SQLite has them open in this process: reading and closing them here would drop its locks.
  private let indexFiles: Set<FileStatus.Identity>
  private let batchRecords: Int?
  private let rejects: RejectsFile?
  private let index: CandidateIndex
  private let progress = ProgressLine()

  /// - Parameter isReplacing: Whether candidates that the paths do not contain are removed: then what cannot be read is refused
  ///   in place of left out, so that none is.
  init(_ paths: [String], _ options: IngestOptions, index: CandidateIndex, isReplacing: Bool = false) throws {
    indexFiles = Set(index.companions.compactMap { FileStatus(path: $0)?.identity })
    batchRecords = options.batchRecords
    self.index = index
    let named = paths.map { $0 == "-" ? "/dev/stdin" : $0 }.filter { FileStatus(path: $0)?.kind == .regular }
    let found = paths.map { Self.input($0, isReplacing: isReplacing) }
    // The refused records of an earlier run are no input, even if their file is in a folder of the input.
    let old = options.rejects.flatMap { FileStatus(path: $0)?.identity }
    rejects = try options.rejects.map {
      try RejectsFile(path: $0, sparing: index.companions + named, inputs: found.flatMap(\.files))
    }
    inputs = found.map { input in
      if case .files(let files, let failures) = input, let old {
        .files(files.filter { FileStatus(path: $0)?.identity != old }, failures: failures)
      } else {
        input
      }
    }
  }

  private static func input(_ path: String, isReplacing: Bool) -> Input {
    if path == "-" { return .standardInput }
    var found = InputFiles.find(path)
    for skipped in found.skipped {
      if isReplacing {
        found.failures.append(ReadFailure(name: skipped.path, reason: "it is \(skipped.kind)"))
      } else {
        StandardError.write("note: \(skipped.path): left out, since it is \(skipped.kind)")
      }
    }
    if found.files.isEmpty, found.failures.isEmpty {
      StandardError.write("note: \(path): contains no .json, .ndjson or .jsonl file")
    }
    return .files(found.files, failures: found.failures)
  }

  /// Adds the records of all paths to a session.
  func addInputs(to session: IngestSession) throws {
    if let batchRecords { session.batchRecords = batchRecords }
    session.onRefusal = { refusal in
      progress.clear()
      StandardError.write(refusal.description)
      rejects?.write(refusal)
    }
    session.onProgress = { progress.show($0, $1) }
    for input in inputs { try add(input, to: session) }
  }

  /// Loads records with `body`. If that fails, the file of refused records is noted as a copy all the same.
  func loading<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch {
      rejects?.close()
      if let failure = rejects?.failure { StandardError.write("cand-search: \(failure)") }
      do {
        try rejects?.note(in: index)
      } catch {
        StandardError.write(
          "note: the path of the refused records could not be stored in the index; forget will not name it")
      }
      throw error
    }
  }

  /// Prints the result.
  /// - Throws: `ExitStatus` if anything was refused, or the refused records could not be written.
  func finish(_ summary: IngestSummary, _ format: SummaryFormat, removal: Removal? = nil) throws {
    progress.clear()
    for member in summary.unreadMembers { StandardError.write(member.description) }
    if let removal, let text = RemovalText.text(removal) {
      StandardError.write(removal.isRefused ? "cand-search: \(text)" : text)
    }
    try format.print(summary, removal: removal)
    rejects?.close()
    if let failure = rejects?.failure { StandardError.write("cand-search: \(failure)") }
    try rejects?.note(in: index)
    if rejects?.failure != nil { throw ExitStatus.unusable }
    if summary.refused > 0 || removal?.isRefused == true { throw ExitStatus.refused }
  }

  private func add(_ input: Input, to session: IngestSession) throws {
    switch input {
    case .standardInput: try session.add(.standardInput)
    case .files(let files, let failures):
      for failure in failures { session.refuse(Refusal(failure)) }
      for file in files { try addFile(file, to: session) }
    }
  }

  private func addFile(_ path: String, to session: IngestSession) throws {
    let source: ByteSource
    do throws(ReadFailure) {
      if let status = FileStatus(path: path), indexFiles.contains(status.identity) {
        throw ReadFailure(name: path, reason: "it is the index itself")
      }
      source = try ByteSource(path: path)
    } catch {
      return session.refuse(Refusal(error))
    }
    try session.add(source)
  }
}
