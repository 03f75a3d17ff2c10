import CandidateTime

/// Resolves the field names of a tree and checks the values of the fields.
public struct QueryResolver {
  /// What the meaning and the validity of values depend on.
  public struct Context: Sendable {
    /// The moment from which ages and `today` are counted.
    public var now: Timestamp
    /// The custom fields that the index contains.
    public var customFields: Set<CustomField>
    /// Whether contacts may be searched.
    public var includesContacts: Bool

    /// Creates a context; without custom fields by default.
    public init(now: Timestamp, customFields: Set<CustomField> = [], includesContacts: Bool = true) {
      self.now = now
      self.customFields = customFields
      self.includesContacts = includesContacts
    }
  }

  /// The maximum number of times and ranges of time: each is compared with the times of every candidate that the rest
  /// of the query finds.
  public static let maximumTimes = 20

  private let query: String
  private let context: Context
  private var times = 0

  private init(query: String, context: Context) {
    self.query = query
    self.context = context
  }

  /// Resolves the tree of a query.
  ///
  /// - Throws: `QueryError` for a field that does not exist, for a value that its field cannot have, for contacts where
  ///   they may not be searched, and for more than `maximumTimes` times.
  public static func resolve(
    _ tree: QueryTree, of query: String, in context: Context
  ) throws(QueryError) -> Query {
    var resolver = QueryResolver(query: query, context: context)
    return try resolver.resolve(tree)
  }

  private mutating func resolve(_ tree: QueryTree) throws(QueryError) -> Query {
    switch tree {
    case .all: return .all
    case .text(let text): return .text(text)
    case .field(let clause): return try resolve(clause)
    case .and(let parts): return .and(try resolve(parts))
    case .or(let parts): return .or(try resolve(parts))
    case .not(let part): return .not(try resolve(part))
    }
  }

  private mutating func resolve(_ parts: [QueryTree]) throws(QueryError) -> [Query] {
    var resolved: [Query] = []
    for part in parts { resolved.append(try resolve(part)) }
    return resolved
  }

  private mutating func resolve(_ clause: FieldClause) throws(QueryError) -> Query {
    guard let field = Field.named(clause.name) else { throw unknownField(clause) }
    if field.isContact, !context.includesContacts {
      throw .contact(field, query: query, place: clause.place)
    }
    if clause.value == QueryText("", isPrefix: true), let any = anything(field) { return any }
    let reader = ValueReader(query: query, clause: clause, field: field)
    switch field.kind {
    case .text: return try reader.words()
    case .value: return reader.value()
    case .exact: return .whole(field.id, try reader.exact())
    case .flag: return .flag(field.id, try reader.flag())
    case .state: return try reader.state()
    case .presence:
      let query = try reader.presence()
      if !context.includesContacts, let contact = query.contactField {
        throw .contact(contact, query: self.query, place: clause.place)
      }
      return query
    case .phone: return .phone(try reader.phone())
    case .url: return .url(try reader.exact())
    case .time:
      times += 1
      guard times <= Self.maximumTimes else {
        throw reader.error(
          "a query has at most \(Self.maximumTimes) times",
          advice: "write them as one range, as in 2023..2024")
      }
      return .time(field.id, try reader.time(now: context.now))
    case .custom: return .custom(try customField(reader), clause.value)
    }
  }

  /// The query for `field:*`; nil for a field whose value would be the star.
  private func anything(_ field: Field) -> Query? {
    if let presence = field.presence { return .present(presence) }
    return field.kind == .time ? .time(field.id, TimeRange()) : nil
  }

  private func customField(_ reader: ValueReader) throws(QueryError) -> CustomField {
    guard let field = CustomField(query: reader.clause.name) else {
      throw reader.error("custom: names no field", advice: "write custom.NAME:VALUE")
    }
    guard context.customFields.contains(field) else {
      throw reader.error(
        "the custom field “\(field.description.cut)” is not searchable in this index",
        advice: """
          custom fields can contain data on health or origin, so an index contains only those that were added to it: \
          cand-search index --custom-field \(field.description.cut) …
          """)
    }
    return field
  }

  private func unknownField(_ clause: FieldClause) -> QueryError {
    let nearest = Field.nearest(to: clause.name).map { "Did you mean \($0.usage):? " } ?? ""
    return QueryError(
      query: query, place: clause.place, problem: "there is no field “\(clause.name.cut)”",
      advice:
        "\(nearest)To search for it as text, put it in quotes: \"\((clause.name + ":" + clause.value.text).cut)\""
    )
  }
}
