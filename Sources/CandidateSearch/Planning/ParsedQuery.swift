import CandidateModel
import CandidateQuery

/// A query with resolved fields, parsed from a text or built by a program.
struct ParsedQuery: Hashable, Sendable {
  /// A part that every hit must match.
  struct Clause {
    let text: String
    let query: Query
  }

  let query: Query
  let notices: [QueryNotice]
  /// The tree of a text; nil for a query that a program built.
  private let parsed: QueryTree?

  /// Parses a query and resolves its fields. `customFields` returns the custom fields of the index; it is called
  /// for a text that names one.
  /// - Throws: `QueryError`.
  init(
    _ query: SearchQuery, now: Timestamp, includesContacts: Bool = true,
    customFields: () throws -> Set<CustomField>
  ) throws {
    switch query.source {
    case .text(let text):
      let parsed = try QueryParser.parse(text)
      let context = QueryResolver.Context(
        now: now, customFields: parsed.tree.hasCustomField ? try customFields() : [],
        includesContacts: includesContacts)
      self.query = try QueryResolver.resolve(parsed.tree, of: text, in: context)
      self.parsed = parsed.tree
      notices = parsed.notices
    case .built(let query):
      try query.checkSize()
      if !includesContacts { try query.checkSearchesNoContacts() }
      self.query = query
      parsed = nil
      notices = []
    }
  }

  /// The canonical form of the query.
  var tree: String { parsed?.description ?? "\(query)" }

  /// The different parts of a conjunction; the whole query if it is none.
  var clauses: [Clause] {
    var seen: Set<Query> = []
    return allClauses.filter { seen.insert($0.query).inserted }
  }

  private var allClauses: [Clause] {
    let queries = if case .and(let parts) = query { parts } else { [query] }
    guard let parsed else { return queries.map { Clause(text: "\($0)", query: $0) } }
    guard case .and(let trees) = parsed, trees.count == queries.count else {
      return [Clause(text: tree, query: query)]
    }
    return zip(trees, queries).map { Clause(text: $0.description, query: $1) }
  }
}
