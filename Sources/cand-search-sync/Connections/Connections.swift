import BindbeeClient
import CommandSupport
import Foundation

/// A connector that can be synced.
struct Connector: Sendable {
  let name: String
  let client: BindbeeClient
  let includesCustomFields: Bool
  let includesRawData: Bool
}

/// The connectors that the options, the configuration file and the environment mean.
struct Connections {
  let connectors: [Connector]
  /// The variables of the environment that contain a secret of any connector, whether it is synced or not.
  let secretVariables: Set<String>

  /// The files that configure the connectors and contain their secrets.
  private(set) var files: [String] = []

  private static let keyVariable = "BINDBEE_API_KEY"
  private static let tokenVariable = "BINDBEE_CONNECTOR_TOKEN"
  /// A shorter value may occur in a variable by chance.
  private static let minimumSecretLength = 8
  /// What the index calls the one connector of the environment.
  private static let standardName = "bindbee"

  /// Throws `ConfigurationError`.
  init(
    _ options: ConnectionOptions, variables: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    let variables = Variables(all: variables)
    let file = try (options.config ?? variables["CAND_SEARCH_CONFIG"]).map { try ConnectionFile(path: $0) }
    let entries = try file.map { try Self.chosen(options.connectors, of: $0.entries) } ?? Self.single(options)
    if options.baseURL != nil, entries.count > 1 {
      throw ConfigurationError("--base-url is for one connector; choose it with --connector")
    }
    secretVariables = Self.secretVariables(file, variables)
    for source in [file?.apiKey] + entries.flatMap({ [$0.apiKey, $0.token] }) {
      if case .file(let path)? = source { files.append(path) }
    }
    files += [options.config ?? variables["CAND_SEARCH_CONFIG"]].compactMap(\.self)
    connectors = try entries.map {
      try Self.connector(
        $0, key: file?.apiKey ?? .variable(Self.keyVariable), options: options, variables: variables)
    }
  }

  /// Those that the file names, those that are secrets without a file, and those that repeat one of these secrets.
  private static func secretVariables(_ file: ConnectionFile?, _ variables: Variables) -> Set<String> {
    let sources =
      [.variable(keyVariable), .variable(tokenVariable), file?.apiKey]
      + (file?.entries ?? []).flatMap { [$0.apiKey, $0.token] }
    let names = sources.compactMap { source in
      if case .variable(let name) = source { name } else { nil }
    }
    let secrets = sources.compactMap { source in
      switch source {
      case .variable(let name): variables[name]
      case .literal(let secret): secret
      case .file, nil: nil
      }
    }.filter { $0.utf8.count >= minimumSecretLength }
    let repeating = variables.all.filter { _, value in secrets.contains { value.contains($0) } }
    return Set(names).union(repeating.keys)
  }

  private static func chosen(
    _ names: [String], of entries: [ConnectionFile.Entry]
  ) throws -> [ConnectionFile.Entry] {
    let known = Set(entries.map(\.name))
    for name in names where !known.contains(name) {
      throw ConfigurationError("the configuration file has no connector “\(name)”")
    }
    return names.isEmpty ? entries : entries.filter { names.contains($0.name) }
  }

  private static func single(_ options: ConnectionOptions) throws -> [ConnectionFile.Entry] {
    guard options.connectors.count <= 1 else {
      throw ConfigurationError("several connectors need a configuration file; see cand-search help sync")
    }
    return [
      ConnectionFile.Entry(
        name: options.connectors.first ?? standardName, token: .variable(tokenVariable),
        includesCustomFields: false, includesRawData: false)
    ]
  }

  private static func connector(
    _ entry: ConnectionFile.Entry, key: SecretSource, options: ConnectionOptions, variables: Variables
  ) throws -> Connector {
    let access: BindbeeAccess
    do {
      access = try BindbeeAccess(
        apiKey: (entry.apiKey ?? key).read(variables), connectorToken: entry.token.read(variables),
        baseURL: options.baseURL ?? entry.baseURL ?? variables["BINDBEE_BASE_URL"]
          ?? BindbeeAccess.Region.us.baseURL)
    } catch {
      throw ConfigurationError("connector \(entry.name): \(error)")
    }
    let policy = RetryPolicy(attempts: options.retries + 1, timeout: options.timeout)
    return Connector(
      name: entry.name, client: BindbeeClient(access, policy: policy),
      includesCustomFields: entry.includesCustomFields, includesRawData: entry.includesRawData)
  }
}

/// Variables of the environment; an empty one counts as none.
struct Variables {
  let all: [String: String]

  subscript(_ name: String) -> String? { all[name].flatMap { $0.isEmpty ? nil : $0 } }
}

/// A configuration that cannot be used, and what to do. It never holds a secret.
struct ConfigurationError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
