import CandidateJSON
import CandidateSearch
import Foundation
import TestSupport
import Testing

/// Where output states why another form of a word found a hit.
@Suite struct VariantReasonCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func cand(_ arguments: String..., input: Data = Data()) throws -> CommandRun {
    try CommandRun(
      "cand-search", arguments, input: input, environment: ["CAND_SEARCH_INDEX": folder.file("i.db")])
  }

  @Test func hitsStateTheRule() throws {
    let record = #"{"id":"1","first_name":"Robert","last_name":"Jones"}"#
    #expect(try cand("index", "-", input: Data(record.utf8)).exit == 0)
    let json = try cand("bob jones", "--format", "ndjson").output
    #expect(json.contains(#""_match":{"tier":"variant","reason":"bob is short for Robert","connector":"""#))
    let table = try cand("bob jones", "--format", "table").output
    #expect(table.contains("WHY") && table.contains("bob is short for Robert"))
    #expect(try !cand("robert jones", "--format", "table").output.contains("WHY"))
  }

  /// The reason takes time, as highlights do.
  @Test func jsonWithoutHighlightsHasNoReasonOfVariants() throws {
    let index = try CandidateIndex(path: folder.file("i.db"), access: .writing)
    try index.ingest([
      try CandidateDecoder().decode(json: #"{"id":"1","first_name":"Robert","last_name":"Jones"}"#)
    ])
    let hit = try #require(try index.search("bob").hits.first)
    let short = String(decoding: hit.json(includesHighlights: false), as: UTF8.self)
    #expect(short.hasSuffix(#""_match":{"tier":"variant","connector":""}}"#), "\(short)")
    let long = String(decoding: hit.json(), as: UTF8.self)
    #expect(long.contains(#""reason":"bob is short for Robert""#), "\(long)")
  }
}
