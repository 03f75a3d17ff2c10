import ArgumentParser
import CandidateSearch
import CommandSupport
import Foundation

/// The root command; `cand-search` runs it for its subcommands that need the API.
struct CandSearchSync: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cand-search-sync",
    abstract: "The part of cand-search that talks to the Bindbee API.",
    version: Program.version,
    subcommands: [Sync.self, Get.self],
    defaultSubcommand: Sync.self)
}

@main
enum Main {
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    SQLiteProcess.disableMemoryStatistics()
    let work = Task { await run(Array(CommandLine.arguments.dropFirst())) }
    let interruption = Interruption { work.cancel() }
    let status = await work.value
    interruption.stop()
    Foundation.exit(status.rawValue)
  }

  private static func run(_ arguments: [String]) async -> ExitStatus {
    do {
      try await CandSearchSync.run(arguments)
      return .done
    } catch {
      return ExitStatus.telling(error, of: CandSearchSync.self)
    }
  }
}
