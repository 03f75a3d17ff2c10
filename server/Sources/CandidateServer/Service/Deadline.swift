import NIOPosix
import Synchronization

/// Runs `body` in a task, and cancels it after a duration.
/// - Throws: `Problem` if the time was over, and what `body` throws.
func withDeadline<T: Sendable>(
  seconds: Double, _ body: @escaping @Sendable () async throws -> T
) async throws -> T {
  try await Deadlines.shared.run(seconds: seconds, body)
}

/// Cancels calls that take too long. One task looks at all of them, some times a second, so that a call costs no timer.
private final class Deadlines: Sendable {
  static let shared = Deadlines()

  private struct Call {
    let deadline: ContinuousClock.Instant
    let cancel: @Sendable () -> Void
  }

  private struct State {
    var calls: [Int: Call] = [:]
    var lastTicket = 0
    var isWatched = false
  }

  /// The time by which a call may be cancelled too late.
  private static let interval = Duration.milliseconds(50)
  private let state = Mutex(State())

  func run<T: Sendable>(
    seconds: Double, _ body: @escaping @Sendable () async throws -> T
  ) async throws -> T {
    let deadline = ContinuousClock.now + .seconds(seconds)
    let task = Task { try await body() }
    let ticket = add(Call(deadline: deadline) { task.cancel() })
    defer { state.withLock { $0.calls[ticket] = nil } }
    do {
      return try await withTaskCancellationHandler {
        try await task.value
      } onCancel: {
        task.cancel()
      }
    } catch  where deadline <= .now {
      throw Problem(.tooSlow, "it took longer than \(seconds) s", headers: [.retryAfter: "1"])
    }
  }

  private func add(_ call: Call) -> Int {
    let (ticket, isFirst) = state.withLock { state in
      state.lastTicket += 1
      state.calls[state.lastTicket] = call
      defer { state.isWatched = true }
      return (state.lastTicket, !state.isWatched)
    }
    if isFirst { Task { await watch() } }
    return ticket
  }

  /// Cancels what is due, until there is no call.
  private func watch() async {
    while true {
      try? await Task.sleep(for: Self.interval)
      let now = ContinuousClock.now
      let due = state.withLock { state -> [Call]? in
        state.isWatched = !state.calls.isEmpty
        return state.isWatched ? state.calls.values.filter { $0.deadline <= now } : nil
      }
      guard let due else { return }
      for call in due { call.cancel() }
    }
  }
}
