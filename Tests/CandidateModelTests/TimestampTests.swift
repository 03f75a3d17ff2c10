import CandidateModel
import Testing

@Suite struct TimestampTests {
  static let read: [(text: String, expected: String)] = [
    ("2021-07-01T09:30:00Z", "2021-07-01T09:30:00Z"),
    ("2021-07-01", "2021-07-01T00:00:00Z"),
    ("2021-07-01T09:30:00", "2021-07-01T09:30:00Z"),
    ("2021-07-01 09:30:00", "2021-07-01T09:30:00Z"),
    ("2021-07-01t09:30z", "2021-07-01T09:30:00Z"),
    ("2021-07-01T09:30:00+02:00", "2021-07-01T07:30:00Z"),
    ("2021-07-01T00:30:00+0200", "2021-06-30T22:30:00Z"),
    ("2021-07-01T09:30:00-07", "2021-07-01T16:30:00Z"),
    ("2021-07-01T09:30:00.5Z", "2021-07-01T09:30:00.5Z"),
    ("2021-07-01T09:30:00.123456789Z", "2021-07-01T09:30:00.123456Z"),
    ("2021-07-01T09:30:00,25+00:00", "2021-07-01T09:30:00.25Z"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
    ("2020-02-29", "2020-02-29T00:00:00Z"),
    ("1969-12-31T23:59:59.75Z", "1969-12-31T23:59:59.75Z"),
    ("0001-01-01", "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
  ]

  @Test(arguments: read) func reads(_ text: String, _ expected: String) {
    #expect(Timestamp(text)?.description == expected)
  }

  @Test(arguments: [
    "", "soon", "2021", "2021-07", "2021-13-01", "2021-02-29", "2021-00-10", "2021-01-00", "0000-01-01",
    "2021-07-01T", "2021-07-01T24:00:00Z", "2021-07-01T09:60Z", "2021-07-01T09:30:61Z",
    "2021-07-01T09:30:00.Z",
    "2021-07-01T09:30:00+", "2021-07-01T09:30:00+2", "2021-07-01T09:30:00Zx", "2021-07-01Z", "1625097600",
    "01/07/2021", "２０２１-07-01", "2021-07-01T09:30:00+99:00", " 2021-07-01",
  ])
  func refuses(_ text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func daysAndDatesAgreeOverTheWholeCalendar() throws {
    var day = try #require(CivilDate(year: 1, month: 1, day: 1)).daysSince1970
    var date = CivilDate(daysSince1970: day)
    while date.year < 9999 {
      #expect(date.daysSince1970 == day)
      day += 97
      date = CivilDate(daysSince1970: day)
    }
    #expect(CivilDate(daysSince1970: 0).description == "1970-01-01")
  }

  @Test(arguments: [Int64.min, .min + 1, .max]) func anyNumberHasADescription(_ microseconds: Int64) {
    #expect(Timestamp(microseconds: microseconds).description.hasSuffix("Z"))
  }
}
