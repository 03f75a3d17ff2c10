import ArgumentParser
import CandidateModel
import CandidateSearch
import CommandSupport

/// `cand-search backup PATH`: writes a copy of the index.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Write a consistent copy of the index to a new file, while others read and write.",
    discussion: """
      The copy gets its name after it was checked. With --keep N the path is a folder: the copy gets a name with the time, \
      its path is printed, and then the oldest of the backups of this index there are removed, so that N remain. Only \
      files with such a name that contain this index are removed, never links, nor backups that a program has opened as \
      an index.
      """)

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Option(
    help: "Write into a folder, and remove the oldest backups beyond this number, the new one included.")
  var keep: Int?

  @Argument(help: "The file to write, which must not exist yet; with --keep a folder, which must exist.")
  var path: String

  func validate() throws {
    if let keep, keep < 1 { throw ValidationError("--keep takes a number from 1") }
  }

  func run() throws {
    let settings = try index.settings(scope).expectingAll()
    guard let keep else {
      if FileStatus(path: path)?.kind == .folder {
        throw ValidationError("\(path): this is a folder; to write a new file into it: --keep N")
      }
      try settings.openForReading().backup(to: path)
      return note(in: settings) { try $0.noteCopy(.backup, path: path) }
    }
    let rotation = try settings.openForReading().backup(into: path, keeping: keep)
    note(in: settings) { try $0.noteRotation(rotation) }
    for file in rotation.ignored { StandardError.write("note: left as it is: \(file.path): \(file.reason)") }
    for path in rotation.removed { StandardError.write("removed \(path)") }
    for file in rotation.failures {
      StandardError.write("cand-search: \(file.path): cannot be removed (\(file.reason))")
    }
    try StandardOutput.print("\(rotation.path)\n")
    if !rotation.failures.isEmpty { throw ExitStatus.unusable }
  }

  /// Stores in the index which backups there are.
  private func note(in settings: CommandSettings, _ store: (CandidateIndex) throws -> Void) {
    do {
      try store(settings.location.openExisting())
    } catch {
      StandardError.write(
        "note: the path of this backup could not be stored in the index; forget will not name it")
    }
  }
}
