/// The state of one connector.
public struct ConnectorState: Sendable, Hashable {
  /// The connector's name; empty for candidates without one.
  public let name: String
  /// The number of its candidates.
  public var candidates = 0
  /// Its last sync; nil if there was none.
  public var lastSync: SyncStatus?
  /// Whether a sync of it is running, in any process. Where only a replica can be reached: whether its last sync has not ended.
  public var isSyncing = false

  /// A connector that has no candidates and was never synced.
  public init(name: String) { self.name = name }
}
