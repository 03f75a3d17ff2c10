import CandidateModel
import CandidateQuery
import Foundation
import TestSupport
import Testing

@testable import CandidateSearch

/// Who is found where no candidate matches, and why.
@Suite struct RelaxedTests {
  private static func index(_ records: [String]) throws -> CandidateIndex {
    let index = try CandidateIndex.empty()
    try index.add(
      records.enumerated().map { i, members in
        #"{"id":"\#(i)",\#(members),"last_interaction_at":"\#(2020 - i)-01-01"}"#
      }, connector: "main")
    return index
  }

  private static func options(_ relaxed: Relaxed, limit: Int = 100) -> SearchOptions {
    var options = SearchOptions(limit: limit)
    options.relaxed = relaxed
    return options
  }

  private static func person(_ first: String, _ last: String) -> String {
    #""first_name":"\#(first)","last_name":"\#(last)""#
  }

  struct Case: CustomTestStringConvertible {
    let name: String
    /// The candidates, the most recent first.
    let records: [String]
    let query: String
    /// Id, tier and reason of each hit, in order.
    let hits: [String]
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "a whole name among other words", records: [person("John", "Smith"), person("John", "Smithe")],
      query: "john smith macau", hits: ["0 whole-name: whole name among the words"]),
    Case(
      name: "in either order", records: [person("John", "Smith")], query: "smith john macau",
      hits: ["0 whole-name: whole name among the words"]),
    Case(
      name: "with another word between", records: [person("John", "Smith")], query: "john paul smith",
      hits: ["0 whole-name: whole name among the words"]),
    Case(
      name: "the longer whole name first", records: [person("John", "Smith"), person("John Paul", "Smith")],
      query: "john paul smith macau",
      hits: ["1 whole-name: whole name among the words", "0 whole-name: whole name among the words"]),
    Case(
      name: "the same sound", records: [person("Joel", "Schneider"), person("Joel", "Kellner")],
      query: "joel shnayder", hits: ["0 sound: same sound"]),
    Case(
      name: "more similar names before more recent ones",
      records: [person("Joel", "Schnatter"), person("Joel", "Schneider")], query: "joel shnayder",
      hits: ["1 sound: same sound", "0 similar: similar sound"]),
    Case(
      name: "a half typed first word", records: [person("Yasmin", "Reid")], query: "yasm reid",
      hits: ["0 similar: begins so"]),
    Case(
      name: "an initial", records: [person("J. R.", "Smith"), person("K.", "Smith")], query: "john smith",
      hits: ["0 similar: initial"]),
    Case(
      name: "an initial of another name is not one", records: [person("Terry S.", "Hall")],
      query: "terry sorrell", hits: ["0 dropped: without “sorrell”"]),
    Case(
      name: "an error in a frequent word",
      records: [person("Johnny", "Marten"), person("Johnny", "Martel")]
        + Array(repeating: person("Zoe", "Marter"), count: 3),
      query: "johnny marter", hits: ["0 similar: one letter differs", "1 similar: one letter differs"]),
    Case(
      name: "two errors", records: [person("Alexandra", "Meixner")], query: "alexandra emixer",
      hits: ["0 similar: similar"]),
    Case(
      name: "a similar word elsewhere", records: [#""title":"Nurse","locations":["Basel"]"#],
      query: "nurrsse basel", hits: ["0 similar: similar words"]),
    Case(
      name: "a name and words elsewhere", records: [person("Joel", "Schneider") + #","title":"Nurse""#],
      query: "joel shnayder nurse", hits: ["0 sound: same sound"]),
    Case(
      name: "a word dropped, names kept",
      records: [#""last_name":"Ashby","title":"Nurse""#, #""title":"Nurse","locations":["Macau"]"#],
      query: "ashby nurse macau",
      hits: ["0 dropped: without “macau”", "1 dropped: without “ashby”"]),
    Case(
      name: "an error and a wrong word", records: [person("Matthew", "Mason") + #","locations":["Avalon"]"#],
      query: "thomas masom avalon", hits: ["0 dropped: without “thomas”; one letter differs"]),
    Case(
      name: "stop words do not count", records: [person("Joel", "Schneider")], query: "dr joel shnayder phd",
      hits: ["0 sound: same sound"]),
    Case(
      name: "two words that are one name", records: [person("민수", "김")], query: "min su kim",
      hits: ["0 sound: same name"]),
    Case(
      name: "only where no candidate matches",
      records: [person("Joel", "Schneider"), person("Joel", "Shnayder")],
      query: "joel shnayder", hits: ["1 exact: "]),
    Case(
      name: "not what quotes forbid", records: [person("Joel", "Schneider")], query: "\"joel shnayder\"",
      hits: []),
    Case(
      name: "quoted words are not dropped", records: [#""title":"Nurse","company":"Acme""#],
      query: "\"head nurse\" acme", hits: []),
    Case(
      name: "filters hold",
      records: [person("Joel", "Schneider") + #","tags":["A"]"#, person("Joel", "Schneider")],
      query: "joel shnayder tag:A", hits: ["0 sound: same sound"]),
    Case(
      name: "and NOT",
      records: [person("Joel", "Schneider") + #","title":"Cook""#, person("Joel", "Schneider")],
      query: "joel shnayder -cook", hits: ["1 sound: same sound"]),
    Case(name: "filters are not relaxed", records: [#""tags":["JUNIOR"]"#], query: "tag:JUNIORR", hits: []),
    Case(
      name: "alternatives are not relaxed", records: [person("Joel", "Schneider")],
      query: "shnayder OR zzyzx", hits: []),
    Case(name: "nor a prefix", records: [person("Joel", "Schneider")], query: "shnayder joe*", hits: []),
    Case(
      name: "a single frequent word is not enough",
      records: Array(repeating: #""title":"Nurse""#, count: 60), query: "nurse qqqqxx", hits: []),
    Case(
      name: "numbers must match", records: [person("Joel", "Schneider")], query: "joel 2024",
      hits: ["0 dropped: without “2024”"]),
    Case(
      name: "more words than are relaxed", records: [person("Joel", "Schneider")],
      query: "joel shnayder a1 a2 a3 a4 a5 a6 a7", hits: []),
    Case(name: "nothing is similar", records: [person("Joel", "Schneider")], query: "zzyzx qwfpg", hits: []),
  ]

  @Test(arguments: cases) func findsWithAReason(_ trap: Case) throws {
    let index = try Self.index(trap.records)
    let results = try index.search(trap.query, Self.options(.hits))
    #expect(
      results.hits.map { "\($0.candidate.id) \($0.tier): \($0.reason ?? "")" } == trap.hits)
    for hit in results.hits {
      #expect(hit.tier.isRelaxed == (hit.reason != nil))
      #expect(!hit.highlights.isEmpty)
    }
    // The hits and their order do not depend on the size of a page.
    var ids: [String] = []
    var options = Self.options(.hits, limit: 1)
    repeat {
      let page = try index.search(trap.query, options)
      ids += page.hits.map(\.candidate.id)
      options.cursor = page.nextCursor
    } while options.cursor != nil
    #expect(ids == results.hits.map(\.candidate.id))
  }

  @Test(arguments: cases) func appearWhereTheyAreRequestedOnly(_ trap: Case) throws {
    let index = try Self.index(trap.records)
    let plain = try index.search(trap.query, Self.options(.never))
    #expect(!plain.hits.contains { $0.tier.isRelaxed })
    let relaxed = try index.search(trap.query, Self.options(.hits)).hits.filter { $0.tier.isRelaxed }.count
    func counts(_ relaxed: Relaxed) throws -> [Int?] {
      var options = Self.options(relaxed)
      options.includesCount = true
      options.facets = [.connector]
      let results = try index.search(trap.query, options)
      let facet = results.facets[0].values.reduce(0) { $0 + $1.count }
      return [results.count, facet, try index.count(trap.query, Self.options(relaxed))]
    }
    let planned = try index.count(trap.query)
    #expect(try counts(.never) == [planned, planned, planned])
    #expect(try counts(.hits) == [planned, planned, planned])
    #expect(try counts(.always) == Array(repeating: planned + relaxed, count: 3))
  }

  @Test(arguments: cases) func sortAsOthers(_ trap: Case) throws {
    let index = try Self.index(trap.records)
    for relaxed in Relaxed.allCases {
      let ranked = try index.search(trap.query, Self.options(relaxed)).hits
      var options = Self.options(relaxed)
      options.sort = SearchSort(by: .name, order: .ascending)
      let sorted = try index.search(trap.query, options).hits
      #expect(Set(sorted.map(\.candidate.id)) == Set(ranked.map(\.candidate.id)))
      #expect(sorted.allSatisfy { $0.tier == .sorted || $0.tier.isRelaxed })
      // Pages of one.
      options.limit = 1
      var ids: [String] = []
      repeat {
        let page = try index.search(trap.query, options)
        ids += page.hits.map(\.candidate.id)
        options.cursor = page.nextCursor
      } while options.cursor != nil
      #expect(ids == sorted.map(\.candidate.id))
    }
  }

  @Test func theNoticeSaysWhy() throws {
    let index = try Self.index([Self.person("Joel", "Schneider"), #""title":"Nurse","locations":["Basel"]"#])
    func notices(_ query: String) throws -> [String] {
      try index.search(query, Self.options(.hits)).notices.map(\.description)
    }
    #expect(
      try notices("joel shnayder") == ["no candidate matches what was typed; these are similar (same sound)"])
    #expect(try notices("nurse basel avalon") == ["no candidate matches all words; without “avalon”"])
    #expect(try notices("joel schneider") == [])
  }

  @Test func aCursorContinuesTheSearchThatIssuedIt() throws {
    let index = try Self.index(Array(repeating: Self.person("Joel", "Schneider"), count: 3))
    let cursor = try #require(try index.search("joel shnayder", Self.options(.hits, limit: 1)).nextCursor)
    for relaxed in [Relaxed.never, .always] {
      var options = Self.options(relaxed)
      options.cursor = cursor
      #expect(throws: CursorError.self) { try index.search("joel shnayder", options) }
    }
    // Candidates that begin to match do not move the page after.
    try index.add([#"{"id":"new",\#(Self.person("Joel", "Shnayder")),"last_interaction_at":"2026-01-01"}"#])
    var options = Self.options(.hits)
    options.cursor = cursor
    #expect(throws: Never.self) { try index.search("joel shnayder", options) }
  }

  @Test func thereAreAtMost500() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<600).map { #"{"id":"\#($0)",\#(Self.person("Joel", "Schneider"))}"# })
    var options = Self.options(.always, limit: 1_000)
    options.includesCount = true
    let results = try index.search("joel shnayder", options)
    #expect(results.hits.count == RelaxedSearch.maximumHits && results.count == RelaxedSearch.maximumHits)
  }

  /// The same in every process: the order of names in memory decides nothing.
  @Test func ofTooManyHitsTheMostRecentAreKept() throws {
    let index = try CandidateIndex.empty()
    try index.add(
      (0..<600).map { i in
        let time = String(format: "2020-01-01T%02d:%02d:00Z", i / 60, i % 60)
        let name = Self.person(i % 2 == 0 ? "Joel" : "Joel Maria", "Schneider")
        return #"{"id":"\#(i)",\#(name),"last_interaction_at":"\#(time)"}"#
      })
    let hits = try index.search("joel shnayder", Self.options(.always, limit: 1_000)).hits
    #expect(Set(hits.map(\.reason)).count == 1)
    #expect(hits.map(\.candidate.id) == (100..<600).reversed().map(String.init))
  }

  @Test func switchesOfVariantsAndCorrectionsHold() throws {
    let index = try Self.index([Self.person("Alexandra", "Meixner")])
    var options = Self.options(.hits)
    options.correctsWords = false
    #expect(try index.search("alexandra emixner", Self.options(.hits)).hits.count == 1)
    #expect(
      try index.search("alexandra emixner", options).hits.map(\.tier) == [.dropped],
      "no typing error is corrected")
  }

  /// A person whom the index does not contain is found in no tier but the relaxed ones.
  @Test func absentPeopleAreNeverTakenForOthers() throws {
    let index = try CandidateIndex.empty()
    let first = ["Anna", "Jacob", "Maria", "Thomas", "Olga", "Wei", "Ahmed", "Louise"]
    let last = ["Green", "Smith", "Meyer", "Kowalski", "Ivanov", "Chen", "Haddad", "Evans"]
    var names: [(String, String)] = []
    for (i, first) in first.enumerated() {
      for (j, last) in last.enumerated() where (i + j) % 2 == 0 { names.append((first, last)) }
    }
    try index.add(names.enumerated().map { #"{"id":"\#($0)",\#(Self.person($1.0, $1.1))}"# })
    var found = 0
    for (i, first) in first.enumerated() {
      for (j, last) in last.enumerated() where (i + j) % 2 == 1 {
        let results = try index.search("\(first) \(last)", Self.options(.hits))
        for hit in results.hits {
          #expect(!hit.tier.isTyped, "\(first) \(last): \(hit.candidate.json)")
          if hit.tier.isRelaxed { #expect(hit.reason?.isEmpty == false) }
          found += 1
        }
      }
    }
    #expect(found > 0)
  }
}
