import ArgumentParser
import CandidateConfiguration
import CandidateModel
import CandidateSearch

/// How a program ends.
public enum ExitStatus: Int32, Error {
  /// Something was found, or the command is done.
  case done = 0
  /// Nothing was found.
  case nothingFound = 1
  /// A wrong query or option.
  case wrongUsage = 2
  /// Something in the data was refused, and the rest is indexed; or a check found a defect.
  case refused = 3
  /// The index or the API cannot be used, or the output cannot be written.
  case unusable = 4
  /// The user, or the system that shuts down, ended it before it was done.
  case interrupted = 130
}

extension ExitStatus {
  /// Prints what ended a command, and returns the exit status. `expansion` makes of a message of the argument
  /// parser what the user wrote.
  public static func telling(
    _ error: any Error, of root: any ParsableCommand.Type, expansion: (String) -> String = { $0 }
  ) -> ExitStatus {
    switch error {
    case let status as ExitStatus: return status
    case is QueryError, is CursorError, is ScopeError, is ConnectorNameError, is SynonymsError,
      is ReadFailure, is ConfigurationError:
      return fail(error, .wrongUsage)
    case is IndexError, is OutputFailure: return fail(error, .unusable)
    case is BrokenPipe: return .done
    default: return usage(error, of: root, expanding: expansion)
    }
  }

  /// Prints an error, and returns the status.
  public static func fail(_ error: any Error, _ status: ExitStatus) -> ExitStatus {
    StandardError.write(lines: ErrorText.lines(error))
    return status
  }

  /// What the argument parser has to say: help and version are results, everything else is not.
  private static func usage(
    _ error: any Error, of root: any ParsableCommand.Type, expanding expansion: (String) -> String
  ) -> ExitStatus {
    let message = root.fullMessage(for: error)
    if root.exitCode(for: error).isSuccess { return print(message) }
    let lines = oneLineArguments(in: expansion(message)).split(
      separator: "\n", omittingEmptySubsequences: false)
    StandardError.write(lines: lines.map(String.init))
    return .wrongUsage
  }

  private static func print(_ message: String) -> ExitStatus {
    do {
      try StandardOutput.print(message + "\n")
      return .done
    } catch {
      return error is BrokenPipe ? .done : fail(error, .unusable)
    }
  }

  /// The parser's message with each argument that it cites on one line.
  private static func oneLineArguments(in message: String) -> String {
    CommandLine.arguments.filter { $0.unicodeScalars.contains(where: \.isControlOrBidi) }
      .reduce(message) { $0.replacing($1, with: TerminalText.safe($1)) }
  }
}

/// What the programs say of themselves.
public enum Program {
  /// The version.
  public static let version = "0.1.0"
}
