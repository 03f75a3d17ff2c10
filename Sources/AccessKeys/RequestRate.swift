/// How many requests a key may make: a token bucket that fills at a rate and contains at most a burst.
///
/// As text: `50/s`, `600/min`, `5000/h`; with a burst `50/s:200`.
public struct RequestRate: Sendable, Hashable, LosslessStringConvertible {
  /// The time in which `requests` may be made.
  public enum Unit: String, Sendable, CaseIterable {
    case second = "s"
    case minute = "min"
    case hour = "h"

    /// The length in seconds.
    public var seconds: Int {
      switch self {
      case .second: 1
      case .minute: 60
      case .hour: 3600
      }
    }
  }

  /// The maximum of `requests` and of `burst`.
  public static let maximum = 1_000_000

  /// The number of requests for each `unit`, from 1 to `maximum`.
  public let requests: Int
  /// The time in which they may be made.
  public let unit: Unit
  /// The number of requests that may come at once after a pause, from 1 to `maximum`; `requests` unless it was named.
  public let burst: Int

  /// Creates a rate; nil for a number outside of 1 to `maximum`.
  public init?(_ requests: Int, per unit: Unit, burst: Int? = nil) {
    let burst = burst ?? requests
    guard (1...Self.maximum).contains(requests), (1...Self.maximum).contains(burst) else { return nil }
    self.requests = requests
    self.unit = unit
    self.burst = burst
  }

  /// The rate that a text names; nil for any other text.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let rate = parts[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard rate.count == 2, let requests = Self.number(rate[0]), let unit = Unit(rawValue: String(rate[1]))
    else { return nil }
    var burst: Int?
    if parts.count == 2 {
      guard let number = Self.number(parts[1]) else { return nil }
      burst = number
    }
    self.init(requests, per: unit, burst: burst)
  }

  /// The mean number of requests per second.
  public var requestsPerSecond: Double { Double(requests) / Double(unit.seconds) }

  /// The rate as `init(_:)` reads it.
  public var description: String {
    "\(requests)/\(unit.rawValue)" + (burst == requests ? "" : ":\(burst)")
  }

  /// Digits alone: `Int` would take a sign, too.
  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
  }
}
