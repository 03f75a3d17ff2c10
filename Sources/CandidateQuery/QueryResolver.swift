/// Looks the fields of a tree up and checks their values.
public struct QueryResolver {
  private let query: String

  /// What the tree of a query asks. Throws `QueryError` for a field that does not exist or cannot hold its value.
  public static func resolve(_ tree: QueryTree, of query: String) throws(QueryError) -> Query {
    try QueryResolver(query: query).resolve(tree)
  }

  private func resolve(_ tree: QueryTree) throws(QueryError) -> Query {
    switch tree {
    case .all: return .all
    case .text(let text): return .text(text)
    case .field(let clause): return try resolve(clause)
    case .and(let parts): return .and(try resolve(parts))
    case .or(let parts): return .or(try resolve(parts))
    case .not(let part): return .not(try resolve(part))
    }
  }

  private func resolve(_ parts: [QueryTree]) throws(QueryError) -> [Query] {
    var resolved: [Query] = []
    for part in parts { resolved.append(try resolve(part)) }
    return resolved
  }

  private func resolve(_ clause: FieldClause) throws(QueryError) -> Query {
    guard let field = Field.named(clause.name) else { throw unknownField(clause) }
    switch field.kind {
    case .text, .value:
      if clause.value == QueryText("", isPrefix: true) { return .present(field.id) }
      return field.kind == .text ? words(clause, field.id) : value(clause, field.id)
    case .exact:
      guard !clause.value.isPrefix else {
        throw error(
          clause, "\(field.name): takes a whole value, not the beginning of one", advice: "leave the star out"
        )
      }
      return .whole(field.id, clause.value.text)
    case .flag:
      return .flag(field.id, try flag(clause, field))
    }
  }

  private func words(_ clause: FieldClause, _ field: Field.ID) -> Query {
    clause.isWhole ? .whole(field, clause.value.text) : .words(field, clause.value)
  }

  private func value(_ clause: FieldClause, _ field: Field.ID) -> Query {
    clause.value.isPrefix ? .beginning(field, clause.value.text) : .whole(field, clause.value.text)
  }

  private func flag(_ clause: FieldClause, _ field: Field) throws(QueryError) -> Bool? {
    switch clause.value.text.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    case "unknown", "null": return nil
    default:
      throw error(
        clause, "\(field.name): cannot be “\(clause.value.text)”",
        advice: "write \(field.name):true, \(field.name):false or \(field.name):unknown")
    }
  }

  private func unknownField(_ clause: FieldClause) -> QueryError {
    let nearest = Field.nearest(to: clause.name).map { "Did you mean \($0.name):? " } ?? ""
    return error(
      clause, "there is no field “\(clause.name)”",
      advice: "\(nearest)To search for it as text, put it in quotes: \"\(clause.name):\(clause.value.text)\"")
  }

  private func error(_ clause: FieldClause, _ problem: String, advice: String) -> QueryError {
    QueryError(query: query, place: clause.place, problem: problem, advice: advice)
  }
}
