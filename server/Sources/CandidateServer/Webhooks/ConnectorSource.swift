import BindbeeClient

/// A connector that the server syncs.
public struct ConnectorSource: Sendable {
  /// Its name in the index.
  public var name: String
  /// Reads its candidates.
  public var client: BindbeeClient
  /// Its id at Bindbee, which webhooks contain; nil if it is not known: then webhooks of this connector are ignored.
  public var bindbeeID: String?
  /// Whether custom fields are requested.
  public var includesCustomFields: Bool
  /// Whether the ATS's own records are requested, too.
  public var includesRawData: Bool
  /// The time from one sync to the next that no webhook has caused; nil for none.
  public var syncEvery: Duration?
  /// The time from one full sync to the next; nil for none. Only a full sync finds the candidates that are gone.
  public var fullEvery: Duration?

  /// A connector without polling, whose candidates are requested without custom fields and raw data.
  public init(name: String, client: BindbeeClient, bindbeeID: String? = nil) {
    self.name = name
    self.client = client
    self.bindbeeID = bindbeeID
    includesCustomFields = false
    includesRawData = false
  }
}

/// Connectors that cannot be synced together.
public struct DuplicateConnectorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name or the id that two of them have.
  public let value: String

  /// The problem.
  public var description: String { "two connectors have the name or the id \(value)" }
}
