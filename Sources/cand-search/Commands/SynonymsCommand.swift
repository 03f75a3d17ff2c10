import ArgumentParser
import CandidateModel
import CandidateSearch
import CommandSupport

/// `cand-search synonyms`: the commands for the words that a team uses for one another.
struct SynonymsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synonyms",
    abstract: "Set, check or show the words that searches replace by others of your choice.",
    discussion: """
      A file has one rule a line; a # at the beginning of a line or after a space begins a comment:

      js = javascript = ecmascript
      sdr => sales development representative | sales development rep

      With =, each phrase also finds the others of its line. With =>, the phrase on the left also finds those on the \
      right, and not the reverse. Their candidates come after all that match the query as typed. Words in quotes, after \
      - or NOT, and with a star are searched as typed; --no-variants turns synonyms off.

      The index contains the synonyms, so that all programs that search it use the same.
      """,
    subcommands: [SynonymsSet.self, SynonymsCheck.self, SynonymsShow.self])
}

extension Synonyms {
  /// Reads a file; `-` is standard input.
  /// - Throws: `SynonymsError`, `ReadFailure`.
  init(file: String) throws {
    let source = try file == "-" ? .standardInput : ByteSource(path: file)
    // One byte more shows that a text is too long, whatever the size of the file.
    try self.init(bytes: source.bytes(atMost: Synonyms.maximumLength + 1), file: TerminalText.safe(file))
  }

  /// The number of rules, in words.
  var countText: String { ruleCount == 1 ? "1 rule" : "\(ruleCount) rules" }
}

extension SynonymsError {
  /// The number of lines with a problem, in words.
  var countText: String { problems.count == 1 ? "1 line is no rule" : "\(problems.count) lines are no rules" }
}
