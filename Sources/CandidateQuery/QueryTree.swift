/// The syntax tree of a query, before its fields are resolved.
///
/// Its description is canonical: every operator is spelled out, with parentheses. Parsing it returns the same tree.
public indirect enum QueryTree: Hashable, Sendable, CustomStringConvertible {
  /// Every candidate.
  case all
  /// A word, a phrase or a prefix of a word, in any field.
  case text(QueryText)
  /// A field and the value that it must contain.
  case field(FieldClause)
  /// All of these; at least two.
  case and([QueryTree])
  /// Any of these; at least two.
  case or([QueryTree])
  /// Not this.
  case not(QueryTree)

  /// The canonical form.
  public var description: String {
    switch self {
    case .all: "*"
    case .text(let text): text.description
    case .field(let clause): clause.description
    case .and(let parts): "(" + parts.map(\.description).joined(separator: " AND ") + ")"
    case .or(let parts): "(" + parts.map(\.description).joined(separator: " OR ") + ")"
    case .not(let part): "NOT \(part)"
    }
  }

  /// The depth of nested ANDs and ORs.
  var height: Int {
    switch self {
    case .all, .text, .field: 0
    case .and(let parts), .or(let parts): 1 + (parts.map(\.height).max() ?? 0)
    case .not(let part): part.height
    }
  }

  /// The clauses with a field, in order.
  package var clauses: [FieldClause] {
    switch self {
    case .all, .text: []
    case .field(let clause): [clause]
    case .and(let parts), .or(let parts): parts.flatMap(\.clauses)
    case .not(let part): part.clauses
    }
  }

  /// Whether a clause is about a custom field.
  package var hasCustomField: Bool { clauses.contains { Field.named($0.name)?.kind == .custom } }

  /// The custom fields that clauses name.
  package var customFields: Set<CustomField> { Set(clauses.compactMap { CustomField(query: $0.name) }) }

  /// The negation of a part; the negation of a negation is its inner part.
  static func negation(_ part: QueryTree) -> QueryTree {
    if case .not(let inner) = part { inner } else { .not(part) }
  }

  /// The conjunction of the parts; nested conjunctions are merged.
  static func conjunction(_ parts: [QueryTree]) -> QueryTree? {
    let merged = parts.flatMap { part -> [QueryTree] in
      if case .and(let inner) = part { inner } else { [part] }
    }
    return merged.count > 1 ? .and(merged) : merged.first
  }

  /// The disjunction of the parts; nested disjunctions are merged.
  static func disjunction(_ parts: [QueryTree]) -> QueryTree? {
    let merged = parts.flatMap { part -> [QueryTree] in
      if case .or(let inner) = part { inner } else { [part] }
    }
    return merged.count > 1 ? .or(merged) : merged.first
  }
}

/// A text of a query, as it was typed.
public struct QueryText: Hashable, Sendable, CustomStringConvertible {
  /// The text, without its quotes and star.
  public var text: String
  /// Whether it was in quotes: its words must follow one another.
  public var isPhrase: Bool
  /// Whether a star follows it: its last word is a prefix.
  public var isPrefix: Bool

  /// Creates a text. It is not parsed: quotes and stars in it are part of it.
  public init(_ text: String, isPhrase: Bool = false, isPrefix: Bool = false) {
    self.text = text
    self.isPhrase = isPhrase
    self.isPrefix = isPrefix
  }

  /// The text as a query spells it, with its quotes and star.
  public var description: String {
    (isPhrase ? "\"\(text)\"" : text) + (isPrefix ? "*" : "")
  }
}

/// A field with a value, as in `field:value`.
public struct FieldClause: Hashable, Sendable, CustomStringConvertible {
  /// The field's name as it was typed.
  public var name: String
  /// Whether the value must be the field's whole value (`:=`).
  public var isWhole: Bool
  /// The value.
  public var value: QueryText
  /// The place of the clause in the query.
  public var place: SourceRange

  /// The clause as a query spells it.
  public var description: String {
    // After the colon, these would be parsed differently.
    let isAmbiguous = ["=", "//"].contains { value.text.utf8.starts(with: $0.utf8) }
    if !isWhole, !value.isPhrase, isAmbiguous { return "\(name):(\(value))" }
    return "\(name):\(isWhole ? "=" : "")\(value)"
  }

  /// Compares clauses without their places.
  public static func == (a: FieldClause, b: FieldClause) -> Bool {
    a.name == b.name && a.isWhole == b.isWhole && a.value == b.value
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(isWhole)
    hasher.combine(value)
  }
}

/// A range of a query, or of a line of a file, in Unicode scalars.
public struct SourceRange: Hashable, Sendable {
  /// The first scalar, counted from 0.
  public var start: Int
  /// The end, after the last scalar.
  public var end: Int

  package init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }
}
