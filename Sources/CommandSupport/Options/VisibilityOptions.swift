import ArgumentParser
import CandidateSearch
import Foundation

/// Who is shown.
package struct VisibilityOptions: ParsableArguments {
  @Option(
    help: "all, or public: private candidates do not exist; else $CAND_SEARCH_VISIBILITY, else all.")
  package var visibility: Visibility?

  package init() {}

  /// What the option or the environment says. Throws for a value of the environment that is neither.
  package func resolved() throws -> Visibility {
    if let visibility { return visibility }
    guard let name = ProcessInfo.processInfo.environment["CAND_SEARCH_VISIBILITY"], !name.isEmpty else {
      return .all
    }
    guard let visibility = Visibility(rawValue: name) else {
      // Whoever sets it means to hide somebody.
      throw ValidationError("CAND_SEARCH_VISIBILITY: takes all or public, not “\(name)”")
    }
    return visibility
  }

  /// For commands that change the index, or tell of all of it. Throws `VisibilityError` for the public.
  package func expectAll() throws {
    if try resolved() == .public { throw VisibilityError() }
  }
}

extension Visibility: ExpressibleByArgument {}
