import Foundation
import TestSupport

/// A server, a folder with an index, and the environment of the runs of a test.
final class SyncRun {
  let server: BindbeeServer
  let folder: TemporaryFolder
  var variables: [String: String]
  /// The file of the index.
  var index: String { folder.file("i.db") }

  init(_ candidates: [String: [Remote]]) throws {
    server = try BindbeeServer(candidates)
    folder = try TemporaryFolder()
    variables = [
      "BINDBEE_API_KEY": apiKey, "BINDBEE_CONNECTOR_TOKEN": token, "BINDBEE_BASE_URL": server.url,
    ]
  }

  /// Writes a configuration file that is the owner's alone.
  func configuration(_ text: String) throws -> String {
    let path = try folder.write(text, to: "sync.json")
    chmod(path, 0o600)
    return path
  }

  func cand(_ arguments: String...) throws -> CommandRun { try cand(arguments) }

  func cand(_ arguments: [String]) throws -> CommandRun {
    try CommandRun("cand-search", arguments, environment: environment)
  }

  var environment: [String: String] { ["CAND_SEARCH_INDEX": index].merging(variables) { $1 } }

  /// A sync that goes on, with what it says in a file.
  func begin(_ arguments: [String]) throws -> Process {
    let process = try CommandRun.process("cand-search", arguments, environment: environment)
    try folder.write("", to: "said")
    process.standardError = FileHandle(forWritingAtPath: folder.file("said"))
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process
  }

  func said() throws -> String { try String(contentsOfFile: folder.file("said"), encoding: .utf8) }
}
