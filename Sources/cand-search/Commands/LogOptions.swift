import ArgumentParser
import CandidateConfiguration
import CandidateSearch
import CommandSupport
import Foundation
import PostgresEngine
import SearchLog

/// Which search log is meant.
struct LogFileOption: ParsableArguments {
  /// The value of the option with which no log is meant.
  static let noLog = "none"

  @Option(
    name: .customLong("log"),
    help:
      "The search log: a file, or the address of a server; else $CAND_SEARCH_LOG, else that of the configuration. none is no log."
  )
  var path: String?

  /// The log that the option, the environment or the configuration names, and which of them; nil if none does.
  func location(_ found: FoundConfiguration) -> LogLocation? {
    if let path { return path == Self.noLog ? nil : LogLocation(path: path, source: .option("--log")) }
    return found.settings.log.file.flatMap {
      $0 == Self.noLog ? nil : LogLocation(path: $0, source: found.source(of: "file", in: "log"))
    }
  }

  /// The log that is read: the one that is named, else the one beside the index.
  func readLocation(_ found: FoundConfiguration, _ index: IndexLocation?) -> LogLocation? {
    let isNone = (path ?? found.settings.log.file) == Self.noLog
    return location(found) ?? (isNone ? nil : index.flatMap(LogLocation.init(beside:)))
  }
}

/// Where a search log is, and what says so.
struct LogLocation {
  /// The path of a file, or the address of a server.
  let path: String
  let source: ConfigurationSource

  init(path: String, source: ConfigurationSource) {
    self.path = path
    self.source = source
  }

  /// The log beside an index: that of an index on a server, or the file that a server writes if nothing else is configured; nil
  /// if that file does not exist.
  init?(beside index: IndexLocation) {
    guard index.isOnServer || FileManager.default.fileExists(atPath: index.searchLog) else { return nil }
    self.init(path: index.searchLog, source: index.source)
  }

  var isOnServer: Bool { CandidateIndex.isOnServer(path) }

  /// The path as it may be printed.
  var shownPath: String { CandidateIndex.shownLocation(path) }

  /// - Throws: `SearchLogError`.
  func open(_ access: SearchLog.Access) throws -> SearchLog {
    if !isOnServer { PrivateFile.warnIfShared(path) }
    return try SearchLog(location: path, access: access)
  }

  /// The log for appending. A file is not made.
  /// - Throws: `SearchLogError`.
  func openExisting() throws -> SearchLog {
    if !isOnServer, !FileManager.default.fileExists(atPath: path) { throw SearchLogError.missing(path: path) }
    return try open(.appending)
  }
}

/// The log that a command reads.
struct LogReadingOptions: ParsableArguments {
  @OptionGroup var file: LogFileOption

  @Option(help: ConfigurationHelp.config)
  var config: String?

  /// The log, which must exist.
  /// - Throws: `ConfigurationError`, `ValidationError`, `SearchLogError`.
  func open() throws -> SearchLog {
    let found = try FoundConfiguration(option: config)
    found.warnIfShared()
    let index = found.settings.index.map { IndexLocation(path: $0, source: found.source(of: "index")) }
    guard let location = file.readLocation(found, index) else {
      throw ValidationError("name the search log with --log, with $CAND_SEARCH_LOG or in the configuration")
    }
    return try location.open(.reading)
  }
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
    return CommandLog(location: location, purpose: purpose, keep: keep)
  }
}

/// The log of what a command shows, if one is named. Nothing is opened before something is logged.
struct CommandLog {
  let location: LogLocation?
  let purpose: String?
  let keep: Period?

  /// Logs what is about to be shown, of a generation of the index; returns when it is on the disk.
  /// - Throws: `SearchLogError`; then nothing may be shown.
  func append(
    _ kind: SearchLogEntry.Kind, _ candidates: [SearchLogEntry.Candidate], of index: CandidateIndex,
    generation: Int, _ complete: (inout SearchLogEntry) -> Void = { _ in }
  ) throws {
    guard let location else { return }
    let log = try location.open(.appending)
    var entry = SearchLogEntry(kind, key: Self.loginName, candidates: candidates)
    entry.purpose = purpose.map(DashedWords.restore)
    entry.scope = index.scope.description
    entry.generation = generation
    entry.program = "cand-search \(Program.version)"
    complete(&entry)
    try log.append(entry)
    try log.flush()
    if let keep { try log.removeEntries(olderThan: keep) }
  }

  /// The name of the user, by the system and not by the environment, which the user can change.
  private static var loginName: String {
    getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(geteuid())"
  }
}

extension SearchLogError: AdvisableError {
  /// What to type or to check.
  public var advice: String? {
    switch self {
    case .missing, .notALog: "name another with --log"
    case .newerVersion: "update this program"
    case .olderVersion: "a command that changes the index, or the server, upgrades it"
    case .notWritable(let path, _) where CandidateIndex.isOnServer(path),
      .notReadable(let path, _) where CandidateIndex.isOnServer(path):
      "check what the role may do in this database, or name another log"
    case .notWritable, .notReadable: "check the permissions of the file and its folder"
    case .busy: "try again when it has finished"
    case .erasureBlocked: "run the same again when it has ended"
    case .damaged: "bring a backup of the log back, or begin a new one"
    case .diskFull: "make room and run the same again"
    case .unreachable: "check the address and the server, and run the same again"
    case .failed: nil
    }
  }
}
