import Foundation
import TestSupport
import Testing

@testable import CandidateSearch

/// Calls of the library with values that no caller should pass: they return or throw, and the index stays sound.
@Suite struct CallFuzzTests {
  private static let texts = [
    "", " ", "engineer", "tag:", "\u{0}", "\u{E000}", "id:", "a*", "\"", "(((", "é", "🏳️‍🌈", "\u{202E}x", "-",
    "x@", "@",
    String(repeating: "a", count: 9_000), "john smith", "018b18ef-0000-7dde-8044-23993fefa621",
    "'; DROP TABLE candidate; --",
  ]
  private static let numbers = [Int.min, -1, 0, 1, 2, 100, 1_000_000, .max]

  /// A random call, with random arguments. Returns a cursor, where the call gives one.
  private static func call(
    _ index: CandidateIndex, _ cursor: String?, _ random: inout SplitMix64
  ) throws -> String? {
    let text = texts.randomElement(using: &random) ?? ""
    let number = numbers.randomElement(using: &random) ?? 0
    var options = SearchOptions(limit: number)
    options.now =
      [nil, Timestamp(microseconds: .max), Timestamp(microseconds: .min)].randomElement(using: &random) ?? nil
    options.findsVariants = .random(using: &random)
    options.correctsWords = .random(using: &random)
    if Bool.random(using: &random) {
      options.sort = SearchSort(
        by: SearchSort.Criterion.allCases.randomElement(using: &random) ?? .name,
        order: SearchSort.Order.allCases.randomElement(using: &random))
    }
    switch Int.random(in: 0..<5, using: &random) {
    case 0: options.cursor = cursor
    case 1: options.cursor = cursor.map { String($0.shuffled(using: &random)) }
    case 2: options.cursor = text
    default: break
    }
    switch Int.random(in: 0..<12, using: &random) {
    case 0: _ = try index.count(text, options)
    case 1: _ = try index.facets(text, of: Facet.allCases + Facet.allCases, limit: number, options)
    case 2: _ = try index.suggest(text, limit: number)
    case 3: _ = try index.diagnosis(of: text, options)
    case 4: _ = try index.candidates(id: text)
    case 5: _ = try index.candidates(email: text, connector: text)
    case 6: _ = try index.delete(ids: [text, text], connector: text)
    case 7: _ = try index.undoForget(ids: [text], connector: text)
    case 8: _ = try index.syncStatus(connector: text)
    case 9:
      let json = try JSONEncoder().encode(["id": text, "title": text, "last_interaction_at": text])
      let candidate = try CandidateDecoder().decode(bytes: Array(json))
      _ = try index.ingest([candidate], connector: texts.randomElement(using: &random) ?? "")
    default:
      let results = try index.search(text, options)
      _ = results.hits.map { "\($0.highlights)" }
      return results.nextCursor
    }
    return nil
  }

  @Test(.slow, arguments: 1...4 as ClosedRange<UInt64>) func callsReturnOrThrow(_ seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let index = try CandidateIndex.empty()
    try index.ingest { try $0.add(ByteSource(path: Fixture.samples)) }
    var (cursor, returned): (String?, Int) = (nil, 0)
    for _ in 0..<400 {
      do {
        cursor = try Self.call(index, cursor, &random) ?? cursor
        returned += 1
      } catch
        where error is QueryError || error is CursorError || error is IndexError || error is RecordDefect
        || error is ConnectorNameError
      {
        continue
      }
    }
    #expect(returned > 200)
    let problems = try index.check(isFull: true).problems
    #expect(problems == [])
  }
}
