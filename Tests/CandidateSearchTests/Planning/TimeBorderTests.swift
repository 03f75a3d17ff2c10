import Testing

@testable import CandidateSearch

/// Times at the ends of the calendar: exports write the last second for never.
@Suite struct TimeBorderTests {
  @Test(arguments: [
    ("9999", "midnight last"), ("9999-12-31", "midnight last"), ("<=9999", "first last midnight now"),
    ("..9999", "first last midnight now"), (">9999", ""), (">=9999", "midnight last"), ("<9999", "first now"),
    ("9998..9999", "midnight last"), ("0001", "first"), ("<0001", ""), ("<=0001", "first"),
    (">0001", "last midnight now"), ("0001..9999", "first last midnight now"),
  ]) func rangesContainTheirEnds(range: String, found: String) throws {
    let index = try CandidateIndex.holding(
      #"{"id":"last","last_interaction_at":"9999-12-31T23:59:59Z"}"#,
      #"{"id":"midnight","last_interaction_at":"9999-12-31T00:00:00Z"}"#,
      #"{"id":"now","last_interaction_at":"2026-01-01T00:00:00Z"}"#,
      #"{"id":"first","last_interaction_at":"0001-01-01T00:00:00Z"}"#)
    let expected = found.split(separator: " ").map(String.init).sorted()
    #expect(try index.ids("last_interaction:\(range)").sorted() == expected)
    #expect(try index.count("last_interaction:\(range)") == expected.count)
  }
}
