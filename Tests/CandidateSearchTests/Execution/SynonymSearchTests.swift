import BenchmarkCorpus
import TestSupport
import Testing

@testable import CandidateSearch

/// What the synonyms of an index find.
@Suite struct SynonymSearchTests {
  /// Synonyms, candidates (the most recent first), a query, and who is found in which tier, in order.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let synonyms: String
    let records: [String]
    let query: String
    let hits: [String]
    var testDescription: String { name }

    init(_ name: String, _ synonyms: String, _ records: [String], _ query: String, _ hits: [String]) {
      self.name = name
      self.synonyms = synonyms
      self.records = records
      self.query = query
      self.hits = hits
    }
  }

  private static func index(_ synonyms: String, _ records: [String]) throws -> CandidateIndex {
    let index = try CandidateIndex.empty()
    try index.add(
      records.enumerated().map { i, members in
        #"{"id":"\#(i)",\#(members),"last_interaction_at":"\#(2020 - i)-01-01"}"#
      })
    try index.setSynonyms(Synonyms(synonyms))
    return index
  }

  private static let script = [
    #""title":"JavaScript Developer","company":"Acme""#, #""title":"Ecma Developer","company":"Acme""#,
    #""title":"Nurse","company":"JavaScript Ltd""#,
  ]
  private static let sales = [
    #""title":"Sales Development Representative""#, #""title":"SDR""#, #""title":"Development, Sales""#,
    #""title":"Sales Representative""#,
  ]

  static let cases = [
    Case(
      "after what was typed", "ecma = javascript", script, "ecma", ["1 fields", "0 synonym", "2 synonym"]),
    Case("the reverse", "ecma = javascript", script, "javascript", ["2 fields", "0 anywhere", "1 synonym"]),
    Case("not the reverse", "ecma => javascript", script, "javascript", ["2 fields", "0 anywhere"]),
    Case("one way", "ecma => javascript", script, "ecma nurse", ["2 synonym"]),
    Case("beside other words", "ecma = javascript", script, "ecma acme", ["1 fields", "0 synonym"]),
    Case(
      "beside another form of a word", "ecma = javascript", script, "ecma devel", ["0 synonym", "1 variant"]),
    Case("no rule", "java = javascript", script, "ecma", ["1 fields"]),
    Case("no synonyms", "", script, "ecma", ["1 fields"]),
    Case(
      "a synonym of a synonym is none", "ecma = mozart\nmozart = javascript", script, "ecma", ["1 fields"]),
    Case(
      "rules in a circle", "ecma => javascript\njavascript => nurse\nnurse => ecma", script, "ecma",
      [
        "1 fields", "0 synonym", "2 synonym",
      ]),
    Case(
      "several rules of a phrase", "ecma => javascript\njs => nurse", script, "ECMA",
      [
        "1 fields", "0 synonym", "2 synonym",
      ]),

    Case(
      "a phrase on the right", "sdr => sales development representative", sales, "sdr",
      [
        "1 exact", "0 synonym",
      ]),
    Case(
      "a phrase on the left", "sales representative => account executive | development", sales,
      "sales representative", ["3 exact", "0 together", "2 synonym"]),
    Case(
      "the words of a phrase in another order are none", "sales representative => sdr", sales,
      "representative sales", ["0 together", "3 together"]),
    Case(
      "a longer phrase before one within it",
      "sales development representative => sdr\nsales => marketing",
      sales + [#""title":"Marketing Development Representative""#], "sales development representative",
      ["0 exact", "1 synonym", "4 synonym"]),
    Case(
      "two phrases", "sr => senior\nsdr => sales representative",
      [#""title":"Senior Sales Representative""#, #""title":"Senior SDR""#, #""title":"Sr. SDR""#], "sr sdr",
      ["2 exact", "0 synonym", "1 synonym"]),
    Case(
      "a phrase with a hyphen", "front end = user interface",
      [#""title":"User Interface Engineer""#, #""title":"User and Interface""#], "front-end", ["0 synonym"]),
    Case("case and accents", "ÉVÈNEMENT = event", [#""title":"Event""#], "evenement", ["0 synonym"]),
    Case("signs", "c++ = cpp", [#""title":"C""#, #""title":"CPP""#], "C++", ["1 synonym"]),

    Case("quotes", "ecma = javascript\njs developer = nurse", script, "\"ecma\"", ["1 fields"]),
    Case("quotes around a phrase", "ecma developer = nurse", script, "\"ecma developer\"", ["1 exact"]),
    Case(
      "quotes around a word of a phrase", "ecma developer = nurse", script, "ecma \"developer\"", ["1 exact"]
    ),
    Case("a star", "ecma = javascript", script, "ecma*", ["1 fields"]),
    Case("excluded as typed", "ecma = javascript", script, "-ecma", ["0 recent", "2 recent"]),
    Case(
      "excluded beside a synonym", "ecma = javascript\nnurse = medic", script, "ecma -nurse",
      [
        "1 fields", "0 synonym",
      ]),
    Case(
      "alternatives", "ecma => javascript\nmedic => nurse", script, "ecma OR medic",
      [
        "1 fields", "2 synonym", "0 synonym",
      ]),

    Case("in a field", "ecma = javascript", script, "title:ecma", ["1 recent", "0 synonym"]),
    Case("in another field", "ecma = javascript", script, "company:ecma", ["2 synonym"]),
    Case(
      "a phrase in a field", "front end = javascript developer",
      script + [#""title":"JavaScript","company":"Developer""#], "title:(front end)", ["0 synonym"]),
    Case("quotes in a field", "ecma = javascript", script, "title:\"ecma\"", ["1 recent"]),
    Case(
      "the whole value of a field", "ecma developer = javascript developer", script,
      "title:=\"ecma developer\"", ["1 recent"]),
    Case("excluded in a field", "ecma = javascript", script, "-title:ecma", ["0 recent", "2 recent"]),
    Case(
      "a field beside words", "ecma = javascript", script, "title:ecma developer",
      [
        "1 fields", "0 synonym",
      ]),
    Case(
      "a field beside another form of a word", "ecma = javascript", script, "title:ecma devel",
      [
        "0 synonym", "1 variant",
      ]),
    Case(
      "a field and a word", "ecma = javascript\nacme => acorn",
      script + [
        #""title":"JavaScript","company":"Acorn""#
      ], "title:ecma acme", ["1 exact", "0 synonym", "3 synonym"]),
    Case(
      "fields as alternatives", "ecma = javascript", script, "title:ecma OR company:ecma",
      [
        "1 recent", "0 synonym", "2 synonym",
      ]),
    Case(
      "words and fields as alternatives", "ecma = javascript", script, "ecma OR title:midwife",
      [
        "1 recent", "0 synonym", "2 synonym",
      ]),
    Case(
      "a field with a time", "ecma = javascript", script, "title:ecma last_interaction:2020", ["0 synonym"]),
    Case(
      "a field or a time", "ecma = javascript", script, "(title:ecma OR last_interaction:2018)",
      [
        "1 recent", "2 recent", "0 synonym",
      ]),
    Case(
      "parts of names", "bob = wilhelm", [#""first_name":"Wilhelm""#, #""last_name":"Wilhelm""#],
      "first_name:bob", ["0 synonym"]),
  ]

  @Test(arguments: cases) func findsTierByTier(_ case: Case) throws {
    let index = try Self.index(`case`.synonyms, `case`.records)
    let (tiers, count) = (try index.tiers(`case`.query), try index.count(`case`.query))
    #expect(tiers == `case`.hits)
    #expect(count == `case`.hits.count)
    // Every page but the last is of one hit.
    var (walked, cursor): ([String], String?) = ([], nil)
    repeat {
      let page = try index.search(`case`.query, SearchOptions(limit: 1, cursor: cursor))
      walked += page.hits.map { "\($0.candidate.id) \($0.tier)" }
      cursor = page.nextCursor
    } while cursor != nil && walked.count < 100
    #expect(walked == `case`.hits)
    var options = SearchOptions()
    options.sort = SearchSort(by: .name)
    let sorted = try index.search(`case`.query, options).hits.map(\.candidate.id)
    #expect(sorted.sorted() == `case`.hits.map { String($0.prefix(1)) }.sorted())
  }

  @Test(arguments: cases) func noVariantsMeansNoSynonyms(_ case: Case) throws {
    var options = SearchOptions(limit: 100)
    options.findsVariants = false
    let index = try Self.index(`case`.synonyms, `case`.records)
    let without = try Self.index("", `case`.records)
    #expect(
      try index.search(`case`.query, options).hits.map(\.candidate.id)
        == without.search(`case`.query, options).hits.map(\.candidate.id))
    #expect(try index.count(`case`.query, options) == without.count(`case`.query, options))
  }

  @Test func hitsAndNoticesStateTheSynonym() throws {
    let index = try Self.index(
      "ecma = javascript = ecmascript = typescript = jscript",
      Self.script + [#""title":"ECMAScript and JavaScript""#])
    let results = try index.search("ecma -nurse")
    #expect(
      results.hits.map(\.reason) == [
        nil, "by your synonym: javascript", "by your synonym: javascript, ecmascript",
      ])
    #expect(
      results.notices.map(\.description) == [
        "by your synonym: javascript, ecmascript, typescript, … (typed ecma)"
      ])
    #expect(
      results.hits[1].highlights.map { $0.text(in: results.hits[1].candidate) } == ["JavaScript Developer"])
    #expect(results.hits[1].highlights.map(\.ranges) == [[0..<10]])
    let inField = try index.search("company:ecma")
    #expect(inField.hits.map(\.reason) == ["by your synonym: javascript"])
    #expect(inField.notices.count == 1)
    #expect(try index.search("ecma -javascript").notices == [], "no synonym found anybody")
  }

  // MARK: - Many candidates

  /// The rules replace words that most candidates have.
  private static let rules = """
    engineer = manager
    developer => designer | senior engineer
    senior engineer = lead
    software => data | devops
    python = tag
    london = berlin = münchen
    smith => garcia | müller
    """

  private static let corpus = Result {
    let index = try PagingTests.corpusIndex(800)
    try index.setSynonyms(Synonyms(rules))
    return index
  }

  static let queries =
    PagingTests.queries + [
      "title:engineer", "title:developer london", "title:(senior engineer)",
      "location:london -title:engineer",
      "title:engineer OR location:london", "title:software title:developer last_interaction:2015..2022",
      "(engineer OR title:designer) can_email:true", "title:engineer OR created:>2018",
    ]

  private static func walk(_ index: CandidateIndex, _ query: String, _ size: Int) throws -> [String] {
    var all: [String] = []
    var cursor: String?
    repeat {
      let page = try index.search(query, SearchOptions(limit: size, cursor: cursor))
      all += page.hits.map { "\($0.candidate.id) \($0.tier)" }
      cursor = page.nextCursor
    } while cursor != nil && all.count < 10_000
    return all
  }

  @Test(arguments: queries) func countIsThatOfAllPages(_ query: String) throws {
    let index = try Self.corpus.get()
    let whole = try Self.walk(index, query, 5_000)
    #expect(Set(whole.map { $0.split(separator: " ")[0] }).count == whole.count, "each once")
    #expect(try index.count(query) == whole.count)
    for size in [7, 50] { #expect(try Self.walk(index, query, size) == whole, "in pages of \(size)") }
    // Each query of the plan alone, without those before it.
    let plain = try index.snapshot { snapshot -> [String] in
      let plan = try Search(
        SearchQuery(query), .init(), scope: index.scope, caches: index.caches, in: snapshot
      ).plan
      var (found, seen): ([String], Set<Docid>) = ([], [])
      for planned in plan.tiers {
        for part in try planned.queries() {
          let parts = IndexQuery.all([part, plan.filter(in: planned.tier)])
          for docid in try snapshot.docids(of: parts, from: .min, limit: .max)
          where seen.insert(docid).inserted {
            found.append("\(try snapshot.records([docid])[docid]?.candidate.id ?? "?") \(planned.tier)")
          }
        }
      }
      return found
    }
    #expect(whole == plain)
  }

  /// A query of fields, and the same with its synonyms written out.
  static let writtenOut: [(query: String, same: String)] = [
    ("title:engineer", "title:(engineer OR manager)"),
    ("title:manager location:berlin", "title:(engineer OR manager) location:(london OR berlin OR münchen)"),
    ("title:developer", #"title:(developer OR designer OR "senior engineer")"#),
    ("title:(senior engineer)", #"title:((senior engineer) OR (senior manager) OR lead)"#),
    (
      "last_name:smith OR location:london",
      "last_name:(smith OR garcia OR müller) OR location:(london OR berlin OR münchen)"
    ),
    ("title:software -title:engineer", "title:(software OR data OR devops) -title:engineer"),
  ]

  @Test(.sqlite, arguments: writtenOut) func findsWhatTheSynonymsWrittenOutFind(query: String, same: String)
    throws
  {
    let (index, plain) = (try Self.corpus.get(), try PagingTests.corpusIndex(800))
    func sorted(_ index: CandidateIndex, _ query: String) throws -> [String] {
      var options = SearchOptions(limit: 1_000)
      options.sort = SearchSort(by: .modified, order: .descending)
      return try index.search(query, options).hits.map(\.candidate.id)
    }
    let ids = try sorted(index, query)
    #expect(try ids == sorted(plain, same))
    #expect(ids.count > 3)
    #expect(try ids.count > plain.count(query), "or the synonyms find nothing")
    #expect(try index.count(query) == ids.count)
    #expect(
      try index.facets(query, of: Facet.allCases, limit: 50)
        == plain.facets(same, of: Facet.allCases, limit: 50))
  }

  // MARK: - Changes

  @Test func aCursorStaysValidWhenTheSynonymsChange() throws {
    let index = try Self.index("", Self.script + [#""title":"Developers""#])
    let page = try index.search("title:developer", SearchOptions(limit: 1))
    try index.setSynonyms(Synonyms("ecma = javascript\ndeveloper = nurse"))
    let rest = try index.search("title:developer", SearchOptions(limit: 9, cursor: page.nextCursor))
    #expect(rest.hits.map { "\($0.candidate.id) \($0.tier)" } == ["1 recent", "2 synonym"])
  }

  @Test func everyIndexSeesAChangeAtOnce() throws {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("c.db"), access: .writing)
    let reader = try CandidateIndex(path: folder.file("c.db"))
    let visible = try CandidateIndex(path: folder.file("c.db"), scope: .public)
    try index.add([#"{"id":"1","title":"JavaScript"}"#])
    for (text, count) in [
      ("", 0), ("ecma = javascript", 1), ("ecma = java", 0), ("ecma => javascript", 1), ("", 0),
    ] {
      try index.setSynonyms(Synonyms(text))
      for index in [index, reader, visible] {
        for _ in 0..<2 {
          #expect(try index.count("ecma") == count)
          #expect(try index.search("title:ecma").hits.count == count)
          #expect(try index.synonyms().text == text)
        }
      }
    }
    #expect(throws: ScopeError.self) { try visible.setSynonyms(Synonyms()) }
    #expect(throws: IndexError.self) { try reader.setSynonyms(Synonyms()) }
  }

  // MARK: - Limits

  @Test func aQueryOfManySynonymsIsBounded() throws {
    // Each phrase has 8 spellings, of 3 to 6 tokens.
    let phrases = (0..<31).map { "o'a\($0) o'b\($0) o'c\($0)" }.joined(separator: " | ")
    let words = (0..<64).map { "typed\($0)" }
    // Rules of one, two and three words overlap everywhere.
    let rules = (0..<62).flatMap { i in
      [1, 2, 3].map { words[i..<(i + $0)].joined(separator: " ") + " => " + phrases }
    }
    let index = try CandidateIndex.empty()
    try index.setSynonyms(Synonyms(rules.joined(separator: "\n")))
    for query in [words.joined(separator: " "), words.map { "title:\($0)" }.joined(separator: " ")] {
      let tokens = try index.snapshot {
        try Search(SearchQuery(query), .init(), scope: index.scope, caches: index.caches, in: $0)
          .plan.everyHit().leafCount
      }
      // At most 8 runs are replaced, some of them several times.
      #expect(tokens > 8 * 31 * 8 && tokens < 20_000, "\(query.prefix(20)): \(tokens)")
      #expect(try index.count(query) == 0)
    }
  }

  @Test func deepFiltersStayAsTyped() throws {
    let index = try Self.index("ecma = javascript", Self.script)
    let (open, close) = ("(nurse OR (developer ", "))")
    for depth in [1, 3, 12] {
      let query =
        String(repeating: open, count: depth) + "title:ecma" + String(repeating: close, count: depth)
      #expect(try index.count(query) >= 1, "\(depth)")
      #expect(try index.search(query).hits.count == index.count(query), "\(depth)")
    }
  }

  @Test func tenThousandRulesAreApplied() throws {
    let rules = (0..<10_000).map { "word\($0) = other\($0) = javascript\($0 % 2)" }.joined(separator: "\n")
    #expect(throws: SynonymsError.self) { try Synonyms(rules) }
    let index = try Self.index(
      (0..<10_000).map { "word\($0) => other\($0) | javascript" }.joined(separator: "\n"), Self.script)
    #expect(try index.tiers("word9999 developer") == ["0 synonym"])
    #expect(try index.synonyms().ruleCount == 10_000)
  }
}
