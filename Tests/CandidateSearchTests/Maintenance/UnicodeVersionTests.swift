import Testing

@testable import CandidateSearch

@Suite struct StoredUnicodeVersionTests {
  @Test(.sqlite) func isStoredWithTheIndex() throws {
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
