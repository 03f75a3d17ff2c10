/// A lock that keeps two syncs of one connector apart.
package struct SyncLock: Sendable {
  private let verify: @Sendable () throws -> Void
  private let unlock: @Sendable () -> Void

  /// - Parameters:
  ///   - verify: Throws if the lock was lost.
  ///   - unlock: Releases the lock.
  package init(
    verify: @escaping @Sendable () throws -> Void = {}, unlock: @escaping @Sendable () -> Void
  ) {
    self.verify = verify
    self.unlock = unlock
  }

  /// Verifies that no other sync can have begun since the lock was taken.
  /// - Throws: `IndexError` if the lock was lost.
  package func expectHeld() throws { try verify() }

  /// Releases the lock, once.
  package func release() { unlock() }
}
