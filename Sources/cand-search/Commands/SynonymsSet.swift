import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search synonyms set FILE`: replaces the synonyms of the index.
struct SynonymsSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Replace the synonyms of the index; an empty file removes them.",
    discussion:
      "The next search of every program uses them. A file with a line that is no rule changes nothing.")

  @OptionGroup var index: IndexOptions
  @OptionGroup var scope: ScopeOptions

  @Argument(help: "The file; - is standard input.", completion: .file())
  var file: String

  func run() throws {
    let location = try index.settings(scope).expectingAll().location
    let synonyms: Synonyms
    do {
      synonyms = try Synonyms(file: file)
    } catch let error as SynonymsError {
      StandardError.write(lines: ErrorText.lines(error))
      StandardError.write("cand-search: \(error.countText); the synonyms of the index are as before")
      throw ExitStatus.wrongUsage
    }
    try location.openExisting().setSynonyms(synonyms)
    StandardError.write(
      synonyms.ruleCount == 0 ? "the index has no synonyms now" : "set \(synonyms.countText)")
  }
}
