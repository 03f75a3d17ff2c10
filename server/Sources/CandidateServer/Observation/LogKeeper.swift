import CandidateSearch
import Logging
import ServiceLifecycle

/// Removes the old entries of the search log: when the server starts, and then every few hours.
struct LogKeeper: ServiceLifecycle.Service {
  private static let interval = Duration.seconds(6 * 3600)
  let recorder: SearchRecorder?
  /// How long entries are kept; nil for ever.
  let period: Period?
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        if let recorder, let period { removeEntries(of: recorder, olderThan: period) }
        try? await Task.sleep(for: Self.interval)
      }
    }
  }

  private func removeEntries(of recorder: SearchRecorder, olderThan period: Period) {
    do {
      try recorder.removeEntries(olderThan: period)
    } catch {
      logger.error(
        "old entries of the search log could not be removed; the next attempt follows in 6 hours",
        metadata: ["reason": .string("\(error)")])
    }
  }
}
