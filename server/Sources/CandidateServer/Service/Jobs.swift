import CandidateJSON
import CandidateSearch
import Foundation
import HTTPTypes
import Synchronization

/// The jobs of a server, by their ids. The last `maximumCount` are kept.
final class Jobs: Sendable {
  /// What became of a job.
  enum State: Sendable {
    case running
    case done(JSONValue)
    case failed(String)

    var json: JSONValue {
      switch self {
      case .running: .object([("state", "running")])
      case .done(let result): .object([("state", "done"), ("result", result)])
      case .failed(let reason): .object([("state", "failed"), ("reason", .string(reason))])
      }
    }
  }

  private struct Known {
    var states: [String: State] = [:]
    var order: [String] = []
    var running: [String: Task<Void, Never>] = [:]
  }

  private static let maximumCount = 1_000
  private static let maximumRunning = 16
  private let known = Mutex(Known())

  func state(of id: String) -> State? { known.withLock { $0.states[id] } }

  /// Starts a job and returns its id.
  /// - Throws: `Problem` if too many jobs are running.
  func start(_ body: @escaping @Sendable () async throws -> JSONValue) throws -> String {
    let id = UUID().uuidString.lowercased()
    return try known.withLock { known in
      guard known.running.count < Self.maximumRunning else {
        throw Problem(.overloaded, "\(Self.maximumRunning) jobs are running", headers: [.retryAfter: "10"])
      }
      known.states[id] = .running
      known.order.append(id)
      if known.order.count > Self.maximumCount { known.states[known.order.removeFirst()] = nil }
      known.running[id] = Task {
        var state: State
        do { state = .done(try await body()) } catch { state = .failed(Problem(error).detail) }
        self.end(id, state)
      }
      return id
    }
  }

  private func end(_ id: String, _ state: State) {
    known.withLock { known in
      if known.states[id] != nil { known.states[id] = state }
      known.running[id] = nil
    }
  }

  /// Waits until no job is running.
  func finish() async {
    for task in known.withLock({ Array($0.running.values) }) { await task.value }
  }
}
