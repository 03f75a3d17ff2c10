import TestSupport
import Testing

@testable import CandidateModel

/// What a reader made of an input: the ids that it found, and how many things it refused.
struct Reading: Equatable {
  var ids: [String] = []
  var refusals: [String] = []

  init(_ bytes: [UInt8], pieceLength: Int = .max) {
    let reader = RecordReader(ByteSource(bytes: bytes, name: "test", pieceLength: pieceLength))
    let decoder = CandidateDecoder()
    do {
      while let item = try reader.next() {
        switch item {
        case .refused(let defect, _, let line): refusals.append("\(line): \(defect)")
        case .record(let record, let line):
          do throws(RecordDefect) {
            ids.append(try decoder.decode(record).id)
          } catch {
            refusals.append("\(line): \(error)")
          }
        }
      }
    } catch {
      refusals.append("\(error)")
    }
  }

  init(_ text: String, pieceLength: Int = .max) { self.init(Array(text.utf8), pieceLength: pieceLength) }
}

@Suite struct ReaderTests {
  static let shapes: [(name: String, text: String, ids: [String])] = [
    ("one object", #"{"id":"1","t":"a}b\"{"}"#, ["1"]),
    ("a list", #"[{"id":"1"},{"id":"2"},{"id":"3"}]"#, ["1", "2", "3"]),
    ("an empty list", "[]", []),
    ("a list of nothing but space", " [ \n ] ", []),
    (
      "a list over lines",
      "[\n  {\n    \"id\": \"1\",\n    \"urls\": [\n      {\"value\": \"x\"}\n    ]\n  },\n  {\n    \"id\": \"2\"\n  }\n]\n",
      ["1", "2"]
    ),
    ("NDJSON", "{\"id\":\"1\"}\n{\"id\":\"2\"}\n", ["1", "2"]),
    ("NDJSON with CRLF and blank lines", "\r\n{\"id\":\"1\"}\r\n\r\n{\"id\":\"2\"}\r\n\r\n", ["1", "2"]),
    ("a byte order mark", "\u{FEFF}{\"id\":\"1\"}", ["1"]),
    ("texts one after another", #"{"id":"1"}{"id":"2"} [{"id":"3"}]"#, ["1", "2", "3"]),
    ("record separators", "\u{1E}{\"id\":\"1\"}\n\u{1E}{\"id\":\"2\"}\n", ["1", "2"]),
    ("lines with commas", "{\"id\":\"1\"},\n{\"id\":\"2\"},\n", ["1", "2"]),
    ("Bindbee's page", #"{"cursor":"x","page_size":2,"items":[{"id":"1"},{"id":"2"}]}"#, ["1", "2"]),
    ("Bindbee's page, the list first", #"{"items":[{"id":"1","items":[{"id":"9"}]}],"cursor":null}"#, ["1"]),
    ("an empty page", #"{"cursor":null,"page_size":0,"items":[]}"#, []),
    ("pages in lines", "{\"items\":[{\"id\":\"1\"}]}\n{\"items\":[{\"id\":\"2\"}]}\n", ["1", "2"]),
    ("Merge's page", #"{"next":null,"previous":"]}","results":[{"id":"1"},{"id":"2"}]}"#, ["1", "2"]),
    (
      "Kombo's page",
      #"{"status":"success","data":{"next":null,"results":[{"id":"1"},{"id":"2"}],"x":1},"y":[2]}"#,
      ["1", "2"]
    ),
    ("a record with items of its own", #"{"id":"1","items":[{"id":"9"}],"results":[{}]}"#, ["1"]),
    ("a record whose empty items come first", #"{"items":[],"id":"1"}"#, ["1"]),
    ("lists in a list", #"[[{"id":"1"}],[{"id":"2"}]]"#, ["1", "2"]),
    ("escapes at the end of a string", #"[{"id":"1\\"},{"id":"2\""}]"#, ["1\\", "2\""]),
  ]

  @Test(arguments: shapes) func findsEveryRecord(name: String, text: String, ids: [String]) {
    let whole = Reading(text)
    #expect(whole.ids == ids)
    #expect(whole.refusals.isEmpty, "\(whole.refusals)")
    for pieceLength in [1, 2, 3, 7] {
      #expect(Reading(text, pieceLength: pieceLength) == whole, "\(name) in pieces of \(pieceLength)")
    }
  }

  /// Cut anywhere, an input gives the records that are whole, and says so where it broke off.
  @Test(arguments: shapes) func aCutLosesNothingGood(name: String, text: String, ids: [String]) {
    let bytes = Array(text.utf8)
    for length in 0..<bytes.count {
      let cut = Reading(Array(bytes[..<length]))
      let context: Comment = "\(name), cut at \(length)"
      #expect(ids.starts(with: cut.ids), context)
      let recordEnds = Self.ends(of: ids, in: bytes)
      #expect(cut.ids.count >= recordEnds.filter { $0 <= length }.count, context)
      #expect(cut.refusals.count <= 1, "\(name), cut at \(length): \(cut.refusals)")
      if cut.ids.count == ids.count || length == 0 { continue }
      let isBetweenTexts = Self.isBetweenTexts(Array(bytes[..<length]))
      #expect(cut.refusals.isEmpty == isBetweenTexts, "\(name), cut at \(length): \(cut.refusals)")
    }
  }

  /// Lines that are records are read without the scanner unless a space precedes them. It makes no difference, whatever
  /// is beside them.
  @Test func aLineIsReadAsTheScannerReadsIt() {
    let lines = [
      #"{"id":"1"}"#, #"{"id":"2","t":"a}b\"{"}"#, #"{"first_name":"A","id":"3","urls":[{"value":"x"}]}"#,
      "{}", "",
      #"{"items":[{"id":"4"},{"id":"5"}]}"#, #"{"items":[],"x":"y"}"#, #"{"data":{"results":[{"id":"6"}]}}"#,
      #"{"id":"7","data":{"results":[{"id":"8"}]}}"#, #"{"\u0069tems":[{"id":"9"}],"id":"10"}"#,
      #"{"id":"11"}{"id":"12"}"#,
      #"{"id":"13"},"#, #"{"id":"14","#, #"{"id":"15"}}"#, #"{"id":"16"]}"#, #"{"id":"17","t":"}"#,
      #"{"id":tru}"#,
      #"{"id":"18""t":1}"#, #"{"id":{"id":"19"}}"#, #"[{"id":"20"},"#, #"{"id":"21"}]"#, "}",
      #"{"id":"22"} "#, "{\"id\":\"23\"}\r",
      #"{"id":"24","a":"# + String(repeating: "[", count: 128) + String(repeating: "]", count: 128) + "}",
    ]
    var random = SplitMix64(state: 3)
    for _ in 0..<2_000 {
      let input = (0..<6).map { _ in lines.randomElement(using: &random) ?? "" }
      let indented = input.map { $0.hasPrefix("{") ? " " + $0 : $0 }
      #expect(
        Reading(input.joined(separator: "\n")) == Reading(indented.joined(separator: "\n")), "\(input)")
    }
  }

  /// Whether no bracket is open at the end of the bytes, so that nobody can see that more was to come.
  private static func isBetweenTexts(_ bytes: [UInt8]) -> Bool {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for byte in bytes {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == 0x5C {
          isEscaped = true
        } else if byte == 0x22 {
          isInString = false
        }
      } else if byte == 0x22 {
        isInString = true
      } else if byte == 0x7B || byte == 0x5B {
        depth += 1
      } else if byte == 0x7D || byte == 0x5D {
        depth -= 1
      }
    }
    // A byte order mark that is cut is no JSON either.
    return depth == 0 && bytes != [0xEF] && bytes != [0xEF, 0xBB]
  }

  /// Where the records with these ids end, by looking for each shortest whole reading.
  private static func ends(of ids: [String], in bytes: [UInt8]) -> [Int] {
    var ends: [Int] = []
    var length = 0
    for count in ids.indices {
      while length < bytes.count, Reading(Array(bytes[..<length])).ids.count <= count { length += 1 }
      ends.append(length)
    }
    return ends
  }

  /// An input with a defect, the ids of the records that are read, and how many refusals there are.
  struct BrokenInput: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    let ids: [String]
    var refusals = 1
    var testDescription: String { name }
  }

  static let broken: [BrokenInput] = [
    BrokenInput(
      name: "a line that is no JSON", text: "{\"id\":\"1\"}\nhello world\n{\"id\":\"2\"}", ids: ["1", "2"]),
    BrokenInput(
      name: "lines that are no JSON count once", text: "id,name\n1,x\n2,y\n{\"id\":\"2\"}", ids: ["2"]),
    BrokenInput(name: "no JSON at all", text: "\u{89}PNG\r\n\u{1A}\nabc", ids: []),
    BrokenInput(
      name: "a line without its brace", text: "{\"id\":\"1\"\n{\"id\":\"2\"}\n{\"id\":\"3\"}",
      ids: ["2", "3"]),
    BrokenInput(
      name: "a line cut in a string", text: "{\"id\":\"1\n{\"id\":\"2\"}\n{\"id\":\"3\"}", ids: ["2", "3"]),
    BrokenInput(
      name: "a line cut behind a comma", text: "{\"id\":\"1\",\n{\"id\":\"2\"}\n{\"id\":\"3\"}",
      ids: ["2", "3"]),
    BrokenInput(
      name: "a line cut in a list", text: "{\"id\":\"1\",\"x\":[\n{\"id\":\"2\"}\n{\"id\":\"3\"}",
      ids: ["2", "3"]),
    BrokenInput(
      name: "a wrong record in a list", text: #"[{"id":"1"},{"id":2,,},{"id":"3"}]"#, ids: ["1", "3"]),
    BrokenInput(
      name: "a quote missing in a list on one line",
      text: #"[{"id":"1"},{"id":"2","x":"y},{"id":"3"},{"id":"4"}]"#,
      ids: ["1", "3", "4"]
    ),
    BrokenInput(
      name: "a bracket missing in a list over lines",
      text: "[\n  {\n    \"id\": \"1\",\n    \"tags\": [\"a\"\n  },\n  {\n    \"id\": \"2\"\n  }\n]",
      ids: ["2"]
    ),
    BrokenInput(name: "scalars in a list count once", text: #"[1,"a{b",null,{"id":"1"}]"#, ids: ["1"]),
    BrokenInput(name: "a brace too many", text: #"{"id":"1"}}{"id":"2"}"#, ids: ["1", "2"]),
    BrokenInput(
      name: "a closing bracket too many", text: "{\"id\":\"1\"}]\n{\"id\":\"2\"}", ids: ["1", "2"]),
    BrokenInput(
      name: "nested beyond measure", text: String(repeating: "{\"a\":", count: 3000) + "\n{\"id\":\"2\"}",
      ids: ["2"]),
    BrokenInput(name: "a record without an id", text: #"[{"id":"1"},{"x":1},{"id":"3"}]"#, ids: ["1", "3"]),
    BrokenInput(name: "a list that never ends", text: #"[{"id":"1"},{"id":"2"}"#, ids: ["1", "2"]),
    BrokenInput(name: "a page that never ends", text: #"{"items":[{"id":"1"}],"cursor":"#, ids: ["1"]),
    BrokenInput(name: "UTF-16", text: "\u{FFFD}\u{FFFD}{\u{0}\"\u{0}i\u{0}", ids: []),
  ]

  @Test(arguments: broken) func keepsTheGoodBesideTheBroken(_ input: BrokenInput) {
    for pieceLength in [Int.max, 1, 5] {
      let reading = Reading(input.text, pieceLength: pieceLength)
      #expect(reading.ids == input.ids, "\(reading)")
      #expect(reading.refusals.count == input.refusals, "\(reading.refusals)")
    }
  }

  @Test func refusalsSayTheLine() {
    let text = "{\"id\":\"1\"}\n\n{\"id\":\"2\"}\n{\"x\":1}\n{\n\"id\":\"3\"\n}\n{\"id\":}\n"
    for pieceLength in [Int.max, 1] {
      let lines = Reading(text, pieceLength: pieceLength).refusals.map { $0.prefix { $0 != ":" } }
      #expect(lines == ["4", "8"])
    }
  }

  @Test func anInputLargerThanTheWindowIsReadInOrder() {
    let padding = String(repeating: "x", count: 1000)
    let text = "[" + (0..<5000).map { #"{"id":"\#($0)","t":"\#(padding)"}"# }.joined(separator: ",") + "]"
    let reading = Reading(text)
    #expect(reading.ids == (0..<5000).map(String.init))
    #expect(reading.refusals.isEmpty)
  }

  @Test func aRecordLongerThanTheWindowIsReadWhole() {
    let title = String(repeating: "x", count: 5 << 20)
    #expect(
      Reading("{\"id\":\"1\"}\n{\"title\":\"\(title)\",\"id\":\"2\"}\n{\"id\":\"3\"}").ids == ["1", "2", "3"])
  }

  /// Random bytes out of what JSON is made of: never a crash, and always an end.
  @Test(.slow) func randomInputsEnd() {
    var random = SplitMix64(state: 7)
    let pieces = [
      "{", "}", "[", "]", "\"", ":", ",", "\n", " ", "\\", "\"id\"", "\"items\"", "\"data\"", "\"results\"",
      "1", "é", "\u{0}", "{\"id\":\"1\"}",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int(random.next() % 40)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
        .joined()
      let reading = Reading(text)
      #expect(reading == Reading(text, pieceLength: 1), "\(text.debugDescription)")
    }
  }
}
