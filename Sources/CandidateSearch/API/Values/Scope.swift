import CandidateModel
import CandidateQuery

/// The set of candidates that a caller may see, and what of them. No result, order, count, suggestion, correction,
/// diagnosis, explanation, cursor, statistic or error contains the others or depends on them.
///
/// ```swift
/// let scope = try Scope("connector:greenhouse -tag:executive", includesPrivate: false)
/// let results = try index.scoped(to: scope).search("engineer")
/// ```
/// Word statistics come from the scope, too: which field a word mostly means, what is a typing error, which completions are
/// the most frequent. In a scope with a filter they are counted when they are needed, and remembered until the index
/// changes; a frequent word is counted in the most recent 1,000 candidates of the scope that contain it.
public struct Scope: Sendable, Hashable, CustomStringConvertible {
  /// Whether it contains private candidates.
  public let includesPrivate: Bool
  /// Whether contacts are searched and returned: e-mail addresses, phone numbers, web addresses, custom fields, and the
  /// third party's own record. Without them, a query that names such a field is a `QueryError`, no word is searched in
  /// addresses, and records contain no other members than those that the API describes and that contain no contacts.
  public let includesContacts: Bool
  /// The filters that each of its candidates matches.
  let filters: [Filter]

  /// A filter, parsed.
  struct Filter: Sendable, Hashable {
    /// The text as it was written, to which the places of the tree refer.
    let text: String
    let tree: QueryTree
    /// Whether it matches other candidates at another time, as `modified:<90d`.
    let dependsOnTime: Bool

    static func == (a: Filter, b: Filter) -> Bool { a.text == b.text }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
  }

  /// Creates a scope without a filter.
  public init(includesPrivate: Bool = true, includesContacts: Bool = true) {
    self.init([], includesPrivate: includesPrivate, includesContacts: includesContacts)
  }

  init(_ filters: [Filter], includesPrivate: Bool, includesContacts: Bool) {
    self.filters = filters
    self.includesPrivate = includesPrivate
    self.includesContacts = includesContacts
  }

  /// All candidates.
  public static let all = Scope()
  /// The candidates that are not private, or of whom it is unknown.
  public static let `public` = Scope(includesPrivate: false)

  /// The scopes without a filter, by their names on the command line.
  public static let named: KeyValuePairs<String, Scope> = ["all": .all, "public": .public]

  /// The canonical form of the filter; empty without one.
  public var query: String { filters.map(\.tree.description).joined(separator: " AND ") }

  /// The scope in a line: `all`, or what restricts it, as in `public, connector:greenhouse`.
  public var description: String {
    let parts = [includesPrivate ? "" : "public", includesContacts ? "" : "without contacts", query]
      .filter { !$0.isEmpty }
    return parts.isEmpty ? "all" : parts.joined(separator: ", ")
  }

  /// Whether it has a filter.
  public var hasFilter: Bool { !filters.isEmpty }

  /// Whether it contains all candidates, with their contacts or without.
  var containsAllCandidates: Bool { includesPrivate && !hasFilter }

  /// Whether it contains all candidates with their contacts.
  var isFull: Bool { self == .all }

  /// A text that is different for every scope.
  var fingerprint: String {
    let filters = filters.map { "\($0.text.utf8.count) \($0.text)" }.joined()
    return (includesPrivate ? "all" : "public") + (includesContacts ? "" : "-") + filters
  }

  /// The candidates that are in both scopes, with what both return of them.
  public func intersection(_ other: Scope) -> Scope {
    Scope(
      filters + other.filters.filter { !filters.contains($0) },
      includesPrivate: includesPrivate && other.includesPrivate,
      includesContacts: includesContacts && other.includesContacts)
  }
}
