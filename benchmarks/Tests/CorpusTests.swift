import BenchmarkCorpus
import Foundation
import Testing

@Suite struct CorpusTests {
  private let corpus = Corpus(seed: 1)

  static let members = [
    "id", "remote_id", "modified_at", "first_name", "last_name", "company", "title", "last_interaction_at",
    "is_private", "can_email", "locations", "phone_numbers", "email_addresses", "urls", "tags",
    "applications",
    "attachments", "remote_created_at", "remote_updated_at", "avatar", "custom_fields",
  ]

  /// Fowler, Noll and Vo's hash (FNV-1a).
  private static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private func lines(_ corpus: Corpus, _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for record in 0..<count {
      corpus.append(record, to: &bytes)
      bytes.append(0x0A)
    }
    return bytes
  }

  @Test func everyMachineMakesTheSameBytes() {
    #expect(Self.hash(lines(corpus, 1000)) == 0xF1A6_A953_FBFC_B470)
  }

  @Test func theSameBytesTwice() {
    #expect(lines(corpus, 300) == lines(Corpus(seed: 1), 300))
    #expect(lines(corpus, 1) != lines(Corpus(seed: 2), 1))
  }

  @Test func aRecordDependsOnNoOther() {
    let separate = (0..<200).reversed().map { corpus.record($0) }
    #expect(lines(corpus, 200) == separate.reversed().flatMap { $0 + [0x0A] })
  }

  @Test func everyRecordHasTheMembersInTheirOrder() throws {
    var ids = Set<String>()
    for record in (0..<2000).map(corpus.record) + [9_999_999].map(corpus.record) {
      let object = try Self.object(record)
      #expect(Set(object.keys) == Set(Self.members))
      ids.insert(try #require(object["id"] as? String))
      #expect(object["modified_at"] is String)
      let text = String(decoding: record, as: UTF8.self)
      let positions = Self.members.compactMap { text.range(of: "\"\($0)\":")?.lowerBound }
      #expect(positions.count == Self.members.count && positions == positions.sorted())
      #expect(!record.contains { $0 < 0x20 })
    }
    #expect(ids.count == 2001)
  }

  @Test func timesAreInTheirOrder() throws {
    for record in 0..<2000 {
      let object = try Self.object(corpus.record(record))
      // Where both are in UTC and whole seconds, times compare as text.
      let times = ["remote_created_at", "remote_updated_at", "modified_at"].compactMap {
        (object[$0] as? String)?.prefix(19)
      }
      #expect(times == times.sorted())
      if let last = object["last_interaction_at"] as? String, last.hasSuffix("Z"), times.count == 3 {
        #expect(times[1] <= last.prefix(19) && last.prefix(19) <= times[2])
      }
    }
  }

  @Test(arguments: [1, -40, 400, -10_000]) func aShiftMovesModifiedAtAlone(days: Int) throws {
    let shifted = Corpus(seed: 1, revision: CorpusRevision(modifiedShiftDays: days))
    for record in 0..<300 {
      var (before, after) = (try Self.object(corpus.record(record)), try Self.object(shifted.record(record)))
      let times = [before, after].compactMap { $0["modified_at"] as? String }
      let moments = try times.map { try Date($0.prefix(19) + "Z", strategy: .iso8601) }
      #expect(moments[1].timeIntervalSince(moments[0]) == Double(days) * 86_400)
      #expect(times[0].dropFirst(10) == times[1].dropFirst(10))
      before["modified_at"] = nil
      after["modified_at"] = nil
      #expect(before as NSDictionary == after as NSDictionary)
    }
  }

  @Test func theChangedRecordsHaveAnotherTitleAlone() throws {
    let changed = Corpus(seed: 1, revision: CorpusRevision(changed: 30, of: 1000))
    var positions: [Int] = []
    for record in 0..<1200 where changed.record(record) != corpus.record(record) {
      positions.append(record)
      var (before, after) = (try Self.object(corpus.record(record)), try Self.object(changed.record(record)))
      #expect(before.removeValue(forKey: "title") as? String != after.removeValue(forKey: "title") as? String)
      #expect(before as NSDictionary == after as NSDictionary)
    }
    #expect(positions.count == 30)
    #expect(zip(positions, positions.dropFirst()).allSatisfy { (33...34).contains($1 - $0) })
  }

  static func object(_ record: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(record)) as? [String: Any])
  }
}
