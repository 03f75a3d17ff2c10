import ArgumentParser
import CommandSupport

/// `cand-search sync`: from the API into the index.
struct Sync: ParsableCommand {
  static let configuration = SyncOptionGroup.configuration

  @OptionGroup var options: SyncOptionGroup

  func run() throws { throw SiblingProgram.sync.replaceThisProcess() }
}

/// `cand-search get ID`: one candidate from the API.
struct Get: ParsableCommand {
  static let configuration = GetOptionGroup.configuration

  @OptionGroup var options: GetOptionGroup

  func run() throws { throw SiblingProgram.sync.replaceThisProcess() }
}
