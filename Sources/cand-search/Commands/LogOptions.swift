import ArgumentParser
import CandidateSearch
import CommandSupport
import Foundation
import SearchLog

/// Which search log is meant.
struct LogFileOption: ParsableArguments {
  @Option(name: .customLong("log"), help: "The search log; else $CAND_SEARCH_LOG.")
  var path: String?

  /// The path that the option or the environment names; nil if neither does.
  var resolvedPath: String? {
    path ?? ProcessInfo.processInfo.environment["CAND_SEARCH_LOG"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The log, which must exist.
  /// - Throws: `ValidationError`, `SearchLogError`.
  func openForReading() throws -> SearchLog {
    guard let path = resolvedPath else {
      throw ValidationError("name the search log with --log, or with $CAND_SEARCH_LOG")
    }
    PrivateFile.warnIfShared(path)
    return try SearchLog(path: path, access: .reading)
  }

  /// The log for appending, which is made if it does not exist; nil if none is named.
  /// - Throws: `SearchLogError`.
  func openIfNamed() throws -> SearchLog? {
    guard let path = resolvedPath else { return nil }
    PrivateFile.warnIfShared(path)
    return try SearchLog(path: path)
  }
}

/// How a command that shows candidates logs this. Without a log nothing is opened.
struct LoggingOptions: ParsableArguments {
  @OptionGroup var file: LogFileOption

  @Option(help: "Why, for the search log.")
  var purpose: String?

  @Option(
    name: .customLong("log-keep"),
    help: "Remove older entries from the search log: 90d, 6w, 13mo or 2y.",
    transform: { text in
      guard let period = Period(text) else {
        throw ValidationError("takes a number and a unit: 90d, 6w, 13mo or 2y")
      }
      return period
    })
  var keep: Period?

  func validate() throws {
    if purpose != nil || keep != nil, file.resolvedPath == nil {
      throw ValidationError("--purpose and --log-keep need --log, or $CAND_SEARCH_LOG")
    }
  }

  /// Logs what is about to be shown, of a generation of the index; returns when it is on the disk.
  /// - Throws: `SearchLogError`; then nothing may be shown.
  func log(
    _ kind: SearchLogEntry.Kind, _ candidates: [SearchLogEntry.Candidate], of index: CandidateIndex,
    generation: Int, _ complete: (inout SearchLogEntry) -> Void = { _ in }
  ) throws {
    guard let log = try file.openIfNamed() else { return }
    var entry = SearchLogEntry(kind, key: Self.loginName, candidates: candidates)
    entry.purpose = purpose.map(DashedWords.restore)
    entry.scope = index.scope.description
    entry.generation = generation
    entry.program = "cand-search \(Program.version)"
    complete(&entry)
    try log.append(entry)
    try log.flush()
    if let keep { try log.keep(keep) }
  }

  /// The name of the user, by the system and not by the environment, which the user can change.
  private static var loginName: String {
    getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(geteuid())"
  }
}

extension SearchLogEntry.Candidate {
  init(_ hit: Hit) { self.init(connector: hit.connector, id: hit.candidate.id) }
}

extension SearchResults {
  /// The candidates that the results show.
  var shown: [SearchLogEntry.Candidate] {
    hits.map(SearchLogEntry.Candidate.init)
      + identities.map { SearchLogEntry.Candidate(connector: $0.connector, id: $0.id) }
  }
}

extension SearchLogError: AdvisableError {
  /// What to type or to check.
  public var advice: String? {
    switch self {
    case .missing, .notALog: "name another with --log"
    case .newerVersion: "update this program"
    case .notWritable, .notReadable: "check the permissions of the file and its folder"
    case .busy: "try again when it has finished"
    case .erasureBlocked: "run the same again when it has ended"
    case .damaged: "bring a backup of the log back, or begin a new one"
    case .diskFull: "make room and run the same again"
    case .failed: nil
    }
  }
}
