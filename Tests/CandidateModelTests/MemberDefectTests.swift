import CandidateModel
import Testing

/// A member of an unexpected shape refuses nothing, is noted, and counts as absent; a privacy flag counts as what shows
/// and permits less.
@Suite struct MemberDefectTests {
  /// A record with members of unexpected shapes, what is noted of it, and what is read.
  struct NotedCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let json: String
    let noted: [String]
    let check: @Sendable (Candidate) -> Bool

    init(
      _ name: String, _ members: String, _ noted: [String], _ check: @escaping @Sendable (Candidate) -> Bool
    ) {
      testDescription = name
      json = #"{"id":"1",\#(members)}"#
      self.noted = noted
      self.check = check
    }
  }

  static let noted: [NotedCase] = [
    NotedCase(
      "an object for a text", #""first_name":{"a":1},"last_name":"Doe""#,
      ["first_name: expected text, found an object; counts as absent ×1"]
    ) { $0.firstName == nil && $0.lastName == "Doe" },
    NotedCase(
      "true for a text", #""title":true"#, ["title: expected text, found true or false; counts as absent ×1"]
    ) {
      $0.title == nil
    },
    NotedCase(
      "elements are judged one by one", #""tags":[["a"],"b",{"value":"c"},["d"],3]"#,
      [
        "tags: expected text, found a list; counts as absent ×2",
        "tags: expected text, found an object; counts as absent ×1",
      ]
    ) { $0.tags == ["b", "3"] },
    NotedCase(
      "attachments as Greenhouse exports them",
      #""attachments":[{"filename":"a.pdf","url":"x"},{"filename":"b.pdf","url":"y"},{"id":"7"}]"#,
      ["attachments: expected text or an object with id, found another object; counts as absent ×2"]
    ) { $0.attachments == ["7"] },
    NotedCase(
      "e-mail objects without one", #""email_addresses":[{"x":1},{"value":{}},{"value":"a@b.c"}]"#,
      [
        "email_addresses: expected text or an object with value, found another object; counts as absent ×1",
        "email_addresses: expected text, found an object; counts as absent ×1",
      ]
    ) { $0.emailAddresses == ["a@b.c"] },
    NotedCase(
      "links", #""urls":[true,{"value":[]},{"type":{},"value":"x.org"}]"#,
      [
        "urls: expected text, found true or false; counts as absent ×1",
        "urls: expected text, found a list; counts as absent ×1",
        "urls: expected text, found an object; counts as absent ×1",
      ]
    ) { $0.urls == [.init(kind: nil, address: "x.org")] },
    NotedCase(
      "a list for custom fields", #""custom_fields":[],"raw_data":7"#,
      [
        "custom_fields: expected an object or null, found a list; counts as absent ×1",
        "raw_data: expected an object or null, found a number; counts as absent ×1",
      ]
    ) { $0.customFields == nil && $0.rawData == nil },
    NotedCase(
      "parts of a place", #""location":{"city":["x"],"country":"DE"}"#,
      ["location: expected text, found a list; counts as absent ×1"]
    ) { $0.locations == ["DE"] },
    NotedCase(
      "times", #""last_interaction_at":"soon","remote_created_at":"2020-02-30","modified_at":[]"#,
      [
        "last_interaction_at: not a time; counts as absent ×1",
        "remote_created_at: not a time; counts as absent ×1",
        "modified_at: expected a time, found a list; counts as absent ×1",
      ]
    ) { $0.lastInteractionAt == nil && $0.modifiedAt == nil },
    NotedCase("no time is no defect", #""last_interaction_at":null,"modified_at":"""#, []) {
      $0.lastInteractionAt == nil
    },
  ]

  @Test(arguments: noted) func readsTheRestOf(_ example: NotedCase) throws {
    let decoder = CandidateDecoder()
    let candidate = try decoder.decode(json: example.json)
    #expect(example.check(candidate), "\(candidate)")
    #expect(candidate.json == example.json)
    #expect(decoder.memberDefects.map { "\($0.defect) ×\($0.count)" } == example.noted)
    _ = try decoder.decode(json: #"{"id":"2"}"#)
    #expect(decoder.memberDefects.isEmpty)
  }

  /// Spellings of the privacy flags, and what they count as.
  struct FlagCase: Sendable, CustomTestStringConvertible {
    let members: String
    let isPrivate: Bool?
    let canEmail: Bool?
    let noted: Int
    var testDescription: String { members }
  }

  private static let unknownFlags = [
    #""yes""#, #""0""#, #"" ""#, "1", "0", "[true]", "[false]", "[]", "{}", "-0.0",
  ]

  static let flags: [FlagCase] =
    unknownFlags.map {
      FlagCase(
        members: #""is_private":\#($0),"can_email":\#($0)"#, isPrivate: true, canEmail: false, noted: 2)
    }
    + unknownFlags.map {
      FlagCase(members: #""confidential":\#($0)"#, isPrivate: true, canEmail: nil, noted: 1)
    }
    + [
      FlagCase(members: #""is_private":null,"can_email":null"#, isPrivate: nil, canEmail: nil, noted: 0),
      FlagCase(members: #""is_private":"","can_email":"""#, isPrivate: nil, canEmail: nil, noted: 0),
      FlagCase(members: #""is_private":true,"is_private":false"#, isPrivate: true, canEmail: nil, noted: 0),
      FlagCase(members: #""is_private":false,"is_private":true"#, isPrivate: true, canEmail: nil, noted: 0),
      FlagCase(members: #""is_private":true,"is_private":null"#, isPrivate: true, canEmail: nil, noted: 0),
      FlagCase(members: #""is_private":"?","is_private":false"#, isPrivate: true, canEmail: nil, noted: 1),
      FlagCase(members: #""is_private":false,"confidential":[]"#, isPrivate: true, canEmail: nil, noted: 1),
      FlagCase(members: #""can_email":false,"can_email":true"#, isPrivate: nil, canEmail: false, noted: 0),
      FlagCase(members: #""can_email":true,"can_email":false"#, isPrivate: nil, canEmail: false, noted: 0),
      FlagCase(members: #""can_email":false,"can_email":null"#, isPrivate: nil, canEmail: false, noted: 0),
      FlagCase(members: #""can_email":{},"can_email":true"#, isPrivate: nil, canEmail: false, noted: 1),
      FlagCase(members: #""can_email":true,"can_email":true"#, isPrivate: nil, canEmail: true, noted: 0),
    ]

  @Test(arguments: flags) func privacyFlags(_ example: FlagCase) throws {
    let decoder = CandidateDecoder()
    let candidate = try decoder.decode(json: "{\"id\":\"1\",\(example.members)}")
    #expect(candidate.isPrivate == example.isPrivate)
    #expect(candidate.canEmail == example.canEmail)
    #expect(decoder.memberDefects.map(\.count).reduce(0, +) == example.noted)
  }
}
