import BenchmarkCorpus
import Foundation
import GRDB
import TestSupport
import Testing

@testable import CandidateSearch

/// Compressed records: what is read is what was stored, byte for byte.
@Suite(.sqlite) struct CompressionTests {
  static let records = (0..<1_200).map { String(decoding: Corpus(seed: 11).record($0), as: UTF8.self) }

  private let folder: TemporaryFolder
  private var path: String { folder.file("candidates.db") }

  init() throws { folder = try TemporaryFolder() }

  private func makeIndex(compressed: Bool = true) throws -> CandidateIndex {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.setRecordCompression(compressed)
    try index.add(Self.records)
    return index
  }

  /// The number of compressed records, their bytes, and the bytes of the others.
  private func storage(_ index: CandidateIndex) throws -> [Int] {
    try index.read { db in
      let row = try Row.fetchOne(
        db,
        sql: "SELECT count(zstd), ifnull(sum(length(zstd)), 0), sum(length(CAST(json AS BLOB))) FROM record")
      return Array(row?.databaseValues.map { $0 } ?? []).map { Int.fromDatabaseValue($0) ?? -1 }
    }
  }

  private func dictionary(_ index: CandidateIndex) throws -> (id: UInt32, bytes: [UInt8])? {
    try index.read { db in
      let store = DictionaryStore(db: db)
      guard let id = try store.current(), let bytes = try store.bytes(id) else { return nil }
      return (id, bytes)
    }
  }

  /// The size of the file when its WAL is empty.
  private func bytes(_ index: CandidateIndex) throws -> Int {
    try index.statistics().parts.map(\.bytes).reduce(0, +)
  }

  /// The stored records, in the order of their numbers.
  private func stored(_ index: CandidateIndex) throws -> [String] {
    var records: [(Int64, String)] = []
    try index.snapshot {
      try $0.forEachRecord(ofEvery: 1) { stored, _ in records.append((stored.number, stored.candidate.json)) }
    }
    return records.sorted { $0.0 < $1.0 }.map(\.1)
  }

