import Synchronization
import TestSupport
import Testing

@testable import CandidateSearch

/// A query of twice the length costs twice as much, whatever it is made of: counted in what the index is asked for, and
/// in the times that the caller was given a chance to cancel (once for each look-up, statement and record).
@Suite struct QueryCostTests {
  struct Hostile: Sendable, CustomTestStringConvertible {
    let name: String
    /// A query of this many pieces.
    let query: @Sendable (Int) -> String
    let count: Int
    var testDescription: String { name }

    init(_ name: String, _ count: Int = 160, _ query: @escaping @Sendable (Int) -> String) {
      self.name = name
      self.query = query
      self.count = count
    }
  }

  private static func words(_ count: Int, _ suffix: String = "") -> [String] {
    let letters = Array("abcdefghijklmnopqrst")
    return (0..<count).map { "\(letters[$0 / 20 % 20])\(letters[$0 % 20])\(suffix)" }
  }

  static let queries: [Hostile] = [
    Hostile("one letter with an accent", 2_000) { String(repeating: "é ", count: $0) },
    Hostile("letters with accents") { words($0, "é").joined(separator: " ") },
    Hostile("one name", 800) { String(repeating: "smith ", count: $0) },
    Hostile("one name in quotes", 80) { "\"" + String(repeating: "smith ", count: $0) },
    Hostile("words that nobody has") { words($0, "zzqx").joined(separator: " ") },
    Hostile("names") { words($0).map { "smith \($0)" }.joined(separator: " ") },
    Hostile("initials", 800) { String(repeating: "A. ", count: $0) },
    Hostile("apostrophes", 1_600) { String(repeating: "'a ", count: $0) },
    Hostile("open quotes", 1_600) { String(repeating: "\"a ", count: $0) },
    Hostile("a long word", 4_000) { String(repeating: "x", count: $0) },
    Hostile("a word with many parts", 2_000) { String(repeating: "a-", count: $0) },
    Hostile("a path", 2_000) { String(repeating: "a/", count: $0) },
    Hostile("ideographs", 2_000) { String(repeating: "山田", count: $0) },
    Hostile("ideographs apart", 400) {
      (0..<$0).map { "\(Character(Unicode.Scalar(0x4E00 + UInt32($0)) ?? "山")) " }.joined()
    },
    Hostile("spellings") { words($0).map { "o'\($0)" }.joined(separator: " ") },
    Hostile("double names") { words($0).map { "popov-\($0)" }.joined(separator: " ") },
    Hostile("umlauts") { words($0).map { "mü\($0)ller" }.joined(separator: " ") },
    Hostile("phone numbers") { (0..<$0).map { "+1415555\(1_000 + $0)" }.joined(separator: " ") },
    Hostile("phone numbers of a field") {
      "phone:" + (0..<$0).map { "+1415555\(1_000 + $0)" }.joined(separator: ",")
    },
    Hostile("addresses") { words($0, "@x.com").joined(separator: " ") },
    Hostile("ids") { "id:" + words($0).joined(separator: ",") },
    Hostile("ids or words") { words($0).map { "id:\($0) OR \($0)" }.joined(separator: " OR ") },
    Hostile("alternatives") { words($0).joined(separator: " OR ") },
    Hostile("five alternatives") { count in
      words(5).map { word in words(count / 5).joined(separator: " ") + " " + word }.joined(separator: " OR ")
    },
    Hostile("this unless that") { words($0).map { "(\($0) OR -x\($0))" }.joined(separator: " ") },
    Hostile("denials") { words($0).map { "-\($0)" }.joined(separator: " ") },
    Hostile("filters") { words($0).map { "title:\($0)" }.joined(separator: " ") },
    Hostile("signs", 400) {
      (0..<$0).map { "\(Character(Unicode.Scalar(0x2190 + UInt32($0)) ?? "→")) " }.joined()
    },
    Hostile("lower-case operators", 250) { String(repeating: "java and python or ", count: $0) },
    Hostile("stars", 10) { words($0, "*").joined(separator: " ") },
    Hostile("times", 10) { (0..<$0).map { "created:\(1_900 + $0)" }.joined(separator: " ") },
  ]

