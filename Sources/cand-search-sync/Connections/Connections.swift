import BindbeeClient
import CandidateConfiguration
import CommandSupport
import ConnectorAccess
import Foundation

/// A connector that can be synced.
struct Connector: Sendable {
  let name: String
  let client: BindbeeClient
  let includesCustomFields: Bool
  let includesRawData: Bool
}

/// The connectors that the options, the configuration and the environment mean.
struct Connections {
  let connectors: [Connector]
  /// The variables of the environment that contain a secret of any connector, whether it is synced or not.
  let secretVariables: Set<String>

  /// The files that configure the connectors and contain their secrets.
  let files: [String]

  private static let apiKey = SecretSource.variable("BINDBEE_API_KEY")
  /// A shorter value may occur in a variable by chance.
  private static let minimumSecretLength = 8
  /// What the index calls the one connector of the environment.
  private static let standardName = "bindbee"

  /// - Throws: `ConfigurationError`.
  init(
    _ options: ConnectionOptions, _ found: FoundConfiguration,
    variables: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationError) {
    let variables = variables.filter { !$0.value.isEmpty }
    let path = found.path
    let configuration = found.settings
    // A file for this command alone must name some; one for all programs need not.
    let hasToken = (try? ConnectorSettings().token.read(variables)) != nil
    let isShared = path == nil || found.pathSource != .option("--config") && hasToken
    let isSingle = configuration.connectors.isEmpty && isShared
    if configuration.connectors.isEmpty, !isSingle {
      throw ConfigurationError("it names no connector", path: path)
    }
    let chosen =
      try isSingle ? Self.single(options) : Self.chosen(options.connectors, of: configuration.connectors)
    if options.baseURL != nil, chosen.count > 1 {
      throw ConfigurationError("--base-url is for one connector; choose it with --connector")
    }
    var sources = [configuration.apiKey]
    for connector in chosen { sources += [connector.apiKey, connector.token] }
    let secretFiles = sources.compactMap { if case .file(let path)? = $0 { path } else { nil as String? } }
    for file in secretFiles { PrivateFile.warnIfShared(file) }
    files = secretFiles + [path].compactMap(\.self)
    secretVariables = Self.secretVariables(configuration, variables)
    var connectors: [Connector] = []
    for settings in chosen {
      connectors.append(
        try Self.connector(
          settings, sharedKey: configuration.apiKey, options: options, variables: variables))
    }
    self.connectors = connectors
  }

  /// Those that the configuration names, those that are secrets without one, and those that repeat one of these secrets.
  private static func secretVariables(
    _ configuration: ProgramConfiguration, _ variables: [String: String]
  ) -> Set<String> {
    var sources: [SecretSource?] = [apiKey, ConnectorSettings().token, configuration.apiKey]
    for connector in configuration.connectors { sources += [connector.apiKey, connector.token] }
    for key in configuration.webhook.keys { sources.append(key.source) }
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
    let repeating = variables.filter { _, value in secrets.contains { value.contains($0) } }
    return Set(names).union(repeating.keys)
  }

  private static func chosen(
    _ names: [String], of connectors: [ConnectorSettings]
  ) throws(ConfigurationError) -> [ConnectorSettings] {
    let known = Set(connectors.map(\.name))
    if let name = names.first(where: { !known.contains($0) }) {
      throw ConfigurationError("the configuration has no connector “\(name)”")
    }
    return names.isEmpty ? connectors : connectors.filter { names.contains($0.name) }
  }

  private static func single(_ options: ConnectionOptions) throws(ConfigurationError) -> [ConnectorSettings] {
    guard options.connectors.count <= 1 else {
      throw ConfigurationError("several connectors need a configuration file; see cand-search help sync")
    }
    var settings = ConnectorSettings()
    settings.name = options.connectors.first ?? standardName
    return [settings]
  }

  private static func connector(
    _ settings: ConnectorSettings, sharedKey: SecretSource?, options: ConnectionOptions,
    variables: [String: String]
  ) throws(ConfigurationError) -> Connector {
    let access = try settings.access(sharedKey: sharedKey, address: options.baseURL, variables)
    let policy = RetryPolicy(attempts: options.retries + 1, timeout: options.timeout)
    return Connector(
      name: settings.name, client: BindbeeClient(access, policy: policy),
      includesCustomFields: settings.includesCustomFields, includesRawData: settings.includesRawData)
  }
}
