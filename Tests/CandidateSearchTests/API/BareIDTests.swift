import Testing

@testable import CandidateSearch

/// An id that is typed as it is finds whose it is.
@Suite struct BareIDTests {
  private static let id = "018b18ef-c487-703c-afd9-0ca478ccd9d6"

  private static func index() throws -> CandidateIndex {
    let index = try CandidateIndex.holding(
      #"{"id":"\#(id)","remote_id":"R-77","title":"cook"}"#, #"{"id":"cook1","title":"\#(id) cook1"}"#,
      #"{"id":"hidden-1","remote_id":"9981","is_private":true}"#, #"{"id":"Case-ID","title":"baker"}"#,
      #"{"id":"baker"}"#, #"{"id":"with space-1"}"#, connector: "a")
    try index.add([#"{"id":"\#(id)","title":"twice"}"#], connector: "b")
    return index
  }

  static let queries: [(query: String, hits: [String], hitsOfPublic: [String])] = [
    (id, ["\(id) exact", "\(id) exact", "cook1 fields"], ["\(id) exact", "\(id) exact", "cook1 fields"]),
    (
      id.uppercased(), ["\(id) exact", "\(id) exact", "cook1 fields"],
      ["\(id) exact", "\(id) exact", "cook1 fields"]
    ),
    ("r-77", ["\(id) exact"], ["\(id) exact"]),
    ("cook1", ["cook1 exact"], ["cook1 exact"]),
    ("hidden-1", ["hidden-1 exact"], []), ("9981", ["hidden-1 exact"], []),
    ("Case-ID", ["Case-ID exact"], ["Case-ID exact"]), ("case-id", [], []),
    // Not what an id looks like.
    ("baker", ["Case-ID exact"], ["Case-ID exact"]),
    ("018b18ef-c487*", ["cook1 anywhere"], ["cook1 anywhere"]),
    ("with space-1", [], []),
    // Filters hold.
    ("\(id) -title:twice tag:x", [], []), ("\(id) connector:b", ["\(id) exact"], ["\(id) exact"]),
    ("hidden-1 OR r-77", ["hidden-1 exact", "\(id) exact"], ["\(id) exact"]),
    // Beside other parts, it is a filter.
    ("cook -cook1", ["\(id) exact"], ["\(id) exact"]), ("cook -R-77", [], []),
    ("hidden-1 OR tag:x", ["hidden-1 recent"], []),
    ("(cook1 OR R-77) (cook OR baker)", ["\(id) recent"], ["\(id) recent"]),
    (
      "a-1 OR a-2 OR a-3 OR a-4 OR Case-ID OR 9981", ["Case-ID recent", "hidden-1 recent"], ["Case-ID recent"]
    ),
  ]

  @Test(arguments: queries) func findsWhoseItIs(query: String, hits: [String], hitsOfPublic: [String]) throws
  {
    let index = try Self.index()
    let shown = index.seen(in: .public)
    for (index, expected) in [(index, hits), (shown, hitsOfPublic)] {
      let found = try index.search(query, .asTyped(limit: 100)).hits.map { "\($0.candidate.id) \($0.tier)" }
      #expect(Set(found) == Set(expected) && found.count == expected.count, "\(found)")
      if query == Self.id { #expect(found == expected, "whose id it is comes first") }
      #expect(try index.count(query, .asTyped()) == expected.count)
      var options = SearchOptions.asTyped(limit: 100)
      options.sort = SearchSort(by: .name)
      #expect(try index.search(query, options).hits.count == expected.count)
      // Page by page.
      var (paged, cursor): ([String], String?) = ([], nil)
      repeat {
        let page = try index.search(query, .asTyped(limit: 1, cursor: cursor))
        paged += page.hits.map { "\($0.candidate.id) \($0.tier)" }
        cursor = page.nextCursor
      } while cursor != nil && paged.count < 10
      #expect(paged == found)
    }
  }

  /// An ordinary text is not looked up as an id, and what is nobody's asks nothing more.
  @Test func ordinaryTextsAskNothingMore() throws {
    let index = try Self.index()
    func steps(_ query: String) throws -> [String] {
      try index.explained(query, .asTyped()).filter { $0.tier == .exact }.map(\.expression)
    }
    #expect(try steps("baker").count == 1)
    #expect(try steps("cook baker").count <= 1)
    #expect(try steps("nobodys-1").count == 2, "remote ids and addresses are terms")
  }

  @Test func commonWordsAreNoTypingErrors() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<60).map { #"{"id":"\#($0)","last_name":"Thi","title":"Fur trader"}"# })
    #expect(try index.search("the").hits.isEmpty)
    #expect(try index.search("for").hits.isEmpty)
    #expect(try index.search("tho").hits.first?.tier == .corrected, "other words are")
  }
}
