import CandidateModel

extension CandidateIndex {
  /// The status of a connector's last sync, without what the scope hides; nil if there was none.
  /// - Throws: `IndexError`.
  public func syncStatus(connector: String) throws -> SyncStatus? {
    try engine.read { snapshot in
      let visible = try visibleSyncs(snapshot)
      return visible.first { ExactText($0.connector) == ExactText(connector) }
    }
  }

  /// The last sync of each connector, without what the scope hides: in a scope with a filter, connectors without candidates
  /// in it do not exist.
  func visibleSyncs(
    _ snapshot: any IndexSnapshot, _ cancellation: Cancellation = .never
  ) throws -> [SyncStatus] {
    let syncs = try snapshot.syncs()
    if scope.isFull { return syncs }
    let resolved = try resolvedScope(snapshot)
    return try syncs.filter { sync in
      try cancellation.check()
      return try resolved.shows(connector: sync.connector, in: snapshot)
    }.map(\.forThePublic)
  }

  /// The status of the last sync of each connector, in the order of names, without what the scope hides.
  /// - Throws: `IndexError`.
  public func syncStatuses() throws -> [SyncStatus] { try engine.read { try visibleSyncs($0) } }

  /// Takes the lock of a connector's sync; nil if another sync has it, in this process or in another.
  /// - Throws: `IndexError`.
  package func lockSync(of connector: String) throws -> SyncLock? { try engine.lockSync(of: connector) }

  /// Stores the status of a sync.
  /// - Throws: `ScopeError`, `IndexError`.
  package func store(_ status: SyncStatus) throws { try change { try $0.store(status) } }

  /// Stores, in one transaction, the final status of a sync and the refused records that are requested again: all that
  /// the mark moves past.
  /// - Throws: `ScopeError`, `IndexError`.
  package func store(_ status: SyncStatus?, _ refused: RefusedIDs, connector: String) throws {
    try change { transaction in
      if let status { try transaction.store(status) }
      let forgotten = try ForgottenFilter(transaction)
      let ids = refused.all.filter { forgotten?.contains(id: $0, connector: connector) != true }
      try transaction.replaceRefusedIDs(with: ids, connector: connector)
    }
  }

  /// The ids of a connector's records that were refused and are requested again.
  /// - Throws: `IndexError`.
  package func refusedIDs(connector: String) throws -> RefusedIDs {
    RefusedIDs(try engine.read { try $0.refusedIDs(connector: connector) })
  }
}
