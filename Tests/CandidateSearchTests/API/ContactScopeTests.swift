import BenchmarkCorpus
import TestSupport
import Testing

@testable import CandidateSearch

/// A scope without contacts: nothing that it answers depends on them or shows them.
@Suite struct ContactScopeTests {
  private static let scope = Scope(includesContacts: false)

  /// Members with contacts that no query of the tests contains in full.
  private static func contacts(_ i: Int) -> String {
    """
    "email_addresses":["zqxcontact\(i)@zqxhost.com","anna.zqxcontact@smith.org"],"phone_numbers":["+49 30 55\(1_000 + i)"],\
    "urls":[{"type":"LINKEDIN","url":"https://linkedin.com/in/zqxcontact\(i)"}],"custom_fields":{"source":"zqxcontact"},\
    "raw_data":{"mail":"zqxcontact"}
    """
  }

  /// The records of a corpus, with these members in place of theirs.
  private static func records(_ members: (Int) -> String) throws -> [String] {
    let corpus = Corpus(seed: 21)
    let redaction = RecordRedaction()
    return try (0..<120).map { i in
      let record = try CandidateDecoder().decode(json: String(decoding: corpus.record(i), as: UTF8.self))
      let rest = try redaction.redacted(record).json
      let added = members(i)
      return added.isEmpty ? rest : String(rest.dropLast()) + "," + added + "}"
    }
  }

  private static let queries =
    Answers.queries.enumerated().filter { $0.offset % 4 == 0 }.map(\.element) + [
      "zqx*", "zqxcontac", "zqxhost.com", "anna.zqx@smith.org", "-zqxhost.com", "linkedin.com",
      "+49 30 551000",
      "anna smith", "org smith", "smith org engineer", "has:email", "custom.source:x", "missing:phone",
    ]

