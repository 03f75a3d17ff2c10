import ArgumentParser
import CommandSupport

/// `cand-search help [TOPIC…]`: prints the help of a subcommand, or of the query language.
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help",
    abstract: "Show the help of a subcommand, or of the query language (cand-search help query).")

  @Argument(help: "query, or the name of a subcommand, and of one of its own.")
  var topic: [String] = []

  func run() throws {
    try StandardOutput.print(try text() + "\n")
  }

  private func text() throws -> String {
    if topic == ["query"] { return QueryHelp.text(columns: Terminal.columns) }
    var command: any ParsableCommand.Type = CandSearch.self
    for name in topic {
      guard let next = command.configuration.subcommands.first(where: { $0._commandName == name }) else {
        throw ValidationError(
          "there is no help on “\(topic.joined(separator: " "))”; write query, or a subcommand's name")
      }
      command = next
    }
    return CandSearch.helpMessage(for: command)
  }
}
