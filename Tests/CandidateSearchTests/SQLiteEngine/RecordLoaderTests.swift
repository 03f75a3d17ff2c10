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

  /// Hits are the same with outlines, without them, and with ones that are damaged; a check finds those that are wrong, and
  /// a rebuild replaces them.
  @Test(.sqlite) func outlinesAreChecked() throws {
    let index = try CandidateIndex.empty()
    try index.add(
      (0..<5).map {
        #"{"id":"\#($0)","title":"nurse","modified_at":"2026-05-01T06:59:0\#($0)Z","tags":["a","b"]}"#
      })
    let expected = try index.search("nurse").hits
    #expect(expected.count == 5)
    #expect(try outlines(index).allSatisfy { !$0.isEmpty })
    // The length of `nurse`, and one.
    var wrong = try outlines(index)[0]
    wrong[try #require(wrong.firstIndex(of: 6))] -= 1
    for (outline, isProblem) in [(nil, false), (Data([1, 0, 255]), false), (Data(wrong), true)] {
      try index.write {
        try $0.execute(sql: "UPDATE record SET outline = ? WHERE number = 1", arguments: [outline])
      }
      if !isProblem { #expect(try index.search("nurse").hits == expected) }
      #expect(try index.check(isFull: true).problems.isEmpty == !isProblem)
    }
    try index.rebuild()
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.search("nurse").hits.map(\.candidate.tags) == expected.map(\.candidate.tags))
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
