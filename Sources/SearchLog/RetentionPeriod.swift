import CandidateTime

/// How long entries are kept: `90d`, `6w`, `13mo` or `2y`.
public struct RetentionPeriod: Sendable, Hashable, CustomStringConvertible {
  private enum Unit: String, CaseIterable {
    case days = "d"
    case weeks = "w"
    case months = "mo"
    case years = "y"
  }

  private let number: Int
  private let unit: Unit

  /// The maximum number of units.
  private static let maximumNumber = 9_999

  /// Reads a number from 1 to 9,999 and a unit: `d`, `w`, `mo` or `y`. Returns nil for any other text.
  public init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let unit = Unit(rawValue: text.dropFirst(digits.count).lowercased()), digits.utf8.count <= 4,
      let number = Int(digits), number >= 1
    else { return nil }
    self.number = number
    self.unit = unit
  }

  /// The moment before which entries are removed: the beginning, in UTC, of the day that is this period before the day
  /// of `now`. A month is a month of the calendar. The beginning of the year 1 if that is later.
  public func start(before now: Timestamp) -> Timestamp {
    let today = now.date
    let day =
      switch unit {
      case .days: today.adding(days: -number)
      case .weeks: today.adding(days: -7 * number)
      case .months: today.adding(months: -number)
      case .years: today.adding(months: -12 * number)
      }
    return day.map { Timestamp(startOf: $0) } ?? Timestamp(microseconds: -62_135_596_800_000_000)
  }

  /// The period as it is read.
  public var description: String { "\(number)\(unit.rawValue)" }
}
