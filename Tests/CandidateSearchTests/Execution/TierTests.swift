import TestSupport
import Testing

@testable import CandidateSearch

/// What each tier is for, and what must not be in it.
@Suite struct TierTests {
  /// A person who was met the longer ago, the later it stands in its case.
  private static func index(_ records: [String]) throws -> CandidateIndex {
    let index = try CandidateIndex.empty()
    try index.add(
      records.enumerated().map { i, members in
        #"{"id":"\#(i)",\#(members),"last_interaction_at":"\#(2020 - i)-01-01"}"#
      })
    return index
  }

  /// What a case traps; the candidates, the most recent first; a query; and who is found in which tier, in order.
  static let cases: [(trap: String, records: [String], query: String, hits: [String])] = [
    (
      "the whole field comes first, however old",
      [#""title":"Senior Nurse""#, #""title":"Nurse""#, #""company":"Nurse""#, #""tags":["NURSE"]"#], "nurse",
      ["1 exact", "2 exact", "3 exact", "0 fields"]
    ),
    (
      "a whole name is also typed family name first",
      [#""first_name":"Ann","last_name":"Smithe""#, #""first_name":"Ann","last_name":"Smith""#], "smith ann",
      ["1 exact"]
    ),
    (
      "side by side before in one field before each in its own",
      [
        #""title":"Engineer","company":"Software AG""#, #""title":"Engineer, Software""#,
        #""title":"Lead Software Engineer""#,
      ], "software engineer", ["2 phrase", "1 together", "0 anywhere"]
    ),
    (
      "a phrase does not reach over two fields or two values",
      [#""first_name":"Software","title":"Engineer""#, #""tags":["software","engineer"]"#],
      "software engineer",
      ["1 together", "0 fields"]
    ),
    (
      "a word means the field in which it mostly stands",
      [
        #""company":"Paris Foods""#, #""last_name":"Paris""#, #""locations":["Paris"],"title":"A""#,
        #""locations":["Paris"],"title":"B""#, #""locations":["Paris"],"title":"C""#,
        #""locations":["Paris, France"]"#,
      ], "paris", ["1 exact", "2 fields", "3 fields", "4 fields", "5 fields", "0 anywhere"]
    ),
    (
      "a nickname finds the name, and the name the nickname, below what was typed",
      [#""first_name":"Robert""#, #""first_name":"Bobby""#, #""first_name":"Bob""#], "bob",
      ["2 exact", "0 variant", "1 variant"]
    ),
    ("a nickname is a name and nothing else", [#""title":"Robert""#], "bob", []),
    (
      "initials find the name and the name the initial",
      [
        #""first_name":"John Paul","last_name":"Smith""#, #""first_name":"J.","last_name":"Smith""#,
        #""first_name":"Karl","last_name":"Smith""#,
      ], "jp smith", ["0 variant", "1 variant"]
    ),
    ("and turned around", [#""first_name":"John","last_name":"Smith""#], "smith j", ["0 initials"]),
    (
      "initials come before the letter elsewhere",
      [
        #""first_name":"L. Anna","last_name":"Egan""#, #""last_name":"Egan","company":"L Ltd""#,
        #""first_name":"Louise","last_name":"Egan""#, #""last_name":"Egan","locations":["L 7"]"#,
      ], "l. egan", ["0 together", "2 initials", "3 anywhere"]
    ),
    (
      "a middle initial", [#""first_name":"José Pedro","last_name":"Cassiano""#], "josé p cassiano",
      ["0 initials"]
    ),
    (
      "a letter is a whole tag, or a word beside the others in one field",
      [
        #""title":"Developer","company":"C Ltd""#, #""title":"Developer","tags":["C"]"#,
        #""title":"Senior C Developer""#,
      ], "c developer", ["2 phrase", "1 fields"]
    ),
    ("a letter alone is any word", [#""company":"C Ltd""#, #""tags":["C"]"#], "c", ["1 exact", "0 fields"]),
    ("a middle initial is no surname", [#""first_name":"Terry S.","last_name":"Hall""#], "terry sorrell", []),
    (
      "a name before the company and the place that have it",
      [
        #""company":"Hernandez Ltd","locations":["Hefei"]"#,
        #""last_name":"Hernandez","locations":["Hefei"]"#, #""company":"Hernandez Inc""#,
      ], "hernandez hefei", ["1 fields", "0 fields"]
    ),
    (
      "a name finds its initial only beside another name",
      [
        #""first_name":"J.","last_name":"Smith""#, #""first_name":"J.","title":"nurse""#, #""title":"nurse""#,
      ],
      "john smith", ["0 variant"]
    ),
    (
      "Cyrillic and Latin spellings find one another",
      [#""first_name":"Сергей","last_name":"Иванов""#, #""first_name":"Sergei","last_name":"Ivanov""#],
      "sergey ivanov",
      ["0 variant", "1 variant"]
    ),
    ("and from Cyrillic", [#""first_name":"Sergei","last_name":"Ivanov""#], "Сергей Иванов", ["0 variant"]),
    ("and Greek", [#""first_name":"Γιώργος","last_name":"Παπαδόπουλος""#], "papadopoulos", ["0 variant"]),
    ("an umlaut that was left out", [#""last_name":"Mueller""#], "muller", ["0 variant"]),
    ("abbreviated titles", [#""title":"Software Engineer""#], "swe", ["0 variant"]),
    ("and written out", [#""title":"Senior SWE""#], "software engineer", ["0 variant"]),
    (
      "joined and split", [#""first_name":"Mary Anne""#, #""first_name":"Maryanne""#], "maryanne",
      ["1 exact", "0 variant"]
    ),
    (
      "split and joined", [#""first_name":"Maryanne""#, #""first_name":"Mary Anne""#], "mary anne",
      ["1 exact", "0 variant"]
    ),
    (
      "a surname with two particles, as one word",
      [#""last_name":"De la Cruz""#, #""last_name":"Delacruz""#],
      "delacruz", ["1 exact", "0 variant"]
    ),
    (
      "and in its parts", [#""last_name":"Vanderberg""#, #""last_name":"van der Berg""#], "van der berg",
      ["1 exact", "0 variant"]
    ),
    (
      "beside another word", [#""first_name":"Ana","last_name":"Delacruz""#], "ana de la cruz", ["0 variant"]
    ),
    ("in names only", [#""company":"Delacruz""#, #""company":"De La Cruz""#], "van de la cruz", []),
    ("particles are not split off a word", [#""last_name":"De la""#, #""title":"Wear""#], "delaware", []),
    (
      "the last word goes on", [#""title":"Nursery Nurse""#, #""title":"Nurseryman""#], "nurse",
      ["0 fields", "1 variant"]
    ),
    ("but not those before it", [#""title":"Nursery Aide""#], "nurs aide", []),
    ("one wrong letter", [#""title":"Engineer""#], "enginear", ["0 corrected"]),
    (
      "one missing, one too many, two swapped",
      [#""title":"Engineer","company":"Harbor","last_name":"Okafor""#], "enginer harrbor okafro",
      ["0 corrected"]
    ),
    ("the first letter", [#""title":"Plumber""#], "blumber", ["0 corrected"]),
    ("two errors in a long word", [#""title":"Anaesthetist""#], "anesthetizt", ["0 corrected"]),
    ("two errors in a short word are another word", [#""title":"Cook""#], "coat", []),
    ("numbers are not mistyped", [#""tags":["campus 2021"]"#], "campus 2022", []),
    (
      "the likeliest correction first, however old",
      [#""title":"Nurve""#, #""title":"Nurse""#, #""title":"Nurse""#], "nurze",
      ["1 corrected", "2 corrected", "0 corrected"]
    ),
    (
      "beside a name, the other words mean one field together",
      [
        #""last_name":"Smith","title":"Engineer","tags":["SENIOR"]"#,
        #""last_name":"Smith","title":"Senior Engineer""#,
        #""last_name":"Jones","title":"Senior Nurse","tags":["SENIOR"]"#, #""tags":["SENIOR"]"#,
        #""tags":["SENIOR"]"#,
      ], "smith senior engineer", ["1 fields", "0 fields"]
    ),
    (
      "who owns an address comes before who has its name",
      [#""first_name":"John","last_name":"Smith""#, #""email_addresses":["john.smith@example.com"]"#],
      "john.smith",
      ["1 exact", "0 exact"]
    ),
    (
      "a name that is mistyped is corrected before it is taken for an initial",
      [#""first_name":"J","last_name":"Smith""#, #""first_name":"Jennifer","last_name":"Smith""#],
      "jennifre smith", ["1 corrected", "0 corrected"]
    ),
    (
      "a name that is like no other may be an initial",
      [#""first_name":"X","last_name":"Smith""#, #""first_name":"Jennifer","last_name":"Smith""#],
      "xanthippe smith", ["0 variant"]
    ),
    (
      "a name of two parts has initials, too", [#""first_name":"Petra","last_name":"Hofmann-Friedrich""#],
      "p hofmann-friedrich", ["0 initials"]
    ),
    (
      "and each of its parts may come from another alphabet",
      [#""first_name":"Виктор","last_name":"Попов-Карпов""#], "viktor popov-karpov", ["0 variant"]
    ),
    (
      "and the last of them may be longer",
      [
        #""first_name":"Ann","last_name":"Smith-Jones""#, #""first_name":"Jonah","last_name":"Smith""#,
        #""last_name":"Smith","tags":["jones"]"#,
      ], "smith-jon", ["0 variant", "1 variant"]
    ),
    ("but not in quotes", [#""first_name":"Ann","last_name":"Smith-Jones""#], "\"smith-jon\"", []),
    (
      "one word with a hyphen is no initial and a name", [#""first_name":"Tim","last_name":"Shirt""#],
      "t-shirt",
      []
    ),
    (
      "a phrase and its words are two texts",
      [#""first_name":"John","last_name":"Smith""#, #""first_name":"Jon","last_name":"Smith""#],
      "(\"jon\" smith) OR (jon smith)", ["1 alternatives", "0 variant"]
    ),
    (
      "even where one of them is mistyped", [#""first_name":"John","last_name":"Smith""#],
      "\"johnn smith\" OR (johnn smith)", ["0 corrected"]
    ),
    ("filters are not corrected", [#""title":"Engineer","tags":["JUNIOR"]"#], "engineer tag:JUNIORR", []),
    (
      "a title of a person may be missing", [#""first_name":"John","last_name":"Smith""#], "dr john smith",
      ["0 variant"]
    ),
    ("and a degree", [#""first_name":"John","last_name":"Smith""#], "john smith phd", ["0 variant"]),
    (
      "a particle of a name may not", [#""first_name":"Jan","last_name":"Berg""#], "jan van berg", []
    ),
    (
      "who has the degree is first", [#""title":"PhD Student""#, #""title":"Student""#], "phd student",
      ["0 exact", "1 variant"]
    ),
    ("legal forms replace each other", [#""company":"Acme Ltd""#], "acme limited", ["0 variant"]),
    ("and may be missing", [#""company":"Acme""#], "acme gmbh", ["0 variant"]),
    ("stop words alone are not left out", [#""company":"Acme""#], "the of", []),
    ("in quotes nothing is left out", [#""company":"Acme""#], "\"acme gmbh\"", []),
    (
      "a place in another language", [#""title":"Engineer","locations":["München"]"#], "munich engineer",
      ["0 variant"]
    ),
    (
      "both at once", [#""title":"Engineer","locations":["München"]"#], "munich engineer phd", ["0 variant"]
    ),
    (
      "an abbreviation and a place", [#""title":"Software Engineer","locations":["München"]"#], "swe munich",
      ["0 variant"]
    ),
    (
      "an abbreviation, a place and a nickname",
      [#""first_name":"Robert","title":"Software Engineer","locations":["München"]"#], "bob swe munich",
      ["0 variant"]
    ),
    (
      "a star at the last word", [#""first_name":"Robert","last_name":"Smith""#], "bob smi*", ["0 variant"]
    ),
    (
      "a word with a star has no other forms", [#""first_name":"Robert","last_name":"Smith""#], "bob* smith",
      []
    ),
    (
      "spellings of one name", [#""first_name":"Muhammad""#, #""first_name":"Mohamed""#], "mohamed",
      ["1 exact", "0 variant"]
    ),
    (
      "a name in Chinese characters", [#""first_name":"Xiaoming","last_name":"Wang""#], "王 小明", ["0 variant"]
    ),
    ("a name in Hangul", [#""first_name":"Minsu","last_name":"Kim""#], "김민수", ["0 variant"]),
    ("a name in Arabic", [#""first_name":"Mohammed","last_name":"Ali""#], "محمد علي", ["0 variant"]),
    ("a name in Devanagari", [#""first_name":"Rahul","last_name":"Sharma""#], "राहुल शर्मा", ["0 variant"]),
    ("a name in Hebrew", [#""first_name":"David","last_name":"Cohen""#], "דוד כהן", ["0 variant"]),
    ("a Japanese name", [#""first_name":"Ken","last_name":"Takahashi""#], "高橋健", ["0 variant"]),
    ("a Japanese surname", [#""first_name":"Hanako","last_name":"Tanaka""#], "田中", ["0 variant"]),
    ("an Arabic article", [#""first_name":"Youssef","last_name":"Eldeeb""#], "يوسف الديب", ["0 variant"]),
    ("a character that cannot be read", [#""first_name":"Xiaoming","last_name":"Wang""#], "王䶮", []),
    ("not in quotes", [#""first_name":"David","last_name":"Cohen""#], "\"דוד כהן\"", []),
    (
      "the national prefix of Russia", [#""phone_numbers":["8 (495) 123-45-67"]"#], "+7 495 123-45-67",
      ["0 anywhere"]
    ),
    ("and its code", [#""phone_numbers":["+7 916 765 43 21"]"#], "8 916 765-43-21", ["0 anywhere"]),
    ("no code of another country", [#""phone_numbers":["+7 901 234 56 78"]"#], "+8 190 1234 5678", []),
    ("is a place only", [#""title":"New York Style Baker""#], "nyc baker", []),
    (
      "an inflected title", [#""title":"VP Engineer""#, #""title":"Vice President of Engineers""#],
      "VP engineering", ["0 variant", "1 variant"]
    ),
    (
      "forms of one word, in titles and tags",
      [#""title":"Manager","tags":["nursing"]"#, #""title":"Ward Management","tags":["NURSES"]"#],
      "nurse managers", ["0 variant", "1 variant"]
    ),
    ("no word with the same stem", [#""title":"University Organ Product""#], "universal", []),
    ("nor another", [#""title":"Organist of the Organ""#], "organization", []),
    ("names are not inflected", [#""last_name":"Design""#], "designers", []),
    ("though they may be corrected", [#""last_name":"River""#], "rivers", ["0 corrected"]),
    (
      "nor is what is mostly a name", [#""title":"River Pilot""#, #""last_name":"Rivers""#], "rivers",
      ["1 exact"]
    ),
    ("nor companies and places", [#""company":"Banks","locations":["Banks"]"#], "bank", ["0 variant"]),
    ("nor words in quotes", [#""title":"Engineer""#], "\"engineering\"", []),
    ("nor words of a field", [#""title":"Engineer""#], "title:engineering", []),
    (
      "another title of the occupation, after other forms of the title",
      [#""title":"Lawyer""#, #""title":"Attorneys""#, #""title":"Family Lawyer""#], "attorney",
      ["1 variant", "0 occupation", "2 occupation"]
    ),
    (
      "beside a name and a place", [#""last_name":"Okafor","title":"Lorry Driver","locations":["München"]"#],
      "truck driver okafor munich", ["0 occupation"]
    ),
    (
      "the title is a phrase", [#""title":"Driver of a Lorry""#, #""company":"Lorry Driver Ltd""#],
      "truck driver", []
    ),
    (
      "the plural of a title", [#""last_name":"Li","title":"Municipal Clerk""#], "township clerks li",
      ["0 occupation"]
    ),
    (
      "stop words beside it may be missing", [#""title":"Realtor","locations":["Boston"]"#],
      "estate agent in boston", ["0 occupation"]
    ),
    ("a title is another's, and the other words remain", [#""title":"Realtor""#], "estate agent boston", []),
    (
      "a name is no title", [#""first_name":"John","title":"Pie Maker""#, #""last_name":"Baker""#],
      "john baker", []
    ),
    ("nor are words in quotes", [#""title":"Lawyer""#], "\"attorney\"", []),
    ("nor words of a field", [#""title":"Lawyer""#], "title:attorney", []),
    ("nor a company", [#""title":"Lawyer""#, #""company":"Attorney""#], "attorney", ["1 exact"]),
    ("no other occupation", [#""title":"Nurse""#, #""title":"Judge""#], "attorney", []),
    ("nor completed", [#""title":"Engineer","tags":["JUNIOR"]"#], "engineer tag:JUNIO", []),
    (
      "filters hold in every tier",
      [#""first_name":"Robert","is_private":true"#, #""first_name":"Robert","is_private":false"#],
      "bob is_private:false", ["1 variant"]
    ),
    (
      "and so does NOT", [#""first_name":"Robert","title":"Cook""#, #""first_name":"Robert""#], "bob -cook",
      ["1 variant"]
    ),
    ("what was typed as a phrase stays one", [#""title":"Software Engineer""#], "\"sofware engineer\"", []),
    (
      "more alternatives before fewer, then the rarer",
      [
        #""title":"cook""#, #""title":"cook""#, #""title":"cook""#, #""title":"baker""#,
        #""title":"cook and baker""#,
      ], "cook OR baker", ["4 alternatives", "3 exact", "0 exact", "1 exact", "2 exact"]
    ),
    (
      "filters alone are most recent first", [#""tags":["A"]"#, #""tags":["A"]"#], "tag:A",
      ["0 recent", "1 recent"]
    ),
  ]

  @Test(arguments: cases) func tierByTier(trap: String, records: [String], query: String, hits: [String])
    throws
  {
    #expect(try Self.index(records).tiers(query) == hits)
  }

  @Test func everyTierHasANameOfItsOwnAndARule() {
    let all = Tier.allCases.filter { ![.id, .email].contains($0) }
    #expect(Set(all.map(\.rawValue)).count == all.count)
    #expect(all.allSatisfy { $0.rule.count > 20 })
  }

  @Test func theQueryLanguagesPageListsThem() throws {
    let page = try Fixture.text("QUERY-LANGUAGE.md")
    let table = try #require(
      page.split(separator: "<!-- tiers -->").last?.split(separator: "<!-- /tiers -->").first)
    let rows = Tier.allCases.filter { ![.id, .email].contains($0) }.map { "| `\($0)` | \($0.rule) |" }
    #expect(table.split(separator: "\n").dropFirst(2).map(String.init) == rows)
  }

  @Test func theReasonNamesTheOccupation() throws {
    let index = try Self.index([#""title":"Lawyer""#, #""title":"Attorney""#])
    let results = try index.search("attorney")
    #expect(results.hits.map(\.reason) == [nil, "another title of the same occupation (lawyer)"])
    #expect(try index.count("attorney") == 2)
    var options = SearchOptions()
    options.findsVariants = false
    #expect(try index.search("attorney", options).hits.count == 1)
  }

  @Test func whatWasCorrectedIsSaid() throws {
    let index = try Self.index([#""title":"Engineer""#])
    #expect(
      try index.search("enginer").notices.map(\.description) == [
        "showing results for engineer (typed enginer)"
      ])
    #expect(try index.search("engineer").notices == [])
  }

  @Test func whatWasCorrectedIsAValue() throws {
    let index = try Self.index([#""title":"Engineer""#, #""title":"Nurse""#])
    #expect(
      try index.search("Enginer nurse OR Enginer").corrections == [], "alternatives are ranked one by one")
    #expect(try index.search("Enginér").corrections == [Correction(typed: "enginer", words: ["engineer"])])
    #expect(try index.search("engineer").corrections == [])
    var options = SearchOptions()
    options.correctsWords = false
    #expect(try index.search("enginer", options).corrections == [])
    options = SearchOptions()
    options.sort = SearchSort(by: .name)
    #expect(try index.search("enginer", options).corrections == [], "the order does not tell")
  }

  @Test func anInitialIsNoCorrection() throws {
    let names = (0..<60).map { #""first_name":"Jennifer","last_name":"Jones\#($0)""# }
    let index = try Self.index(names + [#""first_name":"J","last_name":"Brown""#])
    let results = try index.search("jennifre brown")
    #expect(results.hits.map(\.candidate.lastName) == ["Brown"])
    #expect(results.notices == [])
  }

  @Test func theOwnerOfAnAddressCounts() throws {
    let index = try Self.index([#""email_addresses":["c++@example.com"]"#])
    for query in ["c++", "c++ OR plumber"] {
      #expect(try index.search(query).hits.map(\.tier) == [.exact], "\(query)")
      #expect(try index.count(query) == 1, "\(query)")
    }
  }

  @Test func optionsTurnTiersOff() throws {
    let index = try Self.index([#""first_name":"Robert","title":"Nursery""#])
    var options = SearchOptions()
    options.findsVariants = false
    #expect(try index.search("bob", options).hits.isEmpty)
    options = SearchOptions()
    options.completesLastWord = false
    #expect(try index.search("nurs", options).hits.isEmpty)
    options = SearchOptions()
    options.correctsWords = false
    #expect(try index.search("nurserx", options).hits.isEmpty)
    #expect(try index.search("bob nurserx").hits.count == 1)
  }

  @Test func aQueryThatFindsNobodyIsExplainedPartByPart() throws {
    let index = try Self.index([#""title":"Cook","tags":["A"]"#, #""title":"Cook""#, #""title":"Baker""#])
    let diagnosis = try index.diagnosis(of: "cook tag:A baker")
    #expect(diagnosis.clauses.map(\.count) == [2, 1, 1])
    #expect(diagnosis.clauses.map(\.countWithout) == [0, 0, 1])
    #expect(diagnosis.smallestToDrop?.text == "baker")
    #expect(try index.diagnosis(of: "plumber").smallestToDrop == nil)
  }
}
