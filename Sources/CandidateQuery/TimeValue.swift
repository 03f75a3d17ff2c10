import CandidateTime

/// Parses the times of a query: days, months or years in UTC.
///
/// ```
/// times  = [ ">" | ">=" | "<" | "<=" ] point | [ point ] ".." [ point ]
/// point  = year [ "-" month [ "-" day ] ] | age | "today" | "yesterday"
/// age    = number ( "d" | "w" | "m" | "y" )
/// ```
/// A comparison includes all of its point or none of it: `>2024` begins with 2025. An age is the day that many days,
/// weeks, months or years ago, and is compared as an age: `>30d` is older, that is earlier. A range includes both of
/// its ends.
struct TimeValue {
  private let now: Timestamp

  /// The range that a value denotes, relative to `now`; nil for any other text.
  static func range(_ text: String, now: Timestamp) -> TimeRange? {
    TimeValue(now: now).times(text.lowercased())
  }

  /// A day, month or year, and whether it was written as an age.
  private struct Point {
    var first: CivilDate
    /// The day after the last.
    var next: CivilDate
    var isAge = false

    var start: Timestamp { Timestamp(startOf: first) }
    var end: Timestamp { Timestamp(startOf: next) }
  }

  // times = [ ">" | ">=" | "<" | "<=" ] point | [ point ] ".." [ point ]
  private func times(_ text: String) -> TimeRange? {
    if let dots = text.firstRange(of: "..") {
      return between(text[..<dots.lowerBound], text[dots.upperBound...])
    }
    let comparison = text.prefix { "<>=".contains($0) }
    guard let point = point(text.dropFirst(comparison.count)) else { return nil }
    let isEarlier = comparison.first == (point.isAge ? ">" : "<")
    switch comparison {
    case "": return TimeRange(from: point.start, until: point.end)
    case "<", ">": return isEarlier ? TimeRange(until: point.start) : TimeRange(from: point.end)
    case "<=", ">=": return isEarlier ? TimeRange(until: point.end) : TimeRange(from: point.start)
    default: return nil
    }
  }

  private func between(_ from: Substring, _ until: Substring) -> TimeRange? {
    if from.isEmpty, until.isEmpty { return nil }
    var range = TimeRange()
    if !from.isEmpty {
      guard let point = point(from) else { return nil }
      range.from = point.start
    }
    if !until.isEmpty {
      guard let point = point(until) else { return nil }
      range.until = point.end
    }
    // Two ages may be in either order.
    if let first = range.from, let last = range.until, last < first, from.last?.isLetter == true {
      return between(until, from)
    }
    return range
  }

  // point = year [ "-" month [ "-" day ] ] | age | "today" | "yesterday"
  private func point(_ text: Substring) -> Point? {
    switch text {
    case "today": return day(ago: 0)
    case "yesterday": return day(ago: 1)
    default: return date(text) ?? age(text)
    }
  }

  private func date(_ text: Substring) -> Point? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in part.allSatisfy(\.isASCIIDigit) ? Int(part) : nil }
    guard numbers.count == parts.count, parts[0].count == 4, parts.dropFirst().allSatisfy({ $0.count <= 2 })
    else { return nil }
    switch numbers.count {
    case 1: return span(from: (numbers[0], 1, 1), to: (numbers[0] + 1, 1, 1))
    case 2:
      let (year, month) = (numbers[0], numbers[1])
      guard (1...12).contains(month) else { return nil }
      return span(from: (year, month, 1), to: month == 12 ? (year + 1, 1, 1) : (year, month + 1, 1))
    case 3:
      guard let day = CivilDate(year: numbers[0], month: numbers[1], day: numbers[2]) else { return nil }
      return Point(first: day, next: day.adding(days: 1))
    default: return nil
    }
  }

  private func span(from: (Int, Int, Int), to: (Int, Int, Int)) -> Point? {
    guard let first = CivilDate(year: from.0, month: from.1, day: from.2) else { return nil }
    let next = CivilDate(year: to.0, month: to.1, day: to.2)
    return Point(first: first, next: next ?? CivilDate.endOfCalendar)
  }

  // age = number ( "d" | "w" | "m" | "y" )
  private func age(_ text: Substring) -> Point? {
    let digits = text.dropLast()
    guard let unit = text.last, (1...4).contains(digits.count), digits.allSatisfy(\.isASCIIDigit),
      let number = Int(digits)
    else { return nil }
    switch unit {
    case "d": return age(now.date.adding(days: -number))
    case "w": return age(now.date.adding(days: -7 * number))
    case "m": return now.date.adding(months: -number).map(age)
    case "y": return now.date.adding(months: -12 * number).map(age)
    default: return nil
    }
  }

  private func age(_ day: CivilDate) -> Point { Point(first: day, next: day.adding(days: 1), isAge: true) }

  private func day(ago days: Int) -> Point {
    let day = now.date.adding(days: -days)
    return Point(first: day, next: day.adding(days: 1))
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
