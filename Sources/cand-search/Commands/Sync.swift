import ArgumentParser
import CommandSupport

/// `cand-search sync`: updates the index from the API.
struct Sync: ParsableCommand {
  static let configuration = SyncOptionGroup.configuration

  @OptionGroup var options: SyncOptionGroup

  func run() throws { throw SiblingProgram.sync.replaceThisProcess() }
}

/// `cand-search get ID`: fetches one candidate from the API.
struct Get: ParsableCommand {
  static let configuration = GetOptionGroup.configuration

  @OptionGroup var options: GetOptionGroup

  func run() throws { throw SiblingProgram.sync.replaceThisProcess() }
}
