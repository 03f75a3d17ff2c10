import ArgumentParser
import CandidateConfiguration
import CandidateJSON
import CandidateSearch
import CommandSupport
import PostgresEngine

/// `cand-search config`: prints the configuration, and where each value comes from.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print each value of the configuration, and where it comes from.",
    discussion: """
      An option comes before a variable of the environment, the variable before the configuration file, and the file before \
      the default. Visibility and scope are never widened by that: the filters of all places apply, and public applies if \
      the variable or the file says it, unless --visibility all is given. Keys and tokens are not printed.

      Exit: 0 printed, 2 a wrong option or configuration.
      """)

  @OptionGroup var keys: KeysOptions
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var log: LogFileOption

  @Option(help: "table or json.")
  var format: ReportFormat = .table

  func run() throws {
    let found = try keys.index.found()
    let entries = entries(found)
    try format.print(
      TextTable.text([["NAME", "VALUE", "SOURCE"]] + entries.map(Self.row)),
      .object([("values", .list(entries.map(Self.json)))]))
    // A filter that is none is an error of the configuration.
    _ = try scope.resolved(found)
    found.warnIfShared()
  }

  /// The values of the file and the environment, with the options in their places.
  private func entries(_ found: FoundConfiguration) -> [ConfigurationEntry] {
    let location = keys.index.location(found)
    var entries = [
      ConfigurationEntry(
        name: "config", value: found.path.map { .text($0) }, source: found.pathSource)
    ]
    for entry in found.entries {
      switch entry.path {
      case "index": entries.append(entry.replaced(by: location.shownPath, location.source))
      case "keys": entries.append(entry.replaced(by: keys.path, .option("--keys")))
      case "log.file":
        // An address with a password is refused later.
        let shown = (log.path ?? found.settings.log.file).map(CandidateIndex.shownLocation)
        entries.append(entry.replaced(by: shown, log.path == nil ? entry.source : .option("--log")))
      case "visibility":
        entries.append(entry.replaced(by: scope.visibility?.description, .option("--visibility")))
      // An option is one filter more.
      case "scope" where entry.value == nil && scope.filter != nil: break
      default: entries.append(entry)
      }
    }
    let filter = scope.filter.map {
      ConfigurationEntry(name: "scope", value: .text($0), source: .option("--scope"))
    }
    let contacts =
      scope.excludesContacts
      ? ConfigurationEntry(name: "no-contacts", value: .flag(true), source: .option("--no-contacts")) : nil
    let place = entries.lastIndex { $0.path == "scope" } ?? entries.lastIndex { $0.path == "visibility" }
    entries.insert(contentsOf: [filter, contacts].compactMap(\.self), at: place.map { $0 + 1 } ?? 1)
    return entries
  }

  private static func row(_ entry: ConfigurationEntry) -> [String] {
    [entry.path, entry.value?.description ?? "-", entry.source.description]
  }

  private static func json(_ entry: ConfigurationEntry) -> JSONValue {
    let value: JSONValue =
      switch entry.value {
      case .text(let text): .string(text)
      case .integer(let number): .number(number)
      case .flag(let flag): .bool(flag)
      case .list(let texts): .list(texts.map { .string($0) })
      case .secret, nil: .null
      }
    return .object(
      [("name", .string(entry.path)), ("value", value)]
        + (entry.value == .secret ? [("secret", .bool(true))] : []) + [("source", json(entry.source))])
  }

  private static func json(_ source: ConfigurationSource) -> JSONValue {
    switch source {
    case .standard: .object([("kind", .string("default"))])
    case .variable(let name): .object([("kind", .string("variable")), ("name", .string(name))])
    case .option(let name): .object([("kind", .string("option")), ("name", .string(name))])
    case .file(let path, let place):
      .object([
        ("kind", .string("file")), ("path", .string(path)),
        ("line", place.map { .number($0.line) } ?? .null),
        ("column", place.map { .number($0.column) } ?? .null),
      ])
    }
  }
}

extension ConfigurationEntry {
  /// The entry with the value of an option; itself without one.
  fileprivate func replaced(by text: String?, _ source: ConfigurationSource) -> ConfigurationEntry {
    guard let text else { return self }
    return ConfigurationEntry(section: section, name: name, value: .text(text), source: source)
  }
}
