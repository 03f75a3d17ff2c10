import ArgumentParser
import CandidateConfiguration
import CandidateModel
import CandidateSearch
import Foundation
import PostgresEngine

/// Which index is meant, and which configuration.
public struct IndexOptions: ParsableArguments, Sendable {
  /// The path that the option names.
  @Option(
    name: .customLong("index"),
    help:
      """
      The index: a file, or postgresql://USER@HOST/DATABASE; else $CAND_SEARCH_INDEX, else that of the configuration, else \
      candidates.db in your data folder.
      """
  )
  public var path: String?

  /// The path of the configuration file that the option names. No group of its own: each group of each command makes every
  /// start longer, by a tenth for this one.
  @Option(help: ConfigurationHelp.config)
  public var config: String?

  /// No option.
  public init() {}

  /// Reads the configuration file, and the variables of the environment. To be called once in a process: the file may be a
  /// pipe.
  /// - Throws: `ConfigurationError`.
  public func found() throws(ConfigurationError) -> FoundConfiguration {
    try FoundConfiguration(option: config)
  }

  /// The path that the option, the environment, the configuration or the user's data folder says.
  public func location(_ found: FoundConfiguration) -> IndexLocation {
    if let path { return IndexLocation(path: path, source: .option("--index")) }
    if let path = found.settings.index { return IndexLocation(path: path, source: found.source(of: "index")) }
    return IndexLocation(path: IndexLocation.standardPath, source: .standard)
  }

  /// The index, the scope and the configuration that apply to one command. Reads the configuration, and warns if others can
  /// read or write it.
  /// - Throws: `ConfigurationError`.
  package func settings(_ scope: ScopeOptions, warnsIfShared: Bool = true) throws -> CommandSettings {
    let found = try found()
    let settings = CommandSettings(found: found, location: location(found), scope: try scope.resolved(found))
    if warnsIfShared { found.warnIfShared() }
    return settings
  }
}

/// The help of the option that names the configuration.
package enum ConfigurationHelp {
  package static let config: ArgumentHelp = """
    The configuration file (TOML); else $CAND_SEARCH_CONFIG, else \(FoundConfiguration.standardPath) if there is one. \
    none reads no file.
    """
}

/// Where the index is, and what says so.
public struct IndexLocation: Sendable {
  /// The path.
  public let path: String
  /// What names it.
  public let source: ConfigurationSource

  package init(path: String, source: ConfigurationSource) {
    self.path = path
    self.source = source
  }

  /// The path as it may be printed.
  package var shownPath: String { CandidateIndex.shownLocation(path) }

  /// The path beside which files of the index are without a path of their own: the search log, keys, webhooks. Of an index on a
  /// server, a path in the user's data folder.
  public var filesPath: String {
    guard isOnServer else { return path }
    // Without the parameters of the address.
    let name = shownPath.prefix { $0 != "?" }.map {
      $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-"
    }
    return (Self.standardPath as NSString).deletingLastPathComponent + "/" + String(name)
  }

  /// The place of the search log of a server that names none: beside the index, in the database or in a file.
  public var searchLog: String { isOnServer ? path : filesPath + "-searches" }

  /// Whether it is the address of a server.
  package var isOnServer: Bool { CandidateIndex.isOnServer(path) }

  /// The path, after a warning if others can read the index.
  public func privatePath() -> String {
    if isOnServer { return path }
    PrivateFile.warnIfShared(path)
    return path
  }

  /// The index in the user's data folder (XDG).
  static var standardPath: String {
    let environment = ProcessInfo.processInfo.environment
    func set(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let data = set("XDG_DATA_HOME") ?? (set("HOME") ?? NSHomeDirectory()) + "/.local/share"
    return data + "/cand-search/candidates.db"
  }

  package func openForWriting() throws -> CandidateIndex {
    try CandidateIndex(location: privatePath(), access: .writing)
  }

  /// As above, but an index that is not there is not made.
  package func openExisting() throws -> CandidateIndex {
    try CandidateIndex(location: existingPath(), access: .writing)
  }

  package func existingPath() throws -> String {
    let path = privatePath()
    if CandidateIndex.isOnServer(path) {
      // To open it for writing would create it.
      try CandidateIndex.checkExists(url: path)
      return path
    }
    guard let status = FileStatus(path: path) else { throw IndexError.missing(path: path) }
    // To open an empty file for writing would make an index of it, as if there had been one without candidates.
    if status.kind == .regular, status.size == 0 { throw IndexError.notAnIndex(path: path) }
    return path
  }
}

/// What applies to one command, whoever states it: options, variables, the configuration file.
package struct CommandSettings {
  package let found: FoundConfiguration
  package let location: IndexLocation
  package let scope: Scope

  /// The index for one search of one process.
  package func openForReading() throws -> CandidateIndex {
    try CandidateIndex(location: location.privatePath(), access: .reading(readers: 1), scope: scope)
  }

  /// The settings, for commands that change the index, or depend on all of it.
  /// - Throws: `ScopeError` for a scope that is not that of all candidates.
  package func expectingAll() throws(ScopeError) -> CommandSettings {
    if scope != .all { throw ScopeError(scope) }
    return self
  }
}
