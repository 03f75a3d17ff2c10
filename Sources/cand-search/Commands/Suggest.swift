import ArgumentParser
import CandidateJSON
import CandidateSearch
import CommandSupport

/// `cand-search suggest TEXT`: completes a text, for search fields that complete while the user types.
struct Suggest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Complete the last word of a text, and whole names, titles, companies, tags and locations.",
    discussion:
      "A line each: the number of candidates, the field and the text, with tabs between; words first.")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Option(name: [.customShort("n"), .long], help: "The maximum number of words, and of whole values.")
  var limit = 10

  @Flag(help: "Print one JSON object instead.")
  var json = false

  @Argument(help: "The text that was typed so far; several arguments are one text.")
  var text: [String]

  func validate() throws {
    guard limit >= 0 else { throw ValidationError("--limit: takes a number from 0") }
  }

  func run() throws {
    let text = DashedWords.restore(self.text.joined(separator: " "))
    let index = try index.settings(scope).openForReading()
    let suggestions = try index.suggest(text, limit: limit)
    var output = StandardOutput()
    if json {
      try output.write(suggestions.json.text + "\n")
    } else {
      for suggestion in suggestions.words + suggestions.values {
        try output.write(
          "\(suggestion.count)\t\(suggestion.field.rawValue)\t\(TerminalText.safe(suggestion.text))\n")
      }
    }
    try output.flush()
    if suggestions.words.isEmpty, suggestions.values.isEmpty { throw ExitStatus.nothingFound }
  }
}
