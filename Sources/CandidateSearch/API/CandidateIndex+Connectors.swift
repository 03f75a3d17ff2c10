extension CandidateIndex {
  /// The states of connectors, in the order of names. A scope with a filter omits connectors that have no candidates in it.
  /// The public scope omits those that were never synced and have only private candidates. The cost is that of counting the
  /// candidates of each connector.
  /// - Throws: `IndexError`.
  public func connectorStates() throws -> [ConnectorState] {
    try engine.read { try connectorStates($0, .never) }
  }

  /// Reads the states without blocking the calling thread. Cancelling the task ends the call.
  /// - Throws: `IndexError`, `CancellationError`.
  public func connectorStates() async throws -> [ConnectorState] {
    try await engine.read { try self.connectorStates($0, $1) }
  }

  private func connectorStates(
    _ snapshot: any IndexSnapshot, _ cancellation: Cancellation
  ) throws -> [ConnectorState] {
    let counts = try snapshot.countsByConnector(of: resolvedScope(snapshot).filter)
    try cancellation.check()
    let syncs = try visibleSyncs(snapshot, cancellation)
    var states: [ExactText: ConnectorState] = [:]
    for count in counts where scope.containsAllCandidates || count.candidates > 0 {
      states[ExactText(count.name), default: ConnectorState(name: count.name)].candidates = count.candidates
    }
    for sync in syncs where !scope.hasFilter || states[ExactText(sync.connector)] != nil {
      states[ExactText(sync.connector), default: ConnectorState(name: sync.connector)].lastSync = sync
    }
    let running = engine.runningSyncs(of: states.values.map(\.name))
    for (key, state) in states {
      states[key]?.isSyncing =
        running?.contains(key) ?? state.lastSync.map { $0.endedAt == nil } ?? false
    }
    return states.values.sorted { $0.name < $1.name }
  }
}
