import Foundation
import TestSupport
import Testing
import TextAnalysis

@testable import CandidateSearch

@Suite struct IngestTests {
  private static func record(
    _ id: String, modified: String? = nil, title: String = "Nurse", seen: String = "2021-07-01"
  )
    -> String
  {
    let modified = modified.map { #""modified_at":"\#($0)","# } ?? ""
    return #"{"id":"\#(id)",\#(modified)"title":"\#(title)","last_interaction_at":"\#(seen)"}"#
  }

  /// What a second record with the same id does to the first: added, updated, unchanged, stale, refused.
  typealias Upsert = (name: String, first: String, second: String, counts: [Int], title: String)
  static let upserts: [Upsert] = [
    (
      "the same", record("1", modified: "2021-01-01"), record("1", modified: "2021-01-01"), [0, 0, 1, 0, 0],
      "Nurse"
    ),
    (
      "only modified later", record("1", modified: "2021-01-01"), record("1", modified: "2021-01-02"),
      [0, 0, 1, 0, 0], "Nurse"
    ),
    (
      "newer", record("1", modified: "2021-01-01"), record("1", modified: "2021-01-02", title: "Chef"),
      [0, 1, 0, 0, 0], "Chef"
    ),
    (
      "older", record("1", modified: "2021-01-02"), record("1", modified: "2021-01-01", title: "Chef"),
      [0, 0, 0, 1, 0], "Nurse"
    ),
    (
      "changed at the same time", record("1", modified: "2021-01-02"),
      record("1", modified: "2021-01-02", title: "Chef"), [0, 1, 0, 0, 0], "Chef"
    ),
    ("changed without times", record("1"), record("1", title: "Chef"), [0, 1, 0, 0, 0], "Chef"),
    (
      "changed, the first had no time", record("1"), record("1", modified: "2021-01-02", title: "Chef"),
      [0, 1, 0, 0, 0], "Chef"
    ),
    (
      "changed, the second has no time", record("1", modified: "2021-01-02"), record("1", title: "Chef"),
      [0, 1, 0, 0, 0], "Chef"
    ),
    (
      "changed, the first has a time in the future", record("1", modified: "2990-01-01"),
      record("1", modified: "2021-01-02", title: "Chef"), [0, 1, 0, 0, 0], "Chef"
    ),
    ("another id", record("1"), record("2", title: "Chef"), [1, 0, 0, 0, 0], "Nurse"),
    (
      "another id in another Unicode form", record("a\u{308}"), record("\u{E4}", title: "Chef"),
      [1, 0, 0, 0, 0],
      "Nurse"
    ),
    ("another id that differs in case", record("a"), record("A", title: "Chef"), [1, 0, 0, 0, 0], "Nurse"),
  ]

  @Test(arguments: upserts, [false, true]) func doesWhatItSays(_ upsert: Upsert, inOneBatch: Bool) throws {
    let (_, first, second, counts, title) = upsert
    let index = try CandidateIndex.empty()
    if inOneBatch {
      let both = try index.add([first, second]).counts
      #expect(both == [counts[0] + 1] + counts[1...])
    } else {
      #expect(try index.add([first]).counts == [1, 0, 0, 0, 0])
      #expect(try index.add([second]).counts == counts)
    }
    let id = ["a\u{308}", "a"].first { first.utf8.starts(with: #"{"id":"\#($0)""#.utf8) } ?? "1"
    #expect(try index.candidates(id: id).first?.candidate.title == title)
    #expect(try index.count(title == "Nurse" ? "nurse" : "chef") == 1)
    #expect(try index.count("nurse OR chef") == 1 + counts[0], "nothing of the old is left")
    #expect(try index.add([first, second]).counts[0] == 0)
  }

  @Test func whatOnlyMovesModifiedAtIsShownAsLastReceived() throws {
    let first = #"{ "id":"1", "modified_at" : "2021-01-01T00:00:00" ,"x":[1, 2.50] }"#
    let second = #"{ "id":"1", "modified_at" : "2021-01-01T00:00:00.123456Z" ,"x":[1, 2.50] }"#
    let index = try CandidateIndex.holding(first)
    try index.add([second])
    #expect(try index.candidates(id: "1").first?.candidate.json == second)
    #expect(try index.add([second]).counts == [0, 0, 1, 0, 0])
    #expect(try index.add([first]).counts == [0, 0, 0, 1, 0], "the later time counts")
  }

  @Test func modifiedAtThatWasNullIsShownAsLastReceived() throws {
    let index = try CandidateIndex.holding(#"{"id":"1","modified_at":null,"title":"x"}"#)
    let later = #"{"id":"1","modified_at":"2021-01-01","title":"x"}"#
    #expect(try index.add([later]).counts == [0, 0, 1, 0, 0])
    #expect(try index.candidates(id: "1").first?.candidate.json == later)
  }

  @Test func aChangedRecencyMovesTheCandidate() throws {
    let index = try CandidateIndex.holding(
      Self.record("a", seen: "2021-01-01"), Self.record("b", seen: "2020-01-01"))
    #expect(try index.ids("nurse") == ["a", "b"])
    try index.add([Self.record("b", seen: "2022-01-01")])
    #expect(try index.ids("nurse") == ["b", "a"])
    try index.add([Self.record("b", seen: "someday")])
    #expect(try index.ids("nurse") == ["a", "b"])
    #expect(try index.count("nurse") == 2)
  }

  @Test func connectorsKeepTheSameIdsApart() throws {
    let index = try CandidateIndex.empty()
    try index.add([Self.record("1")], connector: "lever")
    try index.add([Self.record("1", title: "Chef")], connector: "Green House")
    #expect(try index.candidates(id: "1").map(\.connector) == ["lever", "Green House"])
    #expect(try index.ids("connector:lever chef") == [])
    #expect(try index.ids("connector:\"green house\" chef") == ["1"])
  }

  @Test func dirtyInputsLoseNothingGood() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "\(Self.record("1"))\nnonsense\n{\"id\":{},\"title\":\"x\"}\n\(Self.record("3", seen: "soon"))\n{\"id\":\"4\"",
      to: "a.json")
    let index = try CandidateIndex.empty()
    var refusals: [String] = []
    let summary = try index.ingest { ingest in
      ingest.onRefusal = { refusals.append($0.description.replacing(folder.path + "/", with: "")) }
      try ingest.add(try ByteSource(path: path))
    }
    #expect(summary.counts == [2, 0, 0, 0, 3])
    #expect(
      refusals == [
        "a.json:2: not a JSON object: no record begins here",
        "a.json:3: id: expected text, found an object",
        "a.json:5: cut short: it has no end",
      ])
    #expect(
      summary.unreadMembers.map(\.description) == [
        "\(path):4: last_interaction_at: not a time; counts as absent"
      ])
    #expect(try index.ids("") == ["1", "3"])
  }

