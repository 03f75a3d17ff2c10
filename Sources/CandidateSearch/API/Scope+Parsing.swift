import CandidateModel
import CandidateQuery

extension Scope {
  /// Creates the scope of the candidates that match a filter: a text in the query language in which every word belongs to a
  /// field, as `connector:greenhouse -is:private`. It is read as it is written, without corrections, and matches what is
  /// typed, without synonyms or other forms. Ages (`modified:<90d`) count from the moment of each search
  /// (`SearchOptions.now`), also where a cursor continues one. The filter may name contacts, also if `includesContacts` is
  /// false.
  ///
  /// - Throws: `QueryError`, with the place, for free text, for a text without a filter, and for anything that a query in
  ///   the query language cannot be. A custom field that an index does not contain is an error of each search.
  public init(
    _ filter: String, includesPrivate: Bool = true, includesContacts: Bool = true
  ) throws(QueryError) {
    let tree = try QueryParser.parseFilters(filter)
    for clause in tree.clauses { try ResolvedScope.checkCanMatch(clause, of: filter) }
    func resolved(at now: Timestamp) throws(QueryError) -> Query {
      try QueryResolver.resolve(
        tree, of: filter, in: QueryResolver.Context(now: now, customFields: tree.customFields))
    }
    // An age, however it is written, begins on another day.
    let (day, later) = (
      Timestamp(startOf: CivilDate(daysSince1970: 0)), Timestamp(startOf: CivilDate(daysSince1970: 400))
    )
    let dependsOnTime = try resolved(at: day) != resolved(at: later)
    self.init(
      [Filter(text: filter, tree: tree, dependsOnTime: dependsOnTime)], includesPrivate: includesPrivate,
      includesContacts: includesContacts)
  }
}
