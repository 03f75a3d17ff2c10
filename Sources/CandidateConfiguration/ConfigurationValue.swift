/// A value of a configuration file, before the table of members says what it means.
struct ConfigurationValue {
  enum Kind {
    case text(String)
    case integer(Int)
    case boolean(Bool)
    case list([ConfigurationValue])
    case table(ConfigurationTable)
    /// Several tables of one name: `[[connector]]`.
    case tables(ConfigurationTables)
    /// A value that no member takes.
    case other
  }

  let kind: Kind
  /// Where it begins; nil in JSON.
  let place: ConfigurationError.Place?

  init(_ kind: Kind, at place: ConfigurationError.Place? = nil) {
    self.kind = kind
    self.place = place
  }
}

/// A table with its members in their order.
final class ConfigurationTable {
  /// How a TOML file has defined a table, which decides whether it may be continued.
  enum Origin {
    /// By a header or as the beginning of the file.
    case header
    /// As a part of the name in the header of another table.
    case implicit
    /// As a part of a dotted key.
    case dotted
    /// By braces: it is complete.
    case inline
  }

  struct Member {
    let name: String
    let place: ConfigurationError.Place?
    let value: ConfigurationValue
  }

  private(set) var members: [Member] = []
  private var places: [String: Int] = [:]
  /// Where it begins; nil in JSON.
  let place: ConfigurationError.Place?
  var origin: Origin

  init(_ origin: Origin, at place: ConfigurationError.Place? = nil) {
    self.origin = origin
    self.place = place
  }

  subscript(_ name: String) -> ConfigurationValue? { places[name].map { members[$0].value } }

  /// Adds a member; false if there is one with this name.
  func add(_ member: Member) -> Bool {
    guard places[member.name] == nil else { return false }
    places[member.name] = members.count
    members.append(member)
    return true
  }
}

/// The tables of one name, in their order.
final class ConfigurationTables {
  var list: [ConfigurationTable] = []
}
