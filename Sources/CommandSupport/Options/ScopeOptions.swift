import ArgumentParser
import CandidateSearch
import Foundation

/// The candidates that exist for a command.
package struct ScopeOptions: ParsableArguments {
  @Option(
    name: .customLong("visibility"),
    help: "all, or public: private candidates do not exist; else $CAND_SEARCH_VISIBILITY, else all.")
  package var scope: Scope?

  package init() {}

  /// The scope that the option or the environment names.
  /// - Throws: `ValidationError` for a value of the environment that names none.
  package func resolved() throws -> Scope {
    if let scope { return scope }
    guard let name = ProcessInfo.processInfo.environment["CAND_SEARCH_VISIBILITY"], !name.isEmpty else {
      return .all
    }
    guard let scope = Scope(argument: name) else {
      // A wrong value was meant to hide candidates.
      throw ValidationError("CAND_SEARCH_VISIBILITY: takes all or public, not “\(name)”")
    }
    return scope
  }

  /// For commands that change the index, or depend on all of it.
  /// - Throws: `ScopeError` for a scope without private candidates.
  package func expectAll() throws {
    if try !resolved().includesPrivate { throw ScopeError() }
  }
}

extension Scope: ExpressibleByArgument {
  /// The scope with a name: `all` or `public`.
  public init?(argument: String) {
    guard let scope = Scope.named.first(where: { $0.key == argument })?.value else { return nil }
    self = scope
  }

  /// The names, for help and completion.
  public static var allValueStrings: [String] { named.map(\.key) }
}
