import TestSupport
import Testing

@testable import CandidateSearch

@Suite struct SearchTests {
  private static func person(_ id: String, _ members: String, at time: String = "2021-07-01") -> String {
    #"{"id":"\#(id)",\#(members),"last_interaction_at":"\#(time)"}"#
  }

  @Test func theIssuesExample() throws {
    let index = try CandidateIndex.empty()
    try index.ingest { try $0.add(try ByteSource(path: Fixture.example)) }
    #expect(try index.ids("engineer tag:JUNIOR") == ["018b18ef-c487-703c-afd9-0ca478ccd9d6"])
    #expect(try index.ids("tag:SENIOR") == [])
    #expect(try index.candidates(id: "018b18ef-c487-703c-afd9-0ca478ccd9d6").count == 1)
  }

  @Test func exactComesBeforePhraseBeforeAnywhereWhateverTheTime() throws {
    let index = try CandidateIndex.holding(
      Self.person("exact", #""title":"Software Engineer""#, at: "2019-01-01"),
      Self.person("phrase", #""title":"Senior Software Engineer""#, at: "2020-01-01"),
      Self.person("anywhere", #""title":"Engineer","company":"Software AG""#, at: "2024-01-01"))
    #expect(try index.tiers("software engineer") == ["exact exact", "phrase phrase", "anywhere anywhere"])
  }

  @Test func withinATierTheMostRecentComesFirst() throws {
    let index = try CandidateIndex.holding(
      Self.person("b", #""title":"Nurse""#, at: "2020-01-01"), Self.person("d", #""title":"Nurse""#, at: ""),
      Self.person("a", #""title":"Nurse""#, at: "2021-01-01"),
      Self.person("c", #""title":"Nurse""#, at: "1999-01-01"))
    #expect(try index.ids("nurse") == ["a", "b", "c", "d"])
    #expect(try index.ids("") == ["a", "b", "c", "d"])
    #expect(try index.ids("nurse", limit: 2) == ["a", "b"])
  }

  @Test func recencyFallsBackToUpdateAndCreation() throws {
    let index = try CandidateIndex.holding(
      #"{"id":"created","remote_created_at":"2023-01-01"}"#,
      #"{"id":"updated","remote_created_at":"2001-01-01","remote_updated_at":"2022-01-01"}"#,
      #"{"id":"seen","remote_updated_at":"2024-01-01","last_interaction_at":"2021-01-01"}"#, #"{"id":"none"}"#
    )
    #expect(try index.ids("") == ["created", "updated", "seen", "none"])
  }

  @Test func aHitIsGivenOnceAndEveryFirstPageIsABeginningOfTheNext() throws {
    let index = try CandidateIndex.empty()
    try index.ingest { try $0.add(try ByteSource(path: Fixture.samples)) }
    for query in [
      "engineer", "software engineer", "smith", "berlin OR paris", "-nurse", "C++ -tag:ARCHIVED", "",
    ] {
      let all = try index.ids(query, limit: 1000)
      #expect(Set(all).count == all.count, "\(query)")
      #expect(try index.count(query, .asTyped()) == all.count, "\(query)")
      for limit in [0, 1, 2, 5] {
        #expect(try index.ids(query, limit: limit) == Array(all.prefix(limit)), "\(query)")
      }
    }
  }

  /// Queries over the sample candidates, each with a candidate that must be among the hits, and one that must not.
  static let finds: [(query: String, found: String?, missing: String?)] = [
    ("o'brien", "O’Brien", nil), ("OBRIEN", "O’Brien", nil), ("\"mary o brien\"", "O’Brien", nil),
    ("smith-jones", "Smith-Jones", nil), ("smith jones", "Smith-Jones", nil),
    ("smithjones", "Smith-Jones", nil),
    ("lukasz wojcik", "Wójcik", nil), ("Müller", "Müller", nil), ("Mueller", "Müller", nil),
    ("muller", "Müller", nil),
    ("strasser", "Straßer", nil), ("soren kjaergard", "Kjærgård", nil), ("yildiz", "Yıldız", nil),
    ("nguyen thi", "Thị Minh", nil), ("山田", "山田", "佐藤"), ("太郎", "山田", nil), ("山田太郎", "山田", nil),
    ("민수", "김", nil), ("김민수", "김", nil), ("иванов", "Иванов", nil), ("παπαδοπουλος", "Παπαδόπουλος", nil),
    ("الأحمد", "الأحمد", nil), ("สมชาย", "ใจดี", nil), ("शर्मा", "शर्मा", nil), ("jr patel", "Patel", nil),
    ("\"j r patel\"", "Patel", nil), ("doe", nil, nil), ("email:obrien", "O’Brien", nil),
  ]

  @Test(arguments: finds) func namesAreFound(query: String, found: String?, missing: String?) throws {
    let index = try Self.samples.get()
    let names = try index.search(query, .asTyped(limit: 1000)).hits.map { $0.candidate.lastName ?? "" }
    if let found { #expect(names.contains(found), "\(names)") } else { #expect(names.isEmpty) }
    if let missing { #expect(!names.contains(missing), "\(names)") }
  }

  private static let samples = Result {
    let index = try CandidateIndex.empty()
    try index.ingest { try $0.add(try ByteSource(path: Fixture.samples)) }
    return index
  }

  @Test func cPlusPlusIsNotC() throws {
    let index = try CandidateIndex.holding(
      Self.person("c", #""title":"C Developer""#), Self.person("cpp", #""title":"C++ Developer""#),
      Self.person("cs", #""title":"C# Developer""#), Self.person("net", #""title":".NET Developer""#),
      Self.person("sales", #""title":"Net Sales""#))
    #expect(try index.ids("\"C++\"") == ["cpp"])
    #expect(try index.ids("c#") == ["cs"])
    #expect(try index.ids("C developer") == ["c"])
    #expect(try index.ids(".net") == ["net"])
    #expect(Set(try index.ids("net")) == ["net", "sales"])
  }

  @Test func aPhraseDoesNotReachFromOneValueIntoTheNext() throws {
    let index = try CandidateIndex.holding(
      Self.person("1", #""tags":["a b","c d"],"locations":["San Jose","New York"]"#))
    #expect(try index.ids("\"a b\"") == ["1"])
    #expect(try index.ids("\"b c\"") == [])
    #expect(try index.ids("location:\"jose new\"") == [])
  }

  @Test func tagsAreWhole() throws {
    let index = try CandidateIndex.holding(
      Self.person("1", #""tags":["Campus 2021 Spring"]"#), Self.person("2", #""tags":["campus 2021"]"#))
    #expect(try index.ids("tag:\"CAMPUS 2021\"") == ["2"])
    #expect(Set(try index.ids("tag:camp*")) == ["1", "2"])
    #expect(try index.ids("tag:spring") == [])
    #expect(try index.ids("spring") == ["1"])
  }

  @Test func unknownIsNeitherTrueNorFalse() throws {
    let index = try CandidateIndex.holding(
      Self.person("yes", #""can_email":true"#), Self.person("no", #""can_email":false"#),
      Self.person("null", #""can_email":null"#))
    #expect(try index.ids("can_email:true") == ["yes"])
    #expect(try index.ids("can_email:false") == ["no"])
    #expect(try index.ids("can_email:unknown") == ["null"])
  }
}
