import ArgumentParser
import CandidateServer

/// The program: runs the server until it is told to stop.
@main
struct CandSearchServer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Answer searches over HTTP.")

  @Option var index = "candidates.db"
  @Option var listen = "127.0.0.1:7470"
  @Option var keys: String?

  func run() async throws {
    var options = CandidateServer.Options(indexPath: index)
    let colon = listen.lastIndex(of: ":")
    options.host = String(listen[..<(colon ?? listen.endIndex)])
    options.port = colon.flatMap { Int(listen[listen.index(after: $0)...]) } ?? 7470
    options.keysPath = keys
    try await CandidateServer(options).run()
  }
}
