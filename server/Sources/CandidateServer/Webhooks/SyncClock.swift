import CandidateSearch
import Foundation
import Synchronization

/// The time, how waiting is done, and chance.
struct SyncClock: Sendable {
  var now: @Sendable () -> Timestamp = {
    Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
  }
  var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  /// A number from 0 to 1.
  var chance: @Sendable () -> Double = { .random(in: 0...1) }
}

/// A wait that another task can end.
final class Alarm: Sendable {
  private struct State {
    var isRung = false
    var sleep: Task<Void, Never>?
  }

  private let state = Mutex(State())

  /// Ends the wait of this moment; if there is none, the next one.
  func ring() {
    state.withLock { state in
      state.isRung = true
      state.sleep?.cancel()
    }
  }

  /// Waits for a duration, or until the alarm rings or the task is cancelled. One task waits at a time.
  func wait(_ duration: Duration, _ clock: SyncClock) async {
    let sleep = state.withLock { state -> Task<Void, Never>? in
      guard !state.isRung else { return nil }
      let sleep = Task { () -> Void in try? await clock.sleep(duration) }
      state.sleep = sleep
      return sleep
    }
    await withTaskCancellationHandler {
      await sleep?.value
    } onCancel: {
      sleep?.cancel()
    }
    state.withLock { $0 = State() }
  }
}

extension Timestamp {
  /// The moment after a duration.
  func advanced(by duration: Duration) -> Timestamp {
    let (seconds, attoseconds) = duration.components
    return Timestamp(microseconds: microseconds + seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }

  /// The duration from an earlier moment.
  func since(_ earlier: Timestamp) -> Duration { .microseconds(microseconds - earlier.microseconds) }
}