  @Test(.slow, arguments: [false, true]) func everythingWorksWithBothKinds(compressed: Bool) throws {
    let index = try makeIndex(compressed: compressed)
    #expect(try stored(index) == Self.records)
    #expect(try index.add(Self.records).counts == [0, 0, 1_200, 0, 0])
    let id = try CandidateDecoder().decode(json: Self.records[7]).id
    #expect(try index.candidates(id: id).map(\.candidate.json) == [Self.records[7]])
    #expect(try index.ids("id:\(id)") == [id])
    let changed = Self.records[7].replacing(#""id":"#, with: #""note":"é","id":"#)
    #expect(try index.add([changed]).updated == 1)
    #expect(try index.candidates(id: id).map(\.candidate.json) == [changed])
    #expect(try index.check(isFull: true).problems == [])
    try index.backup(to: folder.file("copy.db"))
    #expect(try index.delete(ids: [id]) == [id])
    #expect(try index.rebuild() == 1_199)
    #expect(try CandidateIndex.restore(from: folder.file("copy.db"), to: path).candidates == 1_200)
    #expect(try index.candidates(id: id).map(\.candidate.json) == [changed])
    #expect(try index.check(isFull: true).problems == [])
    #expect(try index.statistics().compressesRecords == compressed)
  }

  @Test func recordsTakeAtMost35HundredthsOfTheirSize() throws {
    let storage = try storage(makeIndex())
    #expect(storage[0] == 1_200 && storage[2] == 0)
    #expect(storage[1] * 100 <= Self.records.map(\.utf8.count).reduce(0, +) * 35)
  }

  @Test func aSettingConvertsInBothDirections() throws {
    let index = try makeIndex(compressed: false)
    let plain = try bytes(index)
    #expect(try storage(index)[0] == 0)
    #expect(try index.setRecordCompression(true))
    #expect(try !index.setRecordCompression(true))
    #expect(try storage(index)[0] == 1_200)
    #expect(try stored(index) == Self.records)
    #expect(try bytes(index) < plain)
    #expect(try index.setRecordCompression(false))
    #expect(try storage(index)[0] == 0)
    #expect(try dictionary(index) == nil)
    #expect(try stored(index) == Self.records)
    #expect(try index.check(isFull: true).problems == [])
  }

  @Test func aDictionaryIsTrainedWhenThereAreEnoughRecords() throws {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.setRecordCompression(true)
    for start in stride(from: 0, to: 1_200, by: 200) {
      try index.add(Array(Self.records[start..<(start + 200)]))
      #expect(try storage(index)[0] == (start + 200 < 1_000 ? 0 : start + 200))
    }
    #expect(try stored(index) == Self.records)
    let first = try #require(try dictionary(index)?.id)
    try index.rebuild()
    #expect(try #require(try dictionary(index)?.id) != first, "reindex trains again")
    #expect(try stored(index) == Self.records)
  }

  @Test func theSampleIsBounded() throws {
    var training = DictionaryTraining()
    var count = 0
    while !training.isFull {
      training.add(Array(repeating: UInt8(truncatingIfNeeded: count), count: 1 << 20))
      count += 1
    }
    #expect(count == DictionaryTraining.maximumBytes / (16 << 10))
    for size in [1, 2, 999, 1_200, 10_000, 5_000_000] {
      let positions = Set(DictionaryTraining.evenPositions(in: size))
      #expect(positions.allSatisfy { (0..<size).contains($0) })
      #expect(positions.count * 10 >= min(size, DictionaryTraining.maximumRecords) * 8, "\(size)")
    }
    #expect(Array(DictionaryTraining.evenPositions(in: 0)).isEmpty)
  }

  @Test func largeRecordsAreStoredAsTheyAre() throws {
    let index = try makeIndex()
    let sizes = [200, 300, 70_000, 1_000_000, RecordFrame.maximumRecordBytes, 2_000_000]
    let large = sizes.map {
      #"{"id":"\#($0)","raw_data":{"x":"\#(String(repeating: "ab", count: $0 / 2 - 20))"}}"#
    }
    try index.add(large)
    #expect(try storage(index)[0] == 1_200 + 5)
    for (size, json) in zip(sizes, large) {
      #expect(try index.candidates(id: "\(size)").map(\.candidate.json) == [json])
    }
  }

  @Test func aReaderOfAnOlderStateHasItsDictionary() throws {
    let index = try makeIndex()
    let reader = try CandidateIndex(path: path)
    try reader.snapshot { snapshot in
      #expect(try snapshot.record(number: 1)?.candidate.json == Self.records[0])
      try index.rebuild()
      #expect(try index.snapshot { try $0.record(number: 3)?.candidate.json } == Self.records[2])
      #expect(try snapshot.record(number: 2)?.candidate.json == Self.records[1])
    }
  }

  @Test(arguments: [false, true]) func thePartsAddUpToTheFile(compressed: Bool) throws {
    let index = try makeIndex(compressed: compressed)
    let statistics = try index.statistics()
    try DatabaseQueue(path: path).writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    #expect(statistics.parts.map(\.bytes).reduce(0, +) == size)
    #expect(
      Set(statistics.parts.map(\.name)).isSuperset(of: [
        "records", "postings", "term statistics", "dictionary",
      ]))
    #expect((statistics.dictionaryBytes != nil) == compressed)
  }

  // MARK: - Forgetting

  private static let address = "wilhelmina.oestergaard@harbour-pilots.example"

