import ArgumentParser
import CandidateSearch
import Foundation
import PostgresEngine

/// Which index is meant.
public struct IndexOptions: ParsableArguments, Sendable {
  /// The path that the option names.
  @Option(
    name: .customLong("index"),
    help:
      "The index: a file, or postgresql://USER@HOST/DATABASE; else $CAND_SEARCH_INDEX, else candidates.db in your data folder."
  )
  public var path: String?

  /// No option.
  public init() {}

  /// The path that the option, the environment or the user's data folder (XDG) says.
  public var resolvedPath: String {
    let environment = ProcessInfo.processInfo.environment
    func set(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let path { return path }
    if let path = set("CAND_SEARCH_INDEX") { return path }
    let data = set("XDG_DATA_HOME") ?? (set("HOME") ?? NSHomeDirectory()) + "/.local/share"
    return data + "/cand-search/candidates.db"
  }

  /// The index for one search of one process.
  package func openForReading(scope: Scope = .all) throws -> CandidateIndex {
    try CandidateIndex(location: privatePath(), access: .reading(readers: 1), scope: scope)
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
    guard FileManager.default.fileExists(atPath: path) else { throw IndexError.missing(path: path) }
    return path
  }

  /// The path, after a warning if others can read the index.
  public func privatePath() -> String {
    let path = resolvedPath
    if CandidateIndex.isOnServer(path) { return path }
    PrivateFile.warnIfShared(path)
    return path
  }
}
