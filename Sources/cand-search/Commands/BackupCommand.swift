import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search backup FILE`: a copy.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write a consistent copy of the index to a new file, while others read and write.")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Argument(help: "The file to write; it must not exist yet.")
  var file: String

  func run() throws {
    try scope.expectAll()
    try index.openForReading().backup(to: file)
    do {
      try index.openExisting().noteCopy(.backup, path: file)
    } catch {
      StandardError.write("note: the index could not store where this backup is; forget will not name it")
    }
  }
}
