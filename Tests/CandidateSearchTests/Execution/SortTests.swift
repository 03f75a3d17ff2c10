import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateModel
@testable import CandidateSearch

@Suite struct SortTests {
  private static let people = Result { try MixedPeople() }
  private static let sorts = SearchSort.Criterion.allCases.flatMap { by in
    SearchSort.Order.allCases.map { SearchSort(by: by, order: $0) }
  }

  /// What a page holds, by id and connector.
  private static func page(
    _ index: CandidateIndex, _ match: IndexQuery, _ sort: SearchSort, limit: Int, after: SortPosition? = nil
  ) throws -> [SortPosition] {
    try index.snapshot {
      try $0.sortedHits(of: match, by: sort, limit: limit, after: after).map(\.position)
    }
  }

  private static func pages(
    _ index: CandidateIndex, _ match: IndexQuery, _ sort: SearchSort, size: Int
  ) throws -> [[String]] {
    var (found, last): ([[String]], SortPosition?) = ([], nil)
    while true {
      let page = try page(index, match, sort, limit: size, after: last)
      found += page.map { [$0.id, $0.connector] }
      guard page.count == size, let end = page.last, found.count < 10_000 else { return found }
      last = end
    }
  }

  /// The same, by Swift's own sorting. People come the most recent first.
  private static func plain(
    _ people: [(candidate: Candidate, connector: String)], _ sort: SearchSort
  ) -> [[String]] {
    func time(_ candidate: Candidate) -> Int64? {
      switch sort.by {
      case .recent: candidate.recency?.seconds
      case .created: candidate.remoteCreatedAt?.microseconds
      default: candidate.modifiedAt?.microseconds
      }
    }
    let isAscending = sort.order == .ascending
    let sorted = people.enumerated().sorted { a, b in
      let (x, y) = (a.element.candidate, b.element.candidate)
      if sort.by == .name {
        let (m, n) = (SortName.key(of: x), SortName.key(of: y))
        if m == n { return a.offset < b.offset }
        guard let m, let n else { return n == nil }
        return (isAscending ? m : n).utf8.lexicographicallyPrecedes((isAscending ? n : m).utf8)
      }
      let (m, n) = (time(x), time(y))
      // Oldest first is most recent first from behind, within a second too.
      if m == n { return (a.offset < b.offset) != (sort.by == .recent && isAscending && m != nil) }
      guard let m, let n else { return n == nil }
      return isAscending ? m < n : m > n
    }
    return sorted.map { [$0.element.candidate.id, $0.element.connector] }
  }

  @Test(.slow, arguments: sorts) func sortsAsSwiftDoesInPagesOfAnySize(_ sort: SearchSort) throws {
    let people = try Self.people.get()
    for query in MixedPeople.queries(8, seed: 7) {
      let match = try MixedPeople.match(query, people.index)
      let plain = Self.plain(try people.found(query), sort)
      for size in [7, 64, 10_000] {
        let pages = try Self.pages(people.index, match, sort, size: size)
        if pages != plain { Issue.record("\(query) by \(sort) in pages of \(size)") }
      }
    }
  }

  /// A scan of all rows finds what look-ups of the matching ones find, after any position.
  @Test(.sqlite, arguments: sorts) func scansAndLookUpsSortAlike(_ sort: SearchSort) throws {
    let people = try Self.people.get()
    let matches = try ["e*", "engineer", "-tag:senior", "nobodyhasthis", "has:company manager"].map {
      try MixedPeople.match($0, people.index)
    }
    try people.index.read { db in
      func hits(_ match: IndexQuery, _ limit: Int, after: SortPosition?, rowsPerMatch: Int) throws
        -> [SortPosition]
      {
        try SortStatement(
          snapshot: SQLiteSnapshot(db), query: match, sort: sort, rowsPerMatch: rowsPerMatch
        ).hits(limit: limit, after: after).map(\.position)
      }
      for match in matches {
        let plain = try hits(match, 10_000, after: nil, rowsPerMatch: 0)
        for limit in [1, 2, 9, 10_000] {
          for place in stride(from: -1, to: plain.count, by: max(1, plain.count / 9)) {
            let after = place < 0 ? nil : plain[place]
            let found = try hits(match, limit, after: after, rowsPerMatch: 1 << 40)
            if found != Array(plain[(place + 1)...].prefix(limit)) {
              Issue.record("\(match), \(limit) after \(place)")
            }
          }
        }
      }
    }
  }

