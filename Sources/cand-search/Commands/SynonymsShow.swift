import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search synonyms show`: prints the synonyms of the index.
struct SynonymsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the synonyms of the index, byte for byte as they were set; nothing if there are none.")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  func run() throws {
    let text = try index.settings(scope).openForReading().synonyms().text
    var output = StandardOutput()
    if Terminal.isOutput {
      // An index file may come from elsewhere.
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      try output.write(lines.map { TerminalText.safe(String($0)) }.joined(separator: "\n"))
    } else {
      try output.write(text)
    }
    try output.flush()
  }
}