  @Test(.slow) func contactsInterfereWithNothing() throws {
    let index = try CandidateIndex.empty()
    try index.addCustomFields([#require(CustomField("source"))])
    func answers(_ scope: Scope) throws -> [String] {
      var costs = CostModel.eager
      costs.minimumSlowStep = .max
      let index = CandidateIndex(index.engine, scope: scope, caches: SearchCaches(costs: costs))
      return try Answers(index: index, queries: Self.queries).all()
    }
    let scopes = [Self.scope, try Scope("-title:nurse has:email", includesContacts: false)]
    func add(_ members: (Int) -> String) throws {
      try index.add(try Self.records(members), connector: "greenhouse")
    }
    try add { Self.contacts($0) }
    let before = try scopes.map(answers)
    for text in before.joined() where text.contains("zqxcontact") || text.contains("@zqxhost") {
      Issue.record("a contact is shown: \(text.prefix(400))")
    }
    #expect(try index.count("zqx*") == 120 && index.scoped(to: Self.scope).count("zqx*") == 0)
    try add {
      Self.contacts($0 + 500).replacing("smith", with: "engineer").replacing("zqxhost", with: "zqxother")
    }
    for (scope, before) in zip(scopes, before) {
      if let difference = Answers.difference(try answers(scope), before) {
        Issue.record("after contacts changed: \(difference)")
      }
    }
    try add { _ in "" }
    if let difference = Answers.difference(try answers(Self.scope), before[0]) {
      Issue.record("after contacts were removed: \(difference)")
    }
  }

  /// Queries of contacts, with the part that the error points at.
  static let refused: [(query: String, marked: String)] = [
    ("email:ann", "email:ann"), ("engineer email:@doe.com", "email:@doe.com"),
    ("-email:=a@b.c", "email:=a@b.c"),
    ("emails:*", "emails:*"), ("phone:(415) 555-0123", "phone:(415) 555-0123"),
    ("url:linkedin.com", "url:linkedin.com"),
    ("has:email", "has:email"), ("has:urls", "has:urls"), ("tag:a OR missing:phones", "missing:phones"),
    ("custom.source:x", "custom.source:x"), ("custom.nosuchfield:x", "custom.nosuchfield:x"),
  ]

  @Test(arguments: refused) func theErrorPointsAtThePlace(_ case: (query: String, marked: String)) throws {
    let index = try CandidateIndex.empty().scoped(to: Self.scope)
    let error = try #require(throws: QueryError.self) { try index.search(`case`.query) }
    let scalars = Array(`case`.query.unicodeScalars)
    #expect(String(String.UnicodeScalarView(scalars[error.place.start..<error.place.end])) == `case`.marked)
    #expect(error.description.contains("contacts may not be searched here"))
    #expect(throws: error) { try index.count(SearchQuery(`case`.query)) }
  }

  static let built: [Query] = [
    .email("a@b.c"), .words(.email, "ann"), .beginning(.email, "ann"), .phone("5550123"), .url("x.org"),
    .present(.email), .not(.present(.phone)), .present(.url), .and([.text("a"), .or([.email("x"), .all])]),
  ]

  @Test(arguments: built) func aBuiltQueryIsRefused(_ query: Query) throws {
    let index = try CandidateIndex.empty()
    #expect(try index.search(query).hits.isEmpty)
    #expect(throws: QueryError.self) { try index.scoped(to: Self.scope).search(query) }
  }

  @Test func otherQueriesAreNot() throws {
    let index = try CandidateIndex.empty().scoped(to: Self.scope)
    for query in [
      "is:emailable can_email:true", "has:name missing:tag", "a@b.c", "id:x", "application:y", "title:a",
    ] {
      #expect(try index.search(query).hits.isEmpty)
    }
    #expect(throws: ScopeError(Self.scope)) { try index.candidates(email: "a@b.c") }
  }

  /// The filter of the scope may name what queries may not.
  @Test func theScopeItselfMayNameContacts() throws {
    let index = try CandidateIndex.holding(
      #"{"id":"a","email_addresses":["ann@doe.com"],"title":"x"}"#, #"{"id":"b","title":"x"}"#)
    let scoped = index.scoped(to: try Scope("email:@doe.com has:email", includesContacts: false))
    let hits = try scoped.search("x").hits
    #expect(hits.map(\.candidate.json) == [#"{"id":"a","title":"x"}"#])
    #expect(try scoped.search("ann@doe.com").hits.isEmpty && scoped.search("doe").hits.isEmpty)
    #expect(try index.scoped(to: Scope("missing:email", includesContacts: false)).count("x") == 1)
  }

  /// Records, and what is left of them.
  static let records: [(record: String, left: String)] = [
    (#"{"id":"1"}"#, #"{"id":"1"}"#),
    (#"{"email_addresses":["a@b.c"],"id":"1"}"#, #"{"id":"1"}"#),
    (#"{ "raw_data" : {"a":[1,{"b":"}"}]} , "id" : "1" , "urls" : [ ] }"#, #"{ "id" : "1" }"#),
    (#"{"id":"1","phone_numbers":"+1, {\"x\":2}","title":"a,b"}"#, #"{"id":"1","title":"a,b"}"#),
    (
      #"{"id":"1","email_addresses":1,"email_addresses":["x"],"tags":["é","\u00e9"]}"#,
      #"{"id":"1","tags":["é","\u00e9"]}"#
    ),
    (#"{"id":"1","\u0065mail_addresses":["x@y.z"],"ur\u006cs":null}"#, #"{"id":"1"}"#),
    (#"{"\u0075rls":[",\"id\":"],"custom_fields":{"a":1},"id":"1","emails":2}"#, #"{"id":"1"}"#),
    // Members of objects that are not read.
    (
      #"{"id":"1","applications":[{"id":"a","candidate":{"email_addresses":["a@b.c"]}}, "b"],"#
        + #""attachments":{"file_name":"cv a@b.c" , "id":"x"},"location":{"city":"Rome","street":"1","country":"IT"}}"#,
      #"{"id":"1","applications":[{"id":"a"}, "b"],"attachments":{ "id":"x"},"location":{"city":"Rome","country":"IT"}}"#
    ),
    (
      #"{"id":"1","title":{"mail":"a@b.c"},"tags":["x",{"y":"a@b.c"},["z",{}]],"applications":{"id":{"a":1,"id":2}}}"#,
      #"{"id":"1","title":{},"tags":["x",{},["z",{}]],"applications":{"id":{"id":2}}}"#
    ),
    (
      #"{"id":"1","tags":[[[[[[[[["a@b.c"]]]]]]]],"x"]}"#, #"{"id":"1","tags":[[[]],"x"]}"#
    ),
    // Members that the API does not describe.
    (
      #"{"mobile":"+1 415","id":"1","candidate":{"email_addresses":["a@b.c"]},"tags":["x"],"ID":"y"}"#,
      #"{"id":"1","tags":["x"]}"#
    ),
    (
      #"{"confidential":false,"location":"Rome","":"a@b.c","\u0069d":"1","emailAddresses":[1],"title":null}"#,
      #"{"confidential":false,"location":"Rome","\u0069d":"1","title":null}"#
    ),
    (
      "{\n  \"phone_numbers\": [],\n  \"id\": \"1\",\n  \"title\": \"T\"\n}",
      "{\n  \"id\": \"1\",\n  \"title\": \"T\"\n}"
    ),
  ]

  @Test(arguments: records) func theOtherMembersKeepTheirBytes(_ case: (record: String, left: String)) throws
  {
    let index = try CandidateIndex.holding(`case`.record).scoped(to: Self.scope)
    let hit = try #require(try index.search("").hits.first)
    #expect(hit.candidate.json == `case`.left)
    #expect(String(decoding: hit.candidate.jsonBytes, as: UTF8.self) == `case`.left)
    #expect(hit.candidate.unknownFields.isEmpty)
    for field in [Field.ID.email, .phone, .url] { #expect(hit.candidate.values(of: field).isEmpty) }
    #expect(hit.candidate.customFields == nil && hit.candidate.rawData == nil && hit.candidate.urls.isEmpty)
    #expect(try index.candidates(id: "1").map(\.candidate.json) == [`case`.left])
  }

  /// Members beyond the limits, whose names are not read, are left out.
  @Test func aRecordThatIsNotReadInFullLosesTheRest() throws {
    let many = (0..<260_000).map { _ in "0" }.joined(separator: ",")
    let members = (0..<26).map { #""m\#($0)":[\#(many.prefix(19_999))]"# }.joined(separator: ",")
    let record = #"{"id":"1",\#(members),"email_addresses":["late@doe.com"]}"#
    let candidate = try CandidateDecoder(origin: .stored).decode(json: record)
    let left = try RecordRedaction().redacted(candidate)
    #expect(!left.json.contains("late@doe.com") && left.id == "1")
  }
}
