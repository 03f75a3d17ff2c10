import TestSupport
import Testing

@testable import CandidateServer

/// What is read of the bodies of webhooks.
@Suite struct WebhookEventTests {
  struct Case: CustomTestStringConvertible {
    let name: String
    let body: [UInt8]
    var expected: Expected
    var testDescription: String { name }

    init(_ name: String, _ body: [UInt8], _ expected: Expected) {
      (self.name, self.body, self.expected) = (name, body, expected)
    }
    init(_ name: String, _ body: String, _ expected: Expected) { self.init(name, Array(body.utf8), expected) }
  }

  enum Expected: Equatable {
    case event(WebhookEvent.Kind, ids: [String] = [], needsSync: Bool)
    case ignored
    case refused
  }

  private static func modified(_ data: String) -> [UInt8] { body("connector_data_modified", data: data) }
  private static let nested = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
  private static func ids(_ count: Int) -> String {
    (0..<count).map { "\"id-\($0)\"" }.joined(separator: ",")
  }

  static let cases: [Case] = [
    Case("synced", body("connector_synced"), .event(.synced, needsSync: true)),
    Case("error", body("connector_sync_error"), .event(.failed, needsSync: false)),
    Case("without sync", body("connector_synced", sync: nil), .event(.synced, needsSync: true)),
    Case("one id", modified(#"{"candidates":["a"]}"#), .event(.modified, ids: ["a"], needsSync: false)),
    Case(
      "two names", modified(#"{"ATSCandidate":["b","a"],"ats_candidates":["b","c"]}"#),
      .event(.modified, ids: ["a", "b", "c"], needsSync: false)),
    Case(
      "an unknown name", modified(#"{"candidates":["a"],"Application":["x"]}"#),
      .event(.modified, needsSync: true)),
    Case("no name", modified("{}"), .event(.modified, needsSync: true)),
    Case("no ids", modified(#"{"candidates":[]}"#), .event(.modified, needsSync: true)),
    Case("ids of a wrong type", modified(#"{"candidates":[1,2]}"#), .event(.modified, needsSync: true)),
    Case("no list", modified(#"{"candidates":"a"}"#), .event(.modified, needsSync: true)),
    Case("data of a wrong type", modified("[1]"), .event(.modified, needsSync: true)),
    Case("no data", modified("null"), .event(.modified, needsSync: true)),
    Case("an id with a comma", modified(#"{"candidates":["a,b"]}"#), .event(.modified, needsSync: true)),
    Case("an id with NUL", modified(#"{"candidates":["a\u0000"]}"#), .event(.modified, needsSync: true)),
    Case("an empty id", modified(#"{"candidates":[""]}"#), .event(.modified, needsSync: true)),
    Case(
      "a long id", modified(#"{"candidates":["\#(String(repeating: "a", count: 101))"]}"#),
      .event(.modified, needsSync: true)),
    Case(
      "1,000 ids", modified(#"{"candidates":[\#(ids(1_000))]}"#),
      .event(.modified, ids: (0..<1_000).map { "id-\($0)" }.sorted(), needsSync: false)),
    Case("10,000 ids", modified(#"{"candidates":[\#(ids(10_000))]}"#), .event(.modified, needsSync: true)),
    Case("an event that starts", body("connector_sync_started"), .ignored),
    Case("an event of employees", body("employee_data_changed"), .ignored),
    Case("an unknown event", body("connector_\u{1F600}"), .ignored),
    Case("NUL in the name", body(#"connector_synced\u0000"#), .ignored),
    Case("another case", body("CONNECTOR_SYNCED"), .ignored),
    Case("an unknown event without connector", #"{"webhook":{"event":"ping"}}"#, .ignored),
    Case("no connector", #"{"webhook":{"event":"connector_synced"}}"#, .refused),
    Case("a number as id", #"{"webhook":{"event":"connector_synced"},"connector":{"id":1}}"#, .refused),
    Case("a path as id", body("connector_synced", connector: "../x"), .refused),
    Case("no event", #"{"webhook":{}}"#, .refused),
    Case("an event of a wrong type", #"{"webhook":{"event":["connector_synced"]}}"#, .refused),
    Case("a webhook of a wrong type", #"{"webhook":"connector_synced"}"#, .refused),
    Case("empty", "", .refused),
    Case("a list", "[]", .refused),
    Case("cut off", Array(body("connector_synced").dropLast(5)), .refused),
    Case("no UTF-8", [0x7B, 0xFF, 0xFE, 0x7D], .refused),
    Case("raw NUL", "{\"webhook\":{\"event\":\"connector_synced\u{0}\"}}", .refused),
    Case("nested deeply", nested, .refused),
    Case("nested deeply in the data", body("connector_synced", data: nested), .refused),
  ]

  @Test(.mustEnd, arguments: cases)
  func isReadOrRefused(_ example: Case) {
    let read: Expected
    do {
      read =
        try WebhookEvent(example.body).map { .event($0.kind, ids: $0.ids, needsSync: $0.needsSync) }
        ?? .ignored
    } catch {
      #expect(error.kind == .wrongBody && !error.detail.contains(email))
      read = .refused
    }
    #expect(read == example.expected)
  }

  @Test func sameBodiesHaveSameHashes() throws {
    let first = try #require(try WebhookEvent(body("connector_synced")))
    let again = try #require(try WebhookEvent(body("connector_synced")))
    let other = try #require(try WebhookEvent(body("connector_synced", sync: "sync-2")))
    #expect(first == again && first.hash != other.hash && first.syncID == "sync-1")
  }
}
