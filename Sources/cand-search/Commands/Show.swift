import ArgumentParser
import CandidateJSON
import CandidateSearch
import CommandSupport
import PostgresEngine
import SearchLog

/// `cand-search show ID…`: prints records as they were received.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the stored record of a candidate, byte for byte as it was received.")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var logging: LoggingOptions

  @Argument(help: "Ids of candidates.")
  var ids: [String]

  func run() throws {
    let settings = try index.settings(scope)
    let log = try logging.log(settings.found)
    let index = try settings.openForReading()
    var output = StandardOutput()
    var isComplete = true
    let ids = ids.map(DashedWords.restore)
    let found = try index.candidates(ids: ids)
    let shown = found.hits.joined().map(SearchLogEntry.Candidate.init)
    // Nothing is shown that the log cannot record.
    if !shown.isEmpty { try log.append(.record, shown, of: index, generation: found.generation) }
    for (id, found) in zip(ids, found.hits) {
      for hit in found {
        let json = hit.candidate.jsonBytes
        try output.write(Terminal.isOutput ? JSONValue.terminalSafe(json, keepingLines: true) : json)
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
