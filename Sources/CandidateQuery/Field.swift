import TextAnalysis

/// A field of the query language. One table (`Field.all`) drives parser, help, completion and documentation;
/// `IndexSchema` adds how an index stores each field.
public struct Field: Sendable, Hashable {
  /// The field.
  public let id: ID
  /// The kind of its values.
  public let kind: Kind
  /// Other names for it; the first is the member's name in the API's records, where that differs.
  public let aliases: [String]
  /// What `has:` and `missing:` test for it, if they can.
  public let presence: Presence?
  /// What it finds, in a line.
  public let summary: String
  /// Queries that use it.
  public let examples: [String]
  /// The members of a record whose values are contacts, or may be: what a scope without contacts leaves out. Empty for any
  /// other field.
  package let contactMembers: [String]

  /// The name in queries.
  public var name: String { id.rawValue }

  /// The name of the member in the API's records.
  public var recordName: String { aliases.first ?? name }

  /// How the name is written in a query; `NAME` is replaced by the name of a custom field.
  public var usage: String { id == .custom ? "custom.NAME" : name }

  /// Whether its values are contacts, or may be.
  package var isContact: Bool { !contactMembers.isEmpty }

  /// The kind of a field's values.
  public enum Kind: Sendable, Hashable {
    /// Words; `:"…"` a phrase, `:=` the whole value.
    case text
    /// One whole value, or with a star its beginning.
    case value
    /// One whole value; a star is an error.
    case exact
    /// true, false or unknown.
    case flag
    /// A property by its name: one of `State`.
    case state
    /// The name of something that a candidate has or lacks: one of `Presence`.
    case presence
    /// A phone number or its last digits.
    case phone
    /// A web address or a part of it.
    case url
    /// A day, a month, a year, an age, or a range of them.
    case time
    /// A field of the customer's own, by its name after a full stop.
    case custom
  }

  init(
    _ id: ID, _ kind: Kind, aliases: [String] = [], presence: Presence? = nil,
    contactMembers: [String] = [], summary: String, examples: [String]
  ) {
    self.id = id
    self.kind = kind
    self.aliases = aliases
    self.presence = presence
    self.contactMembers = contactMembers
    self.summary = summary
    self.examples = examples
  }

  /// The field of this name or alias, in any case; `custom.anything` is the field `custom`.
  public static func named(_ name: String) -> Field? {
    let name = name.lowercased()
    // `is-private` also names `is_private`.
    if let byName = byName[name.utf8.contains(UInt8(ascii: "-")) ? name.replacing("-", with: "_") : name] {
      return byName
    }
    return CustomField(query: name).flatMap { _ in byName[ID.custom.rawValue] }
  }

  /// The field whose name is most similar to this one, if any is similar.
  public static func nearest(to name: String) -> Field? {
    // In a longer name, more than half of the letters would differ.
    guard name.utf8.count <= maximumNameLengthToCorrect else { return nil }
    let name = name.lowercased()
    let ranked = all.map { field in
      (field, ([field.name] + field.aliases).map { EditDistance.between($0, name) }.min() ?? .max)
    }
    guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, name.count / 2) else { return nil }
    return best.0
  }

  private static let maximumNameLengthToCorrect = 2 * (byName.keys.map(\.count).max() ?? 0)

  private static let byName: [String: Field] = Dictionary(
    all.flatMap { field in ([field.name] + field.aliases).map { ($0, field) } },
    uniquingKeysWith: { a, _ in a })
}

/// The values of `is:`.
public enum State: String, CaseIterable, Sendable {
  /// Restricted in the applicant tracking system.
  case `private`
  /// May be e-mailed: known to be so, not unknown.
  case emailable
}

/// The name of a custom field, as queries and indexes spell it: lower case, with `_` for every character that
/// is no letter or digit, so that `Hire Source` is `hire_source`.
public struct CustomField: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The name, without `custom.`.
  public let description: String

  /// A field by the name that it has in records; nil for a name without a letter or digit.
  public init?(_ name: String) {
    let scalars = name.lowercased().unicodeScalars.map { scalar -> Character in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) ? Character(scalar) : "_"
    }
    guard scalars.contains(where: { $0 != "_" }) else { return nil }
    description = String(scalars)
  }

  /// A field by the name that it has in a query, `custom.name`.
  public init?(query name: String) {
    let prefix = Field.ID.custom.rawValue + "."
    guard name.lowercased().hasPrefix(prefix) else { return nil }
    self.init(String(name.dropFirst(prefix.count)))
  }

  /// By their names.
  public static func < (a: CustomField, b: CustomField) -> Bool { a.description < b.description }
}
