/// Reads the times that exports hold: ISO 8601 and what comes close to it.
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
