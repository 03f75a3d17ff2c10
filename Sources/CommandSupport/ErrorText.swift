import CandidateSearch
import Foundation

/// What a command says of an error: the problem, and what to type.
package enum ErrorText {
  /// What is written to standard error: one line, or for a query its lines with a caret below.
  static func lines(_ error: any Error) -> [String] {
    let text = "cand-search: \(text(error))"
    // Other errors cite paths and names, which may have line breaks.
    return error is QueryError ? text.components(separatedBy: "\n") : [text]
  }

  package static func text(_ error: any Error) -> String {
    let advice: String? =
      switch error {
      case let error as IndexError: advice(error)
      case CursorError.forged: "search again without --cursor"
      case CursorError.foreign: "go on with the query and the options that printed it"
      case is ScopeError: "--visibility all, or no CAND_SEARCH_VISIBILITY, runs the command"
      default: nil
      }
    return "\(error)" + (advice.map { "; \($0)" } ?? "")
  }

  private static func advice(_ error: IndexError) -> String? {
    switch error {
    case .missing: "make one with: cand-search index PATH…"
    case .notAnIndex: "name another with --index"
    case .newerVersion: "update this program"
    case .tooOld: "index its sources again into a new file"
    case .olderVersion: "lift it with: cand-search reindex"
    case .notWritable: "check the folder's permissions, or name another with --index"
    case .notReadable:
      "check its permissions and the disk, or bring a backup back with: cand-search restore FILE"
    case .busy: "try again when it has finished"
    case .erasureBlocked: "run the same again when it has ended"
    case .changedWhileRead: "run the same again"
    case .damaged:
      "bring a backup back with: cand-search restore FILE; or remove it and index its sources again"
    case .diskFull: "make room and run the same again"
    case .recordDamaged: "mend the index with: cand-search check --repair"
    case .forgottenDamaged:
      """
      move it away with its -wal and -shm, restore again, and run cand-search forget for everyone who asked since the \
      backup
      """
    case .failed: nil
    }
  }
}
