import Foundation
import TestSupport

/// An index of the sample candidates, made once by the real binary.
enum Samples {
  static let folder = Result { try TemporaryFolder() }
  static let index = Result {
    let path = try folder.get().file("candidates.db")
    let run = try CommandRun("cand-search", ["index", "--index", path, Fixture.samples])
    guard run.exit == 0 else { throw Failure(message: run.error) }
    return path
  }

  struct Failure: Error { let message: String }
}

/// Runs `cand-search` over the sample candidates.
func candSearch(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandRun {
  var environment = environment
  environment["CAND_SEARCH_INDEX"] = try Samples.index.get()
  return try CommandRun("cand-search", arguments, environment: environment)
}

extension TemporaryFolder {
  /// Runs a script of bash in which `$CAND` is the binary, `$DIR` this folder, and also the working one.
  func shell(_ script: String, _ environment: [String: String] = [:]) throws -> CommandRun {
    let variables = ["CAND": CommandRun.binary("cand-search").path, "DIR": path]
    return try CommandRun(
      program: "/bin/bash", ["-c", script], environment: variables.merging(environment) { $1 }, folder: path)
  }
}
