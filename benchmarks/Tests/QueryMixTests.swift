import CandidateQuery
import Foundation
import TestSupport
import Testing

@testable import bench

@Suite struct QueryMixTests {
  private let mix: QueryMix
  private static let path = Fixture.root.appendingPathComponent("benchmarks/queries/mix.json").path

  init() throws { mix = try QueryMix(path: Self.path) }

  @Test func holdsEveryClass() {
    #expect(mix.queries.count >= 60)
    #expect(
      Set(mix.classes) == [
        "single common word", "field", "tag", "flags", "phrase", "name", "full name", "rare", "nothing found",
        "several common words", "OR", "NOT", "prefix", "range", "typed wrong",
      ])
    for name in mix.classes { #expect(mix.queries.count { $0.class == name } >= 4, "\(name)") }
    #expect(Set(mix.queries.map(\.query)).count == mix.queries.count)
    #expect(mix.sample.map(\.class) == mix.classes)
  }

  @Test func namesOnlyPeersThatThereAre() {
    let peers = Set(Engine.peers.map(\.key))
    for entry in mix.queries {
      #expect(peers.isSuperset(of: (entry.forms ?? [:]).keys), "\(entry.query)")
      #expect(peers.isSuperset(of: (entry.differs ?? [:]).keys), "\(entry.query)")
    }
    for (key, _) in Engine.peers {
      let file = Fixture.root.appendingPathComponent("benchmarks/peers/\(key)_peer.py").path
      #expect(FileManager.default.fileExists(atPath: file))
    }
  }

  @Test func aDifferenceNeedsAReason() {
    let entry = QueryMix.Entry(
      class: "name", query: "miller", peers: "miller", differs: ["xapian": "for a reason"])
    func row(_ xapian: Int?, _ tantivy: Int) -> CountRow {
      CountRow(
        entry: entry,
        counts: [Engine.oursKey: 7, "tantivy": tantivy].merging(["xapian": xapian].compactMapValues(\.self)) {
          $1
        },
        engines: [Engine.oursKey, "tantivy", "xapian"])
    }
    #expect(row(7, 7).differences.isEmpty && row(7, 7).isExplained)
    #expect(row(6, 7).differences.keys.sorted() == ["xapian"] && row(6, 7).isExplained)
    #expect(!row(6, 8).isExplained && !row(7, 8).isExplained)
    #expect(row(nil, 7).differences.keys.sorted() == ["xapian"])
  }

  static let damaged = ["", "{", "[]", #"{"queries": []}"#, #"{"queries": [{"class": "a"}]}"#, "\0"]

  @Test(arguments: damaged) func refusesWhatIsNoMix(_ text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "mix.json")
    #expect(throws: FileFailure.self) { try QueryMix(path: path) }
  }
}