  /// An index whose dictionary contains the address of the candidates that are to be forgotten.
  private func makeIndexWithAddress() throws -> CandidateIndex {
    let index = try CandidateIndex(path: path, access: .writing)
    try index.setRecordCompression(true)
    try index.add(
      Self.records
        + (0..<80).map { #"{"id":"w\#($0)","email_addresses":["\#(Self.address)"],"title":"Pilot"}"# })
    #expect(try contains(Self.address, dictionary(index)?.bytes ?? []))
    return index
  }

  private func contains(_ text: String, _ bytes: [UInt8]) -> Bool {
    Data(bytes).range(of: Data(text.utf8)) != nil
  }

  @Test func forgettingTrainsTheDictionaryAgain() throws {
    let index = try makeIndexWithAddress()
    let former = try #require(try dictionary(index))
    let summary = try index.forget(email: Self.address)
    #expect(summary.removed.count == 80 && summary.isVerified)
    let bytes = try #require(try dictionary(index)?.bytes)
    #expect(!contains(Self.address, bytes))
    #expect(try stored(index) == Self.records)
    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    for mark in RecordFrame.marks(of: former.id) { #expect(Data(file).range(of: Data(mark)) == nil) }
  }

  /// What an erasure could leave, and the verification must find.
  struct Residue: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// `?1` is the address, `?2` a frame of a forgotten record, `?3` one with the dictionary of now.
    let sql: String
    let isFound: Bool
  }

  static let residues = [
    Residue(testDescription: "nothing", sql: "SELECT ?1, ?2, ?3", isFound: false),
    Residue(
      testDescription: "in the dictionary",
      sql: "UPDATE dictionary SET bytes = CAST(bytes || ?1 AS BLOB) WHERE bytes IS NOT NULL AND ?2 <> ?3",
      isFound: true),
    Residue(
      testDescription: "a frame of the former dictionary",
      sql: "INSERT INTO setting VALUES ('residue', iif(?1 <> ?3, ?2, NULL))", isFound: true),
    Residue(
      testDescription: "a record without a candidate",
      sql: "INSERT INTO record (number, json, zstd) VALUES (99999, iif(?1 <> ?2, '', NULL), ?3)",
      isFound: true),
  ]

  @Test(.slow, arguments: residues) func theVerificationFindsWhatIsLeft(_ residue: Residue) throws {
    let index = try makeIndexWithAddress()
    let stored = try index.snapshot { try #require(try $0.records(id: "w7").first) }
    let frame = try index.read {
      try Data.fetchOne($0, sql: "SELECT zstd FROM record WHERE number = ?", arguments: [stored.number])
    }
    #expect(try index.forget(email: Self.address).isVerified)
    try index.write { db in
      let compression = RecordCompression(db)
      let current = try stored.candidate.jsonBytes.withUnsafeBytes { record in
        try compression.compress(record) { $0.map { Data($0) } }
      }
      try db.execute(sql: residue.sql, arguments: [Self.address, frame, current])
    }
    let removed = RemovedCandidate(
      stored: stored,
      document: DocumentBuilder(connector: "", customFields: []).document(of: stored.candidate))
    let left = try index.snapshot { try ErasureVerification([removed], in: $0).leftovers() }
    #expect(left.isEmpty != residue.isFound, "\(left)")
  }

  @Test func tooFewRecordsThatAreLeftAreStoredAsTheyAre() throws {
    let index = try makeIndex()
    let ids = try Self.records[..<300].map { try CandidateDecoder().decode(json: $0).id }
    #expect(try index.forget(ids: ids).isVerified)
    #expect(try storage(index)[0] == 0)
    #expect(try stored(index) == Array(Self.records[300...]))
  }

  // MARK: - Damage

  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// SQL; `ID` is the id of the dictionary in eight hexadecimal digits, in the order of a frame.
    let sql: String
    let reason: String
    /// Whether the record with number 7 alone is lost, or all.
    var losesAll = false
  }

  private static func one(_ name: String, _ zstd: String, _ reason: String) -> Damage {
    Damage(testDescription: name, sql: "UPDATE record SET zstd = \(zstd) WHERE number = 7", reason: reason)
  }

  static let damages = [
    one("no frame", "x'0102030405060708090a'", "it is not compressed as a record is"),
    one("the beginning of a frame", "substr(zstd, 1, 5)", "it is not compressed as a record is"),
    one("a frame that is cut", "substr(zstd, 1, length(zstd) - 9)", "it cannot be decompressed"),
    one(
      "another checksum", "CAST(substr(zstd, 1, length(zstd) - 4) || x'00000000' AS BLOB)",
      "it cannot be decompressed"),
    one("a frame and more", "CAST(zstd || x'00' AS BLOB)", "it cannot be decompressed"),
    one("a frame without a size", "x'28b52ffd0058" + "1000006162'", "it is not compressed as a record is"),
    one(
      "a frame that claims 256 MiB", "x'28b52ffda000000010030010" + "61'",
      "it claims to have more than 1048576 bytes"),
    one(
      "a frame that contains more than it claims", "x'28b52ffd23ID64030010" + "61'",
      "it cannot be decompressed"),
    one("a frame that contains less", "x'28b52ffd23ID64430000" + "61'", "it cannot be decompressed"),
    one("a frame without a dictionary", "x'28b52ffd2008430000" + "61'", "its dictionary is missing"),
    one("another dictionary", "x'28b52ffd230102030408430000" + "61'", "its dictionary is missing"),
    one("no record", "x'28b52ffd23ID08430000" + "61'", "not a JSON object"),
    Damage(
      testDescription: "no dictionary", sql: "DELETE FROM dictionary", reason: "its dictionary is missing",
      losesAll: true),
    Damage(
      testDescription: "a dictionary that is cut", sql: "UPDATE dictionary SET bytes = substr(bytes, 1, 20)",
      reason: "its dictionary is damaged", losesAll: true),
    Damage(
      testDescription: "a dictionary with another id",
      sql:
        "UPDATE dictionary SET bytes = CAST(substr(bytes, 1, 4) || x'11223344' || substr(bytes, 9) AS BLOB)",
      reason: "its dictionary is damaged", losesAll: true),
    Damage(
      testDescription: "text for a dictionary", sql: "UPDATE dictionary SET bytes = CAST('nonsense' AS BLOB)",
      reason: "its dictionary is damaged", losesAll: true),
  ]

  @Test(.slow, arguments: damages) func damageIsReportedAndRepaired(_ damage: Damage) throws {
    let index = try makeIndex()
    let id = try #require(try dictionary(index)?.id)
    let hexadecimal = RecordFrame.littleEndian(id).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      .joined()
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: damage.sql.replacing("ID", with: hexadecimal))
    }
    // A program that has read the dictionary before knows it still.
    let damaged = try CandidateIndex(path: path, access: .writing)
    let error = #expect(throws: IndexError.self) { try damaged.snapshot { try $0.record(number: 7) } }
    guard case .recordDamaged(_, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains(damage.reason))
    #expect(try !damaged.check(isFull: true).isSound)
    #expect(throws: IndexError.self) { try damaged.rebuild() }
    #expect(try damaged.repair() == (damage.losesAll ? 1_200 : 1))
    #expect(try damaged.check(isFull: true).problems == [])
    #expect(try damaged.add(Self.records).added == (damage.losesAll ? 1_200 : 1))
    #expect(try Set(stored(damaged)) == Set(Self.records))
    #expect(try damaged.check(isFull: true).problems == [])
  }

  /// A dictionary of the same id with other contents: what does not fit is damaged, and nothing wrong is read.
  @Test func aForgedDictionaryMakesNoOtherRecords() throws {
    let index = try makeIndex()
    let id = try #require(try dictionary(index)?.id)
    let other = try index.read { db in
      var training = DictionaryTraining()
      for i in 5_000..<6_000 { training.add(Corpus(seed: 12).record(i)) }
      return try #require(try training.dictionary()).bytes
    }
    let forged = Data(other[..<4] + RecordFrame.littleEndian(id) + other[8...])
    try DatabaseQueue(path: path).write {
      try $0.execute(sql: "UPDATE dictionary SET bytes = ?", arguments: [forged])
    }
    let damaged = try CandidateIndex(path: path, access: .writing)
    for number in 1...1_200 {
      let json = try? damaged.snapshot { try $0.record(number: Int64(number))?.candidate.json }
      #expect(json == nil || json == Self.records[number - 1])
    }
  }
}
