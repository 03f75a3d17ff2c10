import Foundation
import Synchronization

/// Makes requests until one is answered, keeping to the limit.
final class Requester: Sendable {
  /// What requests are about.
  enum Subject {
    /// The connector of the token.
    case connector
    /// The organisation of the API key. The token is not sent. Answers may contain the tokens of all its connectors, so
    /// no error contains a part of an answer.
    case organisation
  }

  private let access: BindbeeAccess
  private let subject: Subject
  private let policy: RetryPolicy
  private let clock: WaitClock
  private let transport: HTTPTransport
  private let limit = Mutex(RequestLimit())

  init(access: BindbeeAccess, subject: Subject = .connector, policy: RetryPolicy, clock: WaitClock) {
    (self.access, self.policy, self.clock) = (access, policy, clock)
    self.subject = subject
    transport = HTTPTransport(
      HTTPLimits(timeout: policy.timeout, stallTimeout: policy.stallTimeout))
  }

  /// What became of one request.
  private enum Outcome<Value> {
    case answered(Value)
    /// The limit is used up; for this many seconds, if the API states them.
    case limited(Double?)
    /// It failed for the moment; the API may say how long to wait.
    case failed(String, Double?)
  }

  /// What `read` makes of the answer to a GET. Throws `BindbeeError` or `CancellationError`.
  func get<Value>(
    _ path: [String], _ query: [URLQueryItem], onWait: @Sendable (BindbeeClient.Wait) -> Void,
    read: (consuming [UInt8]) throws(UnusableAnswer) -> Value
  ) async throws -> Value {
    let request = request(path, query)
    var failures = 0
    var timesLimited = 0
    while true {
      try await wait(limit.withLock { $0.take(now: clock.now()) }, for: .limit, onWait)
      switch try await outcome(of: request, read) {
      case .answered(let value): return value
      case .limited(let seconds):
        timesLimited += 1
        let seconds = seconds ?? policy.delay(afterFailure: timesLimited)
        guard seconds <= policy.longestLimit, timesLimited <= Self.maximumLimitWaits else {
          throw BindbeeError.limited(seconds: Int(min(seconds, 1e9).rounded(.up)))
        }
        try await wait(seconds, for: .limit, onWait)
      case .failed(let reason, let seconds):
        failures += 1
        guard failures < policy.attempts else {
          throw BindbeeError.unavailable(attempts: failures, reason: reason)
        }
        let delay = min(seconds ?? policy.delay(afterFailure: failures), policy.longestLimit)
        try await wait(delay, for: .failure(reason, attempt: failures), onWait)
      }
    }
  }

  /// The maximum number of waits for the limit: after them, another client uses it up.
  private static let maximumLimitWaits = 20

  private func wait(
    _ seconds: Double, for reason: BindbeeClient.Wait.Reason, _ onWait: (BindbeeClient.Wait) -> Void
  ) async throws {
    guard seconds > 0 else { return }
    onWait(BindbeeClient.Wait(reason: reason, seconds: seconds))
    try await clock.wait(seconds)
  }

  private func outcome<Value>(
    of request: HTTPRequest, _ read: (consuming [UInt8]) throws(UnusableAnswer) -> Value
  ) async throws -> Outcome<Value> {
    var answer: HTTPAnswer
    do {
      answer = try await transport.send(request)
    } catch TransferFailure.connection(let reason) {
      return .failed(ErrorDetail.line(reason, redactedBy: access), nil)
    } catch TransferFailure.answerTooLong {
      throw BindbeeError.answerTooLong(limit: BindbeeClient.maximumAnswerLength)
    }
    limit.withLock { $0.note(answer) }
    switch answer.status {
    case 200:
      // The body may be large: it is handed over, so that no copy of it is made.
      var body: [UInt8] = []
      swap(&body, &answer.body)
      do throws(UnusableAnswer) {
        return .answered(try read(consume body))
      } catch {
        return .failed(error.reason, nil)
      }
    case 429: return .limited(answer.number("Retry-After") ?? secondsToReset(answer))
    case 408, 425, 500...599:
      return .failed("the API answered \(answer.status)", answer.number("Retry-After"))
    default: throw error(answer)
    }
  }

  private func secondsToReset(_ answer: HTTPAnswer) -> Double? {
    answer.number("X-RateLimit-Reset").map { $0 - clock.now() }.flatMap { (1...60).contains($0) ? $0 : nil }
  }

  private func error(_ answer: HTTPAnswer) -> BindbeeError {
    let detail =
      switch subject {
      case .connector: ErrorDetail.line(ErrorDetail.text(of: answer.body), redactedBy: access)
      case .organisation: ""
      }
    switch answer.status {
    case 401: return .unauthorized(detail: detail)
    case 403: return .forbidden(detail: detail)
    case 404: return .notFound(detail: detail)
    case 422: return .invalid(detail: detail)
    default: return .unexpected(status: answer.status, detail: detail)
    }
  }

  private func request(_ path: [String], _ query: [URLQueryItem]) -> HTTPRequest {
    var url = access.address.text + "/api/ats/v1/" + path.map(Self.encoded).joined(separator: "/")
    if !query.isEmpty {
      url +=
        "?"
        + query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value ?? ""))" }.joined(separator: "&")
    }
    var headers = [
      "Authorization: Bearer \(access.apiKey)", "Accept: application/json", "User-Agent: cand-search",
    ]
    if subject == .connector { headers.append("x-connector-token: \(access.connectorToken)") }
    return HTTPRequest(url: url, headers: headers, isPlain: access.address.isPlain)
  }

  /// Every byte but RFC 3986's unreserved ones: a plus sign in a cursor would come to be a space. An id of dots alone
  /// would come to be a folder.
  private static func encoded(_ text: String) -> String {
    if text == "." || text == ".." { return text.replacing(".", with: "%2E") }
    return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }

  private static let unreserved = CharacterSet(
    charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// What the API last said of its limit: how many requests are left, and until when.
struct RequestLimit: Sendable {
  private var remaining: Int?
  private var reset: Double?

  /// The limit is one of a minute; clocks differ.
  private static let maximumWindow = 60.0

  /// How many seconds to wait before the next request. Takes one of those that are left.
  mutating func take(now: Double) -> Double {
    guard let remaining, let reset else { return 0 }
    if remaining > 0 {
      self.remaining = remaining - 1
      return 0
    }
    (self.remaining, self.reset) = (nil, nil)
    return max(0, min(reset - now, Self.maximumWindow))
  }

  /// Notes what an answer says.
  mutating func note(_ answer: HTTPAnswer) {
    // A refusal says itself how long to wait.
    guard answer.status != 429 else { return self = RequestLimit() }
    guard let remaining = answer.number("X-RateLimit-Remaining"),
      let reset = answer.number("X-RateLimit-Reset")
    else { return }
    self.remaining = max(0, Int(min(remaining, 1e9)))
    self.reset = reset
  }
}
