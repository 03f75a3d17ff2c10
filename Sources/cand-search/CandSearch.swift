import ArgumentParser
import CandidateConfiguration
import CandidateSearch
import CommandSupport
import Foundation
import SearchLog

/// The root command. Its subcommands are in the folder Commands.
struct CandSearch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cand-search",
    abstract: "Search job candidates by name, company, title, location, tag and e-mail.",
    discussion: """
      cand-search "engineer tag:JUNIOR"
      cand-search index export.ndjson

      Exit: 0 found or done, 1 nothing found, 2 a wrong query or option, 3 something in the data was refused (the \
      rest is indexed), 4 the index or the API cannot be used, or the output cannot be written. status alone has the codes of monitoring plugins.

      In a script, write cand-search search -- "$query": a query may be the name of a command below.
      """,
    version: Program.version,
    subcommands: [
      Search.self, Suggest.self, Serve.self, Index.self, Reindex.self, Sync.self, Get.self, Show.self,
      Delete.self, Forget.self, LogCommand.self, SynonymsCommand.self, KeysCommand.self, Stats.self,
      Check.self,
      BackupCommand.self, Restore.self, ClusterCommand.self, ConfigCommand.self, Doctor.self, Status.self,
      Completions.self,
      Help.self,
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
    Foundation.exit(run(arguments))
  }

  private static func run(_ arguments: [String]) -> Int32 {
    do {
      var command = try CandSearch.parseAsRoot(arguments)
      try command.run()
      return ExitStatus.done.rawValue
    } catch let state as MonitoringState {
      return state.rawValue
    } catch let error as SearchLogError {
      return ExitStatus.fail(error, .unusable).rawValue
    } catch {
      let status = ExitStatus.telling(error, of: CandSearch.self, expansion: DashedWords.restore)
      guard arguments.first == Status.configuration.commandName, status != .done else {
        return status.rawValue
      }
      // Monitoring would take the codes of other commands for states, and reads standard output alone.
      let text = error is ConfigurationError ? "\(error)" : "a wrong option: see standard error"
      let report = MonitoringReport(state: .unknown, text: text)
      let format = arguments.contains { $0 == "json" || $0 == "--format=json" } ? StatusFormat.json : .text
      try? format.print(report, [])
      return report.state.rawValue
    }
  }
}
