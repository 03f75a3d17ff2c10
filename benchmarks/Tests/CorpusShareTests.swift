import BenchmarkCorpus
import Foundation
import Testing

/// How often words and members occur: what the benchmarks' queries are chosen by.
@Suite struct CorpusShareTests {
  private static let count = 20_000
  private static func records() throws -> [[String: Any]] {
    let corpus = Corpus(seed: 1)
    return try (0..<count).map { try CorpusTests.object(corpus.record($0)) }
  }

  /// How many records hold each share, by its name, counted in one pass for all.
  private static let found = Result {
    let all = try records()
    let counts = shares.map { ($0.name, all.count(where: $0.holds)) }
    return Dictionary(counts, uniquingKeysWith: +)
  }

  struct Share: Sendable, CustomTestStringConvertible {
    let name: String
    let percent: ClosedRange<Double>
    let holds: @Sendable ([String: Any]) -> Bool
    var testDescription: String { name }

    init(_ name: String, _ percent: ClosedRange<Double>, _ holds: @escaping @Sendable ([String: Any]) -> Bool)
    {
      self.name = name
      self.percent = percent
      self.holds = holds
    }
  }

  private static func words(_ record: [String: Any]) -> [Substring] {
    (record["title"] as? String ?? "").lowercased().split { !$0.isLetter }
  }

  private static func list(_ record: [String: Any], _ member: String) -> [Any] {
    record[member] as? [Any] ?? []
  }

  private static func title(_ word: String, _ percent: ClosedRange<Double>) -> Share {
    Share("title: \(word)", percent) { words($0).contains(word[...]) }
  }

  private static func tag(_ tag: String, _ percent: ClosedRange<Double>) -> Share {
    Share("tag: \(tag)", percent) { (list($0, "tags") as? [String] ?? []).contains(tag) }
  }

  private static func value(_ member: String, _ value: Bool?, _ percent: ClosedRange<Double>) -> Share {
    Share("\(member): \(value.map(String.init) ?? "null")", percent) { $0[member] as? Bool == value }
  }

  private static func missing(_ member: String, _ percent: ClosedRange<Double>) -> Share {
    Share("no \(member)", percent) { $0[member] is NSNull }
  }

  private static func some(_ member: String, _ percent: ClosedRange<Double>) -> Share {
    Share("some \(member)", percent) { !list($0, member).isEmpty }
  }

  static let shares: [Share] = [
    title("engineer", 23...25), title("developer", 8...13), title("manager", 11...16), title("nurse", 4...7),
    title("analyst", 6...10),
    Share("title: software engineer", 0.6...1) { record in
      zip(words(record), words(record).dropFirst()).contains { $0 == "software" && $1 == "engineer" }
    },
    missing("title", 5.3...6.7), missing("company", 4...6), missing("last_interaction_at", 4.4...5.6),
    tag("JUNIOR", 21...24), tag("INTERMEDIATE", 22...26), tag("SENIOR", 21...24),
    tag("Tech Experience", 5...8),
    Share("at most 6 tags", 100...100) { list($0, "tags").count <= 6 },
    value("is_private", true, 7.3...8.7), value("is_private", false, 84...86),
    value("is_private", nil, 6.3...7.7), value("can_email", true, 69...71),
    value("can_email", false, 14...16),
    value("can_email", nil, 14...16),
    some("email_addresses", 84...86), some("phone_numbers", 79...81), some("urls", 70...85),
    some("attachments", 40...50), some("applications", 70...80),
    Share("at most 3 locations", 100...100) { list($0, "locations").count <= 3 },
    // 60 % of the 88 % that have one.
    Share("the first location is a city alone", 51...55) { record in
      let places = list(record, "locations") as? [String] ?? ["a,"]
      return places.first.map { !$0.contains(",") } ?? false
    },
    Share("a date alone", 11...13) { ($0["last_interaction_at"] as? String)?.count == 10 },
    Share("no time at all", 0.3...0.7) { record in
      ["last_interaction_at", "remote_created_at", "remote_updated_at"].allSatisfy { record[$0] is NSNull }
    },
    Share("custom fields", 24...26) { !($0["custom_fields"] as? [String: Any] ?? [:]).isEmpty },
    Share("an avatar", 19...21) { $0["avatar"] is String },
    Share("letters beyond ASCII in a name", 23...31) { record in
      ["first_name", "last_name"].contains { !(record[$0] as? String ?? "").utf8.allSatisfy { $0 < 0x80 } }
    },
  ]

  @Test(arguments: shares) func isWithinItsBounds(_ share: Share) throws {
    let found = try #require(try Self.found.get()[share.name])
    let percent = Double(found) * 100 / Double(Self.count)
    #expect(share.percent.contains(percent), "\(percent) %")
  }

  @Test func theTailsAreLongAndNoAddressReachesAPerson() throws {
    let records = try Self.records()
    func distinct(_ member: String) -> Int { Set(records.compactMap { $0[member] as? String }).count }
    #expect(distinct("last_name") > 5000)
    #expect(distinct("company") > 5000)
    #expect(distinct("title") > 5000)
    #expect(Set(records.flatMap { $0["tags"] as? [String] ?? [] }).count > 1000)
    let reserved = try Regex(#"[a-z0-9._]+@([a-z0-9-]+\.)*(example|example\.(com|net|org))"#)
    for address in records.flatMap({ $0["email_addresses"] as? [String] ?? [] }) {
      #expect(address.wholeMatch(of: reserved) != nil, "\(address)")
    }
  }

  @Test func aRecordTakesAbout765Bytes() {
    let corpus = Corpus(seed: 1)
    let bytes = (0..<5000).reduce(0) { $0 + corpus.record($1).count }
    #expect((745...785).contains(bytes / 5000), "\(bytes / 5000)")
  }
}
