import Testing

@testable import CandidateSearch

@Suite struct UnicodeVersionTests {
  /// No scalar of any plane is newer, and some are as new.
  @Test func isTheAgeOfTheNewestScalar() {
    let newest = (UInt32(0)...0x10_FFFF).lazy.compactMap { Unicode.Scalar($0)?.properties.age }
      .map { 100 * $0.major + $0.minor }.max()
    #expect(UnicodeVersion.current.number == newest)
    #expect(UnicodeVersion.current.number >= 1_500)
    #expect(UnicodeVersion(number: 1_501).description == "15.1")
  }

  @Test func isStoredWithTheIndex() throws {
    let index = try CandidateIndex.holding(#"{"id":"1"}"#)
    #expect(try index.statistics().unicodeVersion == .current)
    #expect(try index.check().unicodeVersion == .current)
    try index.write { try $0.execute(sql: "DELETE FROM setting WHERE name = 'unicode_version'") }
    #expect(try index.statistics().unicodeVersion == nil)
    #expect(try index.check().isSound, "the file is as good as before")
    try index.rebuild()
    #expect(try index.statistics().unicodeVersion == .current)
  }
}
