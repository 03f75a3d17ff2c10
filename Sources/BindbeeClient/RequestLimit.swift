/// What the API last said of its limit: how many requests are left, and until when.
struct RequestLimit: Sendable {
  private var remaining: Int?
  private var reset: Double?

  /// The limit is one of a minute; clocks differ.
  private static let longestWindow = 60.0

  /// How many seconds to wait before the next request. Takes one of those that are left.
  mutating func take(now: Double) -> Double {
    guard let remaining, let reset else { return 0 }
    if remaining > 0 {
      self.remaining = remaining - 1
      return 0
    }
    (self.remaining, self.reset) = (nil, nil)
    return max(0, min(reset - now, Self.longestWindow))
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
