import Foundation
import TestSupport
import Testing

@testable import CandidateSearch

/// What loads and deletions have committed, and when segments are merged.
@Suite struct CommitTests {
  private let nurses: NursesOnDisk
  private var path: String { nurses.path }

  init() throws { nurses = try NursesOnDisk() }

  @Test func aBulkLoadLeavesOneSegmentAndMergingOn() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add((0..<6_000).map { NursesOnDisk.record($0) })
    #expect(try index.read { try Segments(db: $0).count() } == 1)
    #expect(try index.read { try Segments(db: $0).isMerging() })
    #expect(try index.check().isSound)
  }

  /// The parts of one session, such as the pages of a sync, are searchable when they are committed; the segments are
  /// merged once, when the session is finished, also after an error.
  @Test(arguments: [false, true]) func aSessionCommitsEachPartAndMergesAtItsEnd(fails: Bool) throws {
    struct PageError: Error {}
    let index = try CandidateIndex(path: path, access: .writing)
    try index.write { try Segments(db: $0).beginBulkLoad() }
    let other = try CandidateIndex(path: path)
    let session = try IngestSession(index.engine, connector: "")
    let result = Result {
      try session.finish { session in
        for page in 0..<3 {
          let records = (page * 10..<page * 10 + 10).map { NursesOnDisk.record($0) }.joined(separator: "\n")
          try session.add(ByteSource(bytes: Array(records.utf8), name: "page \(page)"))
          try session.commit()
          #expect(try other.count("nurse") == page * 10 + 10)
          #expect(session.summary.added == page * 10 + 10)
          #expect(try index.read { try !Segments(db: $0).isMerging() })
        }
        if fails { throw PageError() }
      }
    }
    #expect((try? result.get()) != nil || fails)
    #expect(try index.read { try Segments(db: $0).count() } == 1)
    #expect(try index.read { try Segments(db: $0).isMerging() })
    #expect(try index.count("nurse") == 30)
  }

  @Test func customFieldsThatComeMeanwhileAreIndexed() throws {
    func record(_ i: Int, _ visa: String) -> String { #"{"id":"\#(i)","custom_fields":{"visa":"\#(visa)"}}"# }
    let index = try CandidateIndex(path: path, access: .writing)
    try index.add([record(1, "yes")])
    try index.ingest { ingest in
      try index.addCustomFields(Set([CustomField("visa")].compactMap(\.self)))
      let records = [record(1, "maybe"), record(2, "yes")].joined(separator: "\n")
      try ingest.add(ByteSource(bytes: Array(records.utf8), name: "late"))
    }
    #expect(try index.ids("custom.visa:yes") == ["2"])
    #expect(try index.ids("custom.visa:maybe") == ["1"])
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func whatIsDeletedMayComeBack() throws {
    let index = try nurses.index(of: 0..<9)
    #expect(Set(try index.delete(ids: ["3", "nobody", "5", "3"])) == ["3", "5"])
    #expect(try index.count("nurse") == 7)
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.add([NursesOnDisk.record(3)]).added == 1)
    #expect(try index.count("nurse") == 8)
  }
}
