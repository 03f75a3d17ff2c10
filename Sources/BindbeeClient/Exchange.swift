import Foundation
import FoundationNetworking
import Synchronization

/// One request and what comes back, gathered up. Its first ending counts.
final class Exchange: Sendable {
  private struct State {
    var continuation: CheckedContinuation<HTTPAnswer, any Error>?
    var result: Result<HTTPAnswer, any Error>?
    var body: [UInt8] = []
  }

  private let state = Mutex(State())

  /// A page of 200 records, each as long as a record may reasonably be, is far below.
  private static let maximumLength = 512 << 20

  func begin(_ continuation: CheckedContinuation<HTTPAnswer, any Error>) {
    let result = state.withLock { state in
      if state.result == nil { state.continuation = continuation }
      return state.result
    }
    if let result { continuation.resume(with: result) }
  }

  /// False where it is more than any answer should be.
  func take(_ data: Data) -> Bool {
    let length = state.withLock { state in
      if state.result == nil { state.body += data }
      return state.body.count
    }
    if length <= Self.maximumLength { return true }
    end(ConnectionFailure(reason: "the answer is longer than \(Self.maximumLength >> 20) MiB"))
    return false
  }

  func end(_ response: HTTPURLResponse) {
    var headers: [String: String] = [:]
    for case (let name as String, let value as String) in response.allHeaderFields {
      headers[name.lowercased()] = value
    }
    let body = state.withLock(\.body)
    end(.success(HTTPAnswer(status: response.statusCode, headers: headers, body: body)))
  }

  func end(_ error: any Error) { end(.failure(error)) }

  private func end(_ result: Result<HTTPAnswer, any Error>) {
    let continuation = state.withLock { state in
      guard state.result == nil else { return nil as CheckedContinuation<HTTPAnswer, any Error>? }
      state.result = result
      state.body = []
      defer { state.continuation = nil }
      return state.continuation
    }
    continuation?.resume(with: result)
  }
}

/// Passes what a session tells of its tasks on to their exchanges.
final class SessionDelegate: NSObject, URLSessionDataDelegate {
  private let exchanges = Mutex<[Int: Exchange]>([:])

  func add(_ exchange: Exchange, for task: URLSessionTask) {
    exchanges.withLock { $0[task.taskIdentifier] = exchange }
  }

  func remove(_ task: URLSessionTask) { exchanges.withLock { $0[task.taskIdentifier] = nil } }

  private func exchange(of task: URLSessionTask) -> Exchange? {
    exchanges.withLock { $0[task.taskIdentifier] }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    if exchange(of: dataTask)?.take(data) == false { dataTask.cancel() }
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    let exchange = exchange(of: task)
    if let error {
      exchange?.end(ConnectionFailure(error))
    } else if let response = task.response as? HTTPURLResponse {
      exchange?.end(response)
    } else {
      exchange?.end(ConnectionFailure(reason: "the answer is not HTTP"))
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}

extension ConnectionFailure {
  /// What the session says.
  init(_ error: any Error) {
    let reason = (error as NSError).localizedDescription
    self.init(reason: reason.isEmpty ? "the connection failed" : reason)
  }
}
