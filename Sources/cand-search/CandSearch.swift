import ArgumentParser
import CandidateSearch
import Foundation

/// The root command; each subcommand has a file of its own.
struct CandSearch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cand-search",
    abstract: "Search job candidates by name, company, title, location, tag and e-mail.",
    discussion: """
      cand-search "engineer tag:JUNIOR"
      cand-search index export.ndjson

      Exit: 0 found or done, 1 nothing found, 2 a wrong query or option, 3 something in the data was refused (the \
      rest is indexed), 4 the index cannot be used.
      """,
    version: "0.1.0",
    subcommands: [
      Search.self, Suggest.self, Index.self, Reindex.self, Show.self, Delete.self, Forget.self, Stats.self,
      Check.self,
      BackupCommand.self, Completions.self, Help.self,
    ],
    defaultSubcommand: Search.self)
}

@main
enum Main {
  static func main() {
    // A reader that goes away (`| head`) shows as an error of write, not as a signal.
    signal(SIGPIPE, SIG_IGN)
    let arguments = DashedWords.protect(Array(CommandLine.arguments.dropFirst()))
    Foundation.exit(run(arguments).rawValue)
  }

  private static func run(_ arguments: [String]) -> ExitStatus {
    do {
      var command = try CandSearch.parseAsRoot(arguments)
      try command.run()
      return .done
    } catch let status as ExitStatus {
      return status
    } catch let error as QueryError {
      return fail(error, .wrongUsage)
    } catch let error as CursorError {
      return fail(error, .wrongUsage)
    } catch let error as IndexError {
      return fail(error, .unusable)
    } catch is BrokenPipe {
      return .done
    } catch {
      return usage(error)
    }
  }

  private static func fail(_ error: any Error, _ status: ExitStatus) -> ExitStatus {
    StandardError.write("cand-search: \(error)")
    return status
  }

  /// What the argument parser has to say: help and version are results, everything else is not.
  private static func usage(_ error: any Error) -> ExitStatus {
    let message = CandSearch.fullMessage(for: error)
    if CandSearch.exitCode(for: error).isSuccess {
      var output = StandardOutput()
      try? output.write(message + "\n")
      try? output.flush()
      return .done
    }
    StandardError.write(DashedWords.restore(message))
    return .wrongUsage
  }
}

/// How the program ends.
enum ExitStatus: Int32, Error {
  /// Something was found, or what was asked is done.
  case done = 0
  /// Nothing was found.
  case nothingFound = 1
  /// A wrong query or option.
  case wrongUsage = 2
  /// Something in the data was refused; the rest is indexed.
  case refused = 3
  /// The index cannot be used.
  case unusable = 4
}
