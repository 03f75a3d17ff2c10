import Testing

@testable import TextAnalysis

@Suite struct UnicodeVersionTests {
  /// No scalar of any plane is newer, and some are as new.
  @Test func isTheAgeOfTheNewestScalar() {
    let newest = (UInt32(0)...0x10_FFFF).lazy.compactMap { Unicode.Scalar($0)?.properties.age }
      .map { 100 * $0.major + $0.minor }.max()
    #expect(UnicodeVersion.current.number == newest)
    #expect(UnicodeVersion.current.number >= 1_500)
    #expect(UnicodeVersion(number: 1_501).description == "15.1")
  }
}
