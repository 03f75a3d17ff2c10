import ArgumentParser
import CandidateConfiguration
import CandidateSearch
import CommandSupport
import Foundation
import SearchLog

/// Which search log is meant.
struct LogFileOption: ParsableArguments {
  /// The value of the option with which no log is meant.
  static let noLog = "none"

  @Option(
    name: .customLong("log"),
    help: "The search log; else $CAND_SEARCH_LOG, else that of the configuration. none is no log.")
  var path: String?

  /// The path that the option, the environment or the configuration names, and which of them; nil if none does.
  func location(_ found: FoundConfiguration) -> (path: String, source: ConfigurationSource)? {
    if let path { return path == Self.noLog ? nil : (path, .option("--log")) }
    return found.settings.log.file.flatMap {
      $0 == Self.noLog ? nil : ($0, found.source(of: "file", in: "log"))
    }
  }

  /// The log, which must exist.
  /// - Throws: `ValidationError`, `SearchLogError`.
  func openForReading(_ found: FoundConfiguration) throws -> SearchLog {
    guard let path = location(found)?.path else {
      throw ValidationError("name the search log with --log, with $CAND_SEARCH_LOG or in the configuration")
    }
    PrivateFile.warnIfShared(path)
    return try SearchLog(path: path, access: .reading)
  }

  /// The log for appending, which is made if it does not exist; nil if none is named.
  /// - Throws: `SearchLogError`.
  func openIfNamed(_ found: FoundConfiguration) throws -> SearchLog? {
    guard let path = location(found)?.path else { return nil }
    PrivateFile.warnIfShared(path)
    return try SearchLog(path: path)
  }
}

/// The log that a command reads.
struct LogReadingOptions: ParsableArguments {
  @OptionGroup var file: LogFileOption

  @Option(help: ConfigurationHelp.config)
  var config: String?

  /// - Throws: `ConfigurationError`, and what `LogFileOption.openForReading` throws.
  func open() throws -> SearchLog { try file.openForReading(FoundConfiguration(option: config)) }
}

/// How a command that shows candidates logs this.
struct LoggingOptions: ParsableArguments {
  @OptionGroup var file: LogFileOption

  @Option(help: "Why, for the search log.")
  var purpose: String?

  @Option(
    name: .customLong("log-keep"),
    help: "Remove older entries from the search log: 90d, 6w, 13mo or 2y; else as the configuration states.",
    transform: { text in
      guard let period = Period(text) else {
        throw ValidationError("takes a number and a unit: 90d, 6w, 13mo or 2y")
      }
      return period
    })
  var keep: Period?

  /// What applies to a command. `[log] keep` and `purpose` apply to the log that the configuration file names, and to no other.
  /// - Throws: `ValidationError` for a purpose without a log, and for none where the configuration requires one.
  func log(_ found: FoundConfiguration) throws -> CommandLog {
    let location = file.location(found)
    if purpose != nil || keep != nil, location == nil {
      throw ValidationError(
        "--purpose and --log-keep need --log, $CAND_SEARCH_LOG or a log in the configuration")
    }
    var keep = keep
    if case .file = location?.source {
      if found.settings.log.purpose == .required, purpose?.allSatisfy(\.isWhitespace) ?? true {
        throw ValidationError("--purpose: the configuration requires one for the search log")
      }
      if keep == nil, found.source(of: "keep", in: "log") != .standard { keep = found.settings.log.keep }
    }
    return CommandLog(path: location?.path, purpose: purpose, keep: keep)
  }
}

/// The log of what a command shows, if one is named. Nothing is opened before something is logged.
struct CommandLog {
  let path: String?
  let purpose: String?
  let keep: Period?

  /// Logs what is about to be shown, of a generation of the index; returns when it is on the disk.
  /// - Throws: `SearchLogError`; then nothing may be shown.
  func append(
    _ kind: SearchLogEntry.Kind, _ candidates: [SearchLogEntry.Candidate], of index: CandidateIndex,
    generation: Int, _ complete: (inout SearchLogEntry) -> Void = { _ in }
  ) throws {
    guard let path else { return }
    PrivateFile.warnIfShared(path)
    let log = try SearchLog(path: path)
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