  /// An id that an engine cannot store costs itself only, wherever it comes from.
  @Test func anIDThatIsTooLongLosesNothingGood() throws {
    var random = SplitMix64(state: 5)
    // PostgreSQL compresses what repeats itself.
    func id(_ length: Int) -> String {
      String((0..<length).map { _ in "0123456789abcdef".randomElement(using: &random) ?? "0" })
    }
    let limit = RecordLimits.maximumIDBytes
    let index = try CandidateIndex.empty()
    let records = [limit, limit + 1, 3_000, 9_000, 36].map { Self.record(id($0)) }.joined(separator: "\n")
    let folder = try TemporaryFolder()
    let path = try folder.write(records, to: "a.ndjson")
    let summary = try index.ingest { try $0.add(try ByteSource(path: path)) }
    #expect(summary.counts == [2, 0, 0, 0, 3])
    // As an index of an earlier version holds it.
    let old = try CandidateDecoder(origin: .stored).decode(json: Self.record(id(3_000)))
    let new = try CandidateDecoder().decode(json: Self.record("new"))
    var refusals: [String] = []
    let copied = try index.ingest { ingest in
      ingest.onRefusal = { refusals.append($0.description) }
      try ingest.add([old, new])
    }
    #expect(copied.counts == [1, 0, 0, 0, 1])
    #expect(refusals == ["candidates:1: id: longer than \(limit) bytes"])
    #expect(try index.count("") == 3)
  }

