/// A field that a query can ask for. One table (`Field.all`) drives parser, compiler, help, completion and
/// documentation.
public struct Field: Sendable, Hashable {
  /// The field.
  public let id: ID
  /// What it can hold.
  public let kind: Kind
  /// Other names for it: those of the API's records.
  public let aliases: [String]
  /// What it finds, in a line.
  public let summary: String
  /// Queries that use it.
  public let examples: [String]

  /// The name that it is asked for by.
  public var name: String { id.rawValue }

  /// How the name is written in a query; a custom field's own name goes where `NAME` stands.
  public var usage: String { id == .custom ? "custom.NAME" : name }

  /// All fields, one case each: a compiler that forgets one does not compile.
  public enum ID: String, CaseIterable, Sendable {
    case name, company, title, location, tag, email, phone, url, id, connector, application, attachment
    case firstName = "first_name"
    case lastName = "last_name"
    case remoteID = "remote_id"
    case isPrivate = "is_private"
    case canEmail = "can_email"
    case `is`, has, missing, modified, created, updated, custom
    case lastInteraction = "last_interaction"
  }

  /// What a field's values are.
  public enum Kind: Sendable, Hashable {
    /// Words; `:"…"` a phrase, `:=` the whole value.
    case text
    /// One whole value, or with a star its beginning.
    case value
    /// One whole value that has no beginning of its own.
    case exact
    /// true, false or unknown.
    case flag
    /// A property by its name: one of `State`.
    case state
    /// Another field by its name, that holds something or nothing: one of `Presence`.
    case presence
    /// A phone number or its last digits.
    case phone
    /// A web address or a part of it.
    case url
    /// A day, a month, a year, an age, or a range of them.
    case time
    /// A field of the customer's own, by its name behind a full stop.
    case custom
  }

  init(_ id: ID, _ kind: Kind, _ aliases: [String], _ summary: String, _ examples: [String]) {
    (self.id, self.kind, self.aliases, self.summary, self.examples) = (id, kind, aliases, summary, examples)
  }

  /// The field of this name or alias, in any case; `custom.anything` is the field `custom`.
  public static func named(_ name: String) -> Field? {
    let name = name.lowercased()
    // `is-private` is as good as `is_private`.
    if let byName = byName[name.utf8.contains(UInt8(ascii: "-")) ? name.replacing("-", with: "_") : name] {
      return byName
    }
    return CustomField(query: name).flatMap { _ in byName[ID.custom.rawValue] }
  }

  /// The field whose name is most like this, if any is.
  public static func nearest(to name: String) -> Field? {
    // More than half of a longer name would be wrong.
    guard name.utf8.count <= longestNameToCorrect else { return nil }
    let name = name.lowercased()
    let ranked = all.map { field in
      (field, ([field.name] + field.aliases).map { EditDistance.between($0, name) }.min() ?? .max)
    }
    guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= max(1, name.count / 2) else { return nil }
    return best.0
  }

  private static let longestNameToCorrect = 2 * (byName.keys.map(\.count).max() ?? 0)

  private static let byName: [String: Field] = Dictionary(
    all.flatMap { field in ([field.name] + field.aliases).map { ($0, field) } },
    uniquingKeysWith: { a, _ in a })
}

/// What `is:` can ask.
public enum State: String, CaseIterable, Sendable {
  /// Restricted in the applicant tracking system.
  case `private`
  /// May be e-mailed: known to be so, not unknown.
  case emailable
}

/// What `has:` and `missing:` can ask for.
public enum Presence: String, CaseIterable, Sendable {
  case name, email, phone, location, tag, title, company, url, application, attachment, avatar, interaction
  case firstName = "first_name"
  case lastName = "last_name"
}

/// The name of a custom field, as queries and indexes spell it: lower case, with `_` for whatever is no letter
/// or digit, so that `Hire Source` is `hire_source`.
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
