import Foundation
import TestSupport
import Testing

@testable import CandidateModel

/// Inputs that nobody meant: mutations of everything in the tables. Never a crash or a hang; the reading is the same in
/// whatever pieces the bytes come; and whatever is read is a record that can be read again from its own bytes.
@Suite struct InputFuzzTests {
  /// Set FUZZ_SECONDS to look for longer; a fixed sequence otherwise.
  private static let seconds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap(Double.init)
  private static let rounds = 2_000

  private static let seeds: [[UInt8]] =
    (ReaderTests.shapes.map(\.text) + ReaderTests.broken.map(\.text) + DecoderTests.taken.map(\.json)
    + DecoderTests.refused.map(\.json) + lines("docs/samples/candidates.ndjson", 20)
    + lines("Tests/Fixtures/people.ndjson", 40)).map { Array($0.utf8) }

  private static let tokens = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "\\u0000", "null", "true", "1e999", "-", "\n",
    "\r\n",
    "\u{FEFF}", "\u{1E}", "\"id\":", "\"items\":[", "\"results\":[", "{\"data\":", "\"modified_at\":\"",
    "\u{0}", "é",
    "\u{E000}", "999999999999999999999999", "[[[[[[[[", "{\"id\":\"x\"}",
  ].map { Array($0.utf8) }

  private static func lines(_ path: String, _ count: Int) -> [String] {
    ((try? Fixture.text(path)) ?? "").split(separator: "\n").prefix(count).map(String.init)
  }

  static func mutation(_ random: inout SplitMix64) -> [UInt8] {
    func below(_ bound: Int) -> Int { Int(random.next() % UInt64(max(1, bound))) }
    var bytes = seeds[below(seeds.count)]
    for _ in 0...below(6) {
      let place = below(bytes.count + 1)
      switch below(7) {
      case 0 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + below(12)))
      case 2: bytes.insert(contentsOf: tokens[below(tokens.count)], at: place)
      case 3:
        let end = min(bytes.count, place + below(40))
        bytes.insert(contentsOf: bytes[place..<end], at: below(bytes.count + 1))
      case 4: bytes.insert(contentsOf: seeds[below(seeds.count)], at: place)
      case 5: bytes = Array(bytes[..<place])
      default: bytes.append(contentsOf: tokens[below(tokens.count)])
      }
    }
    return bytes
  }

  @Test(.slow) func mutatedInputs() throws {
    var random = SplitMix64(state: 17)
    let end = Self.seconds.map { Date().addingTimeInterval($0) }
    var round = 0
    var records = 0
    while end.map({ Date() < $0 }) ?? (round < Self.rounds) {
      round += 1
      let bytes = Self.mutation(&random)
      let whole = Reading(bytes)
      records += whole.ids.count
      let pieces = Reading(bytes, pieceLength: 1 + Int(random.next() % 9))
      if pieces != whole {
        Issue.record(
          "\(round): \(String(decoding: bytes, as: UTF8.self).debugDescription): \(whole) \(pieces)")
        return
      }
      try Self.expectThatRecordsReadAgain(bytes)
    }
    #expect(records > round / 4, "most mutations leave something to read")
    if Self.seconds != nil { print("\(round) inputs, \(records) records") }
  }

  private static func expectThatRecordsReadAgain(_ bytes: [UInt8]) throws {
    let reader = RecordReader(ByteSource(bytes: bytes, name: "fuzz"))
    let decoder = CandidateDecoder()
    while let item = try reader.next() {
      guard case .record(let record, _) = item, let candidate = try? decoder.decode(record) else { continue }
      #expect(candidate.jsonBytes == Array(record.bytes))
      #expect(try decoder.decode(bytes: candidate.jsonBytes) == candidate)
      let head = try candidate.jsonBytes.withUnsafeBytes { try decoder.head(of: $0) }
      #expect(head.id == candidate.id && head.modifiedAt == candidate.modifiedAt)
      #expect(head.modifiedAtRange == candidate.modifiedAtRange)
    }
  }
}
