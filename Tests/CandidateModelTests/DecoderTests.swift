import TestSupport
import Testing

@testable import CandidateModel

/// A record and what the decoder makes of it, in words.
struct DecoderCase: Sendable, CustomTestStringConvertible {
  let name: String
  let json: String
  let check: @Sendable (Candidate) -> Bool
  var testDescription: String { name }

  init(_ name: String, _ members: String, _ check: @escaping @Sendable (Candidate) -> Bool) {
    self.name = name
    json = "{\"id\":\"1\"\(members.isEmpty ? "" : ",")\(members)}"
    self.check = check
  }
}

@Suite struct DecoderTests {
  static let taken: [DecoderCase] = [
    DecoderCase("nothing but an id", "") { $0.id == "1" && $0.firstName == nil && $0.tags.isEmpty },
    DecoderCase("all null", #""first_name":null,"tags":null,"is_private":null,"custom_fields":null"#) {
      $0.firstName == nil && $0.tags.isEmpty && $0.isPrivate == nil && $0.customFields == nil
    },
    DecoderCase("a number for a text", #""remote_id":123321"#) { $0.remoteID == "123321" },
    DecoderCase("a number keeps its spelling", #""remote_id":1.50"#) { $0.remoteID == "1.50" },
    DecoderCase("a number beyond 64 bits", #""remote_id":123456789012345678901234567890"#) {
      $0.remoteID == "123456789012345678901234567890"
    },
    DecoderCase("one text for a list", #""tags":"JUNIOR""#) { $0.tags == ["JUNIOR"] },
    DecoderCase("nulls in a list", #""tags":[null,"a",null]"#) { $0.tags == ["a"] },
    DecoderCase("numbers in a list", #""tags":[2021,"a"]"#) { $0.tags == ["2021", "a"] },
    DecoderCase("booleans as text", #""can_email":"true","is_private":"FALSE""#) {
      $0.canEmail == true && $0.isPrivate == false
    },
    DecoderCase("an empty text for a boolean is unknown", #""can_email":"""#) { $0.canEmail == nil },
    DecoderCase("a link's kind as type", #""urls":[{"type":"LINKEDIN","value":"x.org"}]"#) {
      $0.urls == [.init(kind: "LINKEDIN", address: "x.org")]
    },
    DecoderCase("a link's kind as url_type", #""urls":[{"url_type":"BLOG","value":"x.org"}]"#) {
      $0.urls == [.init(kind: "BLOG", address: "x.org")]
    },
    DecoderCase("a link without an address", #""urls":[{"type":"BLOG","value":null}]"#) { $0.urls.isEmpty },
    DecoderCase("a link that is its address", #""urls":["x.org"]"#) {
      $0.urls == [.init(kind: nil, address: "x.org")]
    },
    DecoderCase(
      "e-mails as Merge writes them", #""email_addresses":[{"value":"a@b.c","email_address_type":"WORK"}]"#
    ) {
      $0.emailAddresses == ["a@b.c"]
    },
    DecoderCase("e-mails as Kombo writes them", #""email_addresses":[{"email_address":"a@b.c","type":null}]"#)
    {
      $0.emailAddresses == ["a@b.c"]
    },
    DecoderCase("phones as objects", #""phone_numbers":[{"phone_number":"1"},{"value":2},{"value":null}]"#) {
      $0.phoneNumbers == ["1", "2"]
    },
    DecoderCase("applications as ids and objects", #""applications":["a",{"id":"b","stage":{}}]"#) {
      $0.applications == ["a", "b"]
    },
    DecoderCase("Kombo's place", #""location":{"city":"Berlin","country":"DE","raw":null}"#) {
      $0.locations == ["Berlin, DE"]
    },
    DecoderCase("Kombo's confidential", #""confidential":true"#) { $0.isPrivate == true },
    DecoderCase("private by either name", #""is_private":false,"confidential":true"#) {
      $0.isPrivate == true
    },
    DecoderCase("unknown members are kept", #""score":[1,{"a": 2}] ,"x":null"#) {
      $0.unknownFields.mapValues(\.description) == ["score": #"[1,{"a": 2}]"#, "x": "null"]
    },
    DecoderCase(
      "custom fields are kept as they are spelled", #""custom_fields":{ "a" : 1.0 }, "raw_data":{}"#
    ) {
      $0.customFields?.description == #"{ "a" : 1.0 }"# && $0.rawData?.description == "{}"
    },
    DecoderCase("escapes", #""first_name":"\u0041\n\"\u00e9\ud83d\ude00""#) { $0.firstName == "A\n\"é😀" },
    DecoderCase("NUL", #""first_name":"a\u0000b""#) { $0.firstName == "a\u{0}b" },
    DecoderCase("a lone high surrogate", #""first_name":"a\ud83d b","last_name":"\\ud83d""#) {
      $0.firstName == "a\u{FFFD} b" && $0.lastName == "\\ud83d"
    },
    DecoderCase("a lone low surrogate before a pair", #""first_name":"\ude00\ud83d\ude00""#) {
      $0.firstName == "\u{FFFD}😀"
    },
    DecoderCase("a member named twice counts as it stands last", #""title":"a","title":"b""#) {
      $0.title == "b"
    },
    DecoderCase("a time that does not parse", #""last_interaction_at":"soon""#) {
      $0.lastInteractionAt == nil
    },
    DecoderCase("a megabyte in one field", "\"title\":\"\(String(repeating: "é", count: 500_000))\"") {
      $0.title?.utf8.count == 1_000_000
    },
  ]

  @Test(arguments: taken) func takes(_ example: DecoderCase) throws {
    let candidate = try CandidateDecoder().decode(json: example.json)
    #expect(example.check(candidate), "\(candidate)")
    #expect(candidate.json == example.json)
  }

  static let refused: [(name: String, json: String, reason: String)] = [
    ("no id", "{}", "id: missing"),
    ("an empty id", #"{"id":""}"#, "id: missing"),
    ("a null id", #"{"id":null}"#, "id: missing"),
    ("an object for an id", #"{"id":{"a":1}}"#, "id: expected text, found an object"),
    ("true for an id", #"{"id":true}"#, "id: expected text, found true or false"),
    ("a line break in an id", #"{"id":"1\n2"}"#, "id: contains the control character U+000A"),
    ("half of a surrogate pair in an id", #"{"id":"\ud800"}"#, "id: contains half of a surrogate pair"),
    ("a replaced character in an id", "{\"id\":\"1\u{FFFD}\"}", "id: contains half of a surrogate pair"),
    ("NUL in an id", #"{"id":"1\u0000"}"#, "id: contains the control character U+0000"),
    ("DEL in an id", "{\"id\":\"1\u{7F}\"}", "id: contains the control character U+007F"),
    ("C1 in an id", "{\"id\":\"\u{85}1\"}", "id: contains the control character U+0085"),
    ("a line separator in an id", #"{"id":"1\u20282"}"#, "id: contains the control character U+2028"),
    ("an Arabic letter mark in an id", #"{"id":"1\u061c"}"#, "id: contains the control character U+061C"),
    ("a right-to-left override in an id", #"{"id":"1\u202e2"}"#, "id: contains the control character U+202E"),
    ("an isolate in an id", #"{"id":"\u20662"}"#, "id: contains the control character U+2066"),
    ("nothing", "", "not a JSON object"),
    ("a list", "[]", "not a JSON object"),
    ("a text", "\"a\"", "not a JSON object"),
    ("two objects", #"{"id":"1"}{"id":"2"}"#, "not a JSON object"),
    ("a comma too many", #"{"id":"1",}"#, "not a JSON object"),
    ("a wrong literal", #"{"id":"1","is_private":tru}"#, "not a JSON object"),
    ("a literal with something behind it", #"{"id":"1","is_private":truee}"#, "not a JSON object"),
    ("a number with a leading zero", #"{"id":"1","x":012}"#, "not a JSON object"),
    ("a wrong number in a field that nobody reads", #"{"id":"1","raw_data":{"x":1.}}"#, "not a JSON object"),
    ("a wrong escape", #"{"id":"1","x":"\x"}"#, "not a JSON object"),
    ("a raw line break in a text", "{\"id\":\"1\",\"x\":\"a\nb\"}", "not a JSON object"),
  ]

  @Test(arguments: refused) func refuses(name: String, json: String, reason: String) {
    do {
      let candidate = try CandidateDecoder().decode(json: json)
      Issue.record("taken as \(candidate)")
    } catch {
      #expect(error.description.hasPrefix(reason), "\(error)")
    }
  }

  @Test func invalidUTF8IsRefused() {
    #expect(throws: RecordDefect.self) {
      try CandidateDecoder().decode(bytes: Array(#"{"id":"1","title":""#.utf8) + [0xFF] + Array("\"}".utf8))
    }
  }

  @Test func aRefusalLeavesTheDecoderUsable() throws {
    let decoder = CandidateDecoder()
    for (_, json, _) in Self.refused { #expect(throws: RecordDefect.self) { try decoder.decode(json: json) } }
    #expect(try decoder.decode(json: #"{"id":"7","title":"x"}"#).title == "x")
  }

  @Test func theSpecificationsExampleIsReadWhole() throws {
    let candidate = try CandidateDecoder().decode(json: Fixture.text("Tests/Fixtures/bindbee-candidate.json"))
    #expect(candidate.id == "018b18ef-c487-703c-afd9-0ca478ccd9d6")
    #expect(candidate.fullName == "John Doe")
    #expect(candidate.company == "Google")
    #expect(candidate.title == "SOFTWARE ENGINEER")
    #expect(candidate.locations == ["San Francisco", "New York"])
    #expect(candidate.phoneNumbers == ["123-456-7890"])
    #expect(candidate.emailAddresses == ["john@doe.com"])
    #expect(candidate.urls == [.init(kind: "LINKEDIN", address: "https://www.linkedin.com/in/johndoe")])
    #expect(candidate.tags == ["JUNIOR", "INTERMEDIATE"])
    #expect(candidate.applications == ["018b4bfb-5ece-70b1-ad5e-862a9433aa65"])
    #expect(candidate.isPrivate == true && candidate.canEmail == true)
    #expect(candidate.modifiedAt?.description == "2021-10-16T00:00:00Z")
    #expect(candidate.recency?.description == "2021-07-01T00:00:00Z")
    #expect(candidate.avatar == "https://www.example.com/avatar.jpg")
    #expect(candidate.unknownFields.isEmpty)
  }
}
