import CandidateQuery

/// A field that hits can be counted by. Two values are equal if an exact filter on one finds the other: without case,
/// accents and surplus space; in companies, titles and locations also without punctuation; long values by their first
/// 500 bytes.
public struct Facet: RawRepresentable, CaseIterable, Hashable, Sendable {
  /// The field.
  public let field: Field.ID

  /// All facets, in the order of `Field.all`.
  public static let allCases = IndexSchema.facets.map { Facet(field: $0) }

  /// Each of a candidate's tags.
  public static let tag = Facet(field: .tag)
  /// The company.
  public static let company = Facet(field: .company)
  /// Each of a candidate's locations.
  public static let location = Facet(field: .location)
  /// The title.
  public static let title = Facet(field: .title)
  /// Where the record comes from.
  public static let connector = Facet(field: .connector)
  /// Whether the candidate may be e-mailed: `true`, `false` or `unknown`.
  public static let canEmail = Facet(field: .canEmail)
  /// Whether the candidate is restricted: `true`, `false` or `unknown`.
  public static let isPrivate = Facet(field: .isPrivate)

  private init(field: Field.ID) { self.field = field }

  /// The facet of a field; nil where hits cannot be counted by it.
  public init?(_ field: Field.ID) {
    guard IndexSchema[field].uses.contains(.facet) else { return nil }
    self.init(field: field)
  }

  /// The facet of the field with this name.
  public init?(rawValue: String) {
    guard let field = Field.ID(rawValue: rawValue) else { return nil }
    self.init(field)
  }

  /// The name of the field.
  public var rawValue: String { field.rawValue }
}

/// The number of hits with each value of a facet.
public struct FacetCounts: Sendable, Hashable {
  /// The facet.
  public let facet: Facet
  /// The most frequent values first; equally frequent ones in the order of their folded spelling.
  public let values: [FacetValue]
  /// The number of different values, including those beyond the limit.
  public let distinct: Int
  /// The number of hits without a value.
  public let missing: Int
}

/// A value of a facet.
public struct FacetValue: Sendable, Hashable {
  /// The value as it is written in the most recent hit with it.
  public let value: String
  /// The number of hits with it.
  public let count: Int
}
