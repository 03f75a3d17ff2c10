import CandidateSearch
import Logging
import SearchLog
import Synchronization

/// Logs why the index or the search log cannot be used. A problem is logged when it begins or becomes another one, and when
/// it ends, not at each request.
final class AvailabilityLog: Sendable {
  /// What requests use. Reading and writing fail independently: the disk may be full.
  private enum Use: Hashable {
    case readingIndex, writingIndex, recording, readingLog

    var problem: Logger.Message {
      switch self {
      case .readingIndex: "the index cannot be read"
      case .writingIndex: "the index cannot be written"
      case .recording: "searches cannot be recorded"
      case .readingLog: "the search log cannot be read"
      }
    }

    var end: Logger.Message {
      switch self {
      case .readingIndex: "the index can be read again"
      case .writingIndex: "the index can be written again"
      case .recording: "searches can be recorded again"
      case .readingLog: "the search log can be read again"
      }
    }
  }

  private let logger: Logger
  /// The reasons of the problems that have begun.
  private let reasons = Mutex<[Use: String]>([:])

  init(_ logger: Logger) { self.logger = logger }

  /// Notes that an operation has failed. Only errors of the index and of the search log are logged; their descriptions
  /// contain no data of candidates.
  func note(_ error: any Error, in operation: Operation) {
    switch error {
    // Servers are missing for some requests only. The answers state it.
    case IndexError.partsMissing: return
    case let error as IndexError: begin(Self.index(of: operation), error.description)
    case let error as SearchLogError:
      begin(operation.isRecorded ? .recording : .readingLog, error.description)
    default: return
    }
  }

  /// Notes that an operation has succeeded. A page may not have used the index: only what is recorded has.
  func noteSuccess(of operation: Operation) {
    let hasUsedIndex = operation.audience == .programs || operation.isRecorded
    if hasUsedIndex, operation.problems.contains(.indexUnavailable) { end(Self.index(of: operation)) }
    if operation.isRecorded { end(.recording) }
    if operation.problems.contains(.logUnavailable) { end(.readingLog) }
  }

  private static func index(of operation: Operation) -> Use {
    operation.access.right == .write ? .writingIndex : .readingIndex
  }

  private func begin(_ use: Use, _ reason: String) {
    reasons.withLock { reasons in
      if reasons[use] != reason { logger.error(use.problem, metadata: ["reason": .string(reason)]) }
      reasons[use] = reason
    }
  }

  private func end(_ use: Use) {
    reasons.withLock { reasons in
      if reasons.removeValue(forKey: use) != nil { logger.notice(use.end) }
    }
  }
}
