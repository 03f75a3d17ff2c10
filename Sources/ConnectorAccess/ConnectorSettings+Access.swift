import BindbeeClient
import CandidateConfiguration
import Foundation

extension ConnectorSettings {
  /// Access to the connector at the API: reads its secrets.
  ///
  /// - Parameters:
  ///   - sharedKey: The API key of connectors without one of their own; nil for `$BINDBEE_API_KEY`.
  ///   - address: An address in place of that of the configuration; nil for that, else `$BINDBEE_BASE_URL`, else the
  ///     region `us`.
  /// - Throws: `ConfigurationError`, which never contains a secret.
  public func access(
    sharedKey: SecretSource?, address: String? = nil,
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(ConfigurationError) -> BindbeeAccess {
    let key = apiKey ?? sharedKey ?? .variable("BINDBEE_API_KEY")
    do {
      return try BindbeeAccess(
        apiKey: key.read(environment), connectorToken: token.read(environment),
        baseURL: address ?? self.address ?? environment["BINDBEE_BASE_URL"].flatMap { $0.isEmpty ? nil : $0 }
          ?? BindbeeAccess.Region.us.baseURL)
    } catch {
      throw ConfigurationError("connector \(name): \(error)")
    }
  }
}

extension ConnectorSettings {
  /// The address of the API, if the configuration says it in either way.
  public var address: String? { region.map(BindbeeAccess.Region.init)?.baseURL ?? baseAddress }
}

extension BindbeeAccess.Region {
  fileprivate init(_ region: ConnectorSettings.Region) {
    switch region {
    case .us: self = .us
    case .eu: self = .eu
    }
  }
}
