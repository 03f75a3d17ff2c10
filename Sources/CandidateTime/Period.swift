/// A length of time as people write it: `30min`, `12h`, `90d`, `2w`, `13mo`, `1y`. Months and years are those of the
/// calendar.
public struct Period: Sendable, Hashable, LosslessStringConvertible {
  /// The unit of a period.
  public enum Unit: String, Sendable, CaseIterable {
    case minutes = "min"
    case hours = "h"
    case days = "d"
    case weeks = "w"
    case months = "mo"
    case years = "y"
  }

  /// The maximum of `count`.
  public static let maximum = 100_000

  /// The number of units, from 1 to `maximum`.
  public let count: Int
  /// The unit.
  public let unit: Unit

  /// Creates a period; nil for a count outside of 1 to `maximum`.
  public init?(_ count: Int, _ unit: Unit) {
    guard (1...Self.maximum).contains(count) else { return nil }
    self.count = count
    self.unit = unit
  }

  /// The period that a text names; nil for any other text.
  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isWholeNumber }
    guard let count = Int(digits), let unit = Unit(rawValue: String(text.dropFirst(digits.count))) else {
      return nil
    }
    self.init(count, unit)
  }

  /// The period as `init(_:)` reads it.
  public var description: String { "\(count)\(unit.rawValue)" }

  /// The moment that lies this period after another; nil beyond the year 9999. A month after January 31 is the last day
  /// of February.
  public func after(_ time: Timestamp) -> Timestamp? { moved(time, by: count) }

  /// The moment that lies this period before another; nil before the year 1.
  public func before(_ time: Timestamp) -> Timestamp? { moved(time, by: -count) }

  /// The beginning, in UTC, of the day that lies this period before a moment; of the year 1 if that is earlier.
  public func startOfDay(before time: Timestamp) -> Timestamp {
    before(time).map { Timestamp(startOf: $0.date) } ?? .startOfCalendar
  }

  private func moved(_ time: Timestamp, by count: Int) -> Timestamp? {
    let minute: Int64 = 60_000_000
    let moved: Timestamp
    switch unit {
    case .minutes: moved = Timestamp(microseconds: time.microseconds + Int64(count) * minute)
    case .hours: moved = Timestamp(microseconds: time.microseconds + Int64(count) * 60 * minute)
    case .days: moved = Timestamp(microseconds: time.microseconds + Int64(count) * 1440 * minute)
    case .weeks: moved = Timestamp(microseconds: time.microseconds + Int64(count) * 7 * 1440 * minute)
    case .months, .years:
      let start = Timestamp(startOf: time.date)
      guard let date = time.date.adding(months: unit == .years ? count * 12 : count) else { return nil }
      moved = Timestamp(
        microseconds: Timestamp(startOf: date).microseconds + time.microseconds - start.microseconds)
    }
    let calendar = Timestamp.startOfCalendar..<Timestamp(startOf: .endOfCalendar)
    return calendar.contains(moved) ? moved : nil
  }
}

extension Timestamp {
  /// The first moment of the year 1.
  fileprivate static let startOfCalendar = Timestamp(microseconds: -62_135_596_800_000_000)
}
