import Dispatch
import Synchronization

/// Batches on their way from a thread that makes them to one that uses them. A sender that is ahead by `capacity` batches
/// waits.
final class BatchChannel<Element: Sendable>: Sendable {
  private struct State {
    var batches: [[Element]] = []
    /// How sending ended; nil while more may come.
    var end: Result<Void, any Error>?
    var isCancelled = false
  }

  private let state = Mutex(State())
  private let free = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)

  init(capacity: Int) {
    // Dispatch would stop the program if a semaphore ended below the value that it began with.
    for _ in 0..<capacity { free.signal() }
  }

  /// Sends a batch. Throws `CancellationError` if the receiver wants no more.
  func send(_ batch: [Element]) throws {
    free.wait()
    let isCancelled = state.withLock { state in
      if !state.isCancelled { state.batches.append(batch) }
      return state.isCancelled
    }
    if isCancelled { throw CancellationError() }
    filled.signal()
  }

  /// Ends sending, with the error that prevents more from being sent.
  func finish(_ end: Result<Void, any Error>) {
    state.withLock { $0.end = end }
    filled.signal()
  }

  /// The next batch; nil after the last one. Throws the error that ended sending.
  func receive() throws -> [Element]? {
    filled.wait()
    let (batch, end) = state.withLock { state in
      (state.batches.isEmpty ? nil : state.batches.removeFirst(), state.end)
    }
    if let batch {
      free.signal()
      return batch
    }
    // Later calls return the same.
    filled.signal()
    try end?.get()
    return nil
  }

  /// Tells the sender that no more is received.
  func cancel() {
    state.withLock { $0.isCancelled = true }
    free.signal()
  }
}
