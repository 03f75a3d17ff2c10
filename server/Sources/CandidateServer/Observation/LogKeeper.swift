import CandidateSearch
import ServiceLifecycle

/// Removes the old entries of the search log: when the server starts, and then every few hours.
struct LogKeeper: ServiceLifecycle.Service {
  private static let interval = Duration.seconds(6 * 3600)
  let recorder: SearchRecorder?
  /// How long entries are kept; nil for ever.
  let period: Period?

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        // What cannot be removed now is removed later.
        if let recorder, let period { try? recorder.keep(period) }
        try? await Task.sleep(for: Self.interval)
      }
    }
  }
}
