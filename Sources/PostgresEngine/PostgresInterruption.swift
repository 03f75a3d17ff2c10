import CandidateSearch
import Synchronization

/// Interrupts the statement of one call. Safe to use from many threads.
final class PostgresInterruption: Sendable {
  private struct State: @unchecked Sendable {
    var isCancelled = false
    var connection: PostgresConnection?
  }

  private let state = Mutex(State())

  var cancellation: Cancellation { Cancellation { [self] in state.withLock(\.isCancelled) } }

  /// Names the connection that the call uses from now on.
  func begin(_ connection: PostgresConnection) throws {
    try state.withLock { state in
      if state.isCancelled { throw CancellationError() }
      state.connection = connection
    }
  }

  /// Ends the call: the connection is no longer interrupted.
  func end() { state.withLock { $0.connection = nil } }

  func interrupt() {
    // The lock is held, so that no other call has the connection yet.
    state.withLock { state in
      state.isCancelled = true
      state.connection?.cancel()
    }
  }
}
