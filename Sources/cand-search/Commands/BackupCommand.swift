import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search backup FILE`: writes a copy of the index.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write a consistent copy of the index to a new file, while others read and write.")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Argument(help: "The file to write; it must not exist yet.")
  var file: String

  func run() throws {
    let settings = try index.settings(scope).expectingAll()
    try settings.openForReading().backup(to: file)
    do {
      try settings.location.openExisting().noteCopy(.backup, path: file)
    } catch {
      StandardError.write(
        "note: the path of this backup could not be stored in the index; forget will not name it")
    }
  }
}
