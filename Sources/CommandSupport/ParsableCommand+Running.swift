import ArgumentParser

extension ParsableCommand {
  /// Parses the arguments of a root command, and runs the command that they name.
  /// - Throws: The errors of the argument parser and of the command.
  public static func run(_ arguments: [String]) async throws {
    var command = try parseAsRoot(arguments)
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      try command.run()
    }
  }
}
