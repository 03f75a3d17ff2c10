import CandidateServer
import CommandSupport
import Foundation

extension ServeOptionGroup {
  /// The options of the server.
  /// - Throws: `ServerError` for a value that no option takes.
  func serverOptions() throws(ServerError) -> CandidateServer.Options {
    var options = CandidateServer.Options(indexPath: index.privatePath())
    let environment = ProcessInfo.processInfo.environment
    options.keysPath = keys ?? environment["CAND_SEARCH_KEYS"].flatMap { $0.isEmpty ? nil : $0 }
    if let listen {
      guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...])
      else { throw .wrongOption("--listen: takes an address such as 127.0.0.1:7470") }
      options.host = String(listen[..<colon])
      options.port = port
    }
    return options
  }
}
