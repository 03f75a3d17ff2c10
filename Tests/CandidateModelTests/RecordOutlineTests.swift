import Testing

@testable import CandidateModel

/// Records that are read by their outlines are those that a parser reads.
@Suite struct RecordOutlineTests {
  /// The numbers are written out, since they are read for every position.
  @Test func headsHaveAPositionForEachMember() {
    #expect(MemberPositions.textCount == MemberPositions.Text.allCases.count)
    #expect(MemberPositions.headCount == MemberPositions.textCount + MemberPositions.List.allCases.count)
  }

  /// What a candidate contains, member by member.
  private struct Members: Equatable, CustomStringConvertible {
    let texts: [String?]
    let times: [Timestamp?]
    let lists: [[String]]
    let links: [Candidate.Link]
    let flags: [Bool?]
    let values: [JSONText?]
    let unknown: [String: JSONText]
    let modifiedAtRange: Range<Int>?
    let json: [UInt8]
    var description: String { "\(texts) \(times) \(lists) \(links) \(flags) \(values) \(unknown)" }

    init(_ candidate: Candidate) {
      texts = [
        candidate.id, candidate.remoteID, candidate.firstName, candidate.lastName, candidate.company,
        candidate.title, candidate.avatar,
      ]
      times = [
        candidate.modifiedAt, candidate.lastInteractionAt, candidate.remoteCreatedAt,
        candidate.remoteUpdatedAt,
      ]
      lists = [
        candidate.locations, candidate.phoneNumbers, candidate.emailAddresses, candidate.tags,
        candidate.applications, candidate.attachments,
      ]
      links = candidate.urls
      flags = [candidate.isPrivate, candidate.canEmail]
      values = [candidate.customFields, candidate.rawData]
      unknown = candidate.unknownFields
      modifiedAtRange = candidate.modifiedAtRange
      json = candidate.jsonBytes
    }
  }

  private static let whole = """
    {"id":"1","remote_id":12,"modified_at":"2026-05-01T06:59:03Z","first_name":"Zoë","last_name":"","company":null,
     "title":"\(String(repeating: "senior ", count: 60))","last_interaction_at":"2025-05-28","is_private":true,
     "can_email":false,"locations":["Montréal",null,"Oslo"],"phone_numbers":[{"value":"1"}],"email_addresses":"a@b.c",
     "urls":["x.org",{"type":"BLOG","value":"y.org"}],"tags":[],"applications":["a","b"],"attachments":null,
     "remote_created_at":"2023-06-03T02:27:37Z","avatar":"https://a.b/c.jpg","custom_fields":{"a":[1,2]},
     "raw_data":{"x":{}},"visa":"H-1B","visa":{"kind":2},"":1}
    """

