import CandidateModel

/// Why an index cannot be used.
public enum IndexError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no file at the path.
  case missing(path: String)
  /// The file is not an index.
  case notAnIndex(path: String)
  /// A newer version of cand-search has written the file.
  case newerVersion(path: String)
  /// A version of cand-search that is too old to be upgraded has written the file.
  case tooOld(path: String)
  /// An older version of cand-search has written the file; its text was prepared by other rules.
  case olderVersion(path: String)
  /// The folder or the file cannot be written to.
  case notWritable(path: String, reason: String)
  /// The file cannot be read.
  case notReadable(path: String, reason: String)
  /// Another process was writing for longer than the timeout.
  case busy(path: String)
  /// A reader still uses an older state of the file, so that what was removed cannot be erased from it yet. The holder is a
  /// subject and a verb, where more is known of the reader: `the replication slot NAME keeps`.
  case erasureBlocked(path: String, holder: String? = nil)
  /// The file is in a folder that cannot be written, so that it is read without locks, and it has been written to.
  case changedWhileRead(path: String)
  /// The file is damaged.
  case damaged(path: String)
  /// The disk is full, or may be.
  case diskFull(path: String)
  /// A stored record cannot be read.
  case recordDamaged(path: String, reason: String)
  /// The rows of who is forgotten are damaged, or the key of their hashes is lost.
  case forgottenDamaged(path: String)
  /// The server of the index cannot be reached, or the connection was lost. What was not committed is not stored.
  case unreachable(location: String, reason: String)
  /// Parts of the index cannot be read, so that an answer would be incomplete (`SearchOptions.allowsMissingParts`). The parts
  /// are names of servers.
  case partsMissing(location: String, parts: [String])
  /// Another error of the database.
  case failed(path: String, reason: String)

  /// The path and the problem.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): there is no index here"
    case .notAnIndex(let path): "\(path): this file is not an index of cand-search"
    case .newerVersion(let path): "\(path): written by a newer version of cand-search"
    case .tooOld(let path): "\(path): written by a version of cand-search that is too old to be upgraded"
    case .olderVersion(let path): "\(path): written by an older version of cand-search"
    case .notWritable(let path, let reason): "\(path): cannot be written (\(reason))"
    case .notReadable(let path, let reason): "\(path): cannot be read (\(reason))"
    case .busy(let path): "\(path): another process is writing to it"
    case .erasureBlocked(let path, let holder):
      """
      \(path): the records are removed, but \(holder.map { "\($0) an older state" } ?? "another process still reads the file"), \
      so that their bytes cannot be erased
      """
    case .changedWhileRead(let path):
      "\(path): it has been written to since it was opened for reading in a folder that cannot be written"
    case .damaged(let path): "\(path): the file is damaged"
    case .diskFull(let path): "\(path): it cannot be written: the disk may be full"
    case .recordDamaged(let path, let reason): "\(path): a stored record cannot be read (\(reason))"
    case .forgottenDamaged(let path): "\(path): the list of who is forgotten is damaged"
    case .unreachable(let location, let reason): "\(location): the server cannot be reached (\(reason))"
    case .partsMissing(let location, let parts):
      "\(location): \(Self.statement(ofMissingParts: parts)), so that answers would be incomplete"
    case .failed(let path, let reason): "\(path): \(reason)"
    }
  }

  /// States that parts of an index cannot be read: `the server db2 cannot be reached, or is being brought up to date`.
  /// Without names, for callers who must not see them: `a part of the index cannot be reached, …`.
  public static func statement(ofMissingParts parts: [String]) -> String {
    switch parts.count {
    case 0: "a part of the index cannot be reached, or is being brought up to date"
    case 1: "the server \(parts[0]) cannot be reached, or is being brought up to date"
    default:
      """
      the servers \(parts.dropLast().joined(separator: ", ")) and \(parts[parts.count - 1]) cannot be reached, or are being \
      brought up to date
      """
    }
  }
}

/// A call that depends on all candidates, on an index whose scope excludes some of them, or their contacts.
public struct ScopeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The scope.
  public let scope: Scope

  /// The error for a scope.
  public init(_ scope: Scope) { self.scope = scope }

  /// The problem.
  public var description: String {
    scope == .public
      ? "the public may only search: this depends on private candidates"
      : "a scope may only be searched: this depends on candidates or contacts outside of it"
  }
}

/// A name that no connector can have: it contains a control character, or one that changes the direction of writing.
public struct ConnectorNameError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name.
  public let name: String

  /// What is wrong.
  public var description: String {
    "the name of a connector contains a control character: \(name.debugDescription)"
  }

  static func check(_ name: String) throws(ConnectorNameError) {
    if name.unicodeScalars.contains(where: \.isControlOrBidi) { throw ConnectorNameError(name: name) }
  }
}