  /// Attachments without ids, as Greenhouse exports them; told once per kind, with the first place and a count.
  @Test func membersOfUnexpectedShapesComeInAndAreTold() throws {
    let records = (1...5).map {
      #"{"id":"\#($0)","title":"Nurse","attachments":[{"filename":"a.pdf"},{"filename":"b.pdf"}],"is_private":"\#($0)"}"#
    }
    let bytes = Array(records.joined(separator: "\n").utf8)
    let index = try CandidateIndex.empty()
    let summary = try index.ingest { try $0.add(ByteSource(bytes: bytes, name: "export.ndjson")) }
    #expect(summary.counts == [5, 0, 0, 0, 0])
    #expect(
      summary.unreadMembers.map(\.description) == [
        "export.ndjson:1: attachments: expected text or an object with id, found another object; counts as absent (and 9 more of this kind)",
        "export.ndjson:1: is_private: expected true, false or null, found text; counts as true (and 4 more of this kind)",
      ])
    #expect(try index.count("nurse is:private missing:attachment") == 5)
    #expect(try index.candidates(id: "3").map(\.candidate.json) == [records[2]])
  }

  /// A record that was public and now has an unknown privacy flag is no longer shown to the public.
  @Test func anUnknownPrivacyFlagHidesTheOlderVersion() throws {
    let folder = try TemporaryFolder()
    let index = try CandidateIndex(path: folder.file("i.db"), access: .writing)
    let add = { (flag: String) in
      let json = Array(#"{"id":"1","title":"Nurse","is_private":\#(flag)}"#.utf8)
      return try index.ingest { try $0.add(ByteSource(bytes: json, name: "a")) }
    }
    let publicIndex = try CandidateIndex(path: folder.file("i.db"), scope: .public)
    #expect(try add("false").added == 1)
    #expect(try publicIndex.count("nurse") == 1)
    #expect(try add(#""yes""#).updated == 1)
    #expect(try publicIndex.count("nurse") == 0)
    #expect(try index.count("nurse") == 1)
  }

  @Test func anIndexThatIsOpenedForReadingTakesNothing() throws {
    let folder = try TemporaryFolder()
    _ = try CandidateIndex(path: folder.file("i.db"), access: .writing)
    let reader = try CandidateIndex(path: folder.file("i.db"))
    #expect(throws: IndexError.self) { try reader.ingest { _ in } }
  }

  @Test func manyCandidatesOfOneTimeAreIndexedTwice() throws {
    let index = try CandidateIndex.empty()
    let records = (0..<3000).map { Self.record("\($0)", seen: "2021-07-01") }
    #expect(try index.add(records).added == 3000)
    #expect(try index.add(records).unchanged == 3000)
    let changed = (0..<3000).map { Self.record("\($0)", title: "Chef \($0 % 7)", seen: "2021-07-01") }
    #expect(try index.add(changed).updated == 3000)
    #expect(try index.count("nurse") == 0)
    #expect(try index.ids("chef", limit: 5000).count == 3000)
  }

  /// Whatever order records come and change in, the index is the one that a single load of the last gives.
  @Test func anyHistoryEndsInTheSameIndex() throws {
    var random = SplitMix64(state: 5)
    let index = try CandidateIndex.empty()
    var last: [String: String] = [:]
    for _ in 0..<60 {
      let batch = (0..<20).map { _ in
        let id = "\(Int.random(in: 0..<40, using: &random))"
        let title = ["Nurse", "Chef de Partie", "C++ O'Brien"].randomElement(using: &random) ?? ""
        let seen =
          ["2021-07-01", "2021-07-02T10:00:00Z", "", "2033-01-01"].randomElement(using: &random) ?? ""
        let record = Self.record(id, title: title, seen: seen)
        last[id] = record
        return record
      }
      try index.add(batch)
    }
    let fresh = try CandidateIndex.empty()
    try fresh.add(last.values.sorted())
    for query in ["", "nurse", "\"chef de\"", "obrien", "c++", "missing", "title:*", "-chef"] {
      #expect(Set(try index.ids(query)) == Set(try fresh.ids(query)), "\(query)")
      #expect(try index.count(query) == fresh.count(query), "\(query)")
    }
  }

  @Test(arguments: [false, true]) func aTextThatIsCutIsReportedOncePerField(_ isKnown: Bool) throws {
    let index = try CandidateIndex.empty()
    func record(_ id: String, _ length: Int) -> String {
      let text = String(repeating: "word ", count: length / 5)
      return #"{"id":"\#(id)","title":"\#(text)","tags":["\#(text)"]}"#
    }
    let limit = IndexedText.maximumLength
    // Of known candidates, records are decoded only if they have changed.
    if isKnown { try index.add((1...3).map { #"{"id":"\#($0)"}"# }) }
    let text = [record("1", limit), record("2", limit + 5), record("3", 4 * limit)].joined(separator: "\n")
    let summary = try index.ingest { try $0.add(ByteSource(bytes: Array(text.utf8), name: "in")) }
    #expect(
      summary.unreadMembers.map(\.description) == [
        "in:2: title: longer than what is indexed; the rest is not searchable (and 1 more of this kind)",
        "in:2: tag: longer than what is indexed; the rest is not searchable (and 1 more of this kind)",
      ])
    #expect(summary.refused == 0)
    #expect(try index.candidates(id: "3")[0].candidate.title?.utf8.count == 4 * limit)
  }
}