  /// Records that have outlines.
  static let outlined: [(name: String, json: String)] =
    [
      ("whole", whole), ("an id alone", #"{"id":"1"}"#), ("an id that is a number", #"{"id":1}"#),
      (
        "members twice",
        #"{"tags":["a"],"id":"0","tags":["b","c"],"id":"1","modified_at":null,"modified_at":"x"}"#
      ),
      ("the last member first", #"{"raw_data":{"a":1},"tags":["b"],"id":"1"}"#),
      ("white space", " {\n \"id\" : \"1\" , \"tags\" : [ \"a\" , 2 ] }\n"),
      ("a place of one part", #"{"id":"1","location":{"city":"Oslo"},"locations":["Rome"]}"#),
      ("members of wrong kinds", #"{"id":"1","tags":{"a":1},"title":["b"],"urls":[1,{"value":null}]}"#),
      ("an escape that no member contains", #"{"id":"1","raw_data":{"a":"b\nc"},"tags":["c"]}"#),
      ("a long text before others", #"{"id":"1","raw_data":{"a":"\#(long)"},"title":"b","tags":["c"]}"#),
    ] + DecoderTests.taken.map { ($0.name, $0.json) }

  private static let long = String(repeating: "x", count: 70_000)

  private func decode(_ json: String, outline: [UInt8]? = nil, modifiedAt: String = "") throws -> Candidate {
    let (json, modified) = (Array(json.utf8), Array(modifiedAt.utf8))
    return try json.withUnsafeBytes { json in
      try modified.withUnsafeBytes { modified in
        try (outline ?? []).withUnsafeBytes { outline in
          try CandidateDecoder(origin: .stored).decode(json, modifiedAt: modified, outline: outline)
        }
      }
    }
  }

  @Test(arguments: outlined.map(\.json)) func anOutlineReadsWhatTheParserReads(_ json: String) throws {
    let parsed = try decode(json)
    guard let outline = parsed.outline else {
      // Only texts that the record does not spell prevent one.
      #expect(json.contains(#"\"#) && !json.contains("raw_data") || json.contains(#""location":{"#))
      return
    }
    // The parser would refuse this record.
    let broken = json.replacing("{", with: "[")
    let length = json.utf8.count
    #expect(outline.withUnsafeBytes { RecordOutline.isUsable($0, recordBytes: length) })
    let read = try decode(broken, outline: outline)
    #expect(read.outline == outline)
    let (found, expected) = (Members(read), Members(parsed))
    #expect(found.texts == expected.texts && found.times == expected.times && found.lists == expected.lists)
    #expect(Members(try decode(json, outline: outline)) == expected)
  }

  /// Another value of `modified_at`, of the same length and of others.
  @Test(arguments: [
    #""2026-05-01T06:59:04Z""#, #""2026-05-01""#, #""2026\u002d05-01T06:5Z""#, "null", "12345",
  ])
  func anotherValueOfModifiedAtIsRead(_ value: String) throws {
    let outline = try #require(try decode(Self.whole).outline)
    let expected = try decode(Self.whole.replacing(#""2026-05-01T06:59:03Z""#, with: value))
    for outline in [outline, nil] {
      let read = try decode(Self.whole, outline: outline, modifiedAt: value)
      #expect(Members(read) == Members(expected))
    }
  }

  @Test(arguments: [
    ("an escape", #"{"id":"1","title":"a\u0062"}"#),
    ("a place of several parts", #"{"id":"1","location":{"city":"Oslo","country":"Norway"}}"#),
  ]) func aTextThatTheRecordDoesNotSpellHasNoOutline(_ name: String, _ json: String) throws {
    #expect(try decode(json).outline == nil)
  }

  /// An outline of another record or version is ignored.
  @Test func anOutlineThatDoesNotFitIsIgnored() throws {
    let other = try #require(try decode(#"{"id":"1","title":"an engineer"}"#).outline)
    let outline = try #require(try decode(Self.whole).outline)
    let unfit = [
      ("another record", other), ("another version", [outline[0] + 1] + outline.dropFirst()),
      ("a byte too many", outline + [0]), ("nothing", []),
      ("no id", Array(try #require(try decode(#"{"id":"1"}"#).outline).map { $0 == 2 ? 0 : $0 })),
    ]
    for (name, bytes) in unfit {
      #expect(Members(try decode(Self.whole, outline: bytes)) == Members(try decode(Self.whole)), "\(name)")
    }
  }

  /// Whatever an outline contains, every member can be read, and no text is longer than the record.
  @Test func aDamagedOutlineNeverCrashes() throws {
    let outline = try #require(try decode(Self.whole).outline)
    var damaged = outline.indices.map { Array(outline[..<$0]) }
    for i in outline.indices {
      for byte: UInt8 in [0, 1, 2, 3, 0x7F, 0x80, 253, 254, 255, outline[i] ^ 1, outline[i] &+ 1] {
        var bytes = outline
        bytes[i] = byte
        damaged += [bytes, bytes + [0xFF, 0xFF, 0xFF, 0xFF, 0xFF], Array(bytes[...i])]
      }
    }
    for bytes in damaged {
      let members = Members(try decode(Self.whole, outline: bytes))
      #expect(members.json == Array(Self.whole.utf8))
      #expect(members.lists.joined().allSatisfy { $0.utf8.count <= 3 * Self.whole.utf8.count })
    }
  }
}
