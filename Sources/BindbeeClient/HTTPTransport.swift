import CurlLibrary
import Foundation
import Synchronization

/// Makes HTTP requests with libcurl, one attempt each. It keeps no cookies and no cache, and follows no redirect: the
/// secrets of a request are for one server alone.
final class HTTPTransport: Sendable {
  private let limits: HTTPLimits
  /// Connections that no transfer uses, kept alive for the next.
  private let idle = Mutex<[HTTPConnection]>([])

  private static let maximumIdle = 4
  private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init(_ limits: HTTPLimits) { self.limits = limits }

  /// Throws `TransferFailure`, or `CancellationError` if the task is cancelled.
  func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
    guard Self.isReady, let connection = idle.withLock({ $0.popLast() }) ?? HTTPConnection() else {
      throw TransferFailure.connection("libcurl cannot be used")
    }
    defer { idle.withLock { if $0.count < Self.maximumIdle { $0.append(connection) } } }
    let cancellation = Cancellation()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        // libcurl waits on the thread that calls it; Swift's own threads must not wait.
        Thread { [limits] in
          continuation.resume(
            with: Result {
              try connection.perform(HTTPTransfer(request, limits: limits, cancellation: cancellation))
            })
        }.start()
      }
    } onCancel: {
      cancellation.isCancelled.store(true, ordering: .releasing)
      connection.wake()
    }
  }
}
