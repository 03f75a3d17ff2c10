import ArgumentParser
import CommandSupport

/// `cand-search help [TOPIC]`: prints the help of a subcommand, or of the query language.
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help",
    abstract: "Show the help of a subcommand, or of the query language (cand-search help query).")

  @Argument(help: "query, or a subcommand's name.")
  var topic: String?

  func run() throws {
    var output = StandardOutput()
    try output.write(try text() + "\n")
    try output.flush()
  }

  private func text() throws -> String {
    guard let topic else { return CandSearch.helpMessage() }
    if topic == "query" { return QueryHelp.text(columns: Terminal.columns) }
    let command = CandSearch.configuration.subcommands.first { $0._commandName == topic }
    guard let command else {
      throw ValidationError("there is no help on “\(topic)”; write query, or a subcommand's name")
    }
    return CandSearch.helpMessage(for: command)
  }
}
