import ArgumentParser
import CandidateSearch
import CommandSupport
import Foundation
import SearchLog

/// The root command; each subcommand has a file of its own.
struct CandSearch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cand-search",
    abstract: "Search job candidates by name, company, title, location, tag and e-mail.",
    discussion: """
      cand-search "engineer tag:JUNIOR"
      cand-search index export.ndjson

      Exit: 0 found or done, 1 nothing found, 2 a wrong query or option, 3 something in the data was refused (the \
      rest is indexed), 4 the index or the API cannot be used, or the output cannot be written.

      In a script, write cand-search search -- "$query": a query may be the name of a command below.
      """,
    version: Program.version,
    subcommands: [
      Search.self, Suggest.self, Serve.self, Index.self, Reindex.self, Sync.self, Get.self, Show.self,
      Delete.self, Forget.self, LogCommand.self, SynonymsCommand.self, KeysCommand.self, Stats.self,
      Check.self,
      BackupCommand.self, Restore.self, ConfigCommand.self, Completions.self, Help.self,
    ],
    defaultSubcommand: Search.self)
}

@main
enum Main {
  static func main() {
    // If the reader closes the pipe (`| head`), write returns an error instead of a signal.
    signal(SIGPIPE, SIG_IGN)
    SQLiteProcess.disableMemoryStatistics()
    let arguments = DashedWords.protect(Array(CommandLine.arguments.dropFirst()))
    Foundation.exit(run(arguments).rawValue)
  }

  private static func run(_ arguments: [String]) -> ExitStatus {
    do {
      var command = try CandSearch.parseAsRoot(arguments)
      try command.run()
      return .done
    } catch let error as SearchLogError {
      return ExitStatus.fail(error, .unusable)
    } catch {
      return ExitStatus.telling(error, of: CandSearch.self, expansion: DashedWords.restore)
    }
  }
}
