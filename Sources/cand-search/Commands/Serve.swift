import ArgumentParser
import CommandSupport

/// `cand-search serve`: answers searches over HTTP.
struct Serve: ParsableCommand {
  static let configuration = ServeOptionGroup.configuration

  @OptionGroup var options: ServeOptionGroup

  func run() throws { throw SiblingProgram.server.replaceThisProcess() }
}
