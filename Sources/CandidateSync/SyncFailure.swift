import BindbeeClient
import CandidateSearch

/// A sync that did not begin, since another sync of the same connector is running.
public struct SyncIsRunning: Error, Sendable, Hashable, CustomStringConvertible {
  /// The connector's name.
  public let connector: String

  /// The problem.
  public var description: String { "another sync of this connector is running" }
}

/// A sync that failed or was cancelled. The pages that it had read are in the index; the next sync requests them again.
public struct SyncFailure: Error, Sendable, CustomStringConvertible {
  /// `BindbeeError`, `IndexError`, or `CancellationError` where the task was cancelled.
  public let reason: any Error
  /// The counts of the pages that it had read.
  public let summary: SyncSummary

  /// The reason.
  public var description: String { isInterruption ? "interrupted" : "\(reason)" }
  /// Whether the task was cancelled.
  public var isInterruption: Bool { reason is CancellationError }

  /// The outcome that is stored: the reason in a few words, none of them the API's.
  var outcome: SyncStatus.Outcome {
    switch reason {
    case is CancellationError: .interrupted
    case let error as BindbeeError: .failed(error.summary)
    default: .failed("failed: the index could not be written")
    }
  }
}

extension BindbeeError {
  /// Whether the API refuses what a request says, and would answer another.
  var rejectsRequest: Bool {
    switch self {
    case .invalid, .unexpected(400, _), .unexpected(414, _), .notFound: true
    default: false
    }
  }

  /// Whether the answer is too long, and one with fewer candidates may not be.
  var isAnswerTooLong: Bool {
    if case .answerTooLong = self { true } else { false }
  }
}
