import CandidateTime

/// The four times of a record, in seconds since 1970, and how they are written.
struct Times {
  /// 2026-11-01: nothing in the corpus is later.
  private static let end = 20_758 * day
  private static let day = 86_400
  private static let tenYears = 3652
  /// How many days gather the interactions that are known by their date alone.
  private static let clumps = WeightedTable.zipf(count: 360, offset: 10)

  private enum Form { case missing, date, plain, fraction, offset }

  private let modified: Int
  private let last: Int
  private let created: Int
  private let updated: Int
  private let lastForm: Form
  private let isTimeless: Bool
  private let details: Int

  init(_ random: inout RandomStream) {
    let age = random.lowBelow(Self.tenYears * Self.day)
    let clump = Self.clumpDay(Self.clumps.draw(&random))
    let kind = random.below(1000)
    isTimeless = kind < 5
    switch kind {
    case 0..<50: lastForm = .missing
    case 50..<170: lastForm = .date
    case 170..<220: lastForm = .fraction
    case 220..<250: lastForm = .offset
    default: lastForm = .plain
    }
    // Some whole days are written with their midnight.
    let isWholeDay = lastForm == .date || (250..<275).contains(kind)
    last = isWholeDay ? clump : Self.end - 1 - age
    created = last - random.lowBelow(3 * 365 * Self.day)
    updated = created + random.below(last - created + 1)
    let earliest = max(last, Self.end - 365 * Self.day)
    modified = earliest + random.below(Self.end - earliest)
    details = random.below(1_000_000)
  }

  /// Half of the days are firsts of a month, the others lie anywhere in the ten years.
  private static func clumpDay(_ rank: Int) -> Int {
    if rank % 2 == 0 {
      let month = 2016 * 12 + 10 + (rank / 2 * 37 + 76) % 120
      let first = CivilDate(year: month / 12, month: month % 12 + 1, day: 1)
      return Int(first?.daysSince1970 ?? 0) * day
    }
    return end - (1 + rank * 1_597 % tenYears) * day
  }

  func appendModified(shiftedByDays shift: Int, to buffer: inout [UInt8]) {
    append(modified + shift * Self.day, fraction: details % 20 == 0 ? details : nil, to: &buffer)
  }

  func appendLast(to buffer: inout [UInt8]) {
    switch lastForm {
    case .missing: buffer.append("null")
    case .date:
      buffer.append("\"")
      CivilDate(daysSince1970: Int64(last / Self.day)).append(to: &buffer)
      buffer.append("\"")
    case .plain: append(last, fraction: nil, to: &buffer)
    case .fraction: append(last, fraction: details, to: &buffer)
    case .offset: append(last, zone: details % 12 - 5, to: &buffer)
    }
  }

  func appendCreated(to buffer: inout [UInt8]) {
    if isTimeless { buffer.append("null") } else { append(created, fraction: nil, to: &buffer) }
  }

  func appendUpdated(to buffer: inout [UInt8]) {
    if isTimeless { buffer.append("null") } else { append(updated, fraction: nil, to: &buffer) }
  }

  /// Appends a time, with a fraction where there is one (in microseconds, or milliseconds if it is even).
  private func append(_ time: Int, fraction: Int?, to buffer: inout [UInt8]) {
    buffer.append("\"")
    appendClock(time, to: &buffer)
    if let fraction {
      buffer.append(".")
      if fraction % 2 == 0 {
        buffer.appendDecimal(fraction / 1000, width: 3)
      } else {
        buffer.appendDecimal(fraction, width: 6)
      }
    }
    buffer.append("Z\"")
  }

  private func append(_ time: Int, zone: Int, to buffer: inout [UInt8]) {
    buffer.append("\"")
    appendClock(time + zone * 3600, to: &buffer)
    buffer.append(zone < 0 ? "-" : "+")
    buffer.appendDecimal(abs(zone), width: 2)
    buffer.append(":00\"")
  }

  private func appendClock(_ time: Int, to buffer: inout [UInt8]) {
    CivilDate(daysSince1970: Int64(time / Self.day)).append(to: &buffer)
    let second = time % Self.day
    buffer.append("T")
    buffer.appendDecimal(second / 3600, width: 2)
    buffer.append(":")
    buffer.appendDecimal(second / 60 % 60, width: 2)
    buffer.append(":")
    buffer.appendDecimal(second % 60, width: 2)
  }
}

extension CivilDate {
  /// Appends the date as `2024-03-01`. The corpus contains years of four digits only.
  func append(to buffer: inout [UInt8]) {
    buffer.appendDecimal(Int(year), width: 4)
    buffer.append("-")
    buffer.appendDecimal(Int(month), width: 2)
    buffer.append("-")
    buffer.appendDecimal(Int(day), width: 2)
  }
}
