import Testing

@testable import CandidateSearch

/// Remembered suggestions are those of the present index and of the scope.
@Suite struct SuggestionCacheTests {
  private func texts(_ index: CandidateIndex, limit: Int = 10) throws -> [String] {
    try index.suggest("en", limit: limit).words.map { "\($0.text) \($0.count)" }
  }

  @Test func aChangeOfTheIndexIsSeen() throws {
    let index = try CandidateIndex.holding(#"{"id":"1","title":"engineer"}"#)
    for _ in 0..<2 { #expect(try texts(index) == ["engineer 1"]) }
    try index.add([#"{"id":"2","title":"engineer"}"#, #"{"id":"3","title":"engraver"}"#])
    for _ in 0..<2 { #expect(try texts(index) == ["engineer 2", "engraver 1"]) }
    #expect(try texts(index, limit: 1) == ["engineer 2"])
    _ = try index.delete(ids: ["1", "2"])
    #expect(try texts(index) == ["engraver 1"])
  }

  @Test func scopesAreApart() throws {
    let index = try CandidateIndex.holding(
      #"{"id":"1","title":"engineer","is_private":true}"#, #"{"id":"2","title":"engraver","tags":["a"]}"#)
    let tagged = index.scoped(to: try Scope("tag:a"))
    for _ in 0..<2 {
      #expect(try texts(index) == ["engineer 1", "engraver 1"])
      #expect(try texts(index.scoped(to: .public)) == ["engraver 1"])
      #expect(try texts(tagged) == ["engraver 1"])
    }
  }

  @Test func moreTextsThanAreRememberedAreSuggested() throws {
    let index = try CandidateIndex.holding(#"{"id":"1","title":"engineer"}"#)
    for i in 0...SuggestionCache.maximumCount { #expect(try index.suggest("x\(i)").words.isEmpty) }
    #expect(try texts(index) == ["engineer 1"])
  }
}
