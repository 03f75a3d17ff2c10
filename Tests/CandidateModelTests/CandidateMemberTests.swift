import Foundation
import TestSupport
import Testing

@testable import CandidateModel

/// Texts are made when they are read: they are those that another JSON parser reads, whatever the record looks like.
@Suite struct CandidateMemberTests {
  /// Members of a record that are one text each, with how a candidate reads them.
  private static let texts: [(name: String, read: @Sendable (Candidate) -> String?)] = [
    ("remote_id", { $0.remoteID }), ("first_name", { $0.firstName }), ("last_name", { $0.lastName }),
    ("company", { $0.company }), ("title", { $0.title }), ("avatar", { $0.avatar }),
  ]

  private static let lists: [(name: String, read: @Sendable (Candidate) -> [String])] = [
    ("locations", { $0.locations }), ("phone_numbers", { $0.phoneNumbers }),
    ("email_addresses", { $0.emailAddresses }), ("tags", { $0.tags }), ("applications", { $0.applications }),
    ("attachments", { $0.attachments }),
  ]

  /// A value of a JSON text, and what a candidate reads where it is a text.
  private static let strings: [(json: String, text: String)] = [
    (#""""#, ""), (#""a""#, "a"), (#""Grace Brewster Murray Hopper""#, "Grace Brewster Murray Hopper"),
    (#""\u0041\u00e9\u4e2d\ud83d\ude00""#, "Aé中😀"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\\ud83d""#, "\\ud83d"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
    (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
    (#""\uD83Dx\uDE00""#, "\u{FFFD}x\u{FFFD}"), (#""\u0000""#, "\u{0}"), ("\"é\u{10FFFF}\"", "é\u{10FFFF}"),
    (#""}{][,:""#, "}{][,:"), ("-0", "-0"), ("1e3", "1e3"),
  ]

  @Test(arguments: ["", " ", "\n\t \r"]) func everyTextIsReadAtEveryPlace(_ space: String) throws {
    for (i, first) in Self.strings.enumerated() {
      for second in Self.strings {
        let list = "[\(space)\(first.json)\(space),\(second.json),null]"
        let members =
          Self.texts.map { "\"\($0.name)\"\(space):\(space)\(first.json)" }
          + Self.lists.map { "\"\($0.name)\":\(list)" }
          + ["\"\\u0074itle\":\(second.json)", #""urls":[{"type":\#(first.json),"value":\#(second.json)}]"#]
        let json = "{\(space)\(members.joined(separator: ",\(space)")),\"id\":\"x\(i)\"}"
        let candidate = try CandidateDecoder().decode(json: json)
        #expect(candidate.id == "x\(i)")
        for (name, read) in Self.texts where name != "title" {
          #expect(read(candidate) == first.text, "\(json)")
        }
        #expect(candidate.title == second.text, "the name has an escape: \(json)")
        for (_, read) in Self.lists { #expect(read(candidate) == [first.text, second.text], "\(json)") }
        #expect(candidate.urls == [.init(kind: first.text, address: second.text)])
        #expect(candidate.jsonBytes == Array(json.utf8))
      }
    }
  }

  /// Records that nobody meant, where Foundation reads them too: it refuses lone surrogates, drops a byte order mark, and
  /// does not say which of two members with one name it takes.
  @Test func mutatedRecordsAreReadAsFoundationReadsThem() throws {
    var random = SplitMix64(state: 23)
    var compared = 0
    for _ in 0..<10_000 {
      let bytes = InputFuzzTests.mutation(&random)
      guard let candidate = try? CandidateDecoder().decode(bytes: bytes),
        let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
      else { continue }
      let record = String(decoding: bytes, as: UTF8.self)
      if record.unicodeScalars.contains("\u{FEFF}") { continue }
      for (name, read) in Self.texts where record.occurrences(of: "\"\(name)\"") == 1 {
        guard let text = object[name] as? String else { continue }
        compared += 1
        #expect(read(candidate) == text, "\(name): \(record)")
      }
      for (name, read) in Self.lists where record.occurrences(of: "\"\(name)\"") == 1 {
        guard let texts = object[name] as? [String], !record.contains("\"location\"") else { continue }
        compared += 1
        #expect(read(candidate) == texts, "\(name): \(record)")
      }
    }
    #expect(compared > 500)
  }

  @Test func candidatesAreEqualByTheirBytes() throws {
    let record = #"{"id":"1","first_name":"A"}"#
    let spelled = #"{"id":"1","first_name":"\u0041"}"#
    let decoder = CandidateDecoder()
    let (first, second, third) = try (
      decoder.decode(json: record), decoder.decode(json: record), decoder.decode(json: spelled)
    )
    #expect(first == second && first.hashValue == second.hashValue)
    #expect(first.firstName == third.firstName && first != third)
    #expect("\(third)" == spelled)
  }

  /// A candidate keeps its own copy of what it reads from.
  @Test func aDecoderIsUsedAgain() throws {
    let decoder = CandidateDecoder()
    let names = (0..<100).map { String(repeating: "é\($0)", count: $0 + 1) }
    let candidates = try names.enumerated().map { i, name in
      try decoder.decode(
        json: #"{"id":"\#(i)","title":"\u0041\#(name)","location":{"city":"\#(name)","country":"X"}}"#)
    }
    for (i, name) in names.enumerated() {
      #expect(candidates[i].id == "\(i)" && candidates[i].title == "A" + name)
      #expect(candidates[i].locations == [name + ", X"])
    }
  }

  @Test func placesAreJoinedInTheirOrder() throws {
    let candidate = try CandidateDecoder().decode(
      json:
        #"{"location":{"city":"\u0041"},"id":"1","locations":["b","c"],"location":{"state":"d","country":"e"}}"#
    )
    #expect(candidate.locations == ["b", "c", "A", "d, e"])
  }

  @Test func unknownFieldsByTheirNames() throws {
    let candidate = try CandidateDecoder().decode(
      json: #"{"x":1,"id":"1","":[ ],"tags":["t"],"x":{"y": "\u0041"},"a\n":null}"#)
    #expect(
      candidate.unknownFields.mapValues(\.description) == [
        "x": #"{"y": "\u0041"}"#, "": "[ ]", "a\n": "null",
      ])
    #expect(candidate.unknownFields["x"]?.members == [.init(name: "y", values: ["A"])])
    #expect(candidate.tags == ["t"])
  }
}

extension String {
  fileprivate func occurrences(of text: String) -> Int { components(separatedBy: text).count - 1 }
}
