import Testing

@testable import CandidateSearch

@Suite struct DocidTests {
  private static func time(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

  /// An allocator over an index that holds nothing but what it has given out itself.
  private static func allocator() -> DocidAllocator { DocidAllocator { _ in nil } }

  @Test func laterTimesHaveSmallerDocids() throws {
    let times = [
      "9999-12-31T23:59:59Z", "2099-01-01", "2040-01-01T00:00:01Z", "2040-01-01", "2039-12-31T23:59:59Z",
      "2021-07-01T09:30:01Z", "2021-07-01T09:30:00Z", "1970-01-01", "1969-12-31", "0001-01-01",
    ]
    var allocator = Self.allocator()
    var docids = try times.map { try allocator.allocate(try Self.time($0)) }
    docids.append(try allocator.allocate(nil))
    #expect(docids == docids.sorted())
    #expect(Set(docids).count == docids.count)
  }

  @Test func aDocidTellsItsSecond() throws {
    var allocator = Self.allocator()
    for text in [
      "9999-12-31T23:59:59Z", "2040-01-01", "2021-07-01T09:30:00Z", "1969-12-31T23:59:59.5Z", "0001-01-01",
    ] {
      let time = try Self.time(text)
      #expect(try allocator.allocate(time).second == time.seconds, "\(text)")
    }
    #expect(try allocator.allocate(nil).second == nil)
  }

  @Test func aMillionEqualTimesAreFoundPlacesQuicklyAndStayTogether() throws {
    var lookups = 0
    var allocator = DocidAllocator { _ in
      lookups += 1
      return nil
    }
    let midnight = try Self.time("2021-07-01T00:00:00Z")
    let newer = try allocator.allocate(try Self.time("2021-07-01T00:10:00Z"))
    let older = try allocator.allocate(try Self.time("2021-06-30T23:59:59Z"))
    var docids: Set<Docid> = []
    for _ in 0..<1_000_000 { docids.insert(try allocator.allocate(midnight)) }
    #expect(docids.count == 1_000_000)
    #expect(docids.allSatisfy { newer < $0 && $0 < older })
    #expect(lookups == 2 + (1_000_000 + Int(Docid.slotsPerSecond) - 1) / Int(Docid.slotsPerSecond))
  }

  @Test func aMillionWithoutATimeComeLast() throws {
    var allocator = Self.allocator()
    let oldest = try allocator.allocate(try Self.time("0001-01-01"))
    var last = oldest
    for _ in 0..<1_000_000 {
      let docid = try allocator.allocate(nil)
      if docid <= last { Issue.record("\(docid) after \(last)") }
      last = docid
    }
  }

  @Test(arguments: ["2021-07-01T00:00:00Z", "2021-07-01T23:59:59Z"])
  func whatASecondCannotHoldStaysInItsDay(_ text: String) throws {
    var allocator = Self.allocator()
    let time = try Self.time(text)
    let day = Docid.range(
      from: try Self.time("2021-07-01").seconds, until: try Self.time("2021-07-02").seconds)
    var docids: Set<Docid> = []
    for _ in 0..<(Docid.slotsPerSecond + 10) {
      let docid = try allocator.allocate(time)
      if !day.contains(docid.value) { Issue.record("\(docid) lies outside its day") }
      docids.insert(docid)
    }
    #expect(docids.count == Int(Docid.slotsPerSecond) + 10)
  }

  @Test func theIndexIsAskedWhatIsInUse() throws {
    let time = try Self.time("2021-07-01")
    let first = Docid.slots(ofSecond: time.seconds).lowerBound
    var allocator = DocidAllocator { range in range.contains(first + 41) ? first + 41 : nil }
    #expect(try allocator.allocate(time).value == first + 42)
  }
}
