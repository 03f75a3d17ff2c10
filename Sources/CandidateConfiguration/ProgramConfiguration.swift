import CandidateTime
import Foundation

/// The configuration of all programs, with its defaults. A program reads the members that it needs.
///
/// An option of a command line comes before a variable of the environment, and the variable before the file.
public struct ProgramConfiguration: Sendable {
  /// The index file; nil if none is named.
  public var index: String?
  /// Whether private candidates exist: not if any place states that they do not.
  public var visibility = Visibility.all
  /// The filters that a candidate must match to exist: those of all places.
  public var scopes: [ScopeFilter] = []
  /// The file of keys; nil if none is named.
  public var keys: String?
  /// Where the server listens.
  public var listen = ListenAddress.standard
  /// How much the server writes to its own log.
  public var logLevel = LogLevel.info
  /// The API key of all connectors without one of their own; nil for `$BINDBEE_API_KEY`.
  public var apiKey: SecretSource?
  /// The log of searches.
  public var log = LogSettings()
  /// The limits of the server.
  public var server = ServerSettings()
  /// The connectors, each with a name of its own.
  public var connectors: [ConnectorSettings] = []
  /// The webhooks of Bindbee.
  public var webhook = WebhookSettings()

  /// The defaults.
  public init() {}

  /// The levels of swift-log.
  public enum LogLevel: String, Sendable, CaseIterable {
    case trace, debug, info, notice, warning, error, critical
  }
}

/// Whether private candidates exist for a command.
public enum Visibility: String, Sendable, CaseIterable {
  case all, `public`
}

/// A filter of a scope as a text, which the query language defines.
public struct ScopeFilter: Sendable, Hashable {
  /// The text.
  public let text: String
  /// Where it is stated.
  public let source: ConfigurationSource
}

/// The log of searches.
public struct LogSettings: Sendable {
  /// The file; nil if none is named.
  public var file: String?
  /// How long an entry is kept.
  public var keep = Period(13, .months)
  /// Whether each request must state its purpose.
  public var purpose = Purpose.optional

  /// The defaults.
  public init() {}

  /// Whether a request without a purpose is answered.
  public enum Purpose: String, Sendable, CaseIterable {
    case optional, required
  }
}

/// What the server accepts.
public struct ServerSettings: Sendable {
  /// The origins of pages that may read answers (CORS), as `https://example.com`.
  public var origins: [String] = []
  /// The maximum length of a request's body, in bytes.
  public var bodyBytes = 16 << 20
  /// The maximum number of searches at once.
  public var concurrentSearches = 4
  /// The maximum number of searches that wait for others.
  public var queue = 64
  /// The maximum time for a request, in seconds.
  public var requestSeconds = 5
  /// The maximum number of connections.
  public var connections = 1_024

  /// The defaults.
  public init() {}
}

/// A connector of the Bindbee API.
public struct ConnectorSettings: Sendable {
  /// What the index calls it.
  public var name = ""
  /// Its own API key; nil for that of all connectors.
  public var apiKey: SecretSource?
  /// The token of the connector.
  public var token = SecretSource.variable("BINDBEE_CONNECTOR_TOKEN")
  /// The region of the API; nil for `baseAddress`.
  public var region: Region?
  /// The address of the API; nil for `region`.
  public var baseAddress: String?
  /// Whether custom fields are requested.
  public var includesCustomFields = false
  /// Whether the records are requested as the source wrote them, too.
  public var includesRawData = false
  /// The id of the connector in webhooks.
  public var bindbeeID: String?
  /// The time between two syncs; nil for none.
  public var syncEvery: Period?
  /// The time between two complete syncs, which alone remove candidates; nil for none.
  public var fullEvery: Period?

  /// The defaults, without a name.
  public init() {}

  /// The regions of the API.
  public enum Region: String, Sendable, CaseIterable {
    case us, eu
  }
}

/// The webhooks of Bindbee.
public struct WebhookSettings: Sendable {
  /// The maximum number of keys: the present one, and the former or the next.
  public static let maximumKeys = 2

  /// The signing keys, any of which a signature may be made with; empty if webhooks are refused.
  public var keys: [WebhookKey] = []

  /// The defaults.
  public init() {}
}

/// A key with which Bindbee signs webhooks.
public struct WebhookKey: Sendable {
  /// Where the key comes from.
  public var source = SecretSource.literal("")

  init() {}
}
