import NIOPosix
import Synchronization

/// Runs `body` on a thread that it may occupy for long. The parameter tells whether the task was cancelled.
func onBlockingThread<T: Sendable>(
  _ body: @escaping @Sendable (CancellationFlag) throws -> T
) async throws -> T {
  let flag = CancellationFlag()
  return try await withTaskCancellationHandler {
    try await NIOThreadPool.singleton.runIfActive { try body(flag) }
  } onCancel: {
    flag.set()
  }
}

/// Whether a task was cancelled, for code that runs outside of it.
final class CancellationFlag: Sendable {
  private let isSet = Atomic(false)

  fileprivate func set() { isSet.store(true, ordering: .relaxed) }

  /// - Throws: `CancellationError` if the task was cancelled.
  func check() throws {
    if isSet.load(ordering: .relaxed) { throw CancellationError() }
  }
}

/// Runs `body`, and cancels it after a duration.
/// - Throws: `Problem` if the time was over, and what `body` throws.
func withDeadline<T: Sendable>(
  seconds: Double, _ body: @escaping @Sendable () async throws -> T
) async throws -> T {
  try await withThrowingTaskGroup(of: T?.self) { group in
    group.addTask { try await body() }
    group.addTask {
      try await Task.sleep(for: .seconds(seconds))
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let value = first else {
      throw Problem(.tooSlow, "it took longer than \(seconds) s", headers: [.retryAfter: "1"])
    }
    return value
  }
}
