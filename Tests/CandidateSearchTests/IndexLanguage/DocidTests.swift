import TestSupport
import Testing

@testable import CandidateSearch

/// Docids in memory: what a table of candidates does for an allocator.
private final class DocidDictionary: MutableDocidTable {
  private(set) var entries: [Int64: DocidEntry] = [:]
  private var keys: [Int64: DocidKey] = [:]
  /// Ascending.
  private var docids: [Int64] = []
  private(set) var lookups = 0
  private(set) var moves = 0

  private func position(of docid: Int64) -> Int {
    var (low, high) = (0, docids.count)
    while low < high {
      let middle = (low + high) / 2
      if docids[middle] < docid { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func first(in range: ClosedRange<Int64>) -> DocidEntry? {
    lookups += 1
    let i = position(of: range.lowerBound)
    return i < docids.count && docids[i] <= range.upperBound ? entries[docids[i]] : nil
  }

  func key(of entry: DocidEntry) throws -> DocidKey { try #require(keys[entry.number]) }

  func move(_ entry: DocidEntry, to docid: Docid) {
    moves += 1
    remove(entry)
    insert(DocidEntry(number: entry.number, docid: docid))
  }

  func remove(_ entry: DocidEntry) {
    docids.remove(at: position(of: entry.docid.value))
    entries[entry.docid.value] = nil
  }

  func insert(_ entry: DocidEntry) {
    docids.insert(entry.docid.value, at: position(of: entry.docid.value))
    entries[entry.docid.value] = entry
  }

  func insert(_ number: Int64, _ key: DocidKey, _ allocator: inout DocidAllocator<DocidDictionary>) throws {
    keys[number] = key
    insert(DocidEntry(number: number, docid: try allocator.assign(key, to: number)))
  }

  func randomEntry(using random: inout SplitMix64) -> DocidEntry? {
    docids.randomElement(using: &random).flatMap { entries[$0] }
  }

  /// The numbers in the order of docids.
  var order: [Int64] { docids.compactMap { entries[$0]?.number } }
  /// The numbers in the order of their keys.
  var wantedOrder: [Int64] {
    order.compactMap { number in keys[number].map { ($0, number) } }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

@Suite struct DocidTests {
  private static func seconds(_ text: String) throws -> Int64 { try #require(Timestamp(text)).seconds }

  private static func key(_ id: Int64, second: Int64?) -> DocidKey {
    DocidKey(second: second, connector: "c", id: "\(id)")
  }

  @Test func laterTimesHaveSmallerDocids() throws {
    let times = [
      "9999-12-31T23:59:59Z", "2099-01-01", "2040-01-01T00:00:01Z", "2040-01-01", "2039-12-31T23:59:59Z",
      "2021-07-01T09:30:01Z", "2021-07-01T09:30:00Z", "1970-01-01", "1969-12-31", "0001-01-01",
    ]
    let slots = try times.map { Docid.slots(ofSecond: try Self.seconds($0)) } + [Docid.timeless]
    for (a, b) in zip(slots, slots.dropFirst()) { #expect(a.upperBound < b.lowerBound) }
  }

  @Test(arguments: [
    "9999-12-31T23:59:59Z", "2040-01-01", "2021-07-01T09:30:00Z", "1969-12-31T23:59:59.5Z", "0001-01-01",
  ])
  func aDocidTellsItsSecond(_ text: String) throws {
    let second = try Self.seconds(text)
    let slots = Docid.slots(ofSecond: second)
    #expect(Docid(value: slots.lowerBound).second == second)
    #expect(Docid(value: slots.upperBound).second == second)
  }

  @Test(arguments: [Docid.timeless.lowerBound, Docid.timeless.upperBound])
  func aDocidWithoutATimeTellsNone(_ value: Int64) { #expect(Docid(value: value).second == nil) }

  @Test(arguments: [Int64.min, -62_135_596_801, 253_402_300_800, .max])
  func timesOutsideOfTheCalendarCountAsItsFirstOrLastSecond(_ second: Int64) {
    let ends = [-62_135_596_800, 253_402_300_799] as [Int64]
    #expect(ends.contains(Docid(value: Docid.slots(ofSecond: second).lowerBound).second ?? 0))
    let range = Docid.range(from: second, until: second)
    #expect(range.lowerBound <= range.upperBound)
  }

  /// Seconds with room for few, so that candidates often meet.
  @Test(arguments: 1...20)
  func theOrderDependsOnTimeAndIdentityAlone(_ seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let table = DocidDictionary()
    let width: Int64 = 2_048
    let slots: (Int64?) -> ClosedRange<Int64> = { second in
      let first = (second.map { 10 - $0 } ?? 20) * width
      return first...(first + width - 1)
    }
    for step in 0..<2_000 {
      // Each transaction has an allocator of its own.
      var allocator = DocidAllocator(table, slots: slots)
      if step % 3 == 2, let entry = table.randomEntry(using: &random) {
        table.remove(entry)
      } else {
        let second = Int64.random(in: 0...2, using: &random)
        try table.insert(Int64(step), Self.key(Int64(step), second: second == 2 ? nil : second), &allocator)
      }
      if step % 50 == 0 { #expect(table.order == table.wantedOrder) }
    }
    #expect(table.order == table.wantedOrder)
    #expect(table.moves > 20, "candidates have made room for others")
  }

  @Test func aMillionEqualTimesCostFewSteps() throws {
    // A sixteenth of the width of a second, a sixteenth of a million: the same density.
    let (count, width) = (62_500, Int64(1 << 20))
    let table = DocidDictionary()
    var allocator = DocidAllocator(table) { _ in 0...(width - 1) }
    for i in 0..<Int64(count) { try table.insert(i, Self.key(i, second: 0), &allocator) }
    #expect(table.order == table.wantedOrder)
    #expect(table.moves < count / 8)
    #expect(table.lookups < count * 5 / 4)
  }

  @Test func aFullSecondIsAnErrorAndOthersStay() throws {
    let table = DocidDictionary()
    var allocator = DocidAllocator(table) { _ in 0...255 }
    #expect(throws: SecondIsFull.self) {
      for i in 0..<300 { try table.insert(Int64(i), Self.key(Int64(i), second: 0), &allocator) }
    }
    #expect(table.order == table.wantedOrder)
    #expect(table.order.count > 128)
  }

  @Test func theBoundaryOfWhoIsGoneIsWhereTheCandidateWas() throws {
    let table = DocidDictionary()
    var allocator = DocidAllocator(table) { _ in 0...1023 }
    for i in 0..<500 { try table.insert(Int64(i), Self.key(Int64(i), second: 0), &allocator) }
    for number in Int64(0)..<500 {
      let key = Self.key(number, second: 0)
      let entry = try #require(table.entries.values.first { $0.number == number })
      table.remove(entry)
      let boundary = try DocidAllocator(table) { _ in 0...1023 }.boundary(key)
      for other in table.entries.values {
        #expect((other.docid.value < boundary) == (try table.key(of: other) < key))
      }
      table.insert(entry)
    }
  }
}
