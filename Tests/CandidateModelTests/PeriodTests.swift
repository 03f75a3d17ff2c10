import CandidateModel
import Testing

@Suite struct PeriodTests {
  /// A text, and the moments that lie the period after and before 2024-01-31T12:30:00Z; nil for no period.
  static let cases: [(text: String, after: String?, before: String?)] = [
    ("30min", "2024-01-31T13:00:00Z", "2024-01-31T12:00:00Z"),
    ("12h", "2024-02-01T00:30:00Z", "2024-01-31T00:30:00Z"),
    ("90d", "2024-04-30T12:30:00Z", "2023-11-02T12:30:00Z"),
    ("2w", "2024-02-14T12:30:00Z", "2024-01-17T12:30:00Z"),
    ("1mo", "2024-02-29T12:30:00Z", "2023-12-31T12:30:00Z"),
    ("13mo", "2025-02-28T12:30:00Z", "2022-12-31T12:30:00Z"),
    ("1y", "2025-01-31T12:30:00Z", "2023-01-31T12:30:00Z"),
    ("7975y", "9999-01-31T12:30:00Z", nil), ("2023y", "4047-01-31T12:30:00Z", "0001-01-31T12:30:00Z"),
  ]

  @Test(arguments: cases.indices) func aPeriodLeadsToAMoment(_ number: Int) throws {
    let (text, after, before) = Self.cases[number]
    let period = try #require(Period(text))
    let time = try #require(Timestamp("2024-01-31T12:30:00Z"))
    #expect(period.after(time)?.description == after && period.before(time)?.description == before, "\(text)")
    #expect(period.description == text)
  }

  static let wrong = [
    "", "d", "0d", "-1d", "+1d", "1", "1 d", "1D", "1m", "1s", "1.5h", "100001d", "99999999999999999999d",
    "1d ", "٣d",
    "1d\0", "1mo1", "month",
  ]

  @Test(arguments: wrong) func otherTextsAreNoPeriods(_ text: String) { #expect(Period(text) == nil) }

  @Test(arguments: ["100000min", "100000d", "100000w", "100000y", "100000mo"])
  func nothingIsBeyondTheCalendar(_ text: String)
    throws
  {
    let period = try #require(Period(text))
    for time in ["0001-01-01", "9999-12-31"].compactMap({ Timestamp($0) }) {
      for moment in [period.after(time), period.before(time)].compactMap(\.self) {
        #expect((1...9999).contains(moment.date.year))
      }
    }
  }
}
