import TestSupport
import Testing

@testable import CandidateModel

/// One broken record costs itself, wherever it breaks and whatever surrounds it; what that takes is counted in bytes.
@Suite struct RecoveryTests {
  private static let count = 6
  private static let broken = 2

  /// Records with everything that a restart may mistake for another record.
  private static func record(_ i: Int) -> String {
    """
    {"id":"\(i)","first_name":"A{\\"id\\": \(i)","attachments":[{"id":"a"},{"id":"b"}],"applications":["x",{"id":"c"}],\
    "urls":[{"type":"X","value":"},{"}],"location":{"city":"B","raw":null},"custom_fields":{"id":"7","x":[[1],{}]},\
    "tags":["a","b"]}
    """
  }

  struct Layout: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let head: String
    let separator: String
    let tail: String

    func bytes(_ records: [String]) -> [UInt8] {
      Array((head + records.joined(separator: separator) + tail).utf8)
    }
  }

  static let layouts = [
    Layout(testDescription: "a list on one line", head: "[", separator: ",", tail: "]"),
    Layout(testDescription: "a list on one line, spaced", head: "[ ", separator: " , ", tail: " ]\n"),
    Layout(
      testDescription: "Bindbee's page", head: #"{"items":["#, separator: ",", tail: #"],"cursor":null}"#),
    Layout(
      testDescription: "Kombo's page", head: #"{"data":{"results":["#, separator: ",",
      tail: #"],"next":null},"x":[1]}"#),
    Layout(testDescription: "a list over lines", head: "[\n", separator: ",\n", tail: "\n]\n"),
    Layout(testDescription: "NDJSON", head: "", separator: "\n", tail: "\n"),
  ]

  /// A record that is cut anywhere, first, in the midst and last.
  @Test(.slow, arguments: layouts) func aCutRecordCostsItself(_ layout: Layout) {
    let records = (0..<Self.count).map(Self.record)
    for broken in [0, Self.broken, Self.count - 1] {
      let bytes = Array(records[broken].utf8)
      for length in 1..<bytes.count {
        var input = records
        input[broken] = String(decoding: bytes[..<length], as: UTF8.self)
        let reading = Reading(layout.bytes(input))
        let found = Set(reading.ids)
        let lost = (0..<Self.count).filter { $0 != broken && !found.contains("\($0)") }
        #expect(lost.count <= 1, "record \(broken) cut at \(length): \(lost) \(reading)")
        #expect(!reading.refusals.isEmpty, "record \(broken) cut at \(length)")
      }
    }
  }

  /// A byte that is lost, or one too many, in a record.
  @Test(.slow, arguments: layouts) func aByteCostsAtMostANeighbour(_ layout: Layout) {
    let records = (0..<Self.count).map(Self.record)
    let bytes = Array(records[Self.broken].utf8)
    for place in bytes.indices {
      for insertion in ["", "\"", "{", "}", "[", "]", ",", "\\", "\n"] {
        let changed =
          bytes[..<place] + Array(insertion.utf8) + bytes[(insertion.isEmpty ? place + 1 : place)...]
        var input = records
        input[Self.broken] = String(decoding: changed, as: UTF8.self)
        let found = Set(Reading(layout.bytes(input)).ids)
        let lost = (0..<Self.count).filter { $0 != Self.broken && !found.contains("\($0)") }
        #expect(lost.count <= 1, "“\(insertion)” at \(place): \(lost)")
      }
    }
  }

  /// Input of which nothing can be read, and how many times its length may be examined.
  struct Garbage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let factor: Int

    init(_ name: String, _ piece: String, head: String = "[", factor: Int = 4) {
      testDescription = name
      text = head + String(repeating: piece, count: length / piece.utf8.count)
      self.factor = factor
    }

    private let length = 60_000
  }

  static let garbage = [
    Garbage("numbers", "1,"),
    Garbage("braces", "{"),
    Garbage("brackets", "[", head: "{\"a\":"),
    Garbage("objects without members", "{},"),
    Garbage("names that never end", "{\"i"),
    Garbage("names without values", "{\"id\","),
    Garbage("names and braces", "},{\"id\":"),
    Garbage("text", "the quick brown fox, "),
    Garbage("quotes", "\"", head: "[{"),
    Garbage("spaces after braces", "{" + String(repeating: " ", count: 600)),
    Garbage("empty lists of records", "\"items\":[],", head: "{\"id\":1,"),
    Garbage("empty lists of results", "\"results\":[],", head: "{\"a\":{"),
    Garbage(
      "open objects, as deep as they may be", "{\"id\":\"x\",\"a\":{},", factor: RecordLimits.maximumDepth),
    Garbage(
      "open lists, as deep as they may be", "{\"id\":\"x\",\"a\":[{\"id\":1},{\"id\":2},",
      factor: RecordLimits.maximumDepth),
  ]

  @Test(.slow, arguments: garbage) func garbageIsExaminedAFewTimes(_ garbage: Garbage) throws {
    for pieceLength in [Int.max, 4096] {
      let bytes = Array(garbage.text.utf8)
      let reader = RecordReader(ByteSource(bytes: bytes, name: "garbage", pieceLength: pieceLength))
      while try reader.next() != nil {}
      #expect(reader.consumedBytes == bytes.count)
      #expect(
        reader.examinedBytes <= garbage.factor * bytes.count, "\(reader.examinedBytes) of \(bytes.count)")
    }
  }

  @Test func randomGarbageIsExaminedAFewTimes() throws {
    var random = SplitMix64(state: 11)
    let alphabet = Array("{}[]\",:ab1 {\"id\":},{".utf8)
    for _ in 0..<20 {
      let bytes =
        Array("[".utf8) + (0..<50_000).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      let reader = RecordReader(ByteSource(bytes: bytes, name: "garbage"))
      while try reader.next() != nil {}
      #expect(reader.consumedBytes == bytes.count)
      #expect(reader.examinedBytes <= 8 * bytes.count, "\(reader.examinedBytes) of \(bytes.count)")
    }
  }

  @Test(.slow) func aRecordIsAsLongAsTheLimitAndNoLonger() {
    let atLimit = RecordLimitTests.padded(RecordLimits.maximumBytes)
    let beyond = RecordLimitTests.padded(RecordLimits.maximumBytes + 1)
    let reading = Reading(#"[{"id":"0"},"# + atLimit + "," + beyond + #",{"id":"2"}]"#)
    #expect(reading.ids == ["0", "1", "2"])
    #expect(reading.refusals == ["1: longer than 16 MiB"])
  }
}
