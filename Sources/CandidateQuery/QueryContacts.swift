/// Queries of contacts, where they may not be searched.
extension Query {
  /// Checks that a query that a program built searches no contacts.
  /// - Throws: `QueryError` if it does.
  package func checkSearchesNoContacts() throws(QueryError) {
    guard let field = contactField else { return }
    throw .contact(field, query: "", place: SourceRange(start: 0, end: 0))
  }

  /// The first field with contacts that the query searches; nil if it searches none. Free text has no field.
  var contactField: Field? {
    switch self {
    case .all, .text: nil
    case .words(let field, _), .whole(let field, _), .beginning(let field, _), .flag(let field, _),
      .time(let field, _):
      Self.contact { $0.id == field }
    case .present(let presence): Self.contact { $0.presence == presence }
    case .phone: Self.contact { $0.kind == .phone }
    case .url: Self.contact { $0.kind == .url }
    case .custom, .customPresent: Self.contact { $0.kind == .custom }
    case .and(let parts), .or(let parts): parts.lazy.compactMap(\.contactField).first
    case .not(let part): part.contactField
    }
  }

  private static func contact(_ isIncluded: (Field) -> Bool) -> Field? {
    Field.all.first { $0.isContact && isIncluded($0) }
  }
}

extension QueryError {
  /// The error for a field whose values may not be searched.
  static func contact(_ field: Field, query: String, place: SourceRange) -> QueryError {
    QueryError(
      query: query, place: place,
      problem: "contacts may not be searched here, nor their presence: \(field.usage)",
      advice: "search in other fields")
  }
}
