import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search synonyms check FILE`: checks a file of synonyms.
struct SynonymsCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a file of synonyms, and change nothing.",
    discussion: "Exit: 0 if all lines are rules, 3 if one is not; each is printed with its problem.")

  @Argument(help: "The file; - is standard input.", completion: .file())
  var file: String

  func run() throws {
    do {
      StandardError.write("sound: \(try Synonyms(file: file).countText)")
    } catch let error as SynonymsError {
      StandardError.write(lines: ErrorText.lines(error))
      StandardError.write("cand-search: \(error.countText)")
      throw ExitStatus.refused
    }
  }
}
