import BindbeeClient
import CandidateSearch

extension CandidateIndex {
  /// Syncs a connector's candidates from the API, one transaction for each page.
  ///
  /// The index stores the time up to which it is complete, from which the next incremental sync begins. It advances only after a
  /// complete walk, so that a sync that ends early loses nothing. Cancelling the task ends the sync after the current page.
  /// `observe` is called from any thread, one call at a time.
  ///
  /// Sends one request for each page of at most 200 candidates; the API allows 200 requests a minute.
  /// - Throws: `SyncIsRunning`; `SyncFailure` with the counts so far; before anything is done `IndexError`, `ScopeError`.
  @discardableResult
  public func sync(
    connector: String, from client: BindbeeClient, _ options: SyncOptions = .init(),
    observe: @escaping @Sendable (SyncEvent) -> Void = { _ in }
  ) async throws -> SyncSummary {
    try expectFullScope()
    let lock = options.isDryRun ? nil : try lockSync(of: connector)
    guard options.isDryRun || lock != nil else { throw SyncIsRunning(connector: connector) }
    defer { lock?.release() }
    var walk = try SyncWalk(
      self, connector: connector, from: client, options: options, lock: lock, observe: observe)
    return try await walk.run()
  }
}
