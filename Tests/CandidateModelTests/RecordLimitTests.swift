import Testing

@testable import CandidateModel

/// What is refused, cut or kept at the limits of a record and just above them.
@Suite struct RecordLimitTests {
  /// Records at a limit, or beyond it by what the argument is beyond the limit.
  static func nested(_ depth: Int) -> String {
    #"{"id":"1","x":"# + String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
      + "}"
  }
  static func members(_ count: Int) -> String {
    #"{"id":"1""# + (1..<count).map { #","m\#($0)":1"# }.joined() + "}"
  }
  static func identified(_ length: Int) -> String {
    #"{"id":""# + String(repeating: "é", count: length / 2) + String(repeating: "x", count: length % 2)
      + "\"}"
  }
  static func padded(_ length: Int) -> String {
    let rest = #"{"id":"1","title":""}"#
    return #"{"id":"1","title":""# + String(repeating: "x", count: length - rest.utf8.count) + "\"}"
  }
  static func list(_ name: String, _ count: Int) -> String {
    #"{"id":"1",""# + name + #"":["# + (0..<count).map { #""e\#($0)""# }.joined(separator: ",") + "]}"
  }

  @Test func recordsAtTheLimitsAreRead() throws {
    let decoder = CandidateDecoder()
    for json in [
      Self.nested(RecordLimits.maximumDepth), Self.members(RecordLimits.maximumMembers),
      Self.padded(RecordLimits.maximumBytes), Self.list("tags", RecordLimits.maximumElements),
      Self.identified(RecordLimits.maximumIDBytes),
    ] {
      _ = try decoder.decode(json: json)
      #expect(decoder.memberDefects.isEmpty, "\(json.prefix(40))")
    }
  }

  @Test(arguments: [
    (nested(RecordLimits.maximumDepth + 1), RecordDefect.tooDeep(limit: 128)),
    (members(RecordLimits.maximumMembers + 1), .tooManyMembers(limit: 10_000)),
    (padded(RecordLimits.maximumBytes + 1), .tooLong(limit: 16_777_216)),
    (identified(RecordLimits.maximumIDBytes + 1), .idTooLong(limit: 1_000)),
  ])
  func recordsBeyondTheLimitsAreRefused(_ json: String, _ defect: RecordDefect) {
    #expect(throws: defect) { try CandidateDecoder().decode(json: json) }
    let utf8 = Array(json.utf8)
    #expect(throws: defect) { () throws in
      try utf8.withUnsafeBytes { _ = try CandidateDecoder().head(of: $0) }
    }
  }

  @Test(arguments: ["tags", "locations", "urls", "applications", "custom_fields"])
  func elementsBeyondTheLimitAreNotRead(_ field: String) throws {
    let decoder = CandidateDecoder()
    var json = Self.list(field, RecordLimits.maximumElements + 1)
    if field == "custom_fields" { json = json.replacing("[", with: #"{"a":["#).replacing("]", with: "]}") }
    let candidate = try decoder.decode(json: json)
    #expect(candidate.json == json)
    #expect(
      decoder.memberDefects.map { "\($0.defect) ×\($0.count)" } == [
        "\(field): more elements than are read; the surplus is not searchable ×1"
      ])
    let read: [[String]] = [
      candidate.tags, candidate.locations, candidate.urls.map(\.address), candidate.applications,
      candidate.customFields?.members.flatMap(\.values) ?? [],
    ]
    #expect(read.map(\.count).max() == RecordLimits.maximumElements)
    #expect(read.joined().last == "e\(RecordLimits.maximumElements - 1)")
  }

  /// The parser's memory is bounded by its nodes: values that nobody reads get none, repeated lists share a limit.
  @Test(arguments: [
    (#""x":["# + String(repeating: "[1,1,1],", count: 20_000) + "1]", 3_000_000),
    (#""raw_data":{"a":{"b":["# + String(repeating: "1,", count: 1_000_000) + "1]}}", 10),
    (
      String(repeating: #""tags":["# + String(repeating: "1,", count: 5_000) + "1],", count: 100) + #""y":1"#,
      RecordLimits.maximumValues + RecordLimits.maximumMembers
    ),
  ])
  func nodesAreBounded(_ members: String, _ maximum: Int) throws {
    let bytes = Array("{\"id\":\"1\",\(members)}".utf8)
    let document = JSONDocument(limits: RecordLimits.received)
    let count = try bytes.withUnsafeBytes { try document.parse($0).nodeCount }
    #expect(count <= min(maximum, RecordLimits.maximumValues + RecordLimits.maximumMembers))
  }

  @Test func aSurplusIsCheckedAllTheSame() {
    let tags = String(repeating: "1,", count: RecordLimits.maximumElements)
    #expect(throws: RecordDefect.self) {
      try CandidateDecoder().decode(json: #"{"id":"1","tags":[\#(tags)tru]}"#)
    }
  }

  @Test func whatEarlierVersionsStoredIsStillRead() throws {
    let decoder = CandidateDecoder(origin: .stored)
    #expect(try decoder.decode(json: #"{"id":"1\n2"}"#).id == "1\n2")
    _ = try decoder.decode(json: Self.nested(1000))
    _ = try decoder.decode(json: Self.members(RecordLimits.maximumMembers + 1))
    _ = try decoder.decode(json: Self.padded(RecordLimits.maximumBytes + 1))
  }
}
