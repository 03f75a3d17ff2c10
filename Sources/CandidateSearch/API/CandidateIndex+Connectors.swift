/// The state of one connector.
public struct ConnectorState: Sendable, Hashable {
  /// The connector's name; empty for candidates without one.
  public let name: String
  /// The number of its candidates.
  public var candidates = 0
  /// Its last sync; nil if there was none.
  public var lastSync: SyncStatus?
  /// Whether a sync of it is running, in any process.
  public var isSyncing = false

  /// A connector that has no candidates and was never synced.
  public init(name: String) { self.name = name }
}

extension CandidateIndex {
  /// The states of connectors, in the order of names. A connector without candidates in the scope is absent, unless the
  /// scope contains all candidates. The cost is that of counting the candidates of each connector.
  /// - Throws: `IndexError`.
  public func connectorStates() throws -> [ConnectorState] {
    let (counts, syncs) = try engine.read { snapshot in
      (
        try snapshot.countsByConnector(of: resolvedScope(snapshot).filter), try visibleSyncs(snapshot)
      )
    }
    var states: [String: ConnectorState] = [:]
    for count in counts where scope.isFull || count.candidates > 0 {
      states[count.name, default: ConnectorState(name: count.name)].candidates = count.candidates
    }
    for sync in syncs where scope.isFull || states[sync.connector] != nil {
      states[sync.connector, default: ConnectorState(name: sync.connector)].lastSync = sync
    }
    for name in states.keys { states[name]?.isSyncing = engine.isSyncing(name) }
    return states.values.sorted { $0.name < $1.name }
  }
}
