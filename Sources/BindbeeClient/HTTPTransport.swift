import Foundation
import FoundationNetworking

/// What a server answered.
struct HTTPAnswer: Sendable {
  let status: Int
  /// By lower-case name.
  let headers: [String: String]
  let body: [UInt8]

  /// A header that holds a number, which must be at least 0.
  func number(_ name: String) -> Double? {
    headers[name.lowercased()].flatMap { Double($0.trimmingCharacters(in: .whitespaces)) }
      .flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }
}

/// No answer came, or not all of it.
struct ConnectionFailure: Error {
  let reason: String
}

/// Makes HTTP requests, one attempt each. It keeps no cookies and no cache, and follows no redirect: the secrets of a
/// request are for one server alone.
final class HTTPTransport: Sendable {
  private let session: URLSession
  private let delegate = SessionDelegate()
  private let timeout: Double

  init(timeout: Double) {
    // An ephemeral one makes a folder for the cache that it says it does not keep.
    let configuration = URLSessionConfiguration.default
    configuration.urlCache = nil
    configuration.httpCookieStorage = nil
    configuration.urlCredentialStorage = nil
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    // It begins anew with every byte, and says less: ours comes first.
    configuration.timeoutIntervalForRequest = timeout * 2 + 60
    self.timeout = timeout
    session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: nil)
  }

  /// The session keeps its delegate until then.
  deinit { session.finishTasksAndInvalidate() }

  /// Throws `ConnectionFailure`, or `CancellationError` where the task is cancelled.
  func send(_ request: URLRequest) async throws -> HTTPAnswer {
    let exchange = Exchange()
    let task = session.dataTask(with: request)
    delegate.add(exchange, for: task)
    defer { delegate.remove(task) }
    let timer = Task { [timeout] in
      try await Task.sleep(for: .seconds(timeout))
      exchange.end(ConnectionFailure(reason: "no answer within \(timeout.formatted()) s"))
      task.cancel()
    }
    defer { timer.cancel() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        exchange.begin(continuation)
        task.resume()
      }
    } onCancel: {
      exchange.end(CancellationError())
      task.cancel()
    }
  }
}
