import ArgumentParser
import CandidateSearch
import CommandSupport
import PostgresEngine

/// `cand-search restore FILE`: replaces the index with a backup.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Replace what the index contains with a backup, while others use it.",
    discussion: """
      Checks the backup first. Candidates that were forgotten since it was made are removed from it, and stay kept out. \
      Searches see the old index until it is done; an interrupted restore changes nothing. Never copy a backup over an \
      index: SQLite would apply a -wal file that is left beside it to the copy.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Argument(help: "The backup.")
  var file: String

  func run() throws {
    let location = try index.settings(scope).expectingAll().location
    let summary: RestoreSummary
    do {
      summary = try CandidateIndex.restore(from: file, toLocation: location.privatePath())
    } catch let error as IndexError {
      guard let defect = BackupDefect(error, of: file) else { throw error }
      throw ExitStatus.fail(defect, .unusable)
    }
    if summary.otherHashes > 0 {
      StandardError.write(
        """
        warning: the backup is of another index: \(summary.otherHashes) ids and addresses that it keeps out are not kept \
        out of this one
        """)
    }
    let forgotten = summary.forgotten > 0 ? ", forgot \(summary.forgotten) of them again" : ""
    StandardError.write("restored \(summary.candidates + summary.forgotten) candidates\(forgotten)")
  }
}

/// Why a backup cannot be restored. The advice of an `IndexError` is on an index that options name, and the backup is an
/// argument.
private struct BackupDefect: AdvisableError, CustomStringConvertible {
  let description: String
  let advice: String?

  /// The defect that an error states of a backup; nil for any other error.
  init?(_ error: IndexError, of backup: String) {
    let path: String
    switch error {
    case .missing(let place):
      path = place
      description = "\(place): there is no backup here"
      advice = "name a file that cand-search backup has written"
    case .notAnIndex(let place):
      path = place
      description = "\(place): this file is not a backup of an index"
      advice = "name a file that cand-search backup has written"
    case .notReadable(let place, _):
      path = place
      description = error.description
      advice = "check its permissions and the disk, or restore another backup"
    case .damaged(let place), .recordDamaged(let place, _):
      path = place
      description = error.description
      advice = "restore another backup"
    default: return nil
    }
    if path.absolutePath != backup.absolutePath { return nil }
  }
}
