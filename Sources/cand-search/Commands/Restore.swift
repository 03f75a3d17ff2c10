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
    let summary = try CandidateIndex.restore(from: file, toLocation: location.privatePath())
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
