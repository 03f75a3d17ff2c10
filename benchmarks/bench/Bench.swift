import ArgumentParser
import Foundation

/// The root command of the benchmarks; each subcommand has a file of its own.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure cand-search, and make what it is measured with.",
    discussion: "Exit: 0 done, 1 a file cannot be read or written, 2 a wrong option or query.",
    subcommands: [
      RunCommand.self, QueryCommand.self, LoadCommand.self, ReadersCommand.self, RelevanceCommand.self,
      PairsCommand.self,
      CorpusCommand.self,
    ])
}

@main
enum Main {
  static func main() {
    // A reader that goes away (`| head`) shows as an error of write, not as a signal.
    signal(SIGPIPE, SIG_IGN)
    Foundation.exit(run())
  }

  private static func run() -> Int32 {
    do {
      var command = try Bench.parseAsRoot()
      try command.run()
      return 0
    } catch is BrokenPipe {
      return 0
    } catch is WrongQueries {
      return 2
    } catch let error where isFailure(error) {
      report("bench: \(error)")
      return 1
    } catch {
      let message = Bench.fullMessage(for: error)
      guard Bench.exitCode(for: error).isSuccess else {
        report(message)
        return 2
      }
      print(message)
      return 0
    }
  }

  /// Whether an error is none of the command line's.
  private static func isFailure(_ error: any Error) -> Bool {
    error is FileFailure || LibraryIndex.isFailure(error)
  }

  private static func report(_ message: String) {
    // Nothing can be said about a standard error that cannot be written to.
    try? FileHandle.standardError.write(contentsOf: Data((message + "\n").utf8))
  }
}
