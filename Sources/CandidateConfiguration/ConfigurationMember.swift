/// A member of the configuration, for documents and help.
public struct ConfigurationMember: Sendable, Hashable {
  /// The table as its header is written, such as `[log]`; empty for the beginning of the file.
  public let section: String
  /// The name in TOML.
  public let name: String
  /// The name in a JSON file of `cand-search sync`; nil where it has no such member.
  public let jsonName: String?
  /// What the value must be.
  public let type: String
  /// The value where the member is left out; nil for none.
  public let defaultValue: String?
  /// Whether the member, or another of the same choice, must be there.
  public let isRequired: Bool
  /// The variable of the environment that comes before the file.
  public let variable: String?
  /// The variable of the environment that is used where the member is left out.
  public let fallback: String?
  /// What the member means, in a sentence.
  public let summary: String

  /// All members in the order in which documents list them.
  public static let all: [ConfigurationMember] =
    rows(ProgramConfiguration.self, "") + rows(LogSettings.self, "[log]")
    + rows(ServerSettings.self, "[server]")
    + rows(ConnectorSettings.self, "[[connector]]") + rows(WebhookSettings.self, "[webhook]")
    + rows(WebhookKey.self, "[[webhook.keys]]")

  private static func rows<Root: ConfigurationSection>(_ root: Root.Type, _ section: String)
    -> [ConfigurationMember]
  {
    root.members.filter { !$0.isSection }.map { member in
      ConfigurationMember(
        section: section, name: member.name, jsonName: member.jsonName, type: member.type,
        defaultValue: member.defaultValue, isRequired: member.isRequired, variable: member.variable,
        fallback: member.fallback, summary: member.summary)
    }
  }
}

/// A table of the configuration.
protocol ConfigurationSection {
  init()
  static var members: [Member<Self>] { get }
  /// What is wrong with the members together; nil for nothing.
  var problem: SectionProblem? { get }
}

/// What is wrong with the members of a table together, and with which of several tables in it.
struct SectionProblem {
  let text: String
  /// The member that contains these tables.
  let member: String
  /// The number of the table, from 0.
  let element: Int
}

extension ConfigurationSection {
  var problem: SectionProblem? { nil }

  /// Sets the members that variables of the environment state, in this table and in those within it.
  mutating func setByVariables(_ environment: [String: String]) throws(ConfigurationError) {
    for member in Self.members { try member.setByVariables(&self, environment) }
  }
}

/// A member and how it is read: the one row for it.
struct Member<Root: ConfigurationSection> {
  let name: String
  let jsonName: String?
  /// Members of one choice exclude one another: a secret, its variable, its file.
  let choice: String
  let type: String
  let defaultValue: String?
  let isRequired: Bool
  let variable: String?
  let fallback: String?
  let summary: String
  let isSection: Bool
  /// Sets the property; false for a value that is not of the type.
  let set: (inout Root, ConfigurationValue, MemberReader) throws(ConfigurationError) -> Bool
  /// Sets the property, or those of its table, by the variables of an environment.
  let setByVariables: (inout Root, [String: String]) throws(ConfigurationError) -> Void
  /// Lists the property of a root, or those of its tables, with the value that the file has for it.
  let entries: (Root, ConfigurationValue?, EntryList) -> [ConfigurationEntry]

  init<Value>(
    _ name: String, json jsonName: String? = nil, _ property: WritableKeyPath<Root, Value>,
    _ kind: MemberKind<Value>, choice: String? = nil, isRequired: Bool = false, variable: String? = nil,
    fallback: String? = nil, _ summary: String = ""
  ) {
    self.name = name
    self.jsonName = jsonName
    self.choice = choice ?? name
    type = kind.type
    defaultValue =
      isRequired || self.choice != name ? nil : kind.shown(Root()[keyPath: property])?.description
    self.isRequired = isRequired
    self.variable = variable
    self.fallback = fallback
    self.summary = summary
    isSection = kind.isSection
    let set: (inout Root, ConfigurationValue, MemberReader) throws(ConfigurationError) -> Bool = {
      root, value, reader throws(ConfigurationError) in
      guard let value = try kind.read(value, reader) else { return false }
      root[keyPath: property] = kind.combined(root[keyPath: property], value)
      return true
    }
    self.set = set
    let type = kind.type
    setByVariables = { root, environment throws(ConfigurationError) in
      try kind.setByVariables(&root[keyPath: property], environment)
      guard let variable, let text = environment[variable], !text.isEmpty else { return }
      guard try set(&root, ConfigurationValue(.text(text)), MemberReader(variable: variable)) else {
        throw ConfigurationError("\(variable): it must be \(type)")
      }
    }
    entries = { root, value, list in
      let property = root[keyPath: property]
      if let entries = kind.entries { return entries(property, value, name, list) }
      let shown = kind.shown(property)
      if let variable, let text = list.environment[variable], !text.isEmpty,
        let stated = try? kind.read(ConfigurationValue(.text(text)), MemberReader(variable: variable)),
        kind.shown(stated) == shown
      {
        return [list.entry(name, shown, .variable(variable))]
      }
      if let value { return [list.entry(name, shown, list.source(of: value))] }
      if shown == nil, let fallback, let text = list.environment[fallback], !text.isEmpty {
        return [list.entry(name, kind.shownFallback(text), .variable(fallback))]
      }
      return [list.entry(name, shown, .standard)]
    }
  }

  /// Three members, of which one is given: a secret, the name of a variable, the path of a file that contains it.
  static func secret(
    _ name: String, json jsonName: String? = nil, _ property: WritableKeyPath<Root, SecretSource>,
    isRequired: Bool = false, _ summary: String
  ) -> [Member] {
    secret(name, json: jsonName, summary) {
      Member($0, json: $1, property, $2, choice: name, isRequired: isRequired && $0 == name, $3)
    }
  }

  /// The same for a secret that need not be there.
  static func secret(
    _ name: String, json jsonName: String? = nil, _ property: WritableKeyPath<Root, SecretSource?>,
    fallback: String? = nil, _ summary: String
  ) -> [Member] {
    secret(name, json: jsonName, summary) {
      Member($0, json: $1, property, .optional($2), choice: name, fallback: $0 == name ? fallback : nil, $3)
    }
  }

  private static func secret(
    _ name: String, json jsonName: String?, _ summary: String,
    _ member: (String, String?, MemberKind<SecretSource>, String) -> Member
  ) -> [Member] {
    [
      member(name, jsonName, .secret, summary),
      member(
        name + "-variable", jsonName.map { $0 + "_variable" }, .secretVariable,
        "Instead: the variable that contains it."),
      member(
        name + "-file", jsonName.map { $0 + "_file" }, .secretFile, "Instead: the file that contains it."),
    ]
  }
}
