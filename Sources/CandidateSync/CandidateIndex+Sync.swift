import BindbeeClient
import CandidateSearch

extension CandidateIndex {
  /// Brings a connector's candidates up to date from the API, each page a transaction as it comes.
  ///
  /// How far it has come is kept in the index, and moves only when a walk was read to its end; so a sync that broke off
  /// loses nothing. Cancelling the task ends it after the page in hand. `observe` is called from any thread, one call
  /// at a time.
  ///
  /// Sends a request for each 200 candidates, of which the API allows 200 a minute. Throws
  /// `SyncIsRunning`, `SyncFailure` with what was done before, and `IndexError` or `ScopeError` before anything was done.
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
