import CandidateQuery

/// A query whose fields are known, wherever it came from.
struct ParsedQuery {
  let query: Query
  /// Its canonical form.
  let tree: String
  let notices: [QueryNotice]

  /// What a text asks. Throws `QueryError`.
  init(_ text: String, in context: QueryResolver.Context) throws(QueryError) {
    let (tree, notices) = try QueryParser.parse(text)
    query = try QueryResolver.resolve(tree, of: text, in: context)
    (self.tree, self.notices) = (tree.description, notices)
  }

  /// What was put together in a program.
  init(_ query: Query) { (self.query, tree, notices) = (query, "\(query)", []) }
}
