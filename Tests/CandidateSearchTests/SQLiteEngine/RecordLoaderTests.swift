import CandidateModel
import Foundation
import GRDB
import Testing

@testable import CandidateSearch

@Suite struct RecordLoaderTests {
  /// Batches of any size, with docids that occur twice or belong to no candidate.
  @Test(arguments: [0, 1, 9, 10, 11, 25, 40]) func readsEveryRecordOnce(_ count: Int) throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<40).map { #"{"id":"\#($0)","last_interaction_at":"2024-01-01"}"# }, connector: "a")
    try index.snapshot { snapshot in
      let docids = try Array(DocidOrdinals(snapshot).docids.prefix(count)).map { Docid(value: $0) }
      let asked = docids + [Docid(value: 5)] + docids.reversed()
      let (records, identities) = (try snapshot.records(asked), try snapshot.identities(asked))
      #expect(Set(records.keys) == Set(docids))
      #expect(Set(identities.keys) == Set(docids))
      for docid in docids {
        #expect(records[docid]?.docid == docid)
        #expect(records[docid]?.candidate.id == identities[docid]?.id)
        #expect(records[docid]?.connector == "a")
      }
    }
  }

  /// Hits are the same with outlines, without them, and with ones that do not fit; a check finds those that are wrong, and a
  /// rebuild removes them.
  @Test(.sqlite) func outlinesAreChecked() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<5).map { Self.nurse($0) })
    let expected = try index.search("nurse").hits
    #expect(expected.count == 5)
    let stored = try outlines(index)
    #expect(stored.allSatisfy { !$0.isEmpty })
    // The length of `nurse`, and one.
    var wrong = stored[0]
    wrong[try #require(wrong.dropFirst(4).firstIndex(of: 6))] -= 1
    let ofAnother = Array(stored[1].prefix(4)) + wrong.dropFirst(4)
    for (outline, isProblem) in [
      (nil, false), (Data([1, 0, 255]), false), (Data(ofAnother), false), (Data(wrong), true),
    ] {
      try index.write {
        try $0.execute(sql: "UPDATE record SET outline = ? WHERE number = 1", arguments: [outline])
      }
      if !isProblem { #expect(try index.search("nurse").hits == expected) }
      #expect(try index.check(isFull: true).problems.isEmpty == !isProblem)
    }
    try index.rebuild()
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.search("nurse").hits.map(\.candidate.tags) == expected.map(\.candidate.tags))
    // An outline is of the JSON that is stored, whatever `modified_at` is now.
    for value in [#""2026-06-01T06:59:00Z""#, #""2026-06-01""#, "null", #""2026-06-01\u0054""#] {
      try index.add([Self.nurse(1, modified: value)])
      #expect(try index.check(isFull: true).problems == [], "\(value)")
      #expect(try index.candidates(id: "1").first?.candidate.tags == ["a", "b"])
    }
  }

  /// What a changed or forgotten candidate leaves does not depend on an outline, not even on a forged one.
  @Test(.sqlite) func whatIsRemovedIsParsed() throws {
    let index = try CandidateIndex.empty()
    try index.add((0..<5).map { Self.nurse($0) })
    let stored = try outlines(index)
    for number in 1...2 {
      var wrong = stored[number - 1]
      wrong[try #require(wrong.dropFirst(4).firstIndex(of: 6))] -= 1
      try index.write {
        try $0.execute(
          sql: "UPDATE record SET outline = ? WHERE number = ?", arguments: [Data(wrong), number])
      }
    }
    try index.add([Self.nurse(0).replacing("nurse", with: "doctor")])
    _ = try index.forget(ids: ["1"])
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.ids("nurse").count == 3)
  }

  private static func nurse(_ i: Int, modified: String? = nil) -> String {
    let modified = modified ?? #""2026-05-01T06:59:0\#(i)Z""#
    return #"{"id":"\#(i)","title":"nurse","modified_at":\#(modified),"tags":["a","b"]}"#
  }

  private func outlines(_ index: CandidateIndex) throws -> [[UInt8]] {
    try index.read { try Data.fetchAll($0, sql: "SELECT coalesce(outline, x'') FROM record") }.map {
      Array($0)
    }
  }

  /// Decoders are used again, after records of any length and after ones that cannot be decoded.
  @Test(.sqlite) func decodersAreUsedAgain() throws {
    let index = try CandidateIndex.empty()
    let long = String(repeating: "long ", count: 30_000)
    try index.add([#"{"id":"1","title":"\#(long)"}"#, #"{"id":"2","tags":["a","b"]}"#, #"{"id":"3"}"#])
    try index.write { try $0.execute(sql: "UPDATE record SET json = '{' WHERE number = 3") }
    for _ in 0..<6 {
      for id in ["2", "1", "2"] {
        let hit = try #require(try index.candidates(id: id).first)
        #expect(hit.candidate.title?.utf8.count ?? 0 == (id == "1" ? long.utf8.count : 0))
        #expect(hit.candidate.tags == (id == "2" ? ["a", "b"] : []))
      }
      #expect(throws: (any Error).self) { try index.candidates(id: "3") }
    }
  }
}
