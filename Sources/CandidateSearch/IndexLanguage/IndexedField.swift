import CandidateModel
import CandidateQuery
import TextAnalysis

/// A row of the schema: how an index stores a field.
package struct IndexedField: Sendable {
  package let field: Field.ID
  package let values: FieldValues
  /// The column that contains its words. The words of every column are highlighted.
  package let column: TextColumn?
  /// The prefix of the terms of two words of the column that follow one another; nil where there are none.
  package let wordPairs: TermPrefix?
  package let filter: FieldFilter
  package let uses: Uses
  /// The position of its column in CSV, from 1.
  package let csvColumn: Int?

  package struct Uses: OptionSet, Sendable {
    package let rawValue: Int
    /// The words of its column are part of the term statistics.
    package static let counted = Uses(rawValue: 1)
    /// Hits can be counted by its values.
    package static let facet = Uses(rawValue: 2)

    package init(rawValue: Int) { self.rawValue = rawValue }
  }

  package init(
    _ field: Field.ID, _ values: FieldValues = .none, column: TextColumn? = nil, filter: FieldFilter = .none,
    wordPairs: TermPrefix? = nil, uses: Uses = [], csvColumn: Int? = nil
  ) {
    self.field = field
    self.values = values
    self.column = column
    self.filter = filter
    self.wordPairs = wordPairs
    self.uses = uses
    self.csvColumn = csvColumn
  }
}

/// How an index answers exact filters on a field.
package enum FieldFilter: Sendable {
  /// Other fields answer it.
  case none
  /// A term for each folded value.
  case value(TermPrefix)
  /// A term for each whole value, from the words of the column.
  case words(TermPrefix)
  /// As `words`; besides, terms for initials and for other spellings of the two parts of a name.
  case fullName(TermPrefix)
  /// A term for a whole part of a name, by its words, and one for each word.
  case namePart(whole: TermPrefix, word: TermPrefix)
  /// A term for true, false or unknown.
  case flag(TermPrefix)
  /// A term for each address and one for its domain. The words of the column are split at every sign.
  case email(TermPrefix, domain: TermPrefix)
  /// A term for the reversed digits of each number.
  case phone(TermPrefix)
  /// A term for the host of each address and one for each part of its path.
  case url(host: TermPrefix, path: TermPrefix)
  /// A term for the connector of the record.
  case connector(TermPrefix)
  /// A term for each `Presence` that a candidate lacks: in most fields, absence is rarer than presence.
  case absence
  /// A term for each value of a custom field, and one for the field.
  case custom
  /// The id in the candidate's row.
  case recordID
  /// A time in the candidate's row.
  case recordTime(TimeColumn)
  /// The docid, which is the candidate's recency.
  case recency

  /// The prefix of the terms of whole values, if there are any.
  package var wholeValue: TermPrefix? {
    switch self {
    case .value(let prefix), .words(let prefix), .fullName(let prefix), .namePart(let prefix, _),
      .email(let prefix, _), .connector(let prefix):
      prefix
    case .none, .flag, .phone, .url, .absence, .custom, .recordID, .recordTime, .recency: nil
    }
  }

  /// The prefixes of all its terms.
  package var prefixes: [TermPrefix] {
    switch self {
    case .value(let prefix), .words(let prefix), .fullName(let prefix), .flag(let prefix), .phone(let prefix),
      .connector(let prefix):
      [prefix]
    case .namePart(let prefix, let other), .email(let prefix, let other), .url(let prefix, let other):
      [prefix, other]
    case .absence: [.missing]
    case .custom: [.custom]
    case .none, .recordID, .recordTime, .recency: []
    }
  }

  /// The prefix of the terms of values: whole ones, or true, false and unknown.
  package var valuePrefix: TermPrefix? { if case .flag(let prefix) = self { prefix } else { wholeValue } }

  /// Whether the terms of whole values are made of words, without punctuation.
  package var isByWords: Bool {
    switch self {
    case .words, .fullName, .namePart: true
    default: false
    }
  }

  /// How the words of the column are analysed.
  package var textKind: TextKind { if case .email = self { .address } else { .prose } }

  /// The term of a whole value; nil if there is none.
  package func term(ofValue value: String) -> FilterTerm? {
    guard let wholeValue else { return nil }
    guard isByWords else { return FilterTerm(wholeValue, value) }
    let words = Analyzer.words(of: value)
    return words.isEmpty ? nil : FilterTerm(wholeValue, words: words)
  }
}

extension IndexSchema {
  /// The row of a field.
  package static subscript(field: Field.ID) -> IndexedField {
    guard let row = rows[field] else { preconditionFailure("IndexSchema has no row for the field \(field)") }
    return row
  }

  /// The rows of the columns of text, in the order of `TextColumn`.
  package static let columns: [IndexedField] = TextColumn.allCases.map { column in
    guard let row = fields.first(where: { $0.column == column }) else {
      preconditionFailure("IndexSchema has no row for the column \(column)")
    }
    return row
  }

  /// The fields in which highlights are reported, in their order.
  package static let highlighted: [Field.ID] = columns.flatMap { row in
    row.values.parts.isEmpty ? [row.field] : row.values.parts
  }

  /// The fields that hits can be counted by, in the order of `Field.all`.
  package static let facets: [Field.ID] = Field.all.map(\.id).filter { IndexSchema[$0].uses.contains(.facet) }

  /// The columns of CSV, in their order.
  package static let csvColumns: [Field.ID] = fields.filter { $0.csvColumn != nil }
    .sorted { ($0.csvColumn ?? 0) < ($1.csvColumn ?? 0) }.map(\.field)

  /// The values of which at least one must be present.
  package static func values(of presence: Presence) -> FieldValues {
    let field = Field.all.first { $0.presence == presence }
    return field.map { IndexSchema[$0.id].values } ?? presencesWithoutField[presence] ?? .none
  }

  private static let rows = Dictionary(fields.map { ($0.field, $0) }, uniquingKeysWith: { first, _ in first })
}

extension TextColumn {
  /// The columns whose words are part of the term statistics. Words of e-mail addresses are many and mean
  /// little.
  package static let counted = IndexSchema.columns.filter { $0.uses.contains(.counted) }.compactMap(\.column)

  /// The position among the columns of text.
  package var index: Int {
    switch self {
    case .name: 0
    case .company: 1
    case .title: 2
    case .location: 3
    case .tag: 4
    case .email: 5
    }
  }

  private var row: IndexedField { IndexSchema.columns[index] }

  /// The values of a candidate in this column.
  package func values(of candidate: Candidate) -> [String] { row.values.texts(of: candidate) }

  /// Whether a candidate has a value in this column, in UTF-8, that satisfies a condition.
  package func contains(in candidate: Candidate, where isIncluded: (UnsafeBufferPointer<UInt8>) -> Bool)
    -> Bool
  {
    row.values.contains(in: candidate, where: isIncluded)
  }

  /// The prefix of the terms of two words that follow one another; nil where there are none.
  package var wordPairs: TermPrefix? { row.wordPairs }

  /// The prefix of the terms of whole values that are made of the column's words; nil where there are none.
  package var wholeValuePrefix: TermPrefix? { row.filter.isByWords ? row.filter.wholeValue : nil }

  /// The field whose words the column contains.
  package var field: Field.ID { row.field }

  /// How its values are analysed.
  package var textKind: TextKind { row.filter.textKind }
}