  @Test(arguments: sorts) func pagesOfOneNeitherRepeatNorSkip(_ sort: SearchSort) throws {
    let people = try Self.people.get()
    let pages = try Self.pages(people.index, .everything, sort, size: 1)
    #expect(pages == Self.plain(people.people, sort))
    #expect(pages.count == Set(pages).count)
    #expect(pages.count == people.people.count)
  }

  @Test func nobodyAndNothing() throws {
    let people = try Self.people.get()
    let sort = SearchSort(by: .name)
    #expect(try Self.page(people.index, .nothing, sort, limit: 10).isEmpty)
    #expect(try Self.page(people.index, .everything, sort, limit: 0).isEmpty)
    #expect(try Self.page(people.index, .everything, sort, limit: -3).isEmpty)
  }

  // MARK: - Positions

  private static func record(
    _ i: Int, name: String = "Doe", created: String = "2020-01-01", modified: String = "2024-01-01",
    seen: String = "2023-01-01"
  ) -> String {
    #"{"id":"\#(i)","last_name":"\#(name)","remote_created_at":"\#(created)","modified_at":"\#(modified)","#
      + #""last_interaction_at":"\#(seen)"}"#
  }

  @Test(arguments: sorts) func whoIsGoneLeavesItsPlace(_ sort: SearchSort) throws {
    let index = try CandidateIndex.empty()
    let letters = ["a", "a", "b", "b", "b", "c"]
    try index.add(
      letters.enumerated().map { i, letter in
        Self.record(
          i, name: letter, created: "2020-01-0\(i / 3 + 1)", modified: "2021-01-0\(i / 4 + 1)",
          seen: "2022-01-0\(i + 1)")
      })
    let all = try Self.page(index, .everything, sort, limit: 10).map(\.id)
    let last = try #require(try Self.page(index, .everything, sort, limit: 3).last)
    _ = try index.delete(ids: [last.id])
    #expect(try Self.page(index, .everything, sort, limit: 10, after: last).map(\.id) == Array(all[3...]))
  }

