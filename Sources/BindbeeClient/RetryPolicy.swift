import Foundation

/// How patient a client is.
public struct RetryPolicy: Sendable, Hashable {
  /// How often a request is made that fails for the moment (5xx, a broken connection, an answer cut off), from 1.
  public var attempts: Int
  /// The wait after the first failure, in seconds; each later one is twice as long. A part of it, up to half, is left to
  /// chance, so that many clients do not come back at once.
  public var firstDelay: Double
  /// No wait after a failure is longer, in seconds.
  public var longestDelay: Double
  /// How long the API may have us wait for its limit at a time, in seconds.
  public var longestLimit: Double
  /// How long a request may take, its answer included, in seconds.
  public var timeout: Double
  /// How long a connection may stay without a byte before the attempt is abandoned, in seconds.
  public var stallTimeout: Double

  /// Two minutes of failures in a row by default.
  public init(
    attempts: Int = 8, firstDelay: Double = 1, longestDelay: Double = 60, longestLimit: Double = 900,
    timeout: Double = 120, stallTimeout: Double = 30
  ) {
    self.attempts = max(1, attempts)
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
    self.longestLimit = longestLimit
    self.timeout = timeout
    self.stallTimeout = stallTimeout
  }

  /// How long to wait after a number of failures in a row, from 1.
  func delay(afterFailure number: Int) -> Double {
    let delay = min(longestDelay, firstDelay * pow(2, Double(min(number, 30) - 1)))
    return delay * .random(in: 0.5...1)
  }
}

/// The time, and how waiting is done.
package struct WaitClock: Sendable {
  /// Seconds since 1970.
  package var now: @Sendable () -> Double
  package var wait: @Sendable (_ seconds: Double) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 },
    wait: @escaping @Sendable (_ seconds: Double) async throws -> Void = {
      try await Task.sleep(for: .seconds($0))
    }
  ) {
    (self.now, self.wait) = (now, wait)
  }

  static let system = WaitClock()
}
