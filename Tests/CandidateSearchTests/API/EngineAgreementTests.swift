import BenchmarkCorpus
import Foundation
import TestSupport
import Testing

@testable import CandidateSearch

/// An index file and an index on a PostgreSQL server give the same answers: equal ids in equal order, equal counts, and JSON
/// byte for byte.
@Suite(.postgres) struct EngineAgreementTests {
  /// Two indexes of the same candidates.
  private struct Pair {
    let file: CandidateIndex
    let server: CandidateIndex

    init(_ load: (CandidateIndex) throws -> Void) throws {
      file = try CandidateIndex.inMemory()
      server = try TestEngine.onServer()
      for index in [file, server] { try load(index) }
    }

    func expectSameAnswers(
      in scope: Scope = .all, to queries: [String] = EngineAgreementTests.queries,
      _ location: SourceLocation = #_sourceLocation
    ) throws {
      func answers(_ index: CandidateIndex) throws -> [String] {
        try Answers(index: index.seen(in: scope), queries: queries, explains: false, includesFile: false)
          .all()
      }
      let difference = try Answers.difference(answers(server), answers(file))
      #expect(difference == nil, "\(scope)", sourceLocation: location)
    }
  }

  /// All queries, or without slow tests one of every eight.
  static let queries = Answers.queries.enumerated()
    .filter { ProcessInfo.processInfo.environment["CAND_SEARCH_FAST_TESTS"] == nil || $0.offset % 8 == 0 }
    .map(\.element)

  private static let mixed = Result { try Pair { _ = try MixedPeople(in: $0) } }

  @Test(arguments: [
    "", "connector:greenhouse", "tag:junior -is:private", "last_interaction:<2000d can_email:true",
  ])
  func everythingInAScope(_ filter: String) throws {
    let scope = try filter.isEmpty ? Scope.all : Scope(filter)
    // Adding candidates is refused in a scope; without one it would change the index.
    let pair = try filter.isEmpty ? Pair { _ = try MixedPeople(in: $0) } : Self.mixed.get()
    try pair.expectSameAnswers(in: scope)
  }

  @Test func thePublic() throws { try Self.mixed.get().expectSameAnswers(in: .public) }

  @Test(arguments: [UInt64(11), 12, 13]) func randomQueries(_ seed: UInt64) throws {
    try Self.mixed.get().expectSameAnswers(
      in: .public,
      to: MixedPeople.queries(25, seed: seed).enumerated().filter { UInt64($0.offset) % 8 == seed % 8 }.map(
        \.element))
  }

  @Test(arguments: [UInt64(1), 2]) func randomPeople(_ seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let people = (0..<120).map { _ in RandomPeople.person(&random) }
    let candidates = try people.enumerated().map { try $1.candidate(id: "person-\($0)") }
    let pair = try Pair { index in
      try index.ingest(candidates.prefix(80), connector: "a")
      try index.ingest(candidates.dropFirst(80))
    }
    let words = people.prefix(12).flatMap { person in
      [person.title ?? "", person.last ?? "", "\"\(person.first ?? "")\"", "tag:\(person.tags.first ?? "x")"]
    }
    try pair.expectSameAnswers(in: .public, to: words.filter { !$0.isEmpty })
  }

  /// Changes of many kinds, and then the same answers, and sound indexes.
  @Test func afterChanges() throws {
    let corpus = Corpus(seed: 5)
    func records(_ range: Range<Int>) -> [String] {
      range.map { String(decoding: corpus.record($0), as: UTF8.self) }
    }
    let all = records(0..<1_500)
    let pair = try Pair { index in
      try index.add(all, connector: "one")
      try index.add(records(1_200..<1_800), connector: "two")
      try index.addCustomFields([#require(CustomField("hire_source"))])
      let ids = try index.search("manager", SearchOptions(limit: 30)).hits.map(\.candidate.id)
      _ = try index.delete(ids: Array(ids.prefix(10)), connector: "one")
      let summary = try index.forget(ids: Array(ids.dropFirst(10).prefix(5)))
      #expect(summary.problems.isEmpty && summary.leftovers.isEmpty)
      #expect(!summary.removed.isEmpty)
      let refused = try index.replace(connector: "one", guard: .init()) {
        try $0.add(Self.candidates(all.prefix(20)))
      }
      guard case .guarded = refused.removal else { throw InconsistentIndex(problem: "\(refused.removal)") }
      let replaced = try index.replace(connector: "one", guard: RemovalGuard(share: 1, always: .max)) {
        try $0.add(Self.candidates(all.prefix(1_000)))
      }
      guard case .removed = replaced.removal else { throw InconsistentIndex(problem: "\(replaced.removal)") }
      _ = try index.rebuild()
      let report = try index.check(isFull: true)
      #expect(report.problems.isEmpty)
    }
    try pair.expectSameAnswers(in: .public, to: Self.mix())
  }

  private static func candidates(_ records: some Sequence<String>) throws -> [Candidate] {
    try records.map { try CandidateDecoder().decode(json: $0) }
  }

  /// The queries of the benchmarks.
  private static func mix() throws -> [String] {
    struct Mix: Decodable {
      struct Entry: Decodable { let query: String }
      let queries: [Entry]
    }
    let text = try Fixture.text("benchmarks/queries/mix.json")
    return try JSONDecoder().decode(Mix.self, from: Data(text.utf8)).queries.map(\.query)
  }
}
