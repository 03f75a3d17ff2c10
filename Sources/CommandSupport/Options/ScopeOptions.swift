import ArgumentParser
import CandidateSearch
import Foundation

/// The candidates that exist for a command.
package struct ScopeOptions: ParsableArguments {
  @Option(help: "all, or public: private candidates do not exist; else $CAND_SEARCH_VISIBILITY, else all.")
  package var visibility: Scope?

  @Option(
    name: .customLong("scope"), parsing: .unconditional,
    help: """
      Only the candidates that match these filters (connector:lever -tag:vip) exist. Those of $CAND_SEARCH_SCOPE apply in any \
      case.
      """)
  package var filter: String?

  @Flag(
    name: .customLong("no-contacts"),
    help: """
      Neither search nor print e-mail addresses, phone numbers, web addresses, custom fields and the third party's own record.
      """)
  package var excludesContacts = false

  package init() {}

  /// The scope that the options and the environment state. An option replaces the visibility of the environment, but does
  /// not widen its scope.
  /// - Throws: `ValidationError` for a visibility that does not exist, `QueryError` for a text that is no filter.
  package func resolved() throws -> Scope {
    var scope = try visibility ?? Self.visibilityOfEnvironment()
    for filter in [Self.environment("CAND_SEARCH_SCOPE"), filter].compactMap(\.self) {
      scope = scope.intersection(try Scope(filter))
    }
    return excludesContacts ? scope.intersection(Scope(includesContacts: false)) : scope
  }

  private static func visibilityOfEnvironment() throws -> Scope {
    guard let name = environment("CAND_SEARCH_VISIBILITY") else { return .all }
    guard let scope = Scope(argument: name) else {
      // A wrong value was meant to hide candidates.
      throw ValidationError("CAND_SEARCH_VISIBILITY: takes all or public, not “\(name)”")
    }
    return scope
  }

  private static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// For commands that change the index, or depend on all of it.
  /// - Throws: `ScopeError` for a scope that is not that of all candidates, and what `resolved` throws.
  package func expectAll() throws {
    let scope = try resolved()
    if scope != .all { throw ScopeError(scope) }
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