  @Test func whoWasTouchedKeepsItsPlace() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<6).map { Self.record($0, modified: "2021-01-0\($0 + 1)") })
    let sort = SearchSort(by: .modified)
    let last = try #require(try Self.page(index, .everything, sort, limit: 3).last)
    try index.add([Self.record(3, modified: "2024-01-01")])
    #expect(try Self.page(index, .everything, sort, limit: 10, after: last).map(\.id) == ["2", "1", "0"])
  }

  @Test(arguments: SearchSort.Criterion.allCases) func valuesAreTextsToo(_ by: SearchSort.Criterion) throws {
    let people = try Self.people.get()
    for position in try Self.page(people.index, .everything, SearchSort(by: by), limit: 10_000) {
      #expect(SortPosition.Value(position.value.text, of: by) == position.value)
    }
    #expect(SortPosition.Value("x", of: .created) == nil)
    #expect(SortPosition.Value("1", of: .recent) == nil)
  }

  @Test(arguments: sorts) func noPositionDoesHarm(_ sort: SearchSort) throws {
    let people = try Self.people.get()
    let values: [SortPosition.Value] = [.none, .time(.min), .time(.max), .name(""), .name("\u{0}'\"")]
    for value in values {
      for second: Int64? in [nil, .min, .max, 0] {
        let position = SortPosition(value: value, second: second, id: "'", connector: "\u{0}")
        let page = try Self.page(people.index, .everything, sort, limit: 5, after: position)
        #expect(page.count <= 5)
      }
    }
  }

  @Test func privateCandidatesChangeNoPosition() throws {
    let (plain, mixed) = (try CandidateIndex.empty(), try CandidateIndex.inMemory())
    let publics = (0..<40).map { Self.record($0, name: "n\($0 % 3)", modified: "2021-01-0\($0 % 7 + 1)") }
    let secrets = (0..<40).map {
      Self.record($0 + 100, name: "n\($0 % 3)").replacing("{", with: #"{"is_private":true,"#)
    }
    try plain.add(publics)
    for (a, b) in zip(secrets, publics) { try mixed.add([a, b]) }
    let match = IndexQuery.none(of: .term(.flag(.isPrivate, true)))
    for sort in Self.sorts {
      var last: SortPosition?
      repeat {
        let pages = try [plain, mixed].map { try Self.page($0, match, sort, limit: 6, after: last) }
        #expect(pages[0] == pages[1], "\(sort)")
        last = pages[0].last
      } while last != nil
    }
  }

  // MARK: - Names

  static let names: [(last: String?, first: String?, key: String?)] = [
    ("Doe", "John", "doe\tjohn"), ("DOE", nil, "doe"), (nil, "Cher", "cher"), ("", "Cher", "cher"),
    (nil, nil, nil), ("  ", "", nil), ("O’Brien", "Mary-Ann", "obrien\tmary ann"),
    ("Smith-Jones", " A. ", "smith jones\ta"), ("Müller", "Zoë", "muller\tzoe"),
    ("山田", "太郎", "山田\t太郎"), ("五十嵐", "三", "五十嵐\t三"), ("김", "민준", "김\t민준"),
    ("Иванов", "Пётр", "иванов\tпетр"), ("Doe 2", "J4mes", "doe\tjmes"), ("42", "😀", nil),
    ("\u{0}\u{200B}", "\t", nil), ("Łukasz\tÆ", "ﬁ", "lukasz ae\tfi"),
    ("de  la Cruz", "Ana", "de la cruz\tana"),
    (String(repeating: "a", count: 40), "b", String(repeating: "a", count: 32)),
    (String(repeating: "a", count: 31) + "山", "b", String(repeating: "a", count: 31)),
    (String(repeating: "a", count: 32), "b", String(repeating: "a", count: 32)),
    (String(repeating: "ア", count: 9), "b", String(repeating: "ア", count: 9) + "\tb"),
  ]

  @Test(arguments: names) func namesBecomeKeys(last: String?, first: String?, key: String?) throws {
    let candidate = try Person(first: first, last: last).candidate()
    #expect(SortName.key(of: candidate) == key)
  }

  @Test func aKeyFollowsItsName() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("index.db")
    let index = try CandidateIndex(path: path, access: .writing)
    func keys() throws -> [String?] {
      try index.read { try String?.fetchAll($0, sql: "SELECT sort_name FROM candidate ORDER BY id") }
    }
    try index.add([Self.record(1, name: "Doe"), Self.record(2, name: "Roe")])
    #expect(try keys() == ["doe", "roe"])
    try index.add([Self.record(1, name: "Poe"), Self.record(2, name: "7")])
    #expect(try keys() == ["poe", nil])
    try index.write { try $0.execute(sql: "UPDATE candidate SET sort_name = 'x'") }
    #expect(try index.check().problems.count == 2)
    try index.rebuild()
    #expect(try keys() == ["poe", nil])
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func aFileWithoutKeysIsToBeReindexed() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("index.db")
    try CandidateIndex(path: path, access: .writing).add([Self.record(1), Self.record(2)])
    try DatabaseQueue(path: path).write { db in
      try db.execute(
        sql: "ALTER TABLE candidate DROP COLUMN sort_name; DELETE FROM grdb_migrations WHERE identifier = '4'"
      )
    }
    for access in [CandidateIndex.Access.reading(), .writing, .writing] {
      #expect(throws: IndexError.olderVersion(path: path)) { try CandidateIndex(path: path, access: access) }
    }
    let index = try CandidateIndex(path: path, access: .rebuilding)
    try index.rebuild()
    #expect(try CandidateIndex(path: path).count("doe") == 2)
    #expect(try index.check(isFull: true).problems == [])
  }

  // MARK: - Reading an order

  static let texts: [(text: String, sort: String?)] = [
    ("name", "name:asc"), ("recent", "recent:desc"), ("created", "created:desc"),
    ("modified", "modified:desc"),
    ("name:desc", "name:desc"), ("created:asc", "created:asc"), ("", nil), (":", nil), ("name:", nil),
    ("name:up", nil), ("Name", nil), ("name:asc:desc", nil), ("age", nil), ("name:asc ", nil), (":asc", nil),
  ]

  @Test(arguments: texts) func textsNameOrders(text: String, sort: String?) throws {
    if let sort {
      #expect(try SearchSort(text).description == sort)
    } else {
      let error = #expect(throws: SearchSortError.self) { try SearchSort(text) }
      let description = error?.description ?? ""
      for word in ["recent", "name", "created", "modified", ":asc", ":desc", "“\(text)”"] {
        #expect(description.contains(word))
      }
    }
  }
}
