import CandidateConfiguration
import CandidateSearch
import Foundation
import PostgresEngine

/// The text of an error on the command line: the problem, and what to type.
package enum ErrorText {
  /// What is written to standard error: one line, or for a query its lines with a caret below.
  package static func lines(_ error: any Error) -> [String] {
    // As compilers do, and so that an editor finds the place.
    if let error = error as? SynonymsError { return error.description.components(separatedBy: "\n") }
    let text = "cand-search: \(text(error))"
    // Other errors cite paths and names, which may have line breaks.
    return error is QueryError ? text.components(separatedBy: "\n") : [text]
  }

  package static func text(_ error: any Error) -> String {
    guard let advice = (error as? any AdvisableError)?.advice else { return "\(error)" }
    return "\(error); \(advice)"
  }
}

/// An error for which the command line can say what to type. Libraries state the problem only.
public protocol AdvisableError: Error {
  /// What to type or to check; nil if nothing helps.
  var advice: String? { get }
}

extension ScopeError: AdvisableError {
  /// What to type or to check.
  public var advice: String? {
    scope == .public
      ? "--visibility all runs the command; cand-search config shows what says public"
      : """
      the command runs without --scope, --no-contacts, --visibility public, and a scope of the environment or the \
      configuration (cand-search config)
      """
  }
}

extension ConfigurationError: AdvisableError {
  /// What to type or to check.
  public var advice: String? {
    guard path == FoundConfiguration.standardPath, place == nil else { return nil }
    return "run the same as a user who may read it, or name another with --config (none for none)"
  }
}

extension CursorError: AdvisableError {
  /// What to type or to check.
  public var advice: String? {
    switch self {
    case .forged: "search again without --cursor"
    case .foreign: "continue with the query and the options that printed it"
    }
  }
}

extension IndexError: AdvisableError {
  /// What to type or to check.
  public var advice: String? {
    switch self {
    case .missing: "make one with: cand-search index PATH…"
    case .notAnIndex: "name another with --index"
    case .newerVersion: "update this program"
    case .tooOld: "index its sources again into a new file"
    case .olderVersion: "lift it with: cand-search reindex"
    case .notWritable(let path, _) where CandidateIndex.isOnServer(path),
      .notReadable(let path, _) where CandidateIndex.isOnServer(path):
      "check what the role may do in this database, and that the address names the primary"
    case .notWritable: "check the permissions of its folder, or name another"
    case .notReadable:
      "check its permissions and the disk, or bring a backup back with: cand-search restore FILE"
    case .busy: "try again when it has finished"
    case .erasureBlocked(let path, _) where CandidateIndex.isOnServer(path):
      "run the same again when it has ended, has moved on, or was dropped"
    case .erasureBlocked: "run the same again when it has ended"
    case .changedWhileRead: "run the same again"
    case .damaged:
      "bring a backup back with: cand-search restore FILE; or remove it and index its sources again"
    case .diskFull: "make room and run the same again"
    case .recordDamaged: "mend the index with: cand-search check --repair"
    case .forgottenDamaged(let path) where CandidateIndex.isOnServer(path):
      "bring a backup of the database back, and run cand-search forget for everyone who requested it since"
    case .forgottenDamaged:
      """
      move it away with its -wal and -shm, restore a backup, and run cand-search forget for everyone who requested it \
      since the backup
      """
    case .unreachable: "check the address and the server, and run the same again"
    case .partsMissing: "see cand-search cluster status, or search without them with --partial"
    case .failed: nil
    }
  }
}
