import ArgumentParser
import CandidateSearch
import CommandSupport

/// `cand-search completions SHELL`: prints the script by which a shell completes commands, options and fields.
struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print the completion script of a shell.",
    discussion:
      "For bash: cand-search completions bash > ~/.local/share/bash-completion/completions/cand-search")

  @Argument(help: "bash, zsh or fish.")
  var shell: String

  func run() throws {
    guard let shell = CompletionShell(rawValue: shell) else {
      throw ValidationError("no completions for “\(shell)”; write bash, zsh or fish")
    }
    try StandardOutput.print(CandSearch.completionScript(for: shell) + "\n")
  }
}

/// The completions of the word of a query that is being typed.
enum QueryCompletion {
  /// The completions of a word, with its leading dashes.
  @Sendable static func completions(of prefix: String) -> [String] {
    let negation = prefix.prefix { $0 == "-" }
    let name = prefix.dropFirst(negation.count).lowercased()
    return all.filter { $0.hasPrefix(name) }.map { negation + $0 }
  }

  /// The name of every field, with each value for fields of few values.
  private static let all: [String] = Field.all.flatMap { field -> [String] in
    switch field.kind {
    case .flag: ["true", "false", "unknown"].map { "\(field.name):\($0)" }
    case .state: State.allCases.map { "\(field.name):\($0.rawValue)" }
    case .presence: Presence.allCases.map { "\(field.name):\($0.rawValue)" }
    case .custom: ["custom."]
    default: ["\(field.name):"]
    }
  }
}
