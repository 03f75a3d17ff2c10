import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search restore FILE`: a backup comes back.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replace what the index contains with a backup, while others use it.",
    discussion: """
      Checks the backup first. Whoever was forgotten since it was made is removed from it, and stays kept out. Searches \
      see the old index until it is done; interrupted, the old index stays whole. Never copy a backup over an index: a \
      -wal file that is left beside it would be played onto the copy.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Argument(help: "The backup.")
  var file: String

  func run() throws {
    try scope.expectAll()
    let summary = try CandidateIndex.restore(from: file, to: index.privatePath())
    if summary.otherHashes > 0 {
      StandardError.write(
        """
        warning: the backup is of another index: \(summary.otherHashes) who are forgotten there are not kept out of \
        this one
        """)
    }
    let forgotten = summary.forgotten > 0 ? ", forgot \(summary.forgotten) of them again" : ""
    StandardError.write("restored \(summary.candidates + summary.forgotten) candidates\(forgotten)")
  }
}
