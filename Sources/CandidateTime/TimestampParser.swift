/// Reads the times that exports contain: ISO 8601 and what comes close to it.
///
/// ```
/// time   = date [ ("T" | " ") clock [ zone ] ]
/// date   = year "-" month "-" day
/// clock  = hour ":" minute [ ":" second [ ("." | ",") digits ] ]
/// zone   = "Z" | ("+" | "-") hour [ [":"] minute ]
/// ```
/// A time without a zone is UTC (the API's rule for `modified_after`). Digits beyond the microsecond are dropped.
extension Timestamp {
  /// The moment that a text names, or nil if it names none.
  public init?(_ text: some StringProtocol) {
    guard let time = Array(text.utf8).withUnsafeBytes({ Timestamp(utf8: $0) }) else { return nil }
    self = time
  }

  /// The moment that a text in UTF-8 names, or nil if it names none.
  package init?(utf8: UnsafeRawBufferPointer) {
    if let microseconds = Self.usual(utf8) {
      self.init(microseconds: microseconds)
      return
    }
    var cursor = ByteCursor(bytes: utf8)
    guard let date = cursor.date() else { return nil }
    var microseconds = Timestamp(startOf: date).microseconds
    if !cursor.isAtEnd {
      guard cursor.take("T") || cursor.take("t") || cursor.take(" "), let clock = cursor.clock(),
        let offset = cursor.zone(),
        cursor.isAtEnd
      else { return nil }
      microseconds += clock - offset
    }
    self.init(microseconds: microseconds)
  }

  /// The fast path for `2021-07-01T09:30:00Z`, as most times are written; nil for any other text.
  private static func usual(_ text: UnsafeRawBufferPointer) -> Int64? {
    guard text.count == 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      text[10] == UInt8(ascii: "T"), text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
      text[19] == UInt8(ascii: "Z")
    else { return nil }
    var areDigits = true
    func number(at i: Int) -> Int {
      let (tens, ones) = (Int(text[i]) - 0x30, Int(text[i + 1]) - 0x30)
      if !(0...9).contains(tens) || !(0...9).contains(ones) { areDigits = false }
      return tens * 10 + ones
    }
    let (hour, minute, second) = (number(at: 11), number(at: 14), number(at: 17))
    let (year, month, day) = (number(at: 0) * 100 + number(at: 2), number(at: 5), number(at: 8))
    guard areDigits, hour < 24, minute < 60, second < 60,
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    return (date.daysSince1970 * 86_400 + Int64(hour * 3_600 + minute * 60 + second)) * 1_000_000
  }
}

private struct ByteCursor {
  let bytes: UnsafeRawBufferPointer
  var position = 0

  var isAtEnd: Bool { position == bytes.count }

  /// Whether this sign comes next; then it is passed.
  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(truncatingIfNeeded: sign.value) else {
      return false
    }
    position += 1
    return true
  }

  /// Exactly `count` digits.
  mutating func number(_ count: Int) -> Int64? {
    guard position + count <= bytes.count else { return nil }
    var value: Int64 = 0
    for i in position..<position + count {
      let byte = bytes[i]
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int64(byte - 0x30)
    }
    position += count
    return value
  }

  mutating func date() -> CivilDate? {
    guard let year = number(4), take("-"), let month = number(2), take("-"),
      let day = number(2)
    else { return nil }
    return CivilDate(year: Int(year), month: Int(month), day: Int(day))
  }

  /// Microseconds since midnight. A leap second counts as the second before it.
  mutating func clock() -> Int64? {
    guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60
    else { return nil }
    var microseconds = (hour * 3600 + minute * 60) * 1_000_000
    guard take(":") else { return microseconds }
    guard let second = number(2), second <= 60 else { return nil }
    microseconds += min(second, 59) * 1_000_000
    guard take(".") || take(",") else { return microseconds }
    return fraction().map { microseconds + $0 }
  }

  private mutating func fraction() -> Int64? {
    var unit: Int64 = 100_000
    var value: Int64 = 0
    let start = position
    while let digit = number(1) {
      value += digit * unit
      unit /= 10
    }
    return position > start ? value : nil
  }

  /// Microseconds east of UTC.
  mutating func zone() -> Int64? {
    if isAtEnd || take("Z") || take("z") { return 0 }
    let isEast = take("+")
    guard isEast || take("-"), let hours = number(2), hours < 24 else { return nil }
    var minutes: Int64 = 0
    if !isAtEnd {
      _ = take(":")
      guard let m = number(2), m < 60 else { return nil }
      minutes = m
    }
    let offset = (hours * 3600 + minutes * 60) * 1_000_000
    return isEast ? offset : -offset
  }
}
