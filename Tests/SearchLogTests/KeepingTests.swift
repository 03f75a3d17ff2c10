import Foundation
import TestSupport
import Testing

@testable import SearchLog

/// How long entries are kept, and how they are found.
@Suite struct KeepingTests {
  /// A period, a present, and the first moment that is kept.
  struct PeriodCase: Sendable, CustomTestStringConvertible {
    let text: String
    let now: String
    let start: String?
    init(_ text: String, _ now: String, _ start: String?) {
      (self.text, self.now, self.start) = (text, now, start)
    }
    var testDescription: String { text }
  }

  static let periods = [
    PeriodCase("90d", "2026-04-01T10:00:00Z", "2026-01-01"),
    PeriodCase("1d", "2026-03-01T23:59:59Z", "2026-02-28"),
    PeriodCase("2w", "2026-01-15", "2026-01-01"), PeriodCase("13mo", "2026-03-31T01:00:00Z", "2025-02-28"),
    PeriodCase("13MO", "2026-03-31", nil), PeriodCase("1y", "2024-02-29", "2023-02-28"),
    PeriodCase("9999y", "2026-01-01", "0001-01-01"),
    PeriodCase("", "2026-01-01", nil), PeriodCase("d", "2026-01-01", nil),
    PeriodCase("0d", "2026-01-01", nil),
    PeriodCase("10000d", "2026-01-01", "1998-08-16"), PeriodCase("100001d", "2026-01-01", nil),
    PeriodCase("-1d", "2026-01-01", nil),
    PeriodCase("3m", "2026-01-01", nil), PeriodCase("90", "2026-01-01", nil),
    PeriodCase("90 d", "2026-01-01", nil),
    PeriodCase("٣d", "2026-01-01", nil), PeriodCase("1d2w", "2026-01-01", nil),
  ]

  @Test(arguments: periods) func periodsAreOfTheCalendar(_ period: PeriodCase) throws {
    let read = Period(period.text)
    #expect((read == nil) == (period.start == nil))
    let now = try #require(Timestamp(period.now))
    #expect(read?.startOfDay(before: now) == period.start.flatMap { Timestamp($0) })
  }

  private func date(_ entry: Int) -> Timestamp { TestLog.entry(entry).time }

  @Test func oldEntriesAreRemovedAndTheChainGoesOn() throws {
    let test = try TestLog(entries: 2_500)
    let log = try test.open()
    let kept = try log.head()
    let period = try #require(Period("10d"))
    // Those of the last ten days and of the present one.
    #expect(try log.removeEntries(olderThan: period, now: date(2_500)) == 2_489)
    let verification = try log.verify(kept: kept)
    #expect(verification.isSound && verification.entries == 11 && verification.anchor.number == 2_489)
    #expect(try log.removeEntries(olderThan: period, now: date(2_500)) == 0)
    #expect(try log.entries(thatShowed: "c-5").isEmpty)
    try log.append(TestLog.entry(2_501))
    try log.flush()
    #expect(try log.verify().entries == 12)
    #expect(try log.removeEntries(olderThan: period, now: date(4_000)) == 12)
    #expect(try log.verify().isSound)
    try log.append(TestLog.entry(4_001))
    try log.flush()
    #expect(try log.head().number == 2_502)
    #expect(try log.verify().entries == 1)
    // A forger removes one more than retention did.
    try test.tamper("DELETE FROM entry; DELETE FROM shown")
    #expect(try test.open(.reading).verify().defect == .cutOff(last: 2_502))
  }

  @Test func anEntryWithAWrongTimeRemovesNoOthers() throws {
    let log = try TestLog(entries: 3).open()
    var entry = TestLog.entry(4)
    entry.time = Timestamp(microseconds: 0)
    try log.append(entry)
    try log.flush()
    #expect(try log.removeEntries(olderThan: #require(Period("1d")), now: date(3)) == 1)
    #expect(try log.verify().entries == 3)
  }

  /// Conditions, and the numbers of the entries that meet them.
  struct Search: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let numbers: [Int]
    let set: @Sendable (inout SearchLogQuery) -> Void
    init(_ name: String, _ numbers: [Int], _ set: @escaping @Sendable (inout SearchLogQuery) -> Void) {
      (testDescription, self.numbers, self.set) = (name, numbers, set)
    }
  }

  static let searches = [
    Search("all", [5, 4, 3, 2, 1]) { _ in },
    Search("limit", [5, 4]) { $0.limit = 2 },
    Search("no limit", []) { $0.limit = 0 },
    Search("text", [3]) { $0.text = "NUMBER3" },
    Search("words in any order", [3]) { $0.text = "number3 Engineer" },
    Search("words that no entry has together", []) { $0.text = "number3 number4" },
    Search("canonical", [2]) { $0.text = "and number2" },
    Search("key", [4]) { $0.key = "key-4" },
    Search("key of none", []) { $0.key = "KEY-4" },
    Search("purpose", [5]) { $0.purpose = "Vacancy 5" },
    Search("kind", []) { $0.kind = .record },
    Search("since", [5, 4]) { $0.since = TestLog.entry(4).time },
    Search("until", [3, 2, 1]) { $0.until = TestLog.entry(4).time },
    Search("both", [3]) {
      $0.text = "engineer"
      $0.since = TestLog.entry(3).time
      $0.until = TestLog.entry(4).time
    },
  ]

  @Test(arguments: searches) func entriesAreFound(_ search: Search) throws {
    let log = try TestLog(entries: 5).open(.reading)
    var query = SearchLogQuery()
    search.set(&query)
    #expect(try log.entries(query).map(\.number) == search.numbers)
  }

  @Test func whoWasShownACandidate() throws {
    let log = try TestLog(entries: 5).open(.reading)
    #expect(try log.entries(thatShowed: "c-3").map(\.number) == [3, 2])
    #expect(try log.entries(thatShowed: "C-3").map(\.number) == [3, 2])
    #expect(try log.entries(thatShowed: "c-3", connector: "lever").map(\.number) == [2])
    #expect(try log.entries(thatShowed: "c-3", limit: 1).map(\.number) == [3])
    #expect(try log.entries(thatShowed: "c-").isEmpty)
  }
}
