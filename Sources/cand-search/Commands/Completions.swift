import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search completions SHELL`: the script that lets a shell complete commands, options and fields.
struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the completion script of a shell.",
    discussion:
      "For bash: cand-search completions bash > ~/.local/share/bash-completion/completions/cand-search")

  @Argument(help: "bash, zsh or fish.")
  var shell: String

  func run() throws {
    guard let shell = CompletionShell(rawValue: shell) else {
      throw ValidationError("no completions for “\(shell)”; write bash, zsh or fish")
    }
    var output = StandardOutput()
    try output.write(CandSearch.completionScript(for: shell) + "\n")
    try output.flush()
  }
}

/// What a shell offers for the word of a query that is being typed.
enum QueryCompletion {
  @Sendable static func candidates(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    let negation = prefix.prefix { $0 == "-" }
    let name = prefix.dropFirst(negation.count).lowercased()
    return offers.filter { $0.hasPrefix(name) }.map { negation + $0 }
  }

  /// Every field's name, and the values of those that have few.
  private static let offers: [String] = Field.all.flatMap { field -> [String] in
    switch field.kind {
    case .flag: ["true", "false", "unknown"].map { "\(field.name):\($0)" }
    case .state: State.allCases.map { "\(field.name):\($0.rawValue)" }
    case .presence: Presence.allCases.map { "\(field.name):\($0.rawValue)" }
    case .custom: ["custom."]
    default: ["\(field.name):"]
    }
  }
}
