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
