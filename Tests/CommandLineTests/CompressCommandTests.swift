import BenchmarkCorpus
import Foundation
import TestSupport
import Testing

/// `cand-search index --compress`.
@Suite struct CompressCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func cand(_ arguments: String...) throws -> CommandRun {
    try CommandRun("cand-search", arguments, environment: ["CAND_SEARCH_INDEX": folder.file("i.db")])
  }

  @Test func bothOptionsAtOnceAreWrong() throws {
    let run = try cand("index", "--compress", "--no-compress")
    #expect(run.exit == 2 && run.error.contains("--no-compress"), "\(run.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("i.db")))
  }

  @Test func recordsAreCompressedAndShownByteForByte() throws {
    let corpus = Corpus(seed: 5)
    let records = (0..<1_100).map { String(decoding: corpus.record($0), as: UTF8.self) }
    let input = try folder.write(records.joined(separator: "\n"), to: "in.ndjson")
    #expect(try cand("index", "--compress").exit == 0)
    #expect(try cand("stats").output.contains(/compressed +from 1000 records on/))
    #expect(try cand("index", input).error.hasPrefix("added 1100,"))
    #expect(try cand("stats").output.contains(/compressed +with a dictionary of [0-9]+ bytes/))
    let json = try cand("stats", "--format", "json").output
    #expect(json.contains(/"compressed":true,"dictionary_bytes":[0-9]/))
    #expect(json.contains(/"bytes_per_candidate":\{[^}]*"records":[0-9]+\.[0-9][,}]/))
    let id = try #require(records[3].firstMatch(of: /"id":"([^"]+)"/)?.output.1)
    #expect(try cand("show", String(id)).output == records[3] + "\n")
    #expect(try cand("reindex").exit == 0)
    #expect(try cand("show", String(id)).output == records[3] + "\n")
    #expect(try cand("forget", String(id)).error.hasPrefix("forgot 1; verified"))
    #expect(try cand("index", "--no-compress").exit == 0)
    #expect(try cand("stats").output.contains(/compressed +no/))
    #expect(try cand("check", "--full").exit == 0)
  }
}