  private static let index = Result {
    let index = try CandidateIndex.empty()
    try index.add(
      (0..<300).map { i in
        let word = words(i + 1)[i]
        return #"""
          {"id":"\#(word)","first_name":"John","last_name":"Smith","title":"é a A. smith \#(word)","company":"\#(word) x"}
          """#
      })
    return index
  }

  private struct Cost {
    /// How many tokens FTS5 was asked for.
    var tokens = 0
    /// How often a caller could have cancelled.
    var checks = 0
  }

  private func cost(_ query: String) throws -> Cost {
    let index = try Self.index.get()
    let counter = Countdown(.max)
    var cost = Cost()
    var options = SearchOptions()
    options.explains = true
    options.relaxed = .always
    try index.snapshot { snapshot in
      let search = try Search(
        SearchQuery(query), options, scope: index.scope, caches: index.caches, in: snapshot,
        cancellation: counter.cancellation)
      let results = try search.results()
      // Every token is quoted.
      let steps = results.explanation?.steps ?? []
      cost.tokens = steps.reduce(0) { $0 + $1.expression.count { $0 == "\"" } / 2 }
      cost.tokens += try search.plan.everyHit().leafCount
      for hit in results.hits { _ = hit.highlights }
      _ = try search.count()
      _ = try search.diagnosis()
    }
    cost.checks = counter.count
    return cost
  }

  @Test(.slow, .mustEnd, arguments: queries) func ofTwiceTheLengthCostsTwiceAsMuch(
    _ hostile: Hostile
  )
    throws
  {
    let once = try cost(hostile.query(hostile.count))
    let twice = try cost(hostile.query(2 * hostile.count))
    #expect(twice.tokens <= 2 * once.tokens + 100, "\(once), \(twice)")
    #expect(twice.checks <= 2 * once.checks + 100, "\(once), \(twice)")
    // What is asked for of a word: itself, by its column, in its forms, and with what it may mean.
    #expect(twice.tokens <= 40 * QueryParser.maximumLength)
  }

  @Test func aLongTextIsAnsweredAsItStands() throws {
    let index = try CandidateIndex.empty()
    let words = Self.words(200)
    let title = words.joined(separator: " ")
    try index.add([
      #"{"id":"all","title":"\#(title)"}"#, #"{"id":"some","title":"\#(words[0]) \#(words[1])"}"#,
    ])
    let pasted = "About us: " + title
    #expect(try index.tiers(title) == ["all exact"])
    #expect(try index.tiers(words.reversed().joined(separator: " ")) == ["all anywhere"])
    #expect(try index.tiers(pasted) == [])
    let diagnosis = try index.diagnosis(of: pasted)
    #expect(diagnosis.clauseCount == 202)
    #expect(diagnosis.clauses.filter { $0.count == 0 }.map(\.text) == ["About", "us:"])
  }

  @Test func noticesAreFew() throws {
    let index = try Self.index.get()
    let query = (0..<200).map { "\(Character(Unicode.Scalar(0x2190 + UInt32($0)) ?? "→")) " }.joined()
    // One of the signs is a dash.
    let notices = try index.search(query + query).notices.map(\.description)
    #expect(notices.count == 11)
    #expect(notices.last == "and so with 189 more")
  }
}

/// Cancels after this many checks, and counts them.
final class Countdown: Sendable {
  private let checks = Atomic(0)
  private let allowed: Int

  init(_ allowed: Int) { self.allowed = allowed }

  var count: Int { checks.load(ordering: .relaxed) }

  var cancellation: Cancellation {
    Cancellation { self.checks.add(1, ordering: .relaxed).newValue > self.allowed }
  }
}
