import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search show ID…`: prints records as they were received.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the stored record of a candidate, byte for byte as it was received.")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Argument(help: "Ids of candidates.")
  var ids: [String]

  func run() throws {
    let index = try index.openForReading(scope: scope.resolved())
    var output = StandardOutput()
    var isComplete = true
    for id in ids {
      let id = DashedWords.restore(id)
      let found = try index.candidates(id: id)
      for hit in found {
        let json = hit.candidate.jsonBytes
        try output.write(Terminal.isOutput ? JSONOutput.terminalSafe(json, keepingLines: true) : json)
        try output.write("\n")
      }
      if found.isEmpty {
        isComplete = false
        StandardError.write("\(id): not in the index")
      }
    }
    try output.flush()
    if !isComplete { throw ExitStatus.nothingFound }
  }
}
