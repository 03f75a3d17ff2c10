import Glibc

/// A moment in UTC, to the microsecond, in the years 1 to 9999.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Microseconds since 1970-01-01T00:00:00Z; negative before.
  public let microseconds: Int64

  /// The moment a number of microseconds after 1970-01-01T00:00:00Z.
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// The present, to the second.
  public static var now: Timestamp { Timestamp(microseconds: Int64(time(nil)) * 1_000_000) }

  /// The beginning of a day in UTC.
  public init(startOf date: CivilDate) {
    self.init(microseconds: date.daysSince1970 * 86_400_000_000)
  }

  /// The day in UTC.
  public var date: CivilDate { CivilDate(daysSince1970: floorDivide(seconds, 86_400)) }

  /// The whole seconds since 1970-01-01T00:00:00Z, rounded down.
  public var seconds: Int64 { floorDivide(microseconds, 1_000_000) }

  /// Earlier comes first.
  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.microseconds < b.microseconds }

  /// The moment as `2021-07-01T09:30:00Z`, with fractions only where there are any.
  public var description: String {
    let second = seconds
    let day = floorDivide(second, 86_400)
    let date = CivilDate(daysSince1970: day)
    let time = second - day * 86_400
    var text = "\(date)T\(pad(time / 3600, 2)):\(pad(time / 60 % 60, 2)):\(pad(time % 60, 2))"
    // The product of the lowest times is out of range.
    let fraction = microseconds &- second &* 1_000_000
    if fraction > 0 {
      text += "." + pad(fraction, 6).trimmingZeros
    }
    return text + "Z"
  }
}

/// A day of the Gregorian calendar.
public struct CivilDate: Sendable, Hashable, CustomStringConvertible {
  /// The year, 1 to 9999.
  public var year: Int
  /// The month, 1 to 12.
  public var month: Int
  /// The day of the month, 1 to 31.
  public var day: Int

  /// A date, or nil where the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.length(ofMonth: month, year: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// The date a number of days after 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  public init(daysSince1970 days: Int64) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01; negative before (the inverse of `init(daysSince1970:)`).
  public var daysSince1970: Int64 {
    let y = Int64(month <= 2 ? year - 1 : year)
    let era = floorDivide(y, 400)
    let yearOfEra = y - era * 400
    let shiftedMonth = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + Int64(day) - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day a number of days later; negative for earlier.
  public func adding(days: Int) -> CivilDate { CivilDate(daysSince1970: daysSince1970 + Int64(days)) }

  /// The same day a number of months later, or the month's last day where it has no such day; nil outside the years 1
  /// to 9999.
  public func adding(months: Int) -> CivilDate? {
    let count = Int64(year) * 12 + Int64(month - 1) + Int64(months)
    let (year, month) = (Int(floorDivide(count, 12)), Int(count - floorDivide(count, 12) * 12) + 1)
    return CivilDate(year: year, month: month, day: min(day, CivilDate.length(ofMonth: month, year: year)))
  }

  /// The day after the last that has a date.
  public static let endOfCalendar = CivilDate(daysSince1970: 2_932_897)

  /// The date as `2021-07-01`.
  public var description: String { "\(pad(Int64(year), 4))-\(pad(Int64(month), 2))-\(pad(Int64(day), 2))" }

  /// How many days a month has, 28 to 31.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
  let quotient = a / b
  return a % b < 0 ? quotient - 1 : quotient
}

private func pad(_ number: Int64, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension String {
  fileprivate var trimmingZeros: String {
    String(self[..<(lastIndex { $0 != "0" }.map(index(after:)) ?? startIndex)])
  }
}
