import BindbeeClient
import TestSupport
import Testing

/// A page taken apart, whatever its bytes are, and a walk that does not come on.
@Suite struct PageEnvelopeTests {
  struct Page: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// The cursor, the list and the ids; nil if it is no page.
    let parts: [String?]?

    init(_ name: String, _ text: String, _ parts: [String?]?) {
      testDescription = name
      self.text = text
      self.parts = parts
    }
  }

  static let pages: [Page] = [
    Page("a page", #" {"cursor":"a","page_size":1,"items":[{"id":"b"}]} "#, ["a", #"[{"id":"b"}]"#, "b"]),
    Page("the last", #"{"items":[],"cursor":null}"#, [nil, "[]"]),
    Page("escapes", #"{"cursor":"\u00e9\ud83d\ude00\/\n\"","items":[]}"#, ["é😀/\n\"", "[]"]),
    Page("names twice", #"{"cursor":"a","cursor":null,"items":[1],"items":[]}"#, [nil, "[]"]),
    Page("names inside", #"{"x":{"cursor":"a","items":[1]},"cursor":null,"items":[]}"#, [nil, "[]"]),
    Page(
      "ids of all kinds",
      #"{"cursor":null,"items":[{"id":7},{"a":{"id":"no"}},{"id":null},{"id":"\u0041"},{"id":""},17,{"id":"a","id":"b"}]}"#,
      [
        nil,
        #"[{"id":7},{"a":{"id":"no"}},{"id":null},{"id":"\u0041"},{"id":""},17,{"id":"a","id":"b"}]"#,
        "7", "A", "b",
      ]),
    Page(
      "broken records",
      #"{"cursor":null,"items":[{"id":"a","x":tru},{"id"},{"id":"b" "x"},{"id":"c"} {"id":"d"},,]}"#,
      [nil, #"[{"id":"a","x":tru},{"id"},{"id":"b" "x"},{"id":"c"} {"id":"d"},,]"#, "a", "b", "c", "d"]),
    Page("nothing", "", nil),
    Page("no members", "{}", nil),
    Page("no list", #"{"items":null,"cursor":null}"#, nil),
    Page("no cursor", #"{"items":[]}"#, nil),
    Page("no items", #"{"cursor":null}"#, nil),
    Page("a cursor that is none", #"{"cursor":7,"items":[]}"#, nil),
    Page("half a character", #"{"cursor":"\ud83d","items":[]}"#, nil),
    Page("a list that is none", #"{"cursor":null,"items":{}}"#, nil),
    Page("two pages", #"{"cursor":null,"items":[]}{"cursor":null,"items":[]}"#, nil),
    Page("a name that is none", #"{cursor:null,"items":[]}"#, nil),
    Page("a bracket too many", #"{"cursor":null,"items":[]]}"#, nil),
    Page("other brackets", #"{"cursor":null,"items":[{]}}"#, nil),
    Page("a page in another language", "<html>sign in</html>", nil),
    Page(
      "a cursor that no address can hold",
      #"{"cursor":"\#(String(repeating: "x", count: PageEnvelope.maximumCursorLength))","items":[]}"#, nil),
  ]

  private static func parts(_ bytes: [UInt8]) -> [String?]? {
    guard let page = try? PageEnvelope(bytes) else { return nil }
    return [page.cursor, String(decoding: page.items, as: UTF8.self)] + page.ids
  }

  @Test(arguments: pages) func aPageIsTakenApartOrRefused(_ page: Page) {
    #expect(Self.parts(Array(page.text.utf8)) == page.parts)
  }

  @Test func aPageThatIsCutOffIsNone() {
    let page = Array(
      #"{"cursor":"ab\"","page_size":2,"items":[{"id":"c","x":[1,{"y":"]"}]},{"id":"d"}]}"#.utf8)
    for length in 0..<page.count { #expect(Self.parts(Array(page[..<length])) == nil, "\(length)") }
    #expect(Self.parts(page)?.last == "d")
  }

  /// Depth costs a byte a level and no stack; members that are not asked for cost nothing.
  @Test(.mustEnd) func depthAndNumberDoNotMatter() {
    let depth = 1_000_000
    let (open, close) = (String(repeating: "[", count: depth), String(repeating: "]", count: depth))
    #expect(Self.parts(Array("{\"cursor\":null,\"items\":\(open)\(close)}".utf8))?.count == 2)
    #expect(
      Self.parts(Array("{\"cursor\":null,\"items\":[{\"x\":\(open)\(close),\"id\":\"a\"}]}".utf8))?.last
        == "a")
    #expect(Self.parts(Array("{\"cursor\":null,\"items\":\(open)".utf8)) == nil)
    #expect(Self.parts(Array("{\"cursor\":\(open)\(close),\"items\":[]}".utf8)) == nil)
    #expect(Self.parts(Array(repeating: UInt8(ascii: "{"), count: depth)) == nil)
    let members = String(repeating: #""a":1,"#, count: 300_000)
    #expect(Self.parts(Array("{\(members)\"cursor\":null,\"items\":[]}".utf8)) == [nil, "[]"])
    let ids = String(repeating: #"{"id":"\u0061"},"#, count: 100_000)
    #expect(Self.parts(Array("{\"cursor\":null,\"items\":[\(ids)]}".utf8))?.count == 100_002)
  }

  /// Any bytes are a page or an error.
  @Test func anyBytesAreAnswered() {
    var random = SplitMix64(state: 14)
    let alphabet = Array(#"{}[]",:\u0aeid cursor items null 7é"#.utf8) + [0, 0xFF, 0x80, 0x0A]
    let page = Array(#"{"cursor":"ab","items":[{"id":"c","x":[1,{"y":"]"}]},{"id":"d\u0041"}]}"#.utf8)
    var pages = 0
    for _ in 0..<20_000 {
      var bytes = Bool.random(using: &random) ? page : []
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        let byte = alphabet.randomElement(using: &random) ?? 0
        let place = Int.random(in: 0...bytes.count, using: &random)
        if place < bytes.count, Bool.random(using: &random) {
          bytes[place] = byte
        } else {
          bytes.insert(byte, at: place)
        }
      }
      if Self.parts(bytes) != nil { pages += 1 }
    }
    #expect((1000..<15_000).contains(pages))
  }

  /// A record that is cut short, or that no JSON reader takes, has an id as far as it is there.
  @Test(arguments: [
    (#"{"id":"a","x":"#, "a"), (#"{"id":"a","x":tru}"#, "a"), (#"{"x":[1,2],"id":"b""#, "b"),
    (#"{"x":{"id":"c"#, nil), (#"{"id":"#, nil), ("", nil), ("17", nil), (#"["id","a"]"#, nil),
    (#"{"id":{}}"#, nil),
    (#"{"id":"\#(String(repeating: "x", count: 5000))"}"#, nil),
  ])
  func aRecordsIDIsFound(_ record: String, _ id: String?) {
    #expect(RecordID.find(in: Array(record.utf8)[...]) == id)
  }

  // MARK: - Walks

  struct Walk: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The ids of a page, by its number.
    let ids: @Sendable (Int) -> [Int]
    /// How many pages are asked for before it fails; nil if the walk, of 3,500 pages, ends.
    let end: Int?
  }

  static let walks: [Walk] = [
    Walk(testDescription: "a new one on each page", ids: { [$0] }, end: nil),
    Walk(testDescription: "empty pages", ids: { _ in [] }, end: 1000),
    Walk(testDescription: "the same one", ids: { _ in [7] }, end: 1001),
    Walk(testDescription: "the same hundred", ids: { [$0 % 100] }, end: 1100),
    Walk(testDescription: "a new one now and then", ids: { [$0 / 1000] }, end: nil),
    Walk(testDescription: "a new one too seldom", ids: { [$0 / 1001] }, end: 2001),
  ]

  @Test(arguments: walks) func aWalkThatDoesNotComeOnFails(_ walk: Walk) async throws {
    let pages = CandidatePages { cursor, _ in
      let number = (cursor.flatMap { Int($0) } ?? 0) + 1
      let ids = walk.ids(number).map { "{\"id\":\"\($0)\"}" }.joined(separator: ",")
      let next = number < 3500 ? "\"\(number)\"" : "null"
      return try PageEnvelope(Array("{\"cursor\":\(next),\"items\":[\(ids)]}".utf8))
    }
    var count = 0
    do {
      for try await _ in pages { count += 1 }
      #expect(walk.end == nil && count == 3500)
    } catch {
      #expect(error as? BindbeeError == .noNewCandidates(pages: 1000))
      #expect(count + 1 == walk.end)
    }
  }
}
