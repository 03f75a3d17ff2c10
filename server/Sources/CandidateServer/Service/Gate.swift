import Synchronization

/// Lets a limited number of calls run at once, and a limited number wait in order.
final class Gate: Sendable {
  private struct State {
    var running = 0
    var waiting: [(ticket: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    var nextTicket = 0
  }

  private let width: Int
  private let maximumWaiting: Int
  private let state = Mutex(State())

  init(width: Int, maximumWaiting: Int) {
    self.width = width
    self.maximumWaiting = maximumWaiting
  }

  /// The calls that run, and those that wait.
  var counts: (running: Int, waiting: Int) { state.withLock { ($0.running, $0.waiting.count) } }

  /// Runs `body` when it is its turn.
  /// - Throws: `Problem` if too many calls wait already; `CancellationError` if the task is cancelled while it waits.
  func run<T>(_ body: () async throws -> T) async throws -> T {
    try await enter()
    defer { leave() }
    return try await body()
  }

  private func enter() async throws {
    let ticket = state.withLock { state -> Int? in
      if state.running < width {
        state.running += 1
        return nil
      }
      state.nextTicket += 1
      return state.nextTicket
    }
    guard let ticket else { return }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wait($0, ticket) }
    } onCancel: {
      remove(ticket)?.resume(throwing: CancellationError())
    }
  }

  private func wait(_ continuation: CheckedContinuation<Void, any Error>, _ ticket: Int) {
    state.withLock { state in
      if Task.isCancelled {
        continuation.resume(throwing: CancellationError())
      } else if state.running < width {
        state.running += 1
        continuation.resume()
      } else if state.waiting.count >= maximumWaiting {
        continuation.resume(
          throwing: Problem(
            .overloaded, "\(maximumWaiting) requests wait already", headers: [.retryAfter: "1"]))
      } else {
        state.waiting.append((ticket, continuation))
      }
    }
  }

  private func remove(_ ticket: Int) -> CheckedContinuation<Void, any Error>? {
    state.withLock { state in
      state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0).continuation }
    }
  }

  private func leave() {
    let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      if state.waiting.isEmpty {
        state.running -= 1
        return nil
      }
      return state.waiting.removeFirst().continuation
    }
    next?.resume()
  }
}
