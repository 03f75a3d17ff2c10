import CandidateQuery

/// A query whose fields are known, wherever it came from.
struct ParsedQuery {
  /// A part that every hit must match.
  struct Clause {
    let text: String
    let query: Query
  }

  let query: Query
  /// Its canonical form.
  let tree: String
  let clauses: [Clause]
  let notices: [QueryNotice]

  /// What a text asks. Throws `QueryError`.
  init(_ text: String, in context: QueryResolver.Context) throws(QueryError) {
    let (tree, notices) = try QueryParser.parse(text)
    query = try QueryResolver.resolve(tree, of: text, in: context)
    (self.tree, self.notices) = (tree.description, notices)
    if case .and(let trees) = tree, case .and(let queries) = query {
      clauses = zip(trees, queries).map { Clause(text: $0.description, query: $1) }
    } else {
      clauses = [Clause(text: tree.description, query: query)]
    }
  }

  /// What was put together in a program.
  init(_ query: Query) {
    (self.query, tree, notices) = (query, "\(query)", [])
    let parts = if case .and(let parts) = query { parts } else { [query] }
    clauses = parts.map { Clause(text: "\($0)", query: $0) }
  }
}
