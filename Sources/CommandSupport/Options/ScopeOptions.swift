import ArgumentParser
import CandidateConfiguration
import CandidateSearch

/// The candidates that exist for a command.
package struct ScopeOptions: ParsableArguments {
  @Option(
    help: """
      all, or public: private candidates do not exist; else public if $CAND_SEARCH_VISIBILITY or the configuration says so, \
      else all.
      """)
  package var visibility: Scope?

  @Option(
    name: .customLong("scope"), parsing: .unconditional,
    help: """
      Only the candidates that match these filters (connector:lever -tag:vip) exist. Those of $CAND_SEARCH_SCOPE and of the \
      configuration apply in any case.
      """)
  package var filter: String?

  @Flag(
    name: .customLong("no-contacts"),
    help: """
      Neither search nor print e-mail addresses, phone numbers, web addresses, custom fields and the third party's own record.
      """)
  package var excludesContacts = false

  package init() {}

  /// The scope that the options, the environment and the configuration state. `--visibility` replaces the visibility of the
  /// others, and a note tells if it is wider; nothing widens a filter.
  /// - Throws: `ConfigurationError` for a text of the others that is no filter, `QueryError` for one of the option.
  package func resolved(_ found: FoundConfiguration) throws -> Scope {
    var scope = visibility ?? Scope(found.settings.visibility)
    if visibility == .all, found.settings.visibility == .public {
      StandardError.write("note: --visibility all overrides public (\(found.source(of: "visibility")))")
    }
    for filter in found.settings.scopes { scope = scope.intersection(try Scope(filter)) }
    if let filter { scope = scope.intersection(try Scope(filter)) }
    return excludesContacts ? scope.intersection(Scope(includesContacts: false)) : scope
  }
}

extension Scope {
  fileprivate init(_ visibility: Visibility) {
    switch visibility {
    case .all: self = .all
    case .public: self = .public
    }
  }

  /// - Throws: `ConfigurationError`, which points at the filter.
  fileprivate init(_ filter: ScopeFilter) throws(ConfigurationError) {
    do throws(QueryError) {
      try self.init(filter.text)
    } catch {
      throw filter.source.error("scope: \(error.problem); \(error.advice)")
    }
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
