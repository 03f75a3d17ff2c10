/// A member of the configuration with its value, for people.
public struct ConfigurationEntry: Sendable, Hashable {
  /// A value, as people may see it.
  public enum Value: Sendable, Hashable, CustomStringConvertible {
    case text(String)
    case integer(Int)
    case flag(Bool)
    case list([String])
    /// A key or a token, which is not shown.
    case secret

    /// The value as TOML writes it, without escapes.
    public var description: String {
      switch self {
      case .text(let text): "\"\(text)\""
      case .integer(let number): "\(number)"
      case .flag(let flag): "\(flag)"
      case .list(let texts): "[\(texts.map { "\"\($0)\"" }.joined(separator: ", "))]"
      case .secret: "(a secret)"
      }
    }
  }

  /// The table: empty at the beginning of the file, `log`, or `connector greenhouse` for one of several.
  public let section: String
  /// The name in TOML.
  public let name: String
  /// The value; nil for none.
  public let value: Value?
  /// Where it comes from.
  public let source: ConfigurationSource

  /// Creates an entry.
  public init(section: String = "", name: String, value: Value?, source: ConfigurationSource) {
    self.section = section
    self.name = name
    self.value = value
    self.source = source
  }

  /// The name with that of its table: `log.file`.
  public var path: String { section.isEmpty ? name : "\(section).\(name)" }
}

/// Where a value of the configuration comes from.
public enum ConfigurationSource: Sendable, Hashable, CustomStringConvertible {
  /// No place states it.
  case standard
  /// A file; the place is nil in JSON.
  case file(path: String, ConfigurationError.Place?)
  /// The variable of the environment with this name.
  case variable(String)
  /// The option of the command line with this name.
  case option(String)

  /// `default`, `FILE:LINE`, `variable NAME` or `option NAME`.
  public var description: String {
    switch self {
    case .standard: "default"
    case .file(let path, let place): place.map { "\(path):\($0.line)" } ?? path
    case .variable(let name): "variable \(name)"
    case .option(let name): "option \(name)"
    }
  }

  /// A problem of a value from here.
  public func error(_ problem: String) -> ConfigurationError {
    switch self {
    case .standard: ConfigurationError(problem)
    case .file(let path, let place): ConfigurationError(problem, path: path, at: place)
    case .variable(let name), .option(let name): ConfigurationError("\(name): \(problem)")
    }
  }
}

/// Lists the members of a table, with where their values come from.
struct EntryList {
  /// The path of the file; nil for none.
  let path: String?
  let isJSON: Bool
  let environment: [String: String]
  var section = ""

  func inside(_ section: String) -> EntryList {
    var list = self
    list.section = section
    return list
  }

  func source(of value: ConfigurationValue) -> ConfigurationSource {
    path.map { .file(path: $0, value.place) } ?? .standard
  }

  func entry(
    _ name: String, _ value: ConfigurationEntry.Value?, _ source: ConfigurationSource
  ) -> ConfigurationEntry {
    ConfigurationEntry(section: section, name: name, value: value, source: source)
  }

  /// The entries of a table: of the members of a choice only the one that the file states; else one with a variable, else
  /// the first.
  func entries<Root: ConfigurationSection>(of root: Root, _ table: ConfigurationTable?)
    -> [ConfigurationEntry]
  {
    let members = Root.members
    func value(_ member: Member<Root>) -> ConfigurationValue? {
      (isJSON ? member.jsonName : member.name).flatMap { table?[$0] }
    }
    return members.flatMap { member -> [ConfigurationEntry] in
      let choice = members.filter { $0.choice == member.choice }
      let listed =
        choice.first { value($0) != nil } ?? choice.first { $0.fallback != nil } ?? choice.first
      return listed?.name == member.name ? member.entries(root, value(member), self) : []
    }
  }
}
