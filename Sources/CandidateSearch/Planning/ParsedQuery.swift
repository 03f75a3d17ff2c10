import CandidateQuery

/// A query whose fields are known, wherever it came from.
struct ParsedQuery: Hashable, Sendable {
  /// A part that every hit must match.
  struct Clause {
    let text: String
    let query: Query
  }

  let query: Query
  let notices: [QueryNotice]
  /// What a text says; nil for what was put together in a program.
  private let parsed: QueryTree?

  /// What a text asks. Throws `QueryError`.
  init(_ text: String, in context: QueryResolver.Context) throws(QueryError) {
    let (tree, notices) = try QueryParser.parse(text)
    query = try QueryResolver.resolve(tree, of: text, in: context)
    (parsed, self.notices) = (tree, notices)
  }

  /// What was put together in a program. Throws `QueryError`.
  init(_ query: Query) throws(QueryError) {
    try query.checkSize()
    self.query = query
    parsed = nil
    notices = []
  }

  /// Its canonical form.
  var tree: String { parsed?.description ?? "\(query)" }

  /// Its parts, each once.
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
