import CandidateModel

extension CandidateIndex {
  /// How the last sync of a connector went, as far as the scope shows it; nil if there was none.
  /// - Throws: `IndexError`.
  public func syncStatus(connector: String) throws -> SyncStatus? {
    let status = try engine.read { try $0.syncs().first { $0.connector == connector } }
    return scope.includesPrivate ? status : status?.forThePublic
  }

  /// Takes the lock of a connector's sync; nil if another sync has it, in this process or in another.
  package func lockSync(of connector: String) -> SyncLock? { engine.lockSync(of: connector) }

  /// Stores how a sync goes.
  /// - Throws: `ScopeError`, `IndexError`.
  package func store(_ status: SyncStatus) throws { try change { try $0.store(status) } }

  /// Stores, in one transaction, how a sync ended and which of the connector's records are requested again: the mark
  /// moves past none that is not among them.
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
