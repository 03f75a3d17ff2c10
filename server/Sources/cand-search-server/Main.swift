import AccessKeys
import ArgumentParser
import CandidateConfiguration
import CandidateSearch
import CandidateServer
import CommandSupport
import Foundation
import SearchLog

/// The root command; `cand-search` runs it for `cand-search serve`.
struct CandSearchServer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cand-search-server",
    abstract: "The part of cand-search that answers searches over HTTP.",
    version: Program.version,
    subcommands: [Serve.self],
    defaultSubcommand: Serve.self)
}

/// `serve`: runs the server.
struct Serve: AsyncParsableCommand {
  static let configuration = ServeOptionGroup.configuration

  @OptionGroup var options: ServeOptionGroup

  func run() async throws {
    try await CandidateServer(try options.serverOptions()).run()
  }
}

extension ServerError: AdvisableError {
  /// What to type; nil if nothing helps.
  public var advice: String? {
    switch self {
    case .keysMissing: "add a key with cand-search keys add NAME, and name the file of keys with --keys"
    case .addressUnusable: "name another with --listen"
    case .wrongOption: nil
    }
  }
}

@main
enum Main {
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    SQLiteProcess.disableMemoryStatistics()
    Foundation.exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  private static func run(_ arguments: [String]) async -> ExitStatus {
    do {
      try await CandSearchServer.run(arguments)
      return .done
    } catch let error as ServerError {
      return ExitStatus.fail(error, error.isOfUsage ? .wrongUsage : .unusable)
    } catch {
      switch error {
      case is ConfigurationError, is WebhookKeys.Problem, is DuplicateConnectorError:
        return ExitStatus.fail(error, .wrongUsage)
      case is AccessKeyError, is SearchLogError, is EventStoreError: return ExitStatus.fail(error, .unusable)
      default: return ExitStatus.telling(error, of: CandSearchServer.self)
      }
    }
  }
}
