import GRDB
import GRDBSQLite
import Synchronization

/// Ends a call from another thread: interrupts the statement that runs, and sets `Cancellation` for our own loops.
final class Interruption: Sendable {
  private struct State {
    var isInterrupted = false
    /// The connection that runs the call; nil before and after. Used under the lock alone.
    nonisolated(unsafe) var connection: SQLiteConnection?
  }

  private let state = Mutex(State())

  var cancellation: Cancellation { Cancellation { self.state.withLock { $0.isInterrupted } } }

  /// Interrupts the call, now or as soon as it runs.
  func interrupt() {
    state.withLock { state in
      state.isInterrupted = true
      // Under the lock, so that no later call on the connection is interrupted.
      if let connection = state.connection { sqlite3_interrupt(connection) }
    }
  }

  /// The number of steps of a statement after which it looks whether the call is interrupted.
  private static let progressSteps: Int32 = 1_000

  /// Runs `body`, which may be interrupted, on a connection. An interruption between two statements, of which SQLite knows
  /// nothing, ends the second.
  func during<T>(_ db: Database, _ body: () throws -> T) throws -> T {
    nonisolated(unsafe) let connection = db.sqliteConnection
    let isInterrupted = state.withLock { state in
      state.connection = connection
      return state.isInterrupted
    }
    sqlite3_progress_handler(
      connection, Self.progressSteps,
      { context in
        guard let context else { return 0 }
        let interruption = Unmanaged<Interruption>.fromOpaque(context).takeUnretainedValue()
        return interruption.state.withLock { $0.isInterrupted } ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
    defer {
      sqlite3_progress_handler(connection, 0, nil, nil)
      state.withLock { $0.connection = nil }
    }
    if isInterrupted { throw CancellationError() }
    return try body()
  }
}
