import AccessKeys
import Synchronization

/// Counts the requests of each key: a bucket of tokens that fills at the key's rate.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var filledAt: ContinuousClock.Instant
  }

  private let buckets = Mutex<[String: Bucket]>([:])
  private let now: @Sendable () -> ContinuousClock.Instant

  init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) { self.now = now }

  /// Takes a token of a key.
  /// - Throws: `Problem` if there is none, with the seconds until there is one.
  func take(_ name: String, _ rate: RequestRate) throws(Problem) {
    let now = now()
    let wait = buckets.withLock { buckets -> Double in
      var bucket = buckets[name] ?? Bucket(tokens: Double(rate.burst), filledAt: now)
      let elapsed = (now - bucket.filledAt) / .seconds(1)
      bucket.tokens = min(Double(rate.burst), bucket.tokens + elapsed * rate.requestsPerSecond)
      bucket.filledAt = now
      defer { buckets[name] = bucket }
      if bucket.tokens >= 1 {
        bucket.tokens -= 1
        return 0
      }
      return (1 - bucket.tokens) / rate.requestsPerSecond
    }
    guard wait > 0 else { return }
    throw Problem(
      .tooManyRequests, "the key's rate is \(rate)",
      headers: [.retryAfter: String(Int(wait.rounded(.up)))])
  }
}
